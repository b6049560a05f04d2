"""The pages that every copy of a process writes to, copied before they are needed.

A forked process shares its pages until one is written to, which the kernel then interrupts it for: a thousand times in
a Python that prints one line and clears itself away, a third of what a run takes. Which pages these are is learnt from
one copy that goes the whole way; the others have them copied at once, and while nobody waits for them yet.

Standard library only. Where the kernel cannot do this, nothing is copied ahead.
"""

import array
import ctypes
import os
import signal
from collections.abc import Sequence
from typing import TypeAlias

Ranges: TypeAlias = Sequence[tuple[int, int]]
"""(address, bytes)"""

_PAGE = os.sysconf("SC_PAGESIZE")
_MADV_POPULATE_WRITE = 23  # Linux 5.14
_GAP = 2  # pages: copying that many for nothing costs less than one more system call

# Of an entry in /proc/PID/pagemap (Documentation/admin-guide/mm/pagemap.rst).
_PRESENT, _OF_FILE, _EXCLUSIVE = 1 << 63, 1 << 61, 1 << 56

_libc = ctypes.CDLL(None)
_libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)


def stop_at_exit() -> None:
    """In a copy: when everything is cleared away and only exit(3) is left, stop."""
    stop = ctypes.cast(getattr(_libc, "raise"), ctypes.c_void_p)
    getattr(_libc, "__cxa_atexit")(stop, ctypes.c_void_p(signal.SIGSTOP), None)


def written_by(pid: int) -> Ranges:
    """Pages of this process that its copy `pid` has written to by the time it stops. Ends it."""
    _, status = os.waitpid(pid, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        return ()
    ranges: list[tuple[int, int]] = []
    try:
        with open(f"/proc/{pid}/pagemap", "rb", 0) as pages:
            for address, size in _own():
                pages.seek(address // _PAGE * 8)
                entries = array.array("Q", pages.read(size // _PAGE * 8))
                ranges.extend((address + first * _PAGE, count * _PAGE) for first, count in _together(entries))
    except OSError:
        return ()
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return ranges


def copy(ranges: Ranges) -> None:
    """In a copy: have these pages now."""
    for address, size in ranges:
        if _libc.madvise(address, size, _MADV_POPULATE_WRITE) != 0:
            return


def _own() -> list[tuple[int, int]]:
    """What this process may write to and shares with nobody."""
    found = []
    with open("/proc/self/maps") as maps:
        for line in maps:
            place, rights = line.split()[:2]
            if rights.startswith("rw") and rights.endswith("p"):
                first, last = (int(end, 16) for end in place.split("-"))
                found.append((first, last - first))
    return found


def _together(entries: Sequence[int]) -> list[tuple[int, int]]:
    """(first, number) of runs of pages that a process has for itself."""
    found: list[tuple[int, int]] = []
    for index, entry in enumerate(entries):
        if not (entry & _PRESENT and entry & _EXCLUSIVE) or entry & _OF_FILE:
            continue
        if found and index - sum(found[-1]) <= _GAP:
            found[-1] = (found[-1][0], index - found[-1][0] + 1)
        else:
            found.append((index, 1))
    return found
