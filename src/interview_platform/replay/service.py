"""Who may play a session, and how much of it they are shown."""

from dataclasses import dataclass
from typing import Protocol

from interview_platform.accounts.model import Person
from interview_platform.chat.ports import ChatStore
from interview_platform.execution.ports import RunStore
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.replay.log import SessionLog
from interview_platform.replay.outside import unseen
from interview_platform.room.views import RecordAnswer
from interview_platform.sessions.model import Session
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.service import SessionService
from interview_platform.sessions.views import SessionView
from interview_platform.timeline.model import EventKind
from interview_platform.timeline.ports import TimelineStore

EXPORTS = Limit(20, 60)
"""Of a person: each reads a whole session from the database."""

PRIVATE = frozenset({EventKind.STAFF, EventKind.PASTE, EventKind.FOCUS, EventKind.COPY})
"""For those who interview: their notes, and what speaks of the candidate's honesty."""


class RecordOf(Protocol):
    async def __call__(self, access: Access) -> RecordAnswer: ...


@dataclass(frozen=True, slots=True)
class Replay:
    session: Session
    log: SessionLog


class ReplayService:
    """`record`: the document at its end (`room.record.Records.of`)."""

    def __init__(
        self,
        sessions: SessionService,
        timeline: TimelineStore,
        chat: ChatStore,
        runs: RunStore,
        record: RecordOf,
    ) -> None:
        self._sessions = sessions
        self._timeline = timeline
        self._chat = chat
        self._runs = runs
        self._record = record
        self._exporting = RateLimiter(EXPORTS, message="You export too often. Wait a moment.")

    async def open(self, id: str, person: Person | None, *, shareable: bool = False) -> Replay:
        """`shareable`: only what everybody of the session may see. Raises as `Access.require`."""
        access = await self._sessions.access(id, person)
        access.require(Action.REPLAY)
        return await self._replay(access, for_staff=access.staff and not shareable)

    async def export(self, id: str, person: Person | None, *, shareable: bool) -> tuple[RecordAnswer, Replay]:
        """Raises as `open`, too_fast, CannotOpen."""
        access = await self._sessions.access(id, person)
        access.require(Action.REPLAY)
        assert access.person is not None  # nobody else may replay
        self._exporting.take(access.person.id)
        for_staff = access.staff and not shareable
        record = await self._record(access)
        session = SessionView.of(access.session, for_staff=for_staff)
        return record.model_copy(update={"session": session}), await self._replay(access, for_staff=for_staff)

    async def _replay(self, access: Access, *, for_staff: bool) -> Replay:
        session = access.session
        parts = (session.id, self._timeline, self._chat, self._runs)
        if for_staff:
            return Replay(session, SessionLog(*parts))
        begins = await self._timeline.read(session.id, kinds=[EventKind.STARTED], limit=1)
        hidden = await unseen(self._timeline, session.id)
        log = SessionLog(*parts, hidden=PRIVATE, unseen=hidden, begins=begins[0] if begins else None)
        return Replay(session, log)
