"""What those who lead a session do: start, let in and send back, change roles, hand over, set. Rules: `changes.py`."""

from collections.abc import Callable

from interview_platform.accounts.model import Person, PersonId
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import invalid
from interview_platform.sessions.changes import Wish, assigned, directed, handed_over, started, taken_over
from interview_platform.sessions.model import Role, Session, SessionId
from interview_platform.sessions.policy import Access
from interview_platform.sessions.service import SessionService

Away = Callable[[SessionId, PersonId], float]
"""For how many seconds the person has not been in the session's room; 0 when they are, or when nobody can tell."""


class StaffingService:
    def __init__(self, sessions: SessionService, away: Away, *, clock: Callable[[], int] = now_ms) -> None:
        self._sessions = sessions
        self._away = away
        self._clock = clock

    async def start(self, id: str, by: Person) -> Session:
        """Raises as `changes.started`."""
        return await self._changed(id, by, lambda access: started(access, self._clock()))

    async def assign(
        self, id: str, person: str, by: Person, *, role: Role | None = None, admitted: bool | None = None
    ) -> Session:
        """Raises as `changes.assigned`, and invalid when nothing is to be changed."""
        if role is None and admitted is None:
            raise invalid("Say what is to be changed.", role="or admitted must be given")
        who = PersonId(person)
        return await self._changed(
            id, by, lambda access: assigned(access, who, self._clock(), role=role, admitted=admitted)
        )

    async def hand_over(self, id: str, person: str, by: Person) -> Session:
        """By the host; to oneself when the host has been away for long. Raises as `changes.handed_over`, HostIsHere."""

        def rule(access: Access) -> Session:
            if person == by.id and access.role is Role.INTERVIEWER:
                away = self._away(access.session.id, access.session.host.person)
                return taken_over(access, away, self._clock())
            return handed_over(access, PersonId(person), self._clock())

        return await self._changed(id, by, rule)

    async def direct(self, id: str, wish: Wish, by: Person) -> Session:
        """Raises as `changes.directed`."""
        return await self._changed(id, by, lambda access: directed(access, wish, self._clock()))

    async def _changed(self, id: str, by: Person, rule: Callable[[Access], Session]) -> Session:
        """Whether they may is asked inside the atomic change: a right that is lost in that moment is lost."""
        session = await self._sessions.looked_at(id, by)
        return await self._sessions.change(session.id, lambda current: rule(Access(current, by)), by=by.id)
