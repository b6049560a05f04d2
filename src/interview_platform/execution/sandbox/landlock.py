"""Landlock: the kernel lets a process give up, for itself and all it will start, what its user may do with files.

Needs no right and no namespace, so it is what is left where those are forbidden (docs/execution.md, "Weak"). What it
does not cover the filter of system calls does (seccomp.py, `weak_policy`): changing modes and times, sockets, watching
folders. Standard library only: the slot process imports it.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# Alike on all architectures (asm-generic/unistd.h).
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1  # LANDLOCK_CREATE_RULESET_VERSION
_PATH_BENEATH = 1

# LANDLOCK_ACCESS_FS_*, in the order of their bits, and the version of the interface that brought the later ones.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_BLOCK = 1 << 6, 1 << 11
_ALL_OF_ABI_1 = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_SINCE = ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEV))

_BIND_AND_CONNECT_TCP = 3
_ABI_NETWORK = 4
_ABSTRACT_SOCKETS, _SIGNALS = 1, 2
ABI_SIGNALS = 6
"""From here on (Linux 6.12) a process that restricts itself can no longer send signals to those that have not."""

ABI_TRUNCATE = 3
"""From here on (Linux 6.2) what may only be read cannot be emptied."""

ABI_REFER = 2
"""From here on (Linux 5.19) a file can be moved between two folders that may be written to: compilers do."""

_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV  # what can be allowed for a file itself
_DEVICE = _READ_FILE | _WRITE_FILE

_PR_SET_NO_NEW_PRIVS = 38

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def version() -> int:
    """Of the kernel's interface; 0: none here (not built in, or not among the `lsm=` that it was started with)."""
    found = _libc.syscall(ctypes.c_long(_CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint(_VERSION))
    return max(0, int(found))


def restrict_signals(abi: int) -> bool:
    """Let this process, and all it starts, reach one another only. False: this kernel cannot do that."""
    if abi < ABI_SIGNALS:
        return False
    _enforce(_ruleset(0, 0, _SIGNALS, abi))
    return True


def restrict(abi: int, *, read: Iterable[str], work: str, devices: Iterable[str]) -> None:
    """From here on only these can be opened: `read` and what is below it also executed, in `work` all be done.

    What is not there is left out. TCP and other processes' abstract sockets are refused, where the kernel can.
    """
    files = _ALL_OF_ABI_1
    for since, access in _SINCE:
        if abi >= since:
            files |= access
    network = _BIND_AND_CONNECT_TCP if abi >= _ABI_NETWORK else 0
    scopes = _ABSTRACT_SOCKETS | _SIGNALS if abi >= ABI_SIGNALS else 0
    ruleset = _ruleset(files, network, scopes, abi)
    for path in read:
        _allow(ruleset, path, _READ)
    for path in devices:
        _allow(ruleset, path, _DEVICE)
    _allow(ruleset, work, files & ~(_MAKE_CHAR | _MAKE_BLOCK | _IOCTL_DEV))
    _enforce(ruleset)


def _ruleset(files: int, network: int, scopes: int, abi: int) -> int:
    # An older kernel refuses a structure with what it does not know in it.
    count = 3 if abi >= ABI_SIGNALS else 2 if abi >= _ABI_NETWORK else 1
    attributes = struct.pack(f"={count}Q", *(files, network, scopes)[:count])
    return _checked(
        _libc.syscall(ctypes.c_long(_CREATE_RULESET), attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint(0)),
        "landlock_create_ruleset",
    )


def _allow(ruleset: int, path: str, access: int) -> None:
    with suppress(FileNotFoundError):
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            allowed = access if Path(path).is_dir() else access & _ON_FILES
            rule = struct.pack("=Qi", allowed, fd)
            call = (ctypes.c_long(_ADD_RULE), ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH))
            _checked(_libc.syscall(*call, rule, ctypes.c_uint(0)), f"landlock_add_rule {path}")
        finally:
            os.close(fd)


def _enforce(ruleset: int) -> None:
    _checked(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl")
    _checked(
        _libc.syscall(ctypes.c_long(_RESTRICT_SELF), ctypes.c_int(ruleset), ctypes.c_uint(0)), "landlock_restrict_self"
    )
    os.close(ruleset)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
    return result
