"""JSON shapes of sessions and invites (contract: design §4)."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from interview_platform.kit.clock import rfc3339
from interview_platform.kit.views import Body, View
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import Member, Role, Session, Status, Visibility


class HostView(View):
    id: str
    name: str
    profile_image: str | None


class ParticipantView(View):
    id: str
    name: str
    profile_image: str | None
    role: Role

    @classmethod
    def of(cls, member: Member) -> "ParticipantView":
        return cls(id=member.person, name=member.name, profile_image=member.image, role=member.role)


class SessionView(View):
    id: str
    problem: str
    problem_slug: str
    difficulty: Difficulty
    host: HostView
    participant: ParticipantView | None
    """The candidate."""
    participants: list[ParticipantView]
    """Everyone in the session but the host (who took part, once it has ended)."""
    status: Status
    visibility: Visibility
    capacity: int
    call_id: str
    created_at: str
    updated_at: str
    ended_at: str | None

    @classmethod
    def of(cls, session: Session) -> "SessionView":
        host, candidate = session.host, session.candidate
        return cls(
            id=session.id,
            problem=session.problem,
            problem_slug=session.problem_slug,
            difficulty=session.difficulty,
            host=HostView(id=host.person, name=host.name, profile_image=host.image),
            participant=ParticipantView.of(candidate) if candidate else None,
            participants=[ParticipantView.of(m) for m in session.members if m.present or not session.active],
            status=session.status,
            visibility=session.visibility,
            capacity=session.capacity,
            call_id=session.call_id,
            created_at=rfc3339(session.created_at),
            updated_at=rfc3339(session.updated_at),
            ended_at=rfc3339(session.ended_at) if session.ended_at else None,
        )


class SessionAnswer(View):
    session: SessionView


class SessionsAnswer(View):
    sessions: list[SessionView]
    next_cursor: str | None


@lru_cache(maxsize=512)  # about 1 MB
def session_json(session: Session) -> bytes:
    """`SessionView.of(session)` as JSON. Lists show the same sessions again and again, and to compare all that a
    session is (so a stale answer is impossible) costs a fifth of making its JSON again.
    """
    return SessionView.of(session).to_json()


def session_answer_json(session: Session) -> bytes:
    """A `SessionAnswer`."""
    return b'{"session":' + session_json(session) + b"}"


def sessions_answer_json(sessions: Sequence[Session], next_cursor: str | None) -> bytes:
    """A `SessionsAnswer`."""
    cursor = json.dumps(next_cursor).encode()
    return b'{"sessions":[' + b",".join(map(session_json, sessions)) + b'],"nextCursor":' + cursor + b"}"


class EndedAnswer(View):
    session: SessionView
    message: str


class CreateBody(Body):
    problem: str
    difficulty: Difficulty | None = None
    visibility: Visibility = Visibility.OPEN
    capacity: int = 2


class InviteBody(Body):
    role: Literal[Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER] = Role.CANDIDATE


class InviteView(View):
    token: str
    url: str
    role: Role
    expires_at: str


class InviteAnswer(View):
    invite: InviteView


class InvitePreview(View):
    """What an invite's link shows before it is accepted."""

    problem: str
    difficulty: Difficulty
    host_name: str
    role: Role
    session_id: str | None
    """Only when the visitor is in the session already."""


class AcceptBody(Body):
    name: str | None = None


class AcceptAnswer(View):
    session: SessionView
    role: Role
