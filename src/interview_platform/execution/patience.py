"""How long a program that can be typed to may wait for somebody to type."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from interview_platform.execution.model import Limits

INTERACTIVE_SECONDS = 300.0  # wall time of a program that is typed to: people read, think and type
IDLE_SECONDS = 120.0  # nothing printed and nothing typed for so long: who was there has gone


def patient(limits: Limits) -> Limits:
    """The same for a program that can be typed to: its processor time is limited as ever."""
    return replace(limits, wall_seconds=INTERACTIVE_SECONDS)


class Patience:
    """Calls `over` when `touch` was not called for so many seconds."""

    def __init__(self, seconds: float, over: Callable[[], None]) -> None:
        self._seconds = seconds
        self._over = over
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._timer = self._loop.call_later(seconds, self._look)

    def touch(self) -> None:
        self._last = self._loop.time()

    def end(self) -> None:
        self._timer.cancel()

    def _look(self) -> None:
        left = self._last + self._seconds - self._loop.time()
        if left <= 0:
            self._over()
        else:
            self._timer = self._loop.call_later(left, self._look)
