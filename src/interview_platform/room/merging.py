"""Gives the CRDT library a large update piece by piece, for as long as somebody's bucket has time left."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from pycrdt import Doc

from interview_platform.room.limits import Bucket

_TOGETHER = 8
"""Pieces in one transaction. At its end the library joins items that follow each other: that is quadratic in what there
is to join (9 s for 100,000 typed letters); for so few it is nothing.
"""


class Merged(NamedTuple):
    changes: tuple[bytes, ...]
    """What the update changed, as updates."""
    whole: bool = True
    """All of the update was applied; else it was too much work, or refused."""
    refused: str = ""
    """Why the library refused what came after `changes`."""


class Stopwatch:
    """Charges the time that passes to `work`."""

    def __init__(self, clock: Callable[[], float], work: Bucket) -> None:
        self._clock = clock
        self._work = work
        self._since = clock()

    def charge(self) -> None:
        """What has passed since the last time."""
        now = self._clock()
        self._work.spend(now - self._since)
        self._since = now


class Merging:
    """`observed` runs a change in a transaction and returns what it changed."""

    def __init__(
        self,
        doc: Doc[Any],
        observed: Callable[[Callable[[], object]], bytes | None],
        clock: Callable[[], float],
        work: Bucket,
    ) -> None:
        self._doc = doc
        self._observed = observed
        self._work = work
        self._watch = Stopwatch(clock, work)
        self._refused = ""

    def run(self, pieces: Iterator[bytes]) -> Merged:
        """Never stops within a piece."""
        changes = []
        left: list[bytes] = []
        while not left and not self._refused and (left := list(islice(pieces, _TOGETHER))):
            changed = self._observed(partial(self._apply, left))
            self._watch.charge()
            if changed is not None:
                changes.append(changed)
        return Merged(tuple(changes), not left and not self._refused, self._refused)

    def _apply(self, left: list[bytes]) -> None:
        """Apply as many as there is time for, and leave the others in the list."""
        while left and not self._work.overdrawn and not self._refused:
            try:
                self._doc.apply_update(left.pop(0))
            except ValueError as error:
                self._refused = str(error)
            self._watch.charge()
