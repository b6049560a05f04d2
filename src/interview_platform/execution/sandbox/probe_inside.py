"""Runs inside a sandbox and tries to get out: prints JSON, protection -> what went wrong (empty: it holds).

Standard library only; whatever Python the machine has. Arguments: host port, host folder, size of the work disk.
"""

import ctypes
import errno
import json
import os
import socket
import sys
from pathlib import Path

READABLE = "readable"
"""A file in /code that stands for the source of a program."""

_KNOWN = {"PATH", "HOME", "TMPDIR", "LANG", "USER", "PWD", "LC_CTYPE"}
_PATHS_OF_THE_HOST = (
    "/root",
    "/home",
    "/etc/shadow",
    "/etc/hostname",
    "/var/log",
    "/var/lib/dpkg",
    "/run",
    "/sys",
    "/boot",
)


def network(port: int) -> str:
    interfaces = Path("/proc/net/dev")
    lines = interfaces.read_text().splitlines()[2:] if interfaces.exists() else []
    others = {line.partition(":")[0].strip() for line in lines} - {"lo"}
    if others:
        return f"sees {', '.join(sorted(others))}"
    for address in (("127.0.0.1", port), ("192.0.2.1", 80)):
        with socket.socket() as sock:
            sock.settimeout(0.5)
            try:
                sock.connect(address)
            except TimeoutError:
                return f"packets to {address[0]} go somewhere"
            except OSError:
                continue
            return f"reaches {address[0]}"
    return ""


def code() -> str:
    try:
        Path("/code", READABLE).read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return ""


def files(folder: str) -> str:
    seen = [path for path in (folder, *_PATHS_OF_THE_HOST) if Path(path).exists()]
    return f"sees {', '.join(seen)}" if seen else ""


def writing(size: int) -> str:
    for folder in ("/", "/usr", "/etc", "/dev", "/code"):
        try:
            Path(folder, "probe").write_bytes(b"x")
        except OSError:
            continue
        return f"may write to {folder}"
    try:
        Path("/work/probe").write_bytes(bytes(size + 4096))
    except OSError:
        Path("/work/probe").unlink()
        return ""
    return "the disk has no size"


def others() -> str:
    seen = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    if len(seen) > 4:
        return f"sees {len(seen)} processes"
    unknown = set(os.environ) - _KNOWN
    return f"has {', '.join(sorted(unknown))} in its environment" if unknown else ""


def rights() -> str:
    if os.getuid() == 0:
        return "is root"
    mapped = Path("/proc/self/uid_map")
    for line in mapped.read_text().splitlines() if mapped.exists() else ():
        inside, outside, count = map(int, line.split())
        if outside == 0 and inside <= os.getuid() < inside + count and os.getuid() == inside:
            return "is root outside"
    return ""


def system_calls() -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) == 0 or ctypes.get_errno() != errno.EPERM:
        return "may make a user namespace"
    if libc.ptrace(0, 0, 0, 0) == 0 or ctypes.get_errno() != errno.EPERM:
        return "may trace"
    status = Path("/proc/self/status")
    if status.exists() and "\nSeccomp:\t2\n" not in status.read_text():
        return "no filter is in force"
    return ""


if __name__ == "__main__":
    found = {
        "network": network(int(sys.argv[1])),
        "code": code(),
        "files": files(sys.argv[2]),
        "writing": writing(int(sys.argv[3])),
        "other processes": others(),
        "rights": rights(),
        "system calls": system_calls(),
    }
    json.dump(found, sys.stdout)
