"""What sessions need from storage, and how they tell the room."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from interview_platform.accounts.model import Person, PersonId
from interview_platform.sessions.model import Invite, Session, SessionId


def session_topic(id: SessionId) -> str:
    """The bus topic of a session's room: messages are the JSON of one room event each."""
    return f"session:{id}"


def staff_topic(id: SessionId) -> str:
    """As `session_topic`, for those who may `Action.STAFF` only."""
    return f"staff:{id}"


def topic_at(session: Session, at: int) -> str:
    """Where to tell what happened at that moment (server time, ms): of how it was prepared, the staff alone."""
    begun = session.started_at is not None and at >= session.started_at
    return session_topic(session.id) if begun else staff_topic(session.id)


def access_topic(id: SessionId) -> str:
    """The bus topic on which a session says whose access changed: messages are `events.AccessLost`."""
    return f"access:{id}"


@dataclass(frozen=True, slots=True)
class Page:
    sessions: tuple[Session, ...]
    cursor: str | None
    """Opaque; None on the last page."""


class SessionStore(Protocol):
    async def add(self, session: Session) -> None: ...

    async def get(self, id: SessionId) -> Session | None: ...

    async def change(
        self,
        id: SessionId,
        change: Callable[[Session], Session],
        newcomer: Person | None = None,
        *,
        by: PersonId | None = None,
    ) -> Session:
        """Apply `change` atomically, even against another node, and note what happened in the timeline.

        `newcomer` is a guest who is stored in the same step: refused at the door, they leave no trace.
        `by`: who did it, where that is not the person themselves.
        Whatever `change` raises passes through and nothing is stored. Raises not_found.
        """

    async def open_active(self, cursor: str | None, limit: int) -> Page:
        """Active and open sessions, newest first. Raises invalid for a cursor that is not ours."""

    async def of_person(self, person: PersonId, *, active: bool, cursor: str | None, limit: int) -> Page:
        """Sessions that the person hosts or took part in, newest first."""

    async def add_invite(self, invite: Invite) -> None: ...

    async def invite(self, digest: str) -> Invite | None: ...

    async def invites(self, id: SessionId, limit: int) -> list[Invite]:
        """The session's invites that are not revoked, newest first."""

    async def revoke_invites(self, id: SessionId, digest: str | None = None) -> int:
        """Revoke the session's invite with this digest, or all of them; how many usable ones there were."""
