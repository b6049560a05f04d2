"""Which system calls a sandboxed program may not make.

A deny list: language run-times use too many calls for an allow list to survive their updates. What a program without
rights could still use to attack the kernel, to hide memory from the limits or to look at other processes is on it.
"""

import errno
import platform
import socket

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


def _filter(architecture: Architecture) -> Filter:
    numbers = architecture.numbers
    code = Filter()
    code.load(ARCHITECTURE)
    code.unless_equal(architecture.audit, KILL_PROCESS)
    code.load(NUMBER)
    code.give_if_greater(LAST_KNOWN, _ABSENT)  # x32's numbers are beyond it too
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
    return code


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


def _by_request() -> Filter:
    code = Filter()
    code.load(argument(1))
    code.give_if_equal(_TIOCSTI, _DENIED)
    code.give_if_equal(_TIOCLINUX, _DENIED)
    code.give(ALLOW)
    return code
