"""A booted Python that makes one sandbox after the other out of copies of itself, each before its run is there.

It is process 1 of a sandbox of bubblewrap's, the base: there the system is read-only, the network empty, and nothing of
the host can be seen. No program ever runs in it, nor is there one at the path that stands on its command line. For each
run it clones a process into namespaces of its own (user, pid, mount, net, ipc, uts, cgroup), which gets what a program
may have: /code, an empty /work, a fresh /proc, a loopback, no capabilities, the filter of system calls. That process is
the run's process 1: it forks what becomes the program, which waits for its order, and reports how that ended as
supervise.pl does. What it was copied from, a program cannot reach: neither this process nor the base are in its
namespaces, and everything it changes is its own copy. But it has that copy. So neither this process nor process 1 may
ever hold anything of a run: the order is read by what becomes the program.

The program is another executable, or a Python file: then the copy goes on as the Python that it is (sitecustomize.py).
Standard library only. What is said over which socket, see `sandbox/nursery.py`.
"""

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import struct
import sys
import time
from typing import Any, NoReturn

import hot_pages  # type: ignore[import-not-found] # beside this file, where no package is

_FDS_MAX = 5  # standard input, output and error, the channel's two
_ORDER_MAX = 160 * 1024  # as in sandbox/protocol.py
_WORD = b"!"
_WISH_MAX = 4096  # some paths and numbers
_POLICY_MAX = 64 * 1024  # the kernel takes 4096 instructions of 8 bytes

_NAMESPACES = 0x20000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_BIND = 1, 2, 4, 8, 4096
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP = 1, 4, 22, 24
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
_SECCOMP_MODE_FILTER = 2
_SIOCSIFFLAGS, _IFF_UP, _IFF_RUNNING = 0x8914, 0x1, 0x40
_CAPABILITY_VERSION = 0x20080522
_LAST_CAPABILITY = 63  # the kernel says EINVAL behind its own last one

_APART = 30  # out of the way of the descriptors that the program gets
_ALL_FDS = 1 << 20
_NICE = 5  # see slot_process.py
_OOM_SCORE = 1000  # the program goes before the process that it was copied from

Order = dict[str, Any]
"""`sandbox.nursery.Order`, as JSON."""

Wish = dict[str, Any]
"""`sandbox.nursery.Wish`, as JSON."""

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class _Filter(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def serve(control_fd: int, policy_fd: int, clone: int) -> Order:
    """Returns only in a copy that is to run a Python file: with the order for it. `clone`: the number of that call.

    Whatever else happens, this process ends: Python would go on to what stands on its command line.
    """
    try:
        return _served(socket.socket(fileno=control_fd), policy_fd, clone)
    except (BrokenPipeError, ConnectionResetError):
        os._exit(0)  # nobody is there any more
    except BaseException as error:  # noqa: BLE001 - see above
        os.write(2, f"the fork server could not go on: {error!r}\n".encode())
        os._exit(1)


def _served(control: socket.socket, policy_fd: int, clone: int) -> Order:
    policy = os.pread(policy_fd, _POLICY_MAX, 0)
    trial = os.fork()
    if trial == 0:
        return _as_trial()
    hot = hot_pages.written_by(trial)
    while True:
        wish: Wish = json.loads(_told(control))
        orders, ours = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = _libc.syscall(ctypes.c_long(clone), ctypes.c_ulong(_NAMESPACES | signal.SIGCHLD), 0, 0, 0, 0)
        if pid == 0:
            control.detach()  # its number goes to another file
            orders.close()
            return _as_process_1(wish, ours, policy, hot)
        ours.close()
        _tell(control, pid, orders)


def _as_trial() -> Order:
    """As a run whose program is not there, which is so in the base: what Python does before and after one."""
    nowhere = os.open("/dev/null", os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.closerange(3, _ALL_FDS)
    hot_pages.stop_at_exit()
    return {"path": sys.orig_argv[-1], "arguments": [], "live": False}


def _told(control: socket.socket) -> bytes:
    """Ends this process when nobody is there any more."""
    packet = control.recv(_WISH_MAX)
    if not packet:
        os._exit(0)
    return packet


def _tell(control: socket.socket, pid: int, orders: socket.socket) -> None:
    """Hand on who was born, and when somebody wants to know what all of it took."""
    if pid < 0:
        orders.close()
        control.send(json.dumps({"error": os.strerror(ctypes.get_errno())}).encode())
        return
    pidfd = os.pidfd_open(pid)
    socket.send_fds(control, [b"{}"], [pidfd, orders.fileno()])
    os.close(pidfd)
    orders.close()
    _told(control)  # up to then nobody else can get its number
    # The kernel hands process 1 over only when nothing of its namespace is left.
    _, status, usage = os.wait4(pid, 0)
    gone = {"status": status, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss * 1024}
    control.send(json.dumps(gone).encode())


def _as_process_1(wish: Wish, orders: socket.socket, policy: bytes, hot: hot_pages.Ranges) -> Order:
    """Become the sandbox. Returns in the program forked from it, when this Python is to run it, with SIGINT blocked."""
    try:
        kept = os.dup2(orders.detach(), _APART, inheritable=False)
        os.closerange(4, _APART)
        os.closerange(_APART + 1, _ALL_FDS)
        orders = socket.socket(fileno=kept)
        began, begins = os.pipe()
        os.setsid()  # or `kill(0, 9)` would reach beyond the namespace
        _check(_libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl")
        _map_user()
        _mounts(wish)
        _loopback_up()
        os.nice(_NICE)
        _drop_capabilities()
        _install(policy)
        _check(_libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl")  # the program cannot reach in here by way of /proc/1
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # Python's own handler would end process 1
        program = os.fork()
    except BaseException as error:  # noqa: BLE001 - nothing of this copy may go on as the fork server
        os.write(2, f"the sandbox could not be started: {error}\n".encode())
        os._exit(125)
    if program != 0:
        os.close(begins)
        _supervise(program, began, orders)
    os.close(began)
    return _as_program(orders, begins, hot)


def _as_program(orders: socket.socket, begins: int, hot: hot_pages.Ranges) -> Order:
    """Wait for the order. Returns when this Python is to run it."""
    try:
        _libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
        hot_pages.copy(hot)
        packet, fds, _, _ = socket.recv_fds(orders, _ORDER_MAX, _FDS_MAX)
        if not packet:
            os._exit(125)
        orders.send(_WORD)
        orders.close()
        order: Order = json.loads(packet)
        begins = _place(fds, begins)
        _limit(order["limits"])
        os.environ.update(order["environment"])
        os.write(begins, b"%f" % time.process_time())
        os.close(begins)
    except BaseException as error:  # noqa: BLE001 - as above; process 1 hears that it did not begin
        os.write(2, f"the program could not be started: {error}\n".encode())
        os._exit(125)
    if order["program"] is not None:
        _execute(order["program"])
    return order


def _place(fds: list[int], begins: int) -> int:
    """(stdin, stdout, stderr[, channel in, channel out]) to 0..2[, 5, 6], and nothing else but `begins`.

    Returns where that is then.
    """
    targets = (0, 1, 2, 5, 6)[: len(fds)]
    apart = [os.dup2(fd, _APART + index, inheritable=False) for index, fd in enumerate((*fds, begins))]
    for target, fd in zip(targets, apart, strict=False):
        os.dup2(fd, target, inheritable=True)
    first = targets[-1] + 1
    if len(fds) > 3:
        os.closerange(3, 5)
    os.closerange(first, apart[-1])
    os.closerange(apart[-1] + 1, _ALL_FDS)
    return apart[-1]


def _map_user() -> None:
    user, group = _USER
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")


def _mounts(wish: Wish) -> None:
    size, inodes = wish["files_bytes"], wish["inodes"]
    _mount(wish["code_from"], wish["code"], _MS_BIND, None)  # with the flags that it has there
    _mount("tmpfs", wish["work"], _MS_NOSUID | _MS_NODEV, f"size={size},nr_inodes={inodes},mode=755")
    _write("/proc/self/oom_score_adj", str(_OOM_SCORE))  # the program cannot take it back: its own /proc is read-only
    _mount("proc", "/proc", _MS_RDONLY | _MS_NOSUID | _MS_NODEV | _MS_NOEXEC, None)
    os.chdir(wish["work"])


def _mount(kind: str, target: str, flags: int, options: str | None) -> None:
    data = options.encode() if options else None
    result = _libc.mount(kind.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data)
    _check(result, f"mount {target}")


def _loopback_up() -> None:
    with socket.socket() as sock:
        fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP | _IFF_RUNNING))


def _limit(limits: dict[str, list[int]]) -> None:
    for name, (soft, hard) in limits.items():
        number = getattr(resource, name)
        _, allowed = resource.getrlimit(number)
        if allowed == resource.RLIM_INFINITY:
            resource.setrlimit(number, (soft, hard))
        else:
            resource.setrlimit(number, (min(soft, allowed), min(hard, allowed)))


def _drop_capabilities() -> None:
    for number in range(_LAST_CAPABILITY + 1):
        if _libc.prctl(_PR_CAPBSET_DROP, number, 0, 0, 0) != 0:
            break
    _libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    none = (ctypes.c_uint32 * 6)()
    _check(_libc.capset(header, none), "capset")


def _install(policy: bytes) -> None:
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    code = ctypes.create_string_buffer(policy, len(policy))
    program = _Filter(len(policy) // 8, ctypes.addressof(code))
    _check(_libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0), "seccomp")


def _supervise(program: int, began: int, orders: socket.socket) -> NoReturn:
    """As supervise.pl: collect what is left behind, and report how the program ended. One that never began did not."""
    try:
        os.closerange(0, 3)
        ended = status = 0
        while ended != program:
            ended, status = os.wait()
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        before = os.read(began, 64)
        if before:
            cpu = max(0.0, usage.ru_utime + usage.ru_stime - float(before))
            orders.send(b"%d %f %d\n" % (status, cpu, usage.ru_maxrss))
    finally:
        os._exit(0)


def _execute(program: list[str]) -> NoReturn:
    for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):  # Python has its own way with these
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    try:
        os.execv(program[0], program)  # noqa: S606 - what it is for
    except OSError as error:
        os.write(2, f"cannot start {program[0]}: {error.strerror}\n".encode())
    os._exit(127)


def _write(path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY)
    os.write(fd, text.encode())
    os.close(fd)


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)


_USER = (os.getuid(), os.getgid())
