"""Whether a running tree of processes has gone past its memory or its number of processes.

With a control group the kernel holds the limits and counts how often they were hit. Without one, the slot process adds
up what the tree holds every 20 ms. Standard library only: the slot process imports it.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from interview_platform.execution.sandbox.protocol import Allowance, Cause, GroupFiles

# What the group holds besides the program: the slot process, bubblewrap, the supervisor.
SUPERVISION_PROCESSES = 3
SUPERVISION_BYTES = 24 * 1024 * 1024

WORK = "work"
"""The sandbox's one writable file system."""

_INODE_BYTES = 1024  # of kernel memory: an empty file is not free


class Watch(Protocol):
    def prepare(self, allowance: Allowance, *, background: bool = False) -> None:
        """Before a run, and again when a held one goes on."""

    def hit(self, monitor: int) -> Cause | None:
        """MEMORY or PROCESSES if that limit was reached since `prepare`. `monitor` is bubblewrap's process id."""


class GroupWatch:
    def __init__(self, files: GroupFiles) -> None:
        """Joins the group. The files stay open, so that this works on after the process has become another user."""
        for path in files.join:
            _write(os.open(path, os.O_WRONLY | os.O_CLOEXEC), b"0", close=True)
        self._memory_limit = os.open(files.memory_limit, os.O_RDWR | os.O_CLOEXEC)
        self._memory_events = os.open(files.memory_events, os.O_RDONLY | os.O_CLOEXEC)
        self._processes_limit = os.open(files.processes_limit, os.O_RDWR | os.O_CLOEXEC)
        self._processes_events = os.open(files.processes_events, os.O_RDONLY | os.O_CLOEXEC)
        self._cpu = os.open(files.cpu, os.O_RDWR | os.O_CLOEXEC) if files.cpu else None
        self._shares = {False: files.cpu_share.encode(), True: files.cpu_background.encode()}
        self._background = False
        self._limits = (0, 0)
        self._before = (0, 0)

    def prepare(self, allowance: Allowance, *, background: bool = False) -> None:
        if self._cpu is not None and self._background is not background:
            _write(self._cpu, self._shares[background])
            self._background = background
        limits = (allowance.memory_bytes, allowance.processes)
        if self._limits != limits:
            _write(self._memory_limit, b"%d" % (allowance.memory_bytes + SUPERVISION_BYTES))
            _write(self._processes_limit, b"%d" % (allowance.processes + SUPERVISION_PROCESSES))
            self._limits = limits
        self._before = self._counts()

    def hit(self, monitor: int) -> Cause | None:
        del monitor
        kills, refusals = self._counts()
        if kills > self._before[0]:
            return Cause.MEMORY
        return Cause.PROCESSES if refusals > self._before[1] else None

    def _counts(self) -> tuple[int, int]:
        return _counter(self._memory_events, b"oom_kill"), _counter(self._processes_events, b"max")


class TreeWatch:
    """Over-counts rather than under-counts: a page that two processes share is counted twice until that is too much."""

    def __init__(self) -> None:
        self._allowance: Allowance | None = None

    def prepare(self, allowance: Allowance, *, background: bool = False) -> None:
        del background
        self._allowance = allowance

    def hit(self, monitor: int) -> Cause | None:
        init = next(iter(children(monitor)), None)
        limits = self._allowance
        if init is None or limits is None:
            return None
        tree = descendants(init)
        sizes = [_sizes(pid) for pid in tree]
        files = _files(init, limits.file_bytes)
        if sum(memory for memory, _ in sizes) + files > limits.memory_bytes:
            exact = sum(_proportional(pid) for pid in tree) + files
            if exact > limits.memory_bytes:
                return Cause.MEMORY
        tasks = sum(threads for _, threads in sizes)
        return Cause.PROCESSES if tasks > limits.processes else None


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
    return [pid, *(below for child in children(pid) for below in descendants(child))]


def _sizes(pid: int) -> tuple[int, int]:
    """Bytes that only go away with the process (anonymous and shared memory), and its threads."""
    memory = threads = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_bytes().splitlines():
            if line.startswith((b"RssAnon:", b"RssShmem:")):
                memory += int(line.split()[1]) * 1024
            elif line.startswith(b"Threads:"):
                threads = int(line.split()[1])
    return memory, threads


def _proportional(pid: int) -> int:
    """As `_sizes`, each page divided by the number of processes that share it. Slow: a walk over all pages."""
    memory = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_bytes().splitlines():
            if line.startswith((b"Pss_Anon:", b"Pss_Shmem:")):
                memory += int(line.split()[1]) * 1024
    return memory


def _files(init: int, size: int) -> int:
    """Bytes in the sandbox's own file system."""
    with suppress(OSError):
        usage = os.statvfs(f"/proc/{init}/root/{WORK}")
        if usage.f_blocks * usage.f_frsize > size + usage.f_frsize:
            return 0  # bubblewrap is not there yet: this is a directory of the host
        used = (usage.f_blocks - usage.f_bfree) * usage.f_frsize
        return used + (usage.f_files - usage.f_ffree) * _INODE_BYTES
    return 0


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
