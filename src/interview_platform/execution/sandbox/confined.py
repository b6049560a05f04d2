"""The third way of making a sandbox, for machines that let nobody have namespaces: Landlock and the filter.

    slot process > supervisor (ours, a copy of the slot process) > the program

Both are in a Landlock domain, the program's inside the supervisor's. So the program reaches nothing outside of it, not
even the supervisor, and at the end the supervisor can kill whatever there is of the run in one call, however quickly it
forks, because its signals reach nothing else. Standard library only: the slot process imports it.
"""

import ctypes
import os
import resource
import select
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NoReturn

from interview_platform.execution.sandbox import landlock, seccomp, stage
from interview_platform.execution.sandbox.boxes import Bubblewrap, Remains
from interview_platform.execution.sandbox.protocol import SECCOMP_FD, STATUS_FD, Confinement, Launch
from interview_platform.execution.sandbox.watch import descendants
from interview_platform.execution.sandbox.workplace import Workplace

_GRACE_MS = 500  # for the supervisor to kill what is below it; then it is done from outside
_ALL_FDS = 1 << 20

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _PR_SET_NO_NEW_PRIVS = 1, 22, 2, 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_CAPABILITY_VERSION = 0x20080522
_INSTRUCTION = 8  # bytes of one
_POLICY_MAX = 4096 * _INSTRUCTION  # the kernel takes no more

_libc = ctypes.CDLL(None, use_errno=True)


class Confined(Bubblewrap):
    def __init__(self, become: Callable[[int], NoReturn], work: str) -> None:
        """`become`: in the new child, call `supervise`; it is given the descriptor for the report."""
        super().__init__(become)
        self._work = work

    def init(self) -> int:
        return self._monitor

    def bury(self) -> Remains:
        _end_below(self._monitor)  # now, because they may be taking memory
        with suppress(ProcessLookupError):
            os.kill(self._monitor, signal.SIGTERM)  # it misses none
        gone = select.poll()
        gone.register(self._pidfd, select.POLLIN)
        gone.poll(_GRACE_MS)
        remains = super().bury()
        Workplace(self._work).empty()
        return remains


def supervise(launch: Launch, confinement: Confinement) -> NoReturn:
    """The descriptors are at their places and the limits set: run the program, and say how it ended."""
    handled = {signal.SIGCHLD, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, handled)
    keeper = os.getppid()
    _check(_libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0), "prctl")
    if os.getppid() != keeper:  # it has just died
        os._exit(126)
    stage.adopt_orphans()
    abi = confinement.landlock
    alone = landlock.restrict_signals(abi) and not _reaches(keeper)
    told, tells = os.pipe()
    program = os.fork()
    if program == 0:
        _become_program(launch, confinement, tells)
    os.closerange(0, STATUS_FD)
    os.closerange(STATUS_FD + 1, told)
    os.close(tells)
    if os.read(told, 1):  # it could not be made; it has said why
        os._exit(126)
    status = None
    while status is None and signal.sigwait(handled) is not signal.SIGTERM:
        status = _collected(program)
    while _is_anyone_left(alone=alone):
        pass
    if status is not None:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(STATUS_FD, b"%d %f %d\n" % (status, used.ru_utime + used.ru_stime, used.ru_maxrss))
    os._exit(0)


def _reaches(pid: int) -> bool:
    """Looked at, not believed: otherwise killing all that can be reached would be killing the server."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return False
    return True


def _collected(program: int) -> int | None:
    """Collect who has ended; the program's status when it is among them."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            if ended[0] == program:
                return ended[1]
    return None


def _is_anyone_left(*, alone: bool) -> bool:
    """Kill them. `alone`: signals go nowhere else."""
    if alone:
        with suppress(OSError):
            os.kill(-1, signal.SIGKILL)
    else:
        _end_below(os.getpid())
    try:
        os.waitpid(-1, 0)
    except ChildProcessError:
        return False
    return True


def _end_below(pid: int) -> None:
    """Stop them all before one is killed: who is stopped does not fork, and still counts for RLIMIT_NPROC.

    Killing at once makes room for others to fork, and a busy machine loses that race.
    """
    stopped: set[int] = set()
    while found := [one for one in descendants(pid)[1:] if one not in stopped]:
        _send(found, signal.SIGSTOP)
        stopped.update(found)
    _send(stopped, signal.SIGKILL)


def _send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(OSError):
            os.kill(pid, number)


def _become_program(launch: Launch, confinement: Confinement, tells: int) -> NoReturn:
    abi = confinement.landlock
    try:
        os.setsid()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD, signal.SIGTERM})
        resource.setrlimit(resource.RLIMIT_NPROC, _processes(launch))
        policy = os.pread(SECCOMP_FD, _POLICY_MAX, 0)
        os.close(SECCOMP_FD)
        os.close(STATUS_FD)
        os.chdir(confinement.work)
        landlock.restrict(abi, read=confinement.read, work=confinement.work, devices=confinement.devices)
        _drop_capabilities()
        if abi < landlock.ABI_SIGNALS:
            _install(seccomp.own_signals(os.getpid()))
        _install(policy)
    except BaseException as error:  # noqa: BLE001 - nothing of this copy of the process may go on
        os.write(2, f"the sandbox could not be made: {error}\n".encode())
        os.write(tells, b".")
        os._exit(126)
    try:
        program = list(confinement.program)
        os.execve(program[0], program, dict(confinement.environment))  # noqa: S606 - what it is for
    except OSError as error:
        os.write(2, f"cannot start {confinement.program[0]}: {error.strerror}\n".encode())
    os._exit(127)


def _processes(launch: Launch) -> tuple[int, int]:
    _, most = resource.getrlimit(resource.RLIMIT_NPROC)
    limit = launch.task_limit if most == resource.RLIM_INFINITY else min(launch.task_limit, most)
    return limit, limit


def _drop_capabilities() -> None:
    """What a server was given for itself (a low port) is not for programs."""
    _libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    none = (ctypes.c_uint32 * 6)()
    _check(_libc.capset(header, none), "capset")


class _Filter(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _install(policy: bytes) -> None:
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    code = ctypes.create_string_buffer(policy, len(policy))
    program = _Filter(len(policy) // _INSTRUCTION, ctypes.cast(code, ctypes.c_void_p))
    _check(_libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0), "seccomp")


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
