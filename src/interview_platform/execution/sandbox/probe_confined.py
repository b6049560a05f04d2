"""Runs in a sandbox without namespaces and tries to get out: prints JSON as probe_inside.py does.

Standard library only; whatever Python the machine has. Arguments: host port, host folder, size of the work disk, the
server's process.
"""

import ctypes
import errno
import json
import os
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

READABLE = "readable"

_KNOWN = {"PATH", "HOME", "TMPDIR", "LANG", "USER", "PWD", "LC_CTYPE", "OPENSSL_CONF"}
_OF_THE_HOST = ("/", "/root", "/home", "/etc", "/var/log", "/run", "/sys", "/boot", "/proc", "/tmp", "/dev/shm")  # noqa: S108 - to be refused
_FILES_OF_THE_HOST = ("/etc/passwd", "/etc/hostname", "/proc/version", "/proc/self/environ", "/proc/1/cmdline")
_PR_GET_SECCOMP, _PR_GET_NO_NEW_PRIVS = 21, 39
_CAPABILITY_VERSION = 0x20080522
_CLONE_NEWUSER = 0x10000000

_libc = ctypes.CDLL(None, use_errno=True)


def network(port: int) -> str:
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        with suppress(OSError), socket.socket(family):
            return "may make a socket"
    with suppress(OSError):
        for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
            end.close()
        return "may make a pair of datagrams, which reaches sockets with names"
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), 0.5).close()
        return "reaches 127.0.0.1"
    return ""


def code() -> str:
    try:
        Path("/code", READABLE).read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return ""


def files(folder: str) -> str:
    # What is somewhere can be asked; that is said elsewhere (probe.py).
    seen = [path for path in (str(Path(folder).parent), *_OF_THE_HOST) if _works(os.listdir, path)]
    seen += [path for path in (folder, *_FILES_OF_THE_HOST) if _works(Path(path).read_bytes)]
    return f"may read {', '.join(seen)}" if seen else ""


def writing(folder: str, size: int) -> str:
    for place in ("/", "/usr", "/etc", "/dev", "/tmp", "/dev/shm", "/code", str(Path(folder).parent)):  # noqa: S108 - to be refused
        if _works(Path(place, "probe").write_bytes, b"x"):
            return f"may write to {place}"
    if _works(os.truncate, folder, 0) or _works(os.open, folder, os.O_RDONLY | os.O_TRUNC):
        return f"may empty {folder}"
    try:
        Path("/work/probe").write_bytes(bytes(size + 4096))
    except OSError:
        Path("/work/probe").unlink()
        return ""
    return "a file has no size"


def others(server: int) -> str:
    for pid in (server, os.getppid()):
        if _works(os.kill, pid, 0):
            return f"may send signals to process {pid}, which is not its own"
        if any(_works(Path(f"/proc/{pid}/{name}").read_bytes) for name in ("environ", "status")):
            return f"may look at process {pid}, which is not its own"
        if _works(os.sched_setaffinity, pid, {0}):
            return f"may say where process {pid} runs, which is not its own"
    if not _works(os.kill, os.getpid(), 0):
        return "a program cannot even send a signal to itself"
    if os.getpgid(0) != os.getpid():
        return "a signal to its group would go to others"
    unknown = set(os.environ) - _KNOWN
    return f"has {', '.join(sorted(unknown))} in its environment" if unknown else ""


def rights() -> str:
    if os.getuid() == 0:
        return "is root"
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    held = (ctypes.c_uint32 * 6)()
    if _libc.capget(header, held) != 0 or any(held):
        return "has capabilities"
    return "" if _libc.prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 else "may gain rights"


def system_calls() -> str:
    if _libc.unshare(_CLONE_NEWUSER) == 0 or ctypes.get_errno() != errno.EPERM:
        return "may make a user namespace"
    if _libc.ptrace(0, 0, 0, 0) == 0 or ctypes.get_errno() != errno.EPERM:
        return "may trace"
    return "" if _libc.prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) == 2 else "no filter is in force"


def _works(action: Callable[..., object], *arguments: object) -> bool:
    try:
        action(*arguments)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    port, folder, size, server = sys.argv[1:]
    found = {
        "network": network(int(port)),
        "code": code(),
        "files": files(folder),
        "writing": writing(folder, int(size)),
        "other processes": others(int(server)),
        "rights": rights(),
        "system calls": system_calls(),
    }
    json.dump(found, sys.stdout)
