"""The filter, run by an interpreter of our own for both architectures; the real kernel runs it in tests/exploits."""

import errno
import platform
import socket
import struct
from collections.abc import Callable

import pytest

from interview_platform.execution.sandbox import seccomp
from interview_platform.execution.sandbox.bpf import ALLOW, KILL_PROCESS, fail
from interview_platform.execution.sandbox.syscalls import ARCHITECTURES

NEWUSER, NEWNS, SIGCHLD, THREAD = 0x10000000, 0x20000, 17, 0x3D0F00  # the last: what pthread_create asks for
Policy = Callable[[str], bytes | None]
machines = pytest.mark.parametrize("machine", ["x86_64", "aarch64"])


def decided(
    machine: str, number: int, *arguments: int, audit: int | None = None, policy: Policy = seccomp.policy
) -> int:
    """What the kernel would do with this call."""
    code = policy(machine)
    assert code is not None
    audit = ARCHITECTURES[machine].audit if audit is None else audit
    data = struct.pack("=iIQ6Q", number, audit, 0, *arguments, *[0] * (6 - len(arguments)))
    program = list(struct.iter_unpack("=HBBI", code))
    at = loaded = 0
    while True:
        operation, if_true, if_false, k = program[at]
        at += 1
        if operation == 0x20:
            (loaded,) = struct.unpack_from("=I", data, k)
        elif operation == 0x06:
            return int(k)
        else:
            true = {0x15: loaded == k, 0x25: loaded > k, 0x45: bool(loaded & k)}[operation]
            at += if_true if true else if_false


def number(machine: str, name: str) -> int:
    return ARCHITECTURES[machine].numbers[name]


@machines
@pytest.mark.parametrize("name", ["mount", "ptrace", "bpf", "keyctl", "unshare", "setns", "shmget", "perf_event_open"])
def test_not_permitted(machine: str, name: str) -> None:
    assert decided(machine, number(machine, name)) == fail(errno.EPERM)


@machines
@pytest.mark.parametrize("name", ["clone3", "memfd_create", "io_uring_setup", "userfaultfd"])
def test_not_there(machine: str, name: str) -> None:
    assert decided(machine, number(machine, name)) == fail(errno.ENOSYS)


@machines
def test_clone_by_its_flags(machine: str) -> None:
    clone = number(machine, "clone")
    assert decided(machine, clone, SIGCHLD) == ALLOW
    assert decided(machine, clone, THREAD) == ALLOW
    assert decided(machine, clone, NEWUSER | SIGCHLD) == fail(errno.EPERM)
    assert decided(machine, clone, NEWNS | THREAD) == fail(errno.EPERM)
    assert decided(machine, clone, NEWUSER | 1 << 40) == fail(errno.EPERM)


@machines
def test_sockets_by_their_family(machine: str) -> None:
    for name in ("socket", "socketpair"):
        assert [decided(machine, number(machine, name), family) for family in (1, 2, 10)] == [ALLOW] * 3
        netlink, packet, alg, vsock = 16, 17, 38, 40
        for family in (0, netlink, packet, alg, vsock):
            assert decided(machine, number(machine, name), family) == fail(errno.EAFNOSUPPORT)


@machines
def test_terminal_input(machine: str) -> None:
    ioctl = number(machine, "ioctl")
    assert decided(machine, ioctl, 0, 0x5401) == ALLOW  # TCGETS: what isatty asks
    assert decided(machine, ioctl, 0, 0x5412) == fail(errno.EPERM)
    assert decided(machine, ioctl, 0, 0x5412 | 1 << 32) == fail(errno.EPERM)  # the kernel looks at 32 bits


@machines
def test_buffers_of_sockets_stay_as_they_are(machine: str) -> None:
    setsockopt = number(machine, "setsockopt")
    assert decided(machine, setsockopt, 3, 1, 7) == fail(0)
    assert decided(machine, setsockopt, 3, 1, 2) == ALLOW  # SO_REUSEADDR
    assert decided(machine, setsockopt, 3, 6, 7) == ALLOW  # of TCP


@machines
def test_limits_of_oneself_only(machine: str) -> None:
    prlimit = number(machine, "prlimit64")
    assert decided(machine, prlimit, 0, 7) == ALLOW
    assert decided(machine, prlimit, 1, 7) == fail(errno.EPERM)


@machines
def test_everyday_calls(machine: str) -> None:
    everyday = {"x86_64": (0, 1, 3, 9, 59, 202, 257, 334), "aarch64": (56, 57, 63, 64, 98, 221, 222, 293)}
    assert {decided(machine, call) for call in everyday[machine]} == {ALLOW}


@machines
def test_calls_nobody_has_looked_at(machine: str) -> None:
    assert decided(machine, 462) == ALLOW
    assert decided(machine, 463) == fail(errno.ENOSYS)
    assert decided(machine, 0x40000000 + 165) == fail(errno.ENOSYS)  # x32's mount


@machines
def test_another_architecture(machine: str) -> None:
    i386 = 0x40000003
    assert decided(machine, 0, audit=i386) == KILL_PROCESS


def test_only_architectures_whose_numbers_are_known() -> None:
    assert seccomp.policy("riscv64") is None
    assert seccomp.policy() == seccomp.policy(platform.machine())


@machines
def test_weak_has_all_of_the_other(machine: str) -> None:
    for name, call in ARCHITECTURES[machine].numbers.items():
        if decided(machine, call, 1) != ALLOW:
            assert decided(machine, call, 1, policy=seccomp.weak_policy) != ALLOW, name


@machines
@pytest.mark.parametrize(
    ("name", "arguments", "decision"),
    [
        ("socket", (1,), fail(errno.EPERM)),
        ("socket", (2,), fail(errno.EPERM)),
        ("chmod", (0, 0o777), fail(0)),
        ("fchmodat", (0, 0, 0o777), fail(0)),
        ("utimensat", (), fail(0)),
        ("setxattr", (), fail(errno.EPERM)),
        ("socketpair", (1, 1), ALLOW),
        ("socketpair", (1, 5 | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK), ALLOW),
        ("socketpair", (1, 2), fail(errno.EPERM)),
        ("socketpair", (1, 3 | socket.SOCK_CLOEXEC), fail(errno.EPERM)),  # the kernel makes datagrams of it
        ("socketpair", (16, 1), fail(errno.EAFNOSUPPORT)),
        ("sched_setaffinity", (0,), ALLOW),
        ("sched_setaffinity", (4711,), fail(errno.EPERM)),
        ("setpriority", (0, 0, 5), ALLOW),
        ("setpriority", (0, 4711, 5), fail(errno.EPERM)),
        ("setpriority", (2, 0, 5), fail(errno.EPERM)),
        ("fcntl", (3, 1), ALLOW),
        ("fcntl", (3, 8, 4711), fail(errno.EPERM)),
        ("fcntl", (3, 15), fail(errno.EPERM)),
        ("fcntl", (3, 1024), fail(errno.EPERM)),
        ("fcntl", (3, 1030), ALLOW),  # F_DUPFD_CLOEXEC
        ("ioctl", (3, 0x8901), fail(errno.EPERM)),
        ("ioctl", (3, 0x40086602), fail(errno.EPERM)),
        ("ioctl", (3, 0x5412), fail(errno.EPERM)),
        ("ioctl", (3, 0x5413), ALLOW),
        ("kill", (4711,), ALLOW),  # Landlock's
    ],
)
def test_weak(machine: str, name: str, arguments: tuple[int, ...], decision: int) -> None:
    if name not in ARCHITECTURES[machine].numbers:
        pytest.skip(f"there is no {name} on {machine}")
    assert decided(machine, number(machine, name), *arguments, policy=seccomp.weak_policy) == decision


@pytest.mark.parametrize(
    ("name", "arguments", "allowed"),
    [
        *(
            ("kill", (who,), allowed)
            for who, allowed in ((77, True), (0, True), (78, False), (-1, False), (-77, False))
        ),
        *(("tgkill", (who, 80), allowed) for who, allowed in ((77, True), (78, False))),
        ("rt_sigqueueinfo", (78,), False),
        ("pidfd_send_signal", (3,), False),
        ("ioctl", (), True),
    ],
)
def test_own_signals(name: str, arguments: tuple[int, ...], allowed: bool) -> None:
    machine = platform.machine()
    words = [argument & 0xFFFFFFFFFFFFFFFF for argument in arguments]
    found = decided(machine, number(machine, name), *words, policy=lambda _: seccomp.own_signals(77))
    assert found == (ALLOW if allowed else fail(errno.EPERM))
