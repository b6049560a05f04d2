"""JSON shapes of sessions and invites (contract: design §4)."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from pydantic import Field

from interview_platform.kit.clock import rfc3339
from interview_platform.kit.views import Body, View
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.limits import INVITE_HOURS, INVITE_HOURS_MAX
from interview_platform.sessions.model import Member, Role, Session, Status, Visibility
from interview_platform.sessions.policy import Access
from interview_platform.sessions.settings import AiPolicy, ReplayFor, Timer

GivenRole: TypeAlias = Literal[Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER]
"""A host is made otherwise."""


class HostView(View):
    id: str
    name: str
    profile_image: str | None

    @classmethod
    def of(cls, member: Member) -> "HostView":
        return cls(id=member.person, name=member.name, profile_image=member.image)


class ParticipantView(View):
    id: str
    name: str
    profile_image: str | None
    role: Role

    @classmethod
    def of(cls, member: Member) -> "ParticipantView":
        return cls(id=member.person, name=member.name, profile_image=member.image, role=member.role)


class TimerView(View):
    """Runs towards `ends_at`, or is held with `remaining_ms` left."""

    ends_at: str | None
    remaining_ms: int
    running: bool

    @classmethod
    def of(cls, timer: Timer) -> "TimerView":
        ends_at = None if timer.ends_at is None else rfc3339(timer.ends_at)
        return cls(ends_at=ends_at, remaining_ms=timer.remaining_ms, running=timer.running)


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
    waiting: list[str]
    """Ids of those who are still outside: to be admitted, or until the start. Only the staff are told."""
    to_admit: list[str]
    """Those of them who are in the lobby. Only the staff are told."""
    status: Status
    visibility: Visibility
    capacity: int
    call_id: str
    created_at: str
    updated_at: str
    ended_at: str | None
    lobby: bool
    """Who comes by a link waits until somebody admits them."""
    started_at: str | None
    """None while it is being prepared."""
    locked: bool
    """Candidates cannot change the document."""
    timer: TimerView | None
    quiet_until: str | None
    ai_policy: AiPolicy
    ai_note: str
    replay_for: ReplayFor

    @classmethod
    def of(cls, session: Session, *, for_staff: bool) -> "SessionView":
        """`for_staff`: for somebody who may `Action.STAFF`. The others do not see the problem before the start, nor who
        is to be admitted.
        """
        candidate, settings = session.candidate, session.settings
        seen = for_staff or session.started_at is not None
        return cls(
            id=session.id,
            problem=session.problem if seen else "",
            problem_slug=session.problem_slug if seen else "",
            difficulty=session.difficulty,
            host=HostView.of(session.host),
            participant=ParticipantView.of(candidate) if candidate else None,
            participants=[
                ParticipantView.of(m)
                for m in session.members
                if (m.present or not session.active) and (for_staff or not m.waiting)
            ],
            waiting=[m.person for m in session.members if m.present and session.waits(m)] if for_staff else [],
            to_admit=[m.person for m in session.members if m.present and m.waiting] if for_staff else [],
            status=session.status,
            visibility=session.visibility,
            capacity=session.capacity,
            call_id=session.call_id,
            created_at=rfc3339(session.created_at),
            updated_at=rfc3339(session.updated_at),
            ended_at=_time(session.ended_at),
            lobby=session.lobby,
            started_at=_time(session.started_at),
            locked=settings.locked,
            timer=TimerView.of(settings.timer) if settings.timer else None,
            quiet_until=_time(settings.quiet_until),
            ai_policy=settings.ai_policy,
            ai_note=settings.ai_note,
            replay_for=settings.replay_for,
        )


def _time(at: int | None) -> str | None:
    return None if at is None else rfc3339(at)


class SessionAnswer(View):
    session: SessionView


class SessionsAnswer(View):
    sessions: list[SessionView]
    next_cursor: str | None


@lru_cache(maxsize=512)  # about 1 MB
def session_json(session: Session, *, for_staff: bool) -> bytes:
    """`SessionView.of(session)` as JSON. Lists show the same sessions again and again, and to compare all that a
    session is (so a stale answer is impossible) costs a fifth of making its JSON again.
    """
    return SessionView.of(session, for_staff=for_staff).to_json()


def session_answer_json(session: Session, *, for_staff: bool) -> bytes:
    """A `SessionAnswer`."""
    return b'{"session":' + session_json(session, for_staff=for_staff) + b"}"


def sessions_answer_json(accesses: Sequence[Access], next_cursor: str | None) -> bytes:
    """A `SessionsAnswer`: each session as somebody with this access sees it."""
    cursor = json.dumps(next_cursor).encode()
    sessions = (session_json(access.session, for_staff=access.staff) for access in accesses)
    return b'{"sessions":[' + b",".join(sessions) + b'],"nextCursor":' + cursor + b"}"


class EndedAnswer(View):
    session: SessionView
    message: str


class CreateBody(Body):
    problem: str
    difficulty: Difficulty | None = None
    visibility: Visibility = Visibility.OPEN
    capacity: int = 2
    lobby: bool = False
    prepare: bool = False
    """Those who are interviewed or watch see nothing before it is started."""
    ai_policy: AiPolicy = AiPolicy.UNSET
    ai_note: str = ""


class InviteBody(Body):
    role: GivenRole = Role.CANDIDATE
    expires_in_hours: int = Field(INVITE_HOURS, ge=1, le=INVITE_HOURS_MAX)


class InviteView(View):
    token: str
    url: str
    role: Role
    expires_at: str


class InviteAnswer(View):
    invite: InviteView


class ListedInviteView(View):
    """A link that works. The link itself only its maker has seen."""

    id: str
    """For DELETE in place of the token. It opens nothing."""
    role: Role
    created_at: str
    expires_at: str
    created_by: HostView | None
    """None when they are not in the session any more."""
    used: int
    """How many of those who are in the session came by it."""
    people: list[ParticipantView]
    """Those."""


class InvitesAnswer(View):
    invites: list[ListedInviteView]


class InvitePreview(View):
    """What an invite's link shows before it is accepted."""

    problem: str
    """Empty while the session is being prepared."""
    difficulty: Difficulty
    host_name: str
    role: Role
    lobby: bool
    """Who accepts waits until somebody admits them."""
    ai_policy: AiPolicy
    ai_note: str
    session_id: str | None
    """Only when the visitor is in the session already."""


class AcceptBody(Body):
    name: str | None = None


class AcceptAnswer(View):
    session: SessionView
    role: Role
