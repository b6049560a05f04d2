"""What to run in a sandbox, and what it may use. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MB = 1024 * 1024

CODE = "/code"
"""Where the sandbox sees the source and what was compiled from it. Read-only."""

CODE_FROM = "/opt/code"
"""Where a fork server has it. Its own command line names a program in CODE, which must not be there for it."""

WORK = "/work"
"""The one place a program may write to (also as /tmp and /dev/shm): in memory, with a size. Its current directory."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A host path that the sandbox sees, read-only."""

    source: Path
    target: str

    @property
    def name(self) -> str:
        """Of the target, fit for a file name."""
        return self.target.strip("/").replace("/", "-")


@dataclass(frozen=True, slots=True)
class Forker:
    """A Python that makes sandboxes, see languages/warm/python/fork_server.py."""

    program: Sequence[str]
    environment: Mapping[str, str]
    mounts: Sequence[Mount]
    files_bytes: int
    """As in Spec, of the sandboxes that it makes ahead. One with another number costs as much again."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One process. `processes` counts threads too; `memory_bytes` is for all of its processes and files together."""

    program: Sequence[str]
    wall_seconds: float
    cpu_seconds: float
    memory_bytes: int
    processes: int
    files_bytes: int
    stack_bytes: int = 8 * MB
    environment: Mapping[str, str] = field(default_factory=dict)
    mounts: Sequence[Mount] = ()
    script: str | None = None
    """The Python file that `program` runs, if that is the Python of `find_python`; its arguments follow it there."""
    from_nothing: bool = False
    """Not out of the slot's fork server, though it has one."""
    live: bool = False
    """Of a script: what it prints is not buffered."""
