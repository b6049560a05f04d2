"""Makes paths readable for the slot's user that lie where only root can look (a checkout under /root).

bubblewrap resolves what it binds as the user it runs as. So a slot process that starts as root takes a mount namespace
of its own, covers one directory there with a small tmpfs and binds the paths below it. Nobody else sees these mounts,
nothing is copied, and they are gone with the process. Also the other system calls that Python does not wrap. Standard
library only: the slot process imports it.
"""

import ctypes
import os
from collections.abc import Mapping
from pathlib import Path

_STAGE = Path("/mnt")  # always there (FHS), and whatever is on it stays reachable for everybody else

_CLONE_NEWNS = 0x20000
_MS_NOSUID, _MS_NODEV, _MS_BIND, _MS_REC, _MS_SLAVE = 2, 4, 4096, 16384, 1 << 19

_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36

_libc = ctypes.CDLL(None, use_errno=True)


def staged(paths: Mapping[str, str]) -> dict[str, str]:
    """Name -> where the path can be read now. The paths themselves when this process may not mount."""
    try:
        return _mounted(paths)
    except OSError:
        return dict(paths)


def adopt_orphans() -> None:
    """Whatever is below this process becomes its child when its parent dies, instead of process 1's."""
    _check(_libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl")


def own_proc_files() -> None:
    """Give this process its /proc files back, which the kernel gave to root when the process changed its user."""
    _check(_libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0), "prctl")


def _mounted(paths: Mapping[str, str]) -> dict[str, str]:
    _check(_libc.unshare(_CLONE_NEWNS), "unshare")
    # Opened in the new namespace (the kernel binds nothing from another one) and before the cover is on: a path may lie
    # below it.
    # What is not there (a language that was removed) is left out: whoever wants it will say so.
    sources = {name: os.open(path, os.O_PATH | os.O_CLOEXEC) for name, path in paths.items() if Path(path).exists()}
    try:
        _mount("none", "/", None, _MS_REC | _MS_SLAVE)
        _mount("tmpfs", str(_STAGE), "tmpfs", _MS_NOSUID | _MS_NODEV, "size=64k,mode=755")
        return {name: _bound(name, fd) for name, fd in sources.items()}
    finally:
        for fd in sources.values():
            os.close(fd)


def _bound(name: str, fd: int) -> str:
    source, target = f"/proc/self/fd/{fd}", _STAGE / name
    if Path(source).is_dir():
        target.mkdir()
    else:
        target.touch()
    _mount(source, str(target), None, _MS_BIND | _MS_REC)
    return str(target)


def _mount(source: str, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    result = _libc.mount(
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        options.encode() if options else None,
    )
    _check(result, f"mount {target}")


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
