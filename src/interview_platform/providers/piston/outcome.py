"""From Piston's words for how a stage ended to ours. What is the server's fault never looks like the program's."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.languages.base import Language
from interview_platform.execution.model import Execution, Stream, Verdict
from interview_platform.execution.output import Batches, Captured
from interview_platform.execution.piston_api.answers import MEMORY, PROCESSES
from interview_platform.execution.verdicts import in_words, size
from interview_platform.providers.piston.answers import Answer, Stage

NOT_THE_PROGRAM = "That is the server's fault, not the program's."
# Piston cuts a stream at 1,024 characters unless its operator says otherwise; without the name nobody finds out.
OUTPUT_SETTING = "PISTON_OUTPUT_MAX_SIZE on the Piston server, 1,024 characters unless set"

TOO_LATE = Execution(Verdict.TIME_LIMIT, message="Not run: those before it took too long together.")
COMPILER_OUTPUT_BYTES = 64 * 1024  # as in the embedded sandbox
_TAIL = 4096
_NEARLY_ALL = 0.95  # Piston counts KB as 1,000 bytes where the kernel counts 1,024
_LANGUAGES: Mapping[str, Language] = {language.id: language for language in LANGUAGES}

# Piston's Java is `java Main.java`: one stage, which compiles first and then runs the first class of the file.
_JAVA_NOT_COMPILED = "error: compilation failed"
_JAVA_NO_MAIN = "can't find main(String[]) method in class"


@dataclass(frozen=True, slots=True)
class Terms:
    """What one request asked for, after the server's own limits; ms and bytes."""

    language: str
    wall: int
    cpu: int
    compiling: int
    memory: int
    output: int
    """Bytes of a stream that we keep."""
    elapsed: float = 0.0
    """Of the whole request, for servers that do not measure."""

    def with_elapsed(self, elapsed: float) -> Self:
        return replace(self, elapsed=elapsed)


def compiled(answer: Answer, terms: Terms, batches: Batches) -> Execution | None:
    """None: nothing was compiled apart from the run."""
    stage = answer.compile
    if stage is None:
        if not _java_not_compiled(answer.run, terms):
            return None
        stage = answer.run
    said, cut = _captured(stage.stdout + stage.stderr, Stream.COMPILE, COMPILER_OUTPUT_BYTES, batches)
    verdict, message = _of_compiler(stage, terms, said)
    return Execution(
        verdict,
        stderr=said,
        exit_code=stage.code,
        signal=stage.signal,
        wall_ms=round(stage.wall_time or 0.0, 1),
        cpu_ms=round(stage.cpu_time or 0.0, 1),
        memory_bytes=_bytes(stage),
        truncated=cut or stage.status in ("OL", "EL"),
        message=message,
    )


def executed(answer: Answer, terms: Terms, batches: Batches, *, overflowed: bool = False) -> Execution:
    """`overflowed`: it was cut already, by us, for printing more than the limit."""
    stage = answer.run
    stdout, cut_out = _captured(stage.stdout, Stream.STDOUT, terms.output, batches)
    stderr, cut_err = _captured(stage.stderr, Stream.STDERR, terms.output, batches)
    wall = terms.elapsed if stage.wall_time is None else stage.wall_time
    verdict, message = _of_program(stage, terms, wall, overflowed=overflowed or cut_out or cut_err)
    return Execution(
        verdict,
        stdout=stdout,
        stderr=stderr,
        exit_code=None if stage.signal else stage.code,
        signal=stage.signal,
        wall_ms=round(wall, 1),
        cpu_ms=round(stage.cpu_time or 0.0, 1),
        memory_bytes=_bytes(stage),
        truncated=verdict is Verdict.OUTPUT_LIMIT,
        message=message,
    )


def _captured(text: str, stream: Stream, limit: int, batches: Batches) -> tuple[str, bool]:
    captured = Captured(limit, lambda part: batches.add(stream, part), lambda: None)
    captured.feed(text.encode(errors="replace"))
    return captured.text(), captured.full


def _java_not_compiled(stage: Stage, terms: Terms) -> bool:
    said = stage.stderr.rstrip()
    return terms.language == "java" and stage.code == 1 and not stage.stdout and said.endswith(_JAVA_NOT_COMPILED)


def _of_compiler(stage: Stage, terms: Terms, said: str) -> tuple[Verdict, str]:
    if stage.status == "XX":
        return Verdict.INTERNAL_ERROR, _own_failure(stage)
    if stage.status == "TO":
        limit = f"{terms.compiling / 1000:g} s"
        return Verdict.COMPILE_ERROR, f"Compiling was stopped after {limit}: the time limit."
    if stage.status in ("OL", "EL"):
        return Verdict.COMPILE_ERROR, f"The compiler says more than the server lets through ({OUTPUT_SETTING})."
    if stage.code == 0:
        return Verdict.OK, ""
    return Verdict.COMPILE_ERROR, _LANGUAGES[terms.language].hint(said) or "The program does not compile."


def _of_program(stage: Stage, terms: Terms, wall: float, *, overflowed: bool) -> tuple[Verdict, str]:
    stopped = _stopped(stage, terms, wall)
    if stopped is not None:
        return stopped
    if overflowed:
        return Verdict.OUTPUT_LIMIT, f"Stopped: it printed more than {size(terms.output)}."
    if stage.code == 0 and not stage.signal:
        return Verdict.OK, ""
    if _out_of_memory(stage, terms):
        return Verdict.MEMORY_LIMIT, f"Stopped: it needed more than {size(terms.memory)} of memory."
    return _failed(stage, terms)


def _stopped(stage: Stage, terms: Terms, wall: float) -> tuple[Verdict, str] | None:
    """The verdict when something else than the program ended it."""
    if stage.status == "XX":
        return Verdict.INTERNAL_ERROR, _own_failure(stage)
    if stage.status in ("OL", "EL"):
        return Verdict.OUTPUT_LIMIT, f"Stopped: it printed more than the server lets through ({OUTPUT_SETTING})."
    # Servers that know no status kill at the limit, and do not say why.
    if stage.status == "TO" or (stage.status is None and stage.signal == "SIGKILL" and wall >= terms.wall):
        if stage.cpu_time is not None and stage.cpu_time >= terms.cpu and wall < terms.wall:
            return Verdict.TIME_LIMIT, f"Stopped after {terms.cpu / 1000:g} s of processor time: the time limit."
        return Verdict.TIME_LIMIT, f"Stopped after {terms.wall / 1000:g} s: the time limit."
    if stage.code is None and not stage.signal:
        return Verdict.INTERNAL_ERROR, f"The Piston server does not say how the program ended. {NOT_THE_PROGRAM}"
    return None


def _out_of_memory(stage: Stage, terms: Terms) -> bool:
    """Piston does not tell, only a server like ours; so: what run-times print, or killed (by a shell's word, 137) at
    the limit.
    """
    if stage.message == MEMORY:
        return True
    if any(phrase in stage.stderr[-_TAIL:] for phrase in _LANGUAGES[terms.language].out_of_memory):
        return True
    killed = stage.signal == "SIGKILL" or stage.code == 128 + signal.SIGKILL
    return killed and stage.memory is not None and stage.memory >= terms.memory * _NEARLY_ALL


def _failed(stage: Stage, terms: Terms) -> tuple[Verdict, str]:
    if stage.message == PROCESSES:
        return Verdict.PROCESS_LIMIT, "Stopped: it wanted too many processes and threads at once."
    if stage.signal:
        number = getattr(signal, stage.signal, None)
        meaning = in_words(number) if isinstance(number, signal.Signals) else ""
        return Verdict.RUNTIME_ERROR, f"Ended by {stage.signal}{meaning}."
    if terms.language == "java" and _JAVA_NO_MAIN in stage.stderr:
        return Verdict.RUNTIME_ERROR, "This server runs the first class of the file: put the class Main first."
    return Verdict.RUNTIME_ERROR, f"Ended with exit status {stage.code}{_perhaps_signal(stage.code or 0)}."


def _perhaps_signal(code: int) -> str:
    """Piston starts programs from a shell, which tells a signal as 128 more; so might the program itself."""
    try:
        found = signal.Signals(code - 128)
    except ValueError:
        return ""
    return f", which usually means {found.name}{in_words(found)}"


def _own_failure(stage: Stage) -> str:
    said = "".join(sign for sign in (stage.message or "")[:200] if sign.isprintable())
    why = f" ({said})" if said else ""
    return f"The Piston server could not run it{why}. {NOT_THE_PROGRAM}"


def _bytes(stage: Stage) -> int | None:
    return int(stage.memory) if stage.memory else None
