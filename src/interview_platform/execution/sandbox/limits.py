"""The limits that the kernel holds for each process: set before the program starts, and again when a held one goes on.

Standard library only: the slot process imports it.
"""

import os
import resource
import time
from contextlib import suppress
from pathlib import Path

from interview_platform.execution.sandbox.protocol import Allowance, Launch

_OPEN_FILES = 256  # a JVM needs about 60, Node 30
_STACK_BYTES = 8 * 1024 * 1024  # the usual one
_PENDING_SIGNALS = 256  # queued ones take kernel memory
_NICE = 5  # a third of a normal process: the server answers first, and a busy machine still gets a run done
_NICE_BACKGROUND = 19
_NICE_ZERO = 20  # RLIMIT_NICE counts down from here
_CPUCLOCK_SCHED = 2  # include/linux/posix-timers.h: of a process, all of its threads


def limits_of(launch: Launch, *, hard_memory_limit: bool) -> dict[str, tuple[int, int]]:
    """Name in `resource` -> soft, hard. Without RLIMIT_NPROC, which counts per user namespace."""
    stack = _stack_bytes(launch, hard_memory_limit=hard_memory_limit)
    limits = {
        "RLIMIT_FSIZE": (launch.file_bytes,) * 2,
        "RLIMIT_NOFILE": (_OPEN_FILES,) * 2,
        "RLIMIT_SIGPENDING": (_PENDING_SIGNALS,) * 2,
        "RLIMIT_MSGQUEUE": (0, 0),
        "RLIMIT_MEMLOCK": (0, 0),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_STACK": (stack, stack),
    }
    if not launch.held:  # what is ours and waits gets these when it goes on
        limits["RLIMIT_CPU"] = (launch.cpu_seconds, launch.cpu_seconds + 1)
        if hard_memory_limit:
            limits["RLIMIT_DATA"] = (_data_bytes(launch),) * 2
    return limits


def allow_coming_back() -> None:
    """From background priority to that of a run. Only root may allow it; without it nothing is put back so far."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NICE, (_NICE_ZERO - _NICE, _NICE_ZERO - _NICE))


def set_priority_of_this_process(launch: Launch) -> None:
    comes_back = not launch.held or resource.getrlimit(resource.RLIMIT_NICE)[0] >= _NICE_ZERO - _NICE
    os.nice(_NICE_BACKGROUND if launch.background and comes_back else _NICE)


def limit_this_process(launch: Launch, *, hard_memory_limit: bool) -> None:
    # RLIMIT_NPROC is the supervisor's: set here it would count all processes of this user, the desktop's too.
    for name, (soft, hard) in limits_of(launch, hard_memory_limit=hard_memory_limit).items():
        which = getattr(resource, name)
        resource.setrlimit(which, _allowed(soft, hard, resource.getrlimit(which)[1]))


def limit_running(pid: int, allowance: Allowance, *, hard_memory_limit: bool) -> None:
    """Of a process that was held, which also comes back from the background.

    A limit only ever goes down: the kernel lets nobody raise it.
    """
    with suppress(OSError):  # each of these: it has just ended
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), _NICE)
    cpu = allowance.cpu_seconds + int(cpu_seconds_of(pid)) + 1
    limits = {resource.RLIMIT_CPU: (cpu, cpu + 1), resource.RLIMIT_NPROC: (allowance.task_limit,) * 2}
    if hard_memory_limit:
        limits[resource.RLIMIT_DATA] = (_data_bytes(allowance),) * 2
    for which, (soft, hard) in limits.items():
        with suppress(OSError):
            resource.prlimit(pid, which, _allowed(soft, hard, resource.prlimit(pid, which)[1]))


def cpu_seconds_of(pid: int) -> float:
    """0 when it is gone."""
    with suppress(OSError):
        return time.clock_gettime((~pid << 3) | _CPUCLOCK_SCHED)
    return 0.0


def _data_bytes(allowance: Allowance) -> int:
    # The watchdog is exact, this is what stands when it gets no processor time. Twice, because what a program
    # asks for is more than what it uses, and "no memory" in the middle of nowhere explains itself badly. Stacks
    # come on top: the C library asks for a whole one with every thread.
    return 2 * allowance.memory_bytes + allowance.processes * _stack_bytes(allowance, hard_memory_limit=True)


def _stack_bytes(allowance: Allowance, *, hard_memory_limit: bool) -> int:
    return min(allowance.stack_bytes, _STACK_BYTES) if hard_memory_limit else allowance.stack_bytes


def _allowed(soft: int, hard: int, most: int) -> tuple[int, int]:
    return (soft, hard) if most == resource.RLIM_INFINITY else (min(soft, most), min(hard, most))
