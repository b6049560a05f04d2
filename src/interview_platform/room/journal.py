"""Writes a document's updates to the session's timeline, and tells when they are durable.

One append at a time; what comes meanwhile is the next one. Nothing is acknowledged before its append has returned.
"""

import asyncio
import time
import zlib
from collections.abc import Callable
from functools import partial
from typing import Protocol

import structlog

from interview_platform.accounts.model import PersonId
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.room.beats import Beats
from interview_platform.room.limits import RoomLimits
from interview_platform.room.measures import Measures
from interview_platform.room.opening import Opened
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import DocumentName, Entry
from interview_platform.timeline.ports import Snapshot, TimelineStore

log = structlog.get_logger(__name__)

_RETRY_SECONDS = (0.05, 0.1, 0.2, 0.5, 1.0)  # the last one again and again, until `unsaved_seconds`


class Waiting(Protocol):
    """Somebody who wants to know what is durable."""

    def durable(self, count: int) -> None:
        """Be told with the next thing that goes there anyway."""

    def tell_now(self) -> None:
        """Nothing went there for a while: be told what was not told yet."""


class Journal:
    """`on_lost` is called once when the log cannot be written any more."""

    def __init__(
        self,
        store: TimelineStore,
        session: SessionId,
        limits: RoomLimits,
        *,
        opened: Opened,
        name: DocumentName,
        measures: Measures,
        beats: Beats,
        on_lost: Callable[[], None],
    ) -> None:
        self.lost = False
        self._store = store
        self._session = session
        self._limits = limits
        self._seq = opened.seq
        self._unsnapped = opened.unsnapped
        self._over = opened.over
        self._may_snapshot = not opened.keep_snapshot
        self._name, self._kind = name, name.kind
        self._document = opened.document
        self._measures = measures
        self._on_lost = on_lost
        self._entries: list[Entry] = []
        self._bytes = 0
        self._since = 0.0
        self._waiting: dict[Waiting, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._beats = beats
        self._gathering = False
        """The first update waits for others."""
        self._hurry = 0

    def write(self, person: PersonId | None, update: bytes) -> None:
        """Take one update for the log. Not durable yet."""
        self.note(Entry(self._kind, person, now_ms(), update))

    def note(self, entry: Entry) -> None:
        """As `write`, of any kind. What is taken in one turn of the event loop is appended together."""
        if self.lost:
            return
        entries, limits = self._entries, self._limits
        if not entries:
            self._since = time.monotonic()
        entries.append(entry)
        self._bytes += len(entry.payload)
        if len(entries) > limits.unsaved_entries or self._bytes > limits.unsaved_bytes:
            self._lose()
        elif not self._gathering and self._task is None:
            self._begin_later()

    def tell(self, waiting: Waiting, count: int) -> None:
        """Call `waiting.durable(count)` when all written until now is durable, and `tell_now` a little later."""
        if self._gathering or self._task is not None:
            if not self.lost:
                self._waiting[waiting] = count
        else:
            waiting.durable(count)
            waiting.tell_now()

    def forget(self, waiting: Waiting) -> None:
        self._waiting.pop(waiting, None)

    @property
    def idle(self) -> bool:
        return not self._gathering and self._task is None

    async def flush(self) -> None:
        """Until all is durable, or `lost`."""
        self._hurry += 1
        try:
            self._begin()
            if self._task is not None:
                await asyncio.shield(self._task)
        finally:
            self._hurry -= 1

    async def snapshot(self) -> None:
        """Flush, and keep the whole document in one piece if it changed since the last time."""
        await self.flush()
        if self._may_snapshot and self._unsnapped and not self.lost and self.idle:
            await self._save(self._document.encoded(), self._seq)

    def _begin_later(self) -> None:
        self._gathering = True
        # From the first update on: what came while the batch before was written has waited already.
        since = self._since if self._entries else time.monotonic()
        self._beats.by(since + self._limits.gather_seconds, self._begin)

    def _begin(self) -> None:
        if self._gathering:  # else somebody was in a hurry
            self._gathering = False
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        try:
            await self._write_batch()
            while self._hurry and self._unwritten:
                await self._write_batch()
        except Exception:
            log.exception("journal.failed", session=self._session)
            self._lose()
        finally:
            self._task = None
            if self._unwritten:
                self._begin_later()

    @property
    def _unwritten(self) -> bool:
        return bool(self._entries or self._waiting)

    async def _write_batch(self) -> None:
        entries, self._entries = self._entries, []
        waiting, self._waiting = self._waiting, {}
        self._bytes, since = 0, self._since
        self._document.settle()
        # Encoded now, before the next update: the snapshot is exactly what the log says up to the number it gets.
        due = self._may_snapshot and self._unsnapped + len(entries) >= self._limits.snapshot_every
        state = self._document.encoded() if due else None
        if entries:
            seq = await self._append(entries)
            if seq is None:
                self._lose()
                return
            self._measures.stored.observe(time.monotonic() - since)
            self._seq = seq
            self._unsnapped += len(entries)
        self._durable(waiting)
        if state is not None:
            await self._save(state, self._seq)

    def _durable(self, waiting: dict[Waiting, int]) -> None:
        """A write to a socket costs as much as everything else that is done about a letter. In a room where people type
        something goes to each of them all the time, so nearly every acknowledgement is spared one of its own.
        """
        if not waiting:
            return
        for one, count in waiting.items():
            one.durable(count)
        self._beats.by(asyncio.get_running_loop().time() + self._limits.ack_seconds, partial(_tell_now, tuple(waiting)))

    async def _append(self, entries: list[Entry]) -> int | None:
        """The last number, None when it cannot be written. An append that failed late may be in the log twice then:
        applying an update again changes nothing.
        """
        loop = asyncio.get_running_loop()
        give_up = loop.time() + self._limits.unsaved_seconds
        for attempt in range(1_000_000):
            try:
                return await self._store.append(self._session, entries)
            except Exception as error:
                if isinstance(error, Refusal) and error.kind is not Kind.UNAVAILABLE:
                    # The session is gone: it will not come back, as a database may.
                    log.warning("journal.refused", session=self._session, code=error.code)
                    return None
                log.exception("journal.append_failed", session=self._session, attempt=attempt)
            pause = _RETRY_SECONDS[min(attempt, len(_RETRY_SECONDS) - 1)]
            if self.lost or loop.time() + pause > give_up:
                return None
            await asyncio.sleep(pause)
        return None

    async def _save(self, state: bytes, seq: int) -> None:
        unsnapped, self._unsnapped = self._unsnapped, 0
        try:
            snapshot = Snapshot(seq, state, zlib.crc32(state))
            await self._store.save_snapshot(self._session, snapshot, self._name, over=self._over)
            self._over = None
        except Exception:  # the log has all of it: the next one will do
            self._unsnapped += unsnapped
            log.exception("journal.snapshot_failed", session=self._session)

    def _lose(self) -> None:
        if not self.lost:
            self.lost = True
            self._entries.clear()
            self._waiting.clear()
            self._on_lost()


def _tell_now(waiting: tuple[Waiting, ...]) -> None:
    for one in waiting:
        one.tell_now()
