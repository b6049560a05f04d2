"""A run of somebody's code: what goes in, what comes out, and the words for how it ended. No I/O."""

from dataclasses import dataclass, field
from enum import StrEnum

_NAME_BYTES = 255  # what file systems take


class Verdict(StrEnum):
    """How a run, or one test of it, ended."""

    OK = "ok"  # ended by itself with exit status 0 (mode "run")
    ACCEPTED = "accepted"  # printed what the test expects (mode "tests"; of the run: every test)
    WRONG_ANSWER = "wrong_answer"
    COMPILE_ERROR = "compile_error"
    RUNTIME_ERROR = "runtime_error"  # other exit status, or a signal
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    PROCESS_LIMIT = "process_limit"
    STOPPED = "stopped"  # somebody pressed Stop
    INTERNAL_ERROR = "internal_error"  # ours, not the program's: the message says so


class Mode(StrEnum):
    RUN = "run"
    TESTS = "tests"


class Stream(StrEnum):
    COMPILE = "compile"
    STDOUT = "stdout"
    STDERR = "stderr"


@dataclass(frozen=True, slots=True)
class Limits:
    """Per process started, except `output_bytes` (per stream). The reasons stand where the defaults are set."""

    wall_seconds: float
    cpu_seconds: float
    compile_seconds: float
    memory_bytes: int
    output_bytes: int
    processes: int
    files_bytes: int
    """What the program may write to its private disk; one file for every 4 KB of it."""


@dataclass(frozen=True, slots=True)
class File:
    """Lies beside the source, in the same folder. `name` is a plain file name, or there is a ValueError."""

    name: str
    content: bytes

    def __post_init__(self) -> None:
        plain = self.name not in {"", ".", ".."} and "/" not in self.name and "\0" not in self.name
        if not plain or len(self.name.encode(errors="surrogateescape")) > _NAME_BYTES:
            raise ValueError(f"{self.name!r} is not a plain file name")


@dataclass(frozen=True, slots=True)
class Job:
    """Compile `source` once, then run it once for every element of `inputs` (its standard input)."""

    language: str
    source: str
    inputs: tuple[str, ...] = ("",)
    files: tuple[File, ...] = ()
    arguments: tuple[str, ...] = ()
    """Of the program."""
    exchange: bool = False
    """Each input is one line of a conversation with the program, see `kit/exchange.py`, instead of its whole
    standard input; its answer is in `Execution.answer`. As few processes as possible work through them."""
    apart: bool = False
    """With `exchange`: every input in a process of its own all the same."""
    interactive: bool = False
    """Standard input stays open after the one input: more comes through `Control`."""
    lane: str = ""
    """Whose job this is: lanes take turns in the queue, so that none starves another."""
    limits: Limits | None = None
    """None: the language's own."""
    stop_at_first_failure: bool = False
    total_seconds: float | None = None
    """Inputs whose turn has not come when the runs have taken this long together are not run: TIME_LIMIT."""


@dataclass(frozen=True, slots=True)
class Execution:
    """One process, from start to end. `exit_code` is None when a signal ended it, and the other way round."""

    verdict: Verdict
    stdout: str = ""
    stderr: str = ""
    exit_code: int | None = None
    signal: str | None = None
    wall_ms: float = 0.0
    cpu_ms: float = 0.0
    memory_bytes: int | None = None
    truncated: bool = False
    """Output beyond the limit was thrown away."""
    message: str = ""
    """One sentence for people when the verdict needs one, e.g. "Stopped after 10 s: the time limit."."""
    answer: str | None = None
    """Of a job with `exchange`: what the program answered to this input, out of band. Untrusted text."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a Runner answers. `compile` is None for languages without that step; if it failed, `executions` is empty."""

    compile: Execution | None
    executions: tuple[Execution, ...] = field(default_factory=tuple)
