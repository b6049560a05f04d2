"""What there must be on a machine for sandboxes, and how an administrator gets it."""

import platform
import re
import shutil
import stat
import subprocess
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from interview_platform.execution.sandbox import landlock, seccomp

# Not the PATH of whoever started the server.
_BWRAP_FOLDERS = "/usr/bin:/usr/local/bin:/bin"

# The first with `--size`, without which a program could fill the machine's memory with files.
_BWRAP_VERSION = (0, 7)


class NoSandbox(Exception):
    """There can be no sandbox here. The message says why, and how to get one."""


@dataclass(frozen=True, slots=True)
class Means:
    """One way of making sandboxes. `landlock`: without namespaces, with this version of it (confined.py)."""

    bwrap: str
    policy: bytes
    landlock: int = 0
    set_user_id: bool = False
    """That bubblewrap makes namespaces by root's right, and none of users."""

    @property
    def own_users(self) -> bool:
        """Sandboxes have user namespaces of their own."""
        return not (self.set_user_id or self.confined)

    @property
    def confined(self) -> bool:
        return self.landlock > 0


def requirements() -> Means:
    """Raises NoSandbox."""
    bwrap = shutil.which("bwrap", path=_BWRAP_FOLDERS)
    if bwrap is None:
        raise NoSandbox("bubblewrap is not installed. Install it: apt install bubblewrap (Debian, Ubuntu).")
    return _with(bwrap)


def privileged() -> Means | None:
    """With a bubblewrap that somebody has made set-uid root, as Debian's was before its kernels let users do it."""
    for folder in _BWRAP_FOLDERS.split(":"):
        path = Path(folder, "bwrap")
        with suppress(OSError, NoSandbox):
            found = path.stat()
            if found.st_mode & stat.S_ISUID and found.st_uid == 0:
                return replace(_with(str(path)), set_user_id=True)
    return None


def without_namespaces(*, own_users: bool) -> Means:
    """`own_users`: each slot has one. Raises NoSandbox."""
    abi, least = landlock.version(), landlock.ABI_REFER if own_users else landlock.ABI_TRUNCATE
    if abi == 0:
        raise NoSandbox("This kernel has no Landlock either, so there is nothing to hold programs with.")
    if abi < least:
        raise NoSandbox(f"This kernel's Landlock (version {abi}) does not hold programs: {least} is needed.")
    policy = seccomp.weak_policy()
    if policy is None:
        raise _no_filter()
    return Means("", policy, abi)


def _no_filter() -> NoSandbox:
    return NoSandbox(f"There is no system call filter for {platform.machine()} processors, only x86_64 and aarch64.")


def _with(bwrap: str) -> Means:
    found = _version(bwrap)
    if found is not None and found < _BWRAP_VERSION:
        wanted, there = (".".join(map(str, version)) for version in (_BWRAP_VERSION, found))
        raise NoSandbox(f"bubblewrap {wanted} or newer is needed (Debian 12, Ubuntu 24.04); {bwrap} is {there}.")
    code = seccomp.policy()
    if code is None:
        raise _no_filter()
    return Means(bwrap, code)


def _version(bwrap: str) -> tuple[int, ...] | None:
    """None when it does not say: the trial run will show what it can do."""
    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run([bwrap, "--version"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 - found by us
        number = re.search(r"\d+(?:\.\d+)+", said.stdout)
        if number:
            return tuple(int(part) for part in number[0].split("."))
    return None


def advice(complaint: str) -> str:
    """What an administrator can do about bubblewrap's complaint."""
    if _setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "AppArmor keeps programs from making user namespaces (Ubuntu 23.10 and later). Allow it: "
            "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (docs/execution.md has a narrower way)."
        )
    if _setting("/proc/sys/kernel/unprivileged_userns_clone") == "0":
        return "Allow user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1"
    if _setting("/proc/sys/user/max_user_namespaces") == "0":
        return "Allow user namespaces: sudo sysctl -w user.max_user_namespaces=10000"
    if "Permission denied" in complaint:
        return (
            "The users that sandboxes run as cannot read this path. Run the server as an ordinary user, let root mount "
            "(CAP_SYS_ADMIN), or put this installation and DATA_DIR where everybody may look: /opt, /var/lib."
        )
    if "namespace" in complaint or "Operation not permitted" in complaint:
        return (
            "Something around this server forbids user namespaces. In Docker, start the container with "
            "--security-opt seccomp=unconfined --security-opt apparmor=unconfined (docs/execution.md)."
        )
    return ""


def _setting(path: str) -> str:
    with suppress(OSError):
        return Path(path).read_text().strip()
    return ""
