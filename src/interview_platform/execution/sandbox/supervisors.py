"""Which form of process 1 this machine can have: see supervise.pl."""

import platform
from dataclasses import replace
from pathlib import Path

from interview_platform.execution.sandbox.command import Supervisor
from interview_platform.execution.sandbox.interpreters import find_python
from interview_platform.execution.sandbox.syscalls import ARCHITECTURES

_PERL = Path("/usr/bin/perl")
_HERE = Path(__file__).parent


def find_supervisor() -> Supervisor:
    if _PERL.exists():
        numbers = ARCHITECTURES[platform.machine()].numbers
        script = (_HERE / "supervise.pl").read_text()
        calls = [str(numbers[name]) for name in ("prlimit64", "getrusage", "prctl")]
        return Supervisor((str(_PERL), "-e", script), calls, ())
    return python_supervisor()


def in_sight(supervisor: Supervisor) -> Supervisor:
    """For a slot process without rights over it, which has to look at its memory and its files by way of /proc.

    What a program sees there of its process 1 is of no use to it: the report goes through a socket, which cannot be
    opened again, and /proc is read-only.
    """
    return replace(supervisor, extra=[*supervisor.extra[:-1], "0"]) if supervisor.extra else supervisor


def python_supervisor() -> Supervisor:
    python = find_python()
    script = (_HERE / "supervise.py").read_text()
    return Supervisor((python.program, "-I", "-S", "-c", script), (), python.mounts)
