"""What most languages are: one command that runs the source, or one that compiles it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from interview_platform.execution.languages import gcc
from interview_platform.execution.languages.asking import said_version
from interview_platform.execution.languages.base import OUT, Language, Step, Toolchain, command_on_path
from interview_platform.execution.sandbox.spec import CODE, Mount

PROGRAM = "program"


class Simple(Language):
    command: ClassVar[Sequence[str]]
    """The names it may have, the best first."""
    asks_version: ClassVar[Sequence[str]] = ("--version",)
    needs: ClassVar[Sequence[str]] = ()
    """What it reads outside of /usr. All of it is the distribution's and no secret."""
    environment: ClassVar[Mapping[str, str]] = {}
    live_environment: ClassVar[Mapping[str, str]] = {}
    """On top, when somebody watches: whatever makes it print at once."""
    writes_by_stdio: ClassVar[bool] = False
    """It prints by the C library, which can be told from outside to print at once."""

    def find(self) -> Toolchain | None:
        program = command_on_path(*self.command)
        version = said_version(program, *self.asks_version) if program else None
        if program is None or version is None:
            return None
        return Toolchain(version, [program.resolve()], {"command": str(program)}, mounts(*self.needs))

    def running(self, command: Sequence[str], *, live: bool) -> Step:
        if not live:
            return Step(command, self.environment)
        by_stdio = gcc.line_buffered() if self.writes_by_stdio else {}
        return Step(command, {**self.environment, **self.live_environment, **by_stdio})


class Interpreted(Simple):
    options: ClassVar[Sequence[str]] = ()
    live_options: ClassVar[Sequence[str]] = ()

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        more = self.live_options if live else ()
        return self.running([tools.programs["command"], *self.options, *more, self.path], live=live)


class Compiled(Simple):
    """The compiler leaves a program that needs nothing else."""

    artifact = PROGRAM
    options: ClassVar[Sequence[str]] = ()
    compile_environment: ClassVar[Mapping[str, str]] = {}

    def compile(self, tools: Toolchain) -> Step:
        command = [tools.programs["command"], *self.options, "-o", f"{OUT}/{PROGRAM}", self.path]
        return Step(command, self.compile_environment)

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del tools
        return self.running([f"{CODE}/{PROGRAM}"], live=live)


def mounts(*paths: str) -> Sequence[Mount]:
    """Those that are there, under their own names; where links lead does not matter inside."""
    return [Mount(Path(path).resolve(), path) for path in paths if Path(path).exists()]
