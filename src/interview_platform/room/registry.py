"""The rooms of this process: opened when the first person comes, written down and closed when the last has gone."""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from interview_platform.kit.close_codes import CloseCode
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.room.beats import Beats
from interview_platform.room.document import Document
from interview_platform.room.limits import RoomLimits
from interview_platform.room.live import LiveDocument
from interview_platform.room.measures import Measures
from interview_platform.room.opening import open_document, read_document
from interview_platform.room.peer import DocumentPeer
from interview_platform.room.seats import Seats
from interview_platform.room.seed import Seed
from interview_platform.sessions.model import Session, SessionId
from interview_platform.timeline.model import DocumentName
from interview_platform.timeline.ports import TimelineStore

log = structlog.get_logger(__name__)

SeedOf = Callable[[Session], Seed]


class CannotOpen(Refusal):
    """The document could not be read, or not be begun. The log says why."""

    def __init__(self) -> None:
        super().__init__(
            Kind.UNAVAILABLE, "document_unavailable", "The document cannot be opened just now.", retry_after=5
        )


class Rooms:
    """The documents called `name`, one of each session. `seed` gives what one begins with; None: with nothing."""

    def __init__(
        self,
        store: TimelineStore,
        seed: SeedOf | None,
        seats: Seats,
        limits: RoomLimits,
        name: DocumentName = DocumentName.MAIN,
        *,
        measures: Measures | None = None,
    ) -> None:
        self.limits = limits
        self._measures = measures or Measures()
        self._beats = Beats(limits.gather_seconds / limits.beats)
        self._store = store
        self._seed = seed
        self._seats = seats
        self._name = name
        self._live: dict[SessionId, LiveDocument] = {}
        self._opening: dict[SessionId, asyncio.Task[LiveDocument]] = {}
        self._idle: dict[SessionId, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    async def join(self, session: Session, peer: DocumentPeer) -> LiveDocument:
        """Connect `peer` to the session's document. Raises CannotOpen."""
        live = await self.open(session)
        self._stay(session.id)
        live.join(peer)
        return live

    def leave(self, live: LiveDocument, peer: DocumentPeer) -> None:
        live.leave(peer)
        if not live.peers and self._live.get(live.session) is live:
            self._leave_later(live)

    async def open(self, session: Session) -> LiveDocument:
        """The session's document, opened if need be. Raises CannotOpen.

        Callers that come while it is being opened wait for the same opening.
        """
        while True:
            live = self._live.get(session.id)
            if live is not None:
                return live
            opening = self._opening.get(session.id)
            if opening is None:
                opening = self._opening[session.id] = asyncio.create_task(self._open(session))
            try:
                # Shielded: the first one may go away while others wait.
                async with asyncio.timeout(self.limits.open_timeout_seconds):
                    await asyncio.shield(opening)
            except Exception as error:
                log.exception("room.cannot_open", session=session.id)
                raise CannotOpen from error

    async def read(self, session: Session) -> Document:
        """The session's document, to read only: the live one, or what is stored of a session that has ended.

        Raises CannotOpen.
        """
        if session.active or session.id in self._live:
            return (await self.open(session)).document
        try:
            return (await read_document(self._store, session.id, self._name, self._measures)).document
        except Exception as error:
            log.exception("room.cannot_read", session=session.id)
            raise CannotOpen from error

    async def settle(self, session: Session) -> None:
        """The session has ended: write its document down as it is; nothing changes it any more."""
        opening = self._opening.get(session.id)
        if opening is not None:
            await asyncio.wait({opening})
        live = self._live.get(session.id)
        if live is not None:
            live.freeze()
            await live.journal.snapshot()

    async def close(self) -> None:
        """The process ends: write everything down, and send everybody away to come back."""
        self._seats.close_all(CloseCode.RESTARTING, "restarting")
        for timer in self._idle.values():
            timer.cancel()
        self._idle.clear()
        await asyncio.gather(*self._opening.values(), *self._closing, return_exceptions=True)
        rooms = tuple(self._live.values())
        for live in rooms:
            live.freeze()
        await asyncio.gather(*(live.journal.snapshot() for live in rooms), return_exceptions=True)
        self._live.clear()

    async def _open(self, session: Session) -> LiveDocument:
        try:
            seed = None if self._seed is None else partial(self._seed, session)
            opened = await open_document(self._store, session.id, seed, self._name, self._measures)
            live = LiveDocument(
                session.id,
                opened,
                self._store,
                self.limits,
                name=self._name,
                measures=self._measures,
                beats=self._beats,
                on_gone=lambda: self._forget(live),
            )
            self._live[session.id] = live
            self._leave_later(live)
            return live
        finally:
            del self._opening[session.id]

    def _forget(self, live: LiveDocument) -> None:
        if self._live.get(live.session) is live:
            del self._live[live.session]
            self._stay(live.session)

    def _stay(self, session: SessionId) -> None:
        timer = self._idle.pop(session, None)
        if timer is not None:
            timer.cancel()

    def _leave_later(self, live: LiveDocument) -> None:
        self._stay(live.session)
        loop = asyncio.get_running_loop()
        self._idle[live.session] = loop.call_later(self.limits.idle_seconds, self._leave_now, live)

    def _leave_now(self, live: LiveDocument) -> None:
        task = asyncio.create_task(self._close_idle(live))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _close_idle(self, live: LiveDocument) -> None:
        await live.journal.snapshot()
        # Nobody came meanwhile, and nothing is left to write: from here to the removal nothing else can run.
        if not live.peers and live.journal.idle:
            self._forget(live)
