"""Which form of process 1 this machine can have: see supervise.pl."""

import platform
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


def python_supervisor() -> Supervisor:
    python = find_python()
    script = (_HERE / "supervise.py").read_text()
    return Supervisor((python.program, "-I", "-S", "-c", script), (), python.mounts)
