"""Waits until the machine has nothing else to do: what is booted after a run is not the next one's time."""

import time
from pathlib import Path

_WINDOW_SECONDS = 0.06
_BUSY = 0.15  # part of all cores; the kernel's own and a few wake-ups


def quiet(seconds: float) -> bool:
    """False when it did not become quiet in that time: measured all the same, and said in the table."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        before = _ticks()
        time.sleep(_WINDOW_SECONDS)
        idle, total = (now - then for now, then in zip(_ticks(), before, strict=True))
        if total and 1 - idle / total < _BUSY:
            return True
    return False


def _ticks() -> tuple[int, int]:
    """Idle and all, since the machine started."""
    numbers = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return numbers[3] + numbers[4], sum(numbers)
