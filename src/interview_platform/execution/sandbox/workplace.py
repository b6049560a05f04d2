"""The folder that a program in the weak sandbox may write to: a real one, on a disk, without a size of its own.

Hostile: a program makes in it what it likes, thousands of levels deep, with names of any kind and folders that are
closed to their owner. Standard library only: the slot process imports it.
"""

import errno
import itertools
import os
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from interview_platform.execution.sandbox.watch import BYTES_PER_FILE, SOCKET_BYTES, Disk, descendants

_BLOCK = 512  # bytes, whatever the file system: stat(2)
_LONG = 2000  # characters of a path, which may have 4096 bytes
_GONE = (errno.ENOENT, errno.ENOTDIR)


class Full(NamedTuple):
    """On a disk: it counts as files, not as memory."""

    bytes: int
    files: int

    @property
    def memory(self) -> int:
        return 0

    def is_crowded(self, size: int) -> bool:
        return self.files > size // BYTES_PER_FILE or self.bytes > size


class Workplace:
    """Implements watch.Place: where files and sockets are counted one by one, because nothing else does it."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def disk(self, init: int, size: int) -> Disk:
        """What a program holds open and has deleted counts as well."""
        most = size // BYTES_PER_FILE
        try:
            held, files = _below(self._folder, most)
        except OSError:  # it is too deep, or closed: nobody could say how much there is
            return Full(0, most + 1)
        tree = descendants(init)
        held += sum(_unnamed(tree)) + sum(_mapped(tree, self._folder))
        return Full(held, files)

    def in_sockets(self, init: int) -> int:
        return SOCKET_BYTES * sum(target.startswith("socket:") for target, _ in _open_files(descendants(init)))

    def empty(self) -> None:
        """Nothing may run that can write to it. When the server is gone, its janitor removes it at the same time."""
        numbers = itertools.count()
        while Path(self._folder).exists():
            with suppress(FileNotFoundError):
                folders = _without_files(self._folder)
                if not folders:
                    return
                for folder in folders:
                    _take_apart(folder, self._folder, numbers)


def _below(top: str, most: int) -> tuple[int, int]:
    """Bytes and number of all that is in it; counting ends above `most`."""
    held = files = 0
    waiting = [top]
    with ExitStack() as anchors:
        while waiting and files <= most:
            folder = waiting.pop()
            try:
                inner, more, below = _looked_into(folder)
            except PermissionError:  # a program made it so; it is ours as well
                os.chmod(folder, 0o700)  # noqa: PTH101 - every 20 ms
                inner, more, below = _looked_into(folder)
            held, files = held + inner, files + more
            if below and len(folder) > _LONG:
                folder = _anchored(folder, anchors)
            waiting += [f"{folder}/{name}" for name in below]
    return held, files


def _looked_into(folder: str) -> tuple[int, int, list[str]]:
    """Bytes, number, and the names of the folders."""
    held = files = 0
    folders = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                files += 1
                with suppress(FileNotFoundError):
                    held += entry.stat(follow_symlinks=False).st_blocks * _BLOCK
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.name)
    except OSError as error:
        if error.errno not in _GONE:
            raise
    return held, files, folders


def _anchored(folder: str, anchors: ExitStack) -> str:
    """A short path to it. When this process has as many open files as it may, that is the end of counting: OSError."""
    fd = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    anchors.callback(os.close, fd)
    return f"/proc/self/fd/{fd}"


def _open_files(pids: Iterable[int]) -> Iterable[tuple[str, str]]:
    """What each descriptor is, and where it can be looked at."""
    for pid in pids:
        with suppress(OSError):
            for name in os.listdir(f"/proc/{pid}/fd"):  # noqa: PTH208 - every 20 ms
                path = f"/proc/{pid}/fd/{name}"
                with suppress(OSError):
                    yield os.readlink(path), path  # noqa: PTH115 - every 20 ms


def _unnamed(pids: Iterable[int]) -> Iterable[int]:
    seen = set()
    for target, path in _open_files(pids):
        if target.endswith(" (deleted)"):
            with suppress(OSError):
                found = os.stat(path)  # noqa: PTH116 - every 20 ms
                if found.st_nlink == 0 and (found.st_dev, found.st_ino) not in seen:
                    seen.add((found.st_dev, found.st_ino))
                    yield found.st_blocks * _BLOCK


def _mapped(pids: Iterable[int], folder: str) -> Iterable[int]:
    """Deleted and closed, a file stays for as long as it is mapped. All of the mapping, though it may be sparse."""
    for pid in pids:
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/maps").read_bytes().splitlines():
                if line.endswith(b" (deleted)") and folder.encode() in line:
                    start, _, end = line.split()[0].partition(b"-")
                    yield int(end, 16) - int(start, 16)


def _take_apart(folder: Path, top: str, numbers: Iterable[int]) -> None:
    """Remove it. What is in it comes up to `top`, so that no path gets long and no recursion deep."""
    folder.chmod(0o700)
    for inner in _without_files(folder):
        inner.chmod(0o700)
        inner.rename(_free_name(top, numbers))
    folder.rmdir()


def _without_files(folder: Path | str) -> list[Path]:
    """The folders in it; all else in it is removed."""
    with os.scandir(folder) as entries:
        found = [(Path(entry.path), entry.is_dir(follow_symlinks=False)) for entry in entries]
    for path, is_folder in found:
        if not is_folder:
            path.unlink()
    return [path for path, is_folder in found if is_folder]


def _free_name(folder: str, numbers: Iterable[int]) -> Path:
    return next(path for number in numbers if not os.path.lexists(path := Path(folder, f".{number}")))
