"""What the server writes for its sandboxes: its folder, the files and folders in it, the filter of system calls."""

import fcntl
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from interview_platform.kit.folders import make_passable

_ACCOUNTS = "sandbox:x:1000:1000::/work:/bin/sh\n"


def place_code(path: Path, content: bytes) -> None:
    """Write what a sandbox is to read, which may be another user than this one: so whatever the umask."""
    path.write_bytes(content)
    path.chmod(0o644)


def make_home(folder: Path, users: Sequence[int | None], *, workplaces: bool) -> Path:
    """The folder of this server: a passwd file, and one folder a slot, which the slot's user may read.

    `workplaces`: and one which it may write to.
    """
    make_passable(folder)
    place_code(folder / "passwd", _ACCOUNTS.encode())
    for number, user in enumerate(users):
        code = folder / str(number)
        code.mkdir()
        code.chmod(0o755)
        if workplaces:
            workplace_of(code).mkdir(mode=0o700)
            os.chown(workplace_of(code), *((user, user) if user is not None else (-1, -1)))
    return folder.resolve()


def workplace_of(code: Path) -> Path:
    return code.with_name(f"{code.name}-work")


def in_memory(content: bytes) -> int:
    """Sealed: whoever came to hold it could not weaken the filter of the next run."""
    fd = os.memfd_create("seccomp", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    os.write(fd, content)
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    return fd


def empty(folder: Path) -> None:
    # What is in it, not the folder itself: the slot's process has it mounted.
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
