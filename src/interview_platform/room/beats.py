"""One timer for what many rooms have to do at about the same moment.

Rooms that write at the same beat are one commit, and one fsync, instead of one each (`storage/sqlite.py`).
"""

import asyncio
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)


class Beats:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._due: dict[int, list[Callable[[], None]]] = {}

    def by(self, when: float, call: Callable[[], None]) -> None:
        """Call `call` at the last beat that is not after `when` (loop time), or at once when that has gone by."""
        beat = int(when // self._seconds)
        calls = self._due.get(beat)
        if calls is None:
            calls = self._due[beat] = []
            asyncio.get_running_loop().call_at(beat * self._seconds, self._strike, beat)
        calls.append(call)

    def _strike(self, beat: int) -> None:
        for call in self._due.pop(beat):
            try:
                call()
            except Exception:  # one room's trouble is not the others'
                log.exception("beat.failed")
