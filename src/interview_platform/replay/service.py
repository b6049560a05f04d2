"""Who may play a session, and how much of it they are shown."""

from dataclasses import dataclass
from typing import Protocol

from interview_platform.accounts.model import Person
from interview_platform.chat.ports import ChatStore
from interview_platform.execution.ports import RunStore
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.replay.log import SessionLog
from interview_platform.room.views import RecordAnswer
from interview_platform.sessions.model import Role, Session
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.service import SessionService
from interview_platform.timeline.model import EventKind
from interview_platform.timeline.ports import TimelineStore

EXPORTS = Limit(20, 60)
"""Of a person: each reads a whole session from the database."""

_STAFF = frozenset({Role.HOST, Role.INTERVIEWER})
PRIVATE: frozenset[EventKind] = frozenset()
"""Kinds for the interviewers' side only."""


class RecordOf(Protocol):
    async def __call__(self, session: Session) -> RecordAnswer: ...


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
        staff = _is_staff(access) and not shareable
        log = SessionLog(
            access.session.id,
            self._timeline,
            self._chat,
            self._runs,
            hidden=frozenset() if staff else PRIVATE,
        )
        return Replay(access.session, log)

    async def export(self, id: str, person: Person | None, *, shareable: bool) -> tuple[RecordAnswer, Replay]:
        """Raises as `open`, too_fast, CannotOpen."""
        replay = await self.open(id, person, shareable=shareable)
        assert person is not None
        self._exporting.take(person.id)
        return await self._record(replay.session), replay


def _is_staff(access: Access) -> bool:
    return access.role in _STAFF
