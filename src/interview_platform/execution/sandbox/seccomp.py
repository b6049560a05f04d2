"""Which system calls a sandboxed program may not make.

A deny list: language run-times use too many calls for an allow list to survive their updates. What a program without
rights could still use to attack the kernel, to hide memory from the limits or to look at other processes is on it.
"""

import errno
import platform
import socket
from collections.abc import Iterable, Mapping

from interview_platform.execution.sandbox.bpf import (
    ALLOW,
    ARCHITECTURE,
    KILL_PROCESS,
    NUMBER,
    Filter,
    argument,
    fail,
)
from interview_platform.execution.sandbox.syscalls import ARCHITECTURES, LAST_KNOWN, Architecture

_DENIED = fail(errno.EPERM)
_ABSENT = fail(errno.ENOSYS)
_DONE = fail(0)

# "You may not": run-times that try these expect a refusal.
_NOT_PERMITTED = (
    # Another view of the file system, or of anything namespaced.
    *("mount", "umount2", "pivot_root", "chroot", "unshare", "setns"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "move_mount", "open_tree", "mount_setattr"),
    *(
        "name_to_handle_at",
        "open_by_handle_at",
        "fanotify_init",
        "quotactl",
        "quotactl_fd",
        "swapon",
        "swapoff",
        "acct",
    ),
    # Other processes' memory and descriptors.
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise", "process_mrelease"),
    # The kernel itself: modules, tracing, keys, clocks, log, raw hardware.
    *("bpf", "perf_event_open", "add_key", "request_key", "keyctl", "syslog", "lookup_dcookie"),
    *("init_module", "finit_module", "delete_module", "create_module", "kexec_load", "kexec_file_load", "reboot"),
    *("settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "iopl", "ioperm", "modify_ldt", "vhangup"),
    # `personality` switches off address randomisation and changes what mmap does.
    "personality",
    # System V and POSIX message IPC: memory that no process's size shows.
    *("shmget", "shmat", "shmctl", "shmdt", "semget", "semop", "semctl", "semtimedop"),
    *("msgget", "msgsnd", "msgrcv", "msgctl", "mq_open"),
    # Moving memory between NUMA nodes takes kernel time out of proportion.
    *("mbind", "set_mempolicy", "set_mempolicy_home_node", "migrate_pages", "move_pages"),
)

# "There is no such call": run-times fall back to an older one.
_NOT_THERE = (
    "clone3",  # its flags are in memory, where a filter cannot see them; glibc falls back to clone
    *("memfd_create", "memfd_secret"),  # memory that no process's size shows
    *("io_uring_setup", "io_uring_enter", "io_uring_register"),  # calls past this filter; long record of kernel holes
    "userfaultfd",  # makes kernel races easy to win
    *("uselib", "ustat", "sysfs", "_sysctl", "nfsservctl", "get_kernel_syms", "query_module"),  # dead, kept by kernels
)

# Where a program has no namespaces of its own (landlock.py), and perhaps the server's own user.

# What Landlock does not hold back: the mode, the owner and the times of whatever that user owns. Compilers set them on
# their own files without need, so it "succeeds" and changes nothing.
_WITHOUT_EFFECT = (
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat"),
    *("utime", "utimes", "futimesat", "utimensat"),
)
_NOT_OVER_OTHERS = (
    "socket",  # the network is the machine's. Pairs that are connected for good remain
    *("setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
    *("inotify_init", "inotify_init1"),  # would show the names of files as they come
    "ioprio_set",
    "truncate",  # by name; Landlock knows it since version 3
)
_OVER_ONESELF = ("sched_setparam", "sched_setscheduler", "sched_setaffinity", "sched_setattr")  # first argument: who
# F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY: have the kernel send a signal, or hold up who opens the file.
_SIGNALS_BY_FILES = (8, 10, 15, 1024, 1026)
_FIOSETOWN, _SIOCSPGRP = 0x8901, 0x8902  # the same
# FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR, FS_IOC_ENABLE_VERITY: whoever owns a file may, with it open for reading only.
_ATTRIBUTES = (0x40086602, 0x401C5820, 0x40806685)
# Either end of a pair of datagrams can be connected anew: to any socket with a name that its user may write to.
_KINDS_OF_PAIRS = [
    kind | close | block
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET)
    for close in (0, socket.SOCK_CLOEXEC)
    for block in (0, socket.SOCK_NONBLOCK)
]
_TO_PROCESSES = ("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")  # first argument: to whom

# CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET.
_NAMESPACE_FLAGS = 0x20000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000

# The network namespace holds nothing but a loopback. Other families are not namespaced (vsock reaches the hypervisor)
# or are attack surface for nothing (netlink, packet, Bluetooth, ...).
_SOCKET_FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6)

# Room for more than the usual 200 KB in each of a thousand sockets.
_SOL_SOCKET = 1
_BUFFER_SIZES = (7, 8, 32, 33)  # SO_SNDBUF, SO_RCVBUF, and both with FORCE

# Typing into the terminal that started the server.
_TIOCSTI = 0x5412
_TIOCLINUX = 0x541C


def policy(machine: str | None = None) -> bytes | None:
    """The filter for this machine as bubblewrap takes it; None on an architecture whose numbers we do not have."""
    architecture = ARCHITECTURES.get(machine or platform.machine())
    return _filter(architecture).assembled() if architecture else None


def weak_policy(machine: str | None = None) -> bytes | None:
    """The same for a program without namespaces; all of `policy` is in it."""
    architecture = ARCHITECTURES.get(machine or platform.machine())
    if architecture is None:
        return None
    numbers = architecture.numbers
    code = _beginning(architecture)
    for names, action in ((_WITHOUT_EFFECT, _DONE), (_NOT_OVER_OTHERS, _DENIED)):
        for name in names:
            if name in numbers:
                code.give_if_equal(numbers[name], action)
    code.when(numbers["socketpair"], _by_kind_of_pair())
    for name in _OVER_ONESELF:
        code.when(numbers[name], _by_argument(0, (0,), ALLOW, _DENIED))
    code.when(numbers["setpriority"], _by_whose_priority())
    code.when(numbers["fcntl"], _by_argument(1, _SIGNALS_BY_FILES, _DENIED, ALLOW))
    code.when(numbers["ioctl"], _by_request(_FIOSETOWN, _SIOCSPGRP, *_ATTRIBUTES))
    _add_common(code, numbers)
    return code.assembled()


def own_signals(pid: int) -> bytes:
    """A further filter for this process: signals to itself and its group alone. Its children cannot send any."""
    architecture = ARCHITECTURES[platform.machine()]
    code = Filter()
    code.load(ARCHITECTURE)
    code.unless_equal(architecture.audit, KILL_PROCESS)
    code.load(NUMBER)
    for name in _TO_PROCESSES:
        oneself = (0, pid) if name == "kill" else (pid,)
        code.when(architecture.numbers[name], _by_argument(0, oneself, ALLOW, _DENIED))
    code.give_if_equal(architecture.numbers["pidfd_send_signal"], _DENIED)
    code.give(ALLOW)
    return code.assembled()


def _filter(architecture: Architecture) -> Filter:
    code = _beginning(architecture)
    _add_common(code, architecture.numbers)
    return code


def _beginning(architecture: Architecture) -> Filter:
    code = Filter()
    code.load(ARCHITECTURE)
    code.unless_equal(architecture.audit, KILL_PROCESS)
    code.load(NUMBER)
    code.give_if_greater(LAST_KNOWN, _ABSENT)  # x32's numbers are beyond it too
    return code


def _add_common(code: Filter, numbers: Mapping[str, int]) -> None:
    for name in _NOT_PERMITTED:
        if name in numbers:
            code.give_if_equal(numbers[name], _DENIED)
    for name in _NOT_THERE:
        if name in numbers:
            code.give_if_equal(numbers[name], _ABSENT)
    code.when(numbers["clone"], _by_clone_flags())
    for name in ("socket", "socketpair"):
        code.when(numbers[name], _by_family())
    code.when(numbers["ioctl"], _by_request())
    code.when(numbers["setsockopt"], _by_socket_option())
    code.when(numbers["prlimit64"], _by_whose_limits())
    code.give(ALLOW)


def _by_clone_flags() -> Filter:
    code = Filter()
    code.load(argument(0))
    code.give_if_any_bit(_NAMESPACE_FLAGS, _DENIED)
    code.give(ALLOW)
    return code


def _by_family() -> Filter:
    code = Filter()
    code.load(argument(0))
    code.give_unless_one_of(_SOCKET_FAMILIES, fail(errno.EAFNOSUPPORT), ALLOW)
    return code


def _by_kind_of_pair() -> Filter:
    code = Filter()
    code.load(argument(0))
    code.when(socket.AF_UNIX, _by_argument(1, _KINDS_OF_PAIRS, ALLOW, _DENIED))
    code.give(fail(errno.EAFNOSUPPORT))
    return code


def _by_socket_option() -> Filter:
    """A size of a buffer is a wish anyway: it "succeeds" and changes nothing."""
    sizes = Filter()
    sizes.load(argument(2))
    sizes.give_unless_one_of(_BUFFER_SIZES, ALLOW, _DONE)
    code = Filter()
    code.load(argument(1))
    code.when(_SOL_SOCKET, sizes)
    code.give(ALLOW)
    return code


def _by_whose_limits() -> Filter:
    """One's own: process 1 has the same user, and with no processor time left it could not say how a program ended."""
    code = Filter()
    code.load(argument(0))
    code.give_unless_one_of((0,), _DENIED, ALLOW)
    return code


def _by_request(*others: int) -> Filter:
    return _by_argument(1, (_TIOCSTI, _TIOCLINUX, *others), _DENIED, ALLOW)


def _by_whose_priority() -> Filter:
    """PRIO_PROCESS and oneself."""
    code = Filter()
    code.load(argument(0))
    code.unless_equal(0, _DENIED)
    code.load(argument(1))
    code.give_unless_one_of((0,), _DENIED, ALLOW)
    return code


def _by_argument(index: int, values: Iterable[int], action: int, otherwise: int) -> Filter:
    """`action` when this argument is one of `values`."""
    code = Filter()
    code.load(argument(index))
    code.give_unless_one_of(values, otherwise, action)
    return code
