"""Writes a document's updates to the session's timeline, and tells when they are durable.

One append at a time; what comes meanwhile is the next one. Nothing is acknowledged before its append has returned.
"""

import asyncio
import zlib
from collections.abc import Callable
from typing import Protocol

import structlog

from interview_platform.accounts.model import PersonId
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import DocumentName, Entry
from interview_platform.timeline.ports import Snapshot, TimelineStore

log = structlog.get_logger(__name__)

_RETRY_SECONDS = (0.05, 0.1, 0.2, 0.5, 1.0)  # the last one again and again, until `unsaved_seconds`


class Waiting(Protocol):
    """Somebody who wants to know what is durable."""

    def durable(self, count: int) -> None: ...


class Recorded(Protocol):
    def settle(self) -> None:
        """Make sure that all that was written so far can be applied. Raises what ends the room."""

    def encoded(self) -> bytes:
        """The document as it is."""


class Journal:
    """`on_lost` is called once when the log cannot be written any more."""

    def __init__(
        self,
        store: TimelineStore,
        session: SessionId,
        limits: RoomLimits,
        *,
        seq: int,
        unsnapped: int,
        name: DocumentName,
        document: Recorded,
        on_lost: Callable[[], None],
    ) -> None:
        self.lost = False
        self._store = store
        self._session = session
        self._limits = limits
        self._seq = seq
        self._unsnapped = unsnapped
        self._name = name
        self._document = document
        self._on_lost = on_lost
        self._entries: list[Entry] = []
        self._bytes = 0
        self._waiting: dict[Waiting, int] = {}
        self._task: asyncio.Task[None] | None = None
        self._pause: asyncio.Future[None] | None = None
        self._hurry = 0

    def write(self, person: PersonId | None, update: bytes) -> None:
        """Take one update for the log. Not durable yet."""
        self.note(Entry(self._name.kind, person, now_ms(), update))

    def note(self, entry: Entry) -> None:
        """As `write`, of any kind. What is taken in one turn of the event loop is appended together."""
        if self.lost:
            return
        self._entries.append(entry)
        self._bytes += len(entry.payload)
        if len(self._entries) > self._limits.unsaved_entries or self._bytes > self._limits.unsaved_bytes:
            self._lose()
        elif self._task is None:
            self._task = asyncio.create_task(self._run())

    def tell(self, waiting: Waiting, count: int) -> None:
        """Call `waiting.durable(count)` when all that was written until now is durable."""
        if self._task is None:
            waiting.durable(count)
        elif not self.lost:
            self._waiting[waiting] = count

    def forget(self, waiting: Waiting) -> None:
        self._waiting.pop(waiting, None)

    @property
    def idle(self) -> bool:
        return self._task is None

    async def flush(self) -> None:
        """Until all is durable, or `lost`."""
        self._hurry += 1
        try:
            if self._pause is not None and not self._pause.done():
                self._pause.set_result(None)
            if self._task is not None:
                await asyncio.shield(self._task)
        finally:
            self._hurry -= 1

    async def snapshot(self) -> None:
        """Flush, and keep the whole document in one piece if it changed since the last time."""
        await self.flush()
        if self._unsnapped and not self.lost and self._task is None:
            await self._save(self._document.encoded(), self._seq)

    async def _run(self) -> None:
        try:
            while self._entries or self._waiting:
                await self._gather()
                await self._write_batch()
        except Exception:
            log.exception("journal.failed", session=self._session)
            self._lose()
        finally:
            self._task = None

    async def _gather(self) -> None:
        if self._hurry:
            return
        loop = asyncio.get_running_loop()
        self._pause = pause = loop.create_future()
        timer = loop.call_later(self._limits.gather_seconds, _release, pause)
        await pause
        timer.cancel()

    async def _write_batch(self) -> None:
        entries, self._entries = self._entries, []
        waiting, self._waiting = self._waiting, {}
        self._bytes = 0
        self._document.settle()
        # Encoded now, before the next update: the snapshot is exactly what the log says up to the number it gets.
        due = self._unsnapped + len(entries) >= self._limits.snapshot_every
        state = self._document.encoded() if due else None
        if entries:
            seq = await self._append(entries)
            if seq is None:
                self._lose()
                return
            self._seq = seq
            self._unsnapped += len(entries)
        for one, count in waiting.items():
            one.durable(count)
        if state is not None:
            await self._save(state, self._seq)

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
            await self._store.save_snapshot(self._session, Snapshot(seq, state, zlib.crc32(state)), self._name)
        except Exception:  # the log has all of it: the next one will do
            self._unsnapped += unsnapped
            log.exception("journal.snapshot_failed", session=self._session)

    def _lose(self) -> None:
        if not self.lost:
            self.lost = True
            self._entries.clear()
            self._waiting.clear()
            self._on_lost()


def _release(pause: "asyncio.Future[None]") -> None:
    if not pause.done():
        pause.set_result(None)
