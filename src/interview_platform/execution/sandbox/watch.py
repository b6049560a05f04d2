"""Whether a running tree of processes has gone past its memory, its number of processes or of files.

With a control group the kernel holds the first two and counts how often they were hit. Without one, the slot process
adds up what the tree holds every 20 ms, every 5 when it holds much. Standard library only: the slot process imports it.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from interview_platform.execution.sandbox.protocol import Allowance, Cause, GroupFiles


class Beside(NamedTuple):
    """What the group holds besides the program."""

    processes: int
    memory_bytes: int


ALONE = Beside(3, 24 * 1024 * 1024)
"""The slot process, bubblewrap, the supervisor."""
IN_NURSERY = Beside(4, 40 * 1024 * 1024)
"""The slot process, and the base sandbox, out of which the supervisor was forked."""

LOOK_SECONDS = 0.02
_CLOSE_LOOK_SECONDS = 0.005  # at 2 GB/s a program outruns the watchdog by 10 MB
_CLOSE = 4  # from this part of the memory on: nobody gets from there to all of it within one long look

WORK = "work"
"""The sandbox's one writable file system."""

_EASE_BYTES = 64 * 1024 * 1024  # a fork server's copies take a tenth of it

_INODE_BYTES = 1024  # of kernel memory: an empty file is not free

BYTES_PER_FILE = 4096
"""One file for so many bytes of the disk: 16,384 for a program. A tmpfs takes millions, and bubblewrap has no option.

Counted here, every 20 ms: some thousands more can be made meanwhile, and count as memory.
"""


# What may wait in a socket. The filter of system calls sees to it that nobody asks for more (seccomp.py); TCP takes
# more by itself.
SOCKET_BYTES = 212_992  # net.core.wmem_default everywhere
_TCP_BYTES = 4 * 1024 * 1024  # net.ipv4.tcp_wmem's last everywhere


class Watch(Protocol):
    place: "Place"
    patience: float
    """Seconds until the next look is due."""

    def prepare(self, allowance: Allowance, beside: Beside, *, background: bool = False) -> None:
        """Before a run, and again when a held one goes on."""

    def ease(self) -> None:
        """The memory was used up: until `prepare`, there is some for whoever is born in the slot's group next.

        The kernel gives back a dead program's page tables and socket buffers a moment after it is gone.
        """

    def hit(self, init: int) -> Cause | None:
        """MEMORY, PROCESSES or FILES if that limit was reached since `prepare`. `init`: process 1 of the run, or 0."""


class Disk(Protocol):
    """What is in the sandbox's own file system."""

    @property
    def memory(self) -> int:
        """Bytes of the machine's memory."""

    def is_crowded(self, size: int) -> bool: ...


class Place(Protocol):
    """Where a run's files and sockets are. `init`: as in `Watch.hit`."""

    def disk(self, init: int, size: int) -> Disk: ...

    def in_sockets(self, init: int) -> int:
        """Bytes, if all that there are were full."""


class Namespaces:
    """Implements Place: a file system and a network of the run's own."""

    def disk(self, init: int, size: int) -> Disk:
        return _disk(init, size)

    def in_sockets(self, init: int) -> int:
        return _in_sockets(init)


class Unsized(Namespaces):
    """Of a set-uid bubblewrap, which lets nobody say how large its tmpfs may become."""

    def disk(self, init: int, size: int) -> Disk:
        del size
        with suppress(OSError):
            if children(init):  # else it may not be there yet, and that is a directory of the host
                return _used(os.statvfs(f"/proc/{init}/root/{WORK}"))
        return _Disk(0, 0)


class GroupWatch:
    patience = LOOK_SECONDS

    def __init__(self, files: GroupFiles) -> None:
        """Joins the group. The files stay open, so that this works on after the process has become another user."""
        for path in files.join:
            _write(os.open(path, os.O_WRONLY | os.O_CLOEXEC), b"0", close=True)
        self.place: Place = Namespaces()
        self._memory_limit = os.open(files.memory_limit, os.O_RDWR | os.O_CLOEXEC)
        self._memory_events = os.open(files.memory_events, os.O_RDONLY | os.O_CLOEXEC)
        self._processes_limit = os.open(files.processes_limit, os.O_RDWR | os.O_CLOEXEC)
        self._processes_events = os.open(files.processes_events, os.O_RDONLY | os.O_CLOEXEC)
        self._cpu = os.open(files.cpu, os.O_RDWR | os.O_CLOEXEC) if files.cpu else None
        self._shares = {False: files.cpu_share.encode(), True: files.cpu_background.encode()}
        self._background = False
        self._limits = (0, 0)
        self._file_bytes = 0
        self._before = (0, 0)

    def prepare(self, allowance: Allowance, beside: Beside, *, background: bool = False) -> None:
        if self._cpu is not None and self._background is not background:
            _write(self._cpu, self._shares[background])
            self._background = background
        limits = (allowance.memory_bytes + beside.memory_bytes, allowance.processes + beside.processes)
        if self._limits != limits:
            _write(self._memory_limit, b"%d" % limits[0])
            _write(self._processes_limit, b"%d" % limits[1])
            self._limits = limits
        self._file_bytes = allowance.file_bytes
        self._before = self._counts()

    def ease(self) -> None:
        _write(self._memory_limit, b"%d" % (self._limits[0] + _EASE_BYTES))
        self._limits = (0, 0)

    def hit(self, init: int) -> Cause | None:
        kills, refusals = self._counts()
        if kills > self._before[0]:
            return Cause.MEMORY
        if refusals > self._before[1]:
            return Cause.PROCESSES
        size = self._file_bytes
        return Cause.FILES if init and self.place.disk(init, size).is_crowded(size) else None

    def _counts(self) -> tuple[int, int]:
        return _counter(self._memory_events, b"oom_kill"), _counter(self._processes_events, b"max")


class TreeWatch:
    """Over-counts rather than under-counts: a page that two processes share is counted twice until that is too much,
    and every socket counts as full. Not seen: what else the kernel keeps for a program (mappings, watches of files).
    """

    def __init__(self) -> None:
        self.place: Place = Namespaces()
        self._allowance: Allowance | None = None
        self.patience = LOOK_SECONDS

    def prepare(self, allowance: Allowance, beside: Beside, *, background: bool = False) -> None:
        del beside, background  # it looks at the run's processes alone
        self._allowance = allowance
        self.patience = LOOK_SECONDS

    def ease(self) -> None:
        return

    def hit(self, init: int) -> Cause | None:
        limits = self._allowance
        if init == 0 or limits is None:
            return None
        tree = descendants(init)
        sizes = [_sizes(pid) for pid in tree]
        if sum(threads for _, threads in sizes) > limits.processes:  # first: what tasks share counts for each below
            return Cause.PROCESSES
        disk = self.place.disk(init, limits.file_bytes)
        kept = disk.memory + self.place.in_sockets(init)
        most = sum(memory for memory, _ in sizes) + kept
        self.patience = _CLOSE_LOOK_SECONDS if most > limits.memory_bytes // _CLOSE else LOOK_SECONDS
        if most > limits.memory_bytes:
            exact = sum(_proportional(pid) for pid in tree) + kept
            if exact > limits.memory_bytes:
                return Cause.MEMORY
        return Cause.FILES if disk.is_crowded(limits.file_bytes) else None


def children(pid: int) -> list[int]:
    """Direct children. Empty when the process is gone."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                found.extend(int(child) for child in (task / "children").read_text().split())
    return found


def descendants(pid: int) -> list[int]:
    """The process itself first."""
    found, looked = [pid], 0
    while looked < len(found):  # not recursive: each can be the child of the one before
        found += children(found[looked])
        looked += 1
    return found


def _sizes(pid: int) -> tuple[int, int]:
    """Bytes that only go away with the process (anonymous and shared memory, page tables), and its threads."""
    memory = threads = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_bytes().splitlines():
            if line.startswith((b"RssAnon:", b"RssShmem:", b"VmPTE:")):
                memory += int(line.split()[1]) * 1024
            elif line.startswith(b"Threads:"):
                threads = int(line.split()[1])
    return memory, threads


def _proportional(pid: int) -> int:
    """As `_sizes`, each page divided by the number of processes that share it. Slow: a walk over all pages."""
    memory = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_bytes().splitlines():
            if line.startswith(b"VmPTE:"):
                memory += int(line.split()[1]) * 1024
        for line in Path(f"/proc/{pid}/smaps_rollup").read_bytes().splitlines():
            if line.startswith((b"Pss_Anon:", b"Pss_Shmem:")):
                memory += int(line.split()[1]) * 1024
    return memory


def _in_sockets(init: int) -> int:
    """Of the sandbox's network."""
    with suppress(OSError, ValueError):
        lines = Path(f"/proc/{init}/net/sockstat").read_text().splitlines()
        used = {line.split()[0]: int(line.split()[2]) for line in lines[:2]}
        return used["sockets:"] * SOCKET_BYTES + used["TCP:"] * _TCP_BYTES
    return 0


class _Disk(NamedTuple):
    bytes: int
    files: int

    @property
    def memory(self) -> int:
        return self.bytes + self.files * _INODE_BYTES

    def is_crowded(self, size: int) -> bool:
        return self.files > size // BYTES_PER_FILE or self.bytes > size + BYTES_PER_FILE  # which is rounded up


def _disk(init: int, size: int) -> _Disk:
    with suppress(OSError):
        usage = os.statvfs(f"/proc/{init}/root/{WORK}")
        if usage.f_blocks * usage.f_frsize <= size + usage.f_frsize:
            return _used(usage)
    return _Disk(0, 0)  # bubblewrap is not there yet: that was a directory of the host


def _used(usage: os.statvfs_result) -> _Disk:
    return _Disk((usage.f_blocks - usage.f_bfree) * usage.f_frsize, usage.f_files - usage.f_ffree)


def _counter(fd: int, name: bytes) -> int:
    for line in os.pread(fd, 4096, 0).splitlines():
        key, _, value = line.partition(b" ")
        if key == name:
            return int(value)
    return 0


def _write(fd: int, value: bytes, *, close: bool = False) -> None:
    os.pwrite(fd, value, 0)
    if close:
        os.close(fd)
