"""What a language is. Everything here is data for the runner; nothing runs."""

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from interview_platform.execution.model import Limits
from interview_platform.execution.ports import LanguageInfo
from interview_platform.execution.sandbox.spec import CODE, MB, WORK, Mount

if TYPE_CHECKING:
    from interview_platform.execution.languages.prepared import Preparation

OUT = f"{WORK}/out"
"""Where compiling leaves its artifacts. Whatever regular files are in it, the run sees in CODE."""

# Reasons that hold for every language.
WALL_SECONDS = 10.0  # nobody in an interview waits longer; a JVM on a busy machine starts within 2
CPU_SECONDS = 10.0  # one core all the time; more threads end earlier than the clock says
COMPILE_SECONDS = 20.0  # the slowest honest program (C++ with every header) takes 2 s on an idle core
OUTPUT_BYTES = 1 * MB  # 20,000 lines: more than anybody reads, little enough to keep for every run
PROCESSES = 64  # threads count; Node starts 11, a JVM 20
FILES_BYTES = 64 * MB  # in memory, so it counts as memory too
COMPILE_MEMORY = 768 * MB  # g++ takes 350 for all headers, javac 200

_STARTERS = Path(__file__).with_name("starters")


@dataclass(frozen=True, slots=True)
class SelfTest:
    """A program that uses input, output and a bit of the library. Printed `expected`: the tool chain works."""

    source: str
    stdin: str = "2 40\n"
    expected: str = "sum 42 \u2713\n"


@dataclass(frozen=True, slots=True)
class Toolchain:
    """What was found on this machine. `files` tell one installation from the next by size and time."""

    version: str
    files: Sequence[Path]
    programs: Mapping[str, str] = field(default_factory=dict)
    """Name -> path inside the sandbox."""
    mounts: Sequence[Mount] = ()


@dataclass(frozen=True, slots=True)
class Step:
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    script: str | None = None
    """The Python file that `command` runs with the system's Python, see `sandbox.spec.Spec`."""


@dataclass(frozen=True, slots=True)
class Warm:
    """A program that boots ahead of a run and waits for it: docs/execution.md, "Warm"."""

    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    mounts: Sequence[Mount] = ()
    """Besides those of the tool chain."""
    memory_bytes: int = 16 * MB
    """What one that waits holds: how many there are depends on it."""


class Language(ABC):
    id: ClassVar[str]
    name: ClassVar[str]
    monaco: ClassVar[str]
    file_name: ClassVar[str]
    limits: ClassVar[Limits]
    self_test: ClassVar[SelfTest]
    stack_bytes: ClassVar[int] = 8 * MB  # what every Linux gives
    out_of_memory: ClassVar[Sequence[str]] = ()
    """What the run-time writes to standard error when an allocation was refused: that is a memory limit as well."""
    artifact: ClassVar[str | None] = None
    """The file that compiling must leave. None: nothing is compiled."""
    packages: ClassVar[Sequence[str]] = ()
    """What Debian and Ubuntu call the tool chain. None: it comes with the product."""
    megabytes: ClassVar[int] = 0
    """What these packages take on an empty system, about."""
    beside: ClassVar[Mapping[str, str]] = {}
    """Files of ours that lie beside the source: name -> content."""

    @abstractmethod
    def find(self) -> Toolchain | None:
        """The tool chain on this machine. Quick: looks, starts at most one program."""

    def compile(self, tools: Toolchain) -> Step | None:
        """Source is in CODE; puts artifacts into OUT."""
        del tools
        return None

    @abstractmethod
    def run(self, tools: Toolchain, *, live: bool) -> Step:
        """`live`: somebody watches, so output must not sit in the program's own buffer."""

    prepares: ClassVar[bool] = False
    """There is something to `prepare`."""

    def prepare(self, tools: Toolchain) -> "Preparation | None":
        """What to make, once, that makes every run quicker."""
        del tools
        return None

    def warm(self, tools: Toolchain) -> Warm | None:
        """None: there is nothing to boot ahead, or it is not prepared yet."""
        del tools
        return None

    def check(self, tools: Toolchain) -> Step | None:
        """A checker of types: says on standard output what it finds in the source, which is in CODE."""
        del tools
        return None

    def note(self, tools: Toolchain) -> str:
        """For the operator: what this machine lacks, though programs run; empty when it has everything."""
        del tools
        return ""

    def hint(self, compiler_said: str) -> str:
        """A sentence for people on top of what the compiler said; empty when that is clear enough."""
        del compiler_said
        return ""

    @property
    def path(self) -> str:
        """The source inside the sandbox."""
        return f"{CODE}/{self.file_name}"

    @cached_property
    def starter(self) -> str:
        """What an editor begins with where the problem has nothing of its own: reads the input, prints something."""
        return (_STARTERS / self.file_name).read_text()


def limits(memory_bytes: int, processes: int = PROCESSES) -> Limits:
    return Limits(
        wall_seconds=WALL_SECONDS,
        cpu_seconds=CPU_SECONDS,
        compile_seconds=COMPILE_SECONDS,
        memory_bytes=memory_bytes,
        output_bytes=OUTPUT_BYTES,
        processes=processes,
        files_bytes=FILES_BYTES,
    )


def command_on_path(*names: str) -> Path | None:
    """The first of these commands among those that a sandbox sees, as it is called there."""
    for name in names:
        for folder in ("/usr/bin", "/usr/local/bin"):
            path = Path(folder, name)
            # A link out of /usr leads nowhere inside.
            if os.access(path, os.X_OK) and path.resolve().is_relative_to("/usr"):
                return path
    return None


@dataclass(frozen=True, slots=True)
class Installed:
    """A language with its tool chain on this machine."""

    language: Language
    tools: Toolchain

    @property
    def mounts(self) -> Sequence[Mount]:
        """All that any of its sandboxes sees."""
        warm = self.language.warm(self.tools)
        return (*self.tools.mounts, *(warm.mounts if warm else ()))

    @property
    def info(self) -> LanguageInfo:
        of = self.language
        return LanguageInfo(of.id, of.name, self.tools.version, of.monaco, of.file_name, of.starter)
