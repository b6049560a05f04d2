"""The shared document of one session in memory: what is known, what waits to be applied, its encoded state.

Explained in docs/room.md. Nothing here waits or does I/O; not thread-safe, lives on the event loop.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from pycrdt import Array, Doc, Map, Text, TransactionEvent

from interview_platform.room.limits import UNLIMITED, Bucket
from interview_platform.room.line_ends import strip_returns
from interview_platform.room.merging import Merged, Merging, Stopwatch
from interview_platform.room.pieces import PIECE, deletion_of_characters, pieces
from interview_platform.room.update import Look, halves_in, look
from interview_platform.room.update_walk import Place, Walk
from interview_platform.room.wire import (
    EMPTY_STATE,
    NOTHING,
    BadFrame,
    read_state_vector,
    state_vector,
)

_SPLIT_BYTES = 20  # an item that is cut in two by an update needs a second header


class DocumentBroken(Exception):
    """The CRDT library failed in the middle of a change; the document in memory is not to be trusted any more."""


class Document:
    """`clock` tells what the library's work took, in seconds. It is charged to the bucket that a method is given."""

    def __init__(self, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self._doc: Doc[Any] = Doc()
        self._files: Map[Any] = self._doc.get("files", type=Map)
        self._room: Map[Any] = self._doc.get("room", type=Map)
        self._pads: Map[Any] = self._doc.get("pads", type=Map)
        self._waiting: list[tuple[bytes, Bucket]] = []
        self._returns = False
        self._encoded: bytes | None = None
        self._size = len(NOTHING)
        self._halves: dict[bytes, set[int]] = {}
        self.known: dict[bytes, int] = {}
        """Next clock by (encoded) client id, the waiting updates included."""

    def look(self, update: bytes) -> Look:
        """Raises BadFrame."""
        return look(update, self.known, self._halves)

    @property
    def must_settle(self) -> bool:
        """So much waits that it might take long to apply."""
        return len(self._waiting) >= PIECE

    def add(self, update: bytes, seen: Look, work: Bucket = UNLIMITED) -> None:
        """Take a plain, complete update: it counts from now on, and is applied before anybody reads the document."""
        self._waiting.append((update, work))
        self._note(seen, len(update))

    def merge(self, update: bytes, seen: Look, work: Bucket = UNLIMITED) -> Merged:
        """Apply a complete update now, as far as `work` allows: what was applied is an update like any other.

        Raises BadFrame when the library refuses it (the document is as before), DocumentBroken.
        """
        self.settle()
        parts = pieces(seen.walk) if seen.walk is not None and seen.walk.parts > PIECE else iter((update,))
        merged = Merging(self._doc, self._observed, self._clock, work).run(parts)
        if merged.refused and not merged.changes:
            raise BadFrame(merged.refused)
        if not merged.whole:
            self._note_changed(merged.changes)
            self._returns |= seen.returns
        elif merged.changes:
            self._note(seen, sum(map(len, merged.changes)))
        return merged

    def mend(self, cuts: Iterable[Place], work: Bucket = UNLIMITED) -> bytes | None:
        """Delete the characters that an update is about to cut in half; the change as an update.

        The library breaks a text item whose character is cut, but not one that is deleted. Raises DocumentBroken.
        """
        cuts = tuple(cuts)
        for client, second_half in cuts:
            self._halves[client].discard(second_half)
        update = deletion_of_characters(cuts)
        self.settle()
        watch = Stopwatch(self._clock, work)
        changed = self._observed(lambda: self._doc.apply_update(update))
        watch.charge()
        self._encoded = None
        return changed

    def settle(self) -> None:
        """Apply what waits. Raises DocumentBroken."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        clock = self._clock
        try:
            with self._doc.transaction():
                before = clock()
                for update, work in waiting:
                    self._doc.apply_update(update)
                    after = clock()
                    work.spend(after - before)
                    before = after
        except BaseException as error:
            raise_unless_library(error)
            raise DocumentBroken from error

    def load(self, updates: Sequence[bytes], *, more: bool = False) -> int:
        """Apply stored updates; how many the library refused. (None should be: each was accepted before.)

        `more`: others follow at once, the size is asked for then. Raises DocumentBroken.
        """
        refused = 0
        for update in updates:
            self._note_halves(halves_in(update))
        # In one transaction it is quicker, but then what is deleted keeps its text until the end (see `mend`).
        together = self._doc.transaction() if not self._halves else nullcontext()
        try:
            with together:
                for update in updates:
                    try:
                        self._doc.apply_update(update)
                    except ValueError:
                        refused += 1
            self._encoded = None
            self.known = read_state_vector(self._doc.get_state())
            if not more:
                self._size = len(self.encoded())
        except BaseException as error:
            raise_unless_library(error)
            raise DocumentBroken from error
        return refused

    def encoded(self) -> bytes:
        """The whole document as one update."""
        self.settle()
        if self._encoded is None:
            self._encoded = self._doc.get_update()
            self._size = len(self._encoded)
        return self._encoded

    def diff(self, state: bytes) -> bytes:
        """What somebody with this state vector lacks. Raises BadFrame."""
        if state == EMPTY_STATE:
            return self.encoded()
        read_state_vector(state)
        self.settle()
        try:
            return self._doc.get_update(state)
        except ValueError as error:
            raise BadFrame(str(error)) from error

    def state(self) -> bytes:
        """The state vector, the waiting updates included."""
        return state_vector(self.known)

    def size_with(self, more: int) -> int:
        """About how large the encoded document is with `more` bytes of updates; rather too much than too little."""
        return self._size + more

    @property
    def wide_characters(self) -> int:
        """How many characters of two units are tracked."""
        return sum(len(halves) for halves in self._halves.values())

    def measure(self) -> int:
        """How large the encoded document is."""
        return len(self.encoded())

    def without_returns(self, work: Bucket = UNLIMITED) -> bytes | None:
        """Make every line end in the files a single newline; the change as an update, None if there was none."""
        if not self._returns:
            return None
        self._returns = False
        self.settle()
        watch = Stopwatch(self._clock, work)  # every text is read, however little came
        texts = [value for value in self._files.values() if isinstance(value, Text)]
        changed = self._observed(lambda: strip_returns(texts))
        watch.charge()
        if changed is not None:
            self._note_changed((changed,))
        return changed

    def files(self) -> dict[str, str]:
        """Path to text, in the order of the paths."""
        self.settle()
        found = {path: str(value) for path, value in self._files.items() if isinstance(value, Text | str)}
        return dict(sorted(found.items()))

    def setting(self, key: str) -> str | None:
        """`language` or `activeFile`, if it is set and a text."""
        self.settle()
        value = self._room.get(key)
        return value if isinstance(value, str) else None

    def maps(self, name: str) -> list[Map[Any]]:
        """The maps in the list `name`, to be read at once; whatever else somebody put into it is passed over."""
        self.settle()
        found: Array[Any] = self._doc.get(name, type=Array)
        return [one for one in found if isinstance(one, Map)]

    def pad_setting(self, pad: str, key: str) -> str | None:
        """`language` or `activeFile` of a pad that was added, if it is there and a text."""
        self.settle()
        found = self._pads.get(pad)
        value = found.get(key) if isinstance(found, Map) else None
        return value if isinstance(value, str) else None

    def _note(self, seen: Look, size: int) -> None:
        for client, end in seen.ends:
            if end > self.known.get(client, 0):
                self.known[client] = end
        if seen.halves:
            self._note_halves(seen.halves)
        self._returns |= seen.returns
        self._encoded = None
        self._size += size + _SPLIT_BYTES

    def _note_changed(self, changes: Sequence[bytes]) -> None:
        """What was not foreseen by a look."""
        for changed in changes:
            walk = Walk(changed)
            for client, start, end in walk.deleted:  # what is deleted cannot be cut in half any more (see `mend`)
                self._halves.get(client, set()).difference_update(range(start, end))
            self._note_halves(walk.halves)
            self._size += len(changed)
        self.known = read_state_vector(self._doc.get_state())
        self._encoded = None

    def _note_halves(self, halves: Iterable[Place]) -> None:
        for client, clock in halves:
            self._halves.setdefault(client, set()).add(clock)

    def _observed(self, change: Callable[[], object]) -> bytes | None:
        """Run `change`; what it changed. (The observer costs more than the change: not for the hot path.)"""
        changes: list[bytes] = []

        def note(event: TransactionEvent) -> None:
            changes.append(event.update)

        subscription = self._doc.observe(note)
        try:
            with self._doc.transaction():
                change()
        except ValueError as error:
            raise BadFrame(str(error)) from error
        except BaseException as error:
            raise_unless_library(error)
            raise DocumentBroken from error
        finally:
            self._doc.unobserve(subscription)
        return next((update for update in changes if update != NOTHING), None)


def raise_unless_library(error: BaseException) -> None:
    """Let through what is not the library's: a panic of its Rust code is no `Exception`, nor is Ctrl+C."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error
