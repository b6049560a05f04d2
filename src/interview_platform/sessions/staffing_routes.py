"""HTTP for those who lead a session: settings, start, roles, lobby, host."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.kit.http import answer_json, documented
from interview_platform.kit.views import Body
from interview_platform.sessions.changes import TimerWish, Wish
from interview_platform.sessions.limits import QUIET_MINUTES_MAX, TIMER_MAX_MS
from interview_platform.sessions.model import Session
from interview_platform.sessions.policy import Access
from interview_platform.sessions.settings import AiPolicy, ReplayFor
from interview_platform.sessions.staffing import StaffingService
from interview_platform.sessions.views import GivenRole, SessionAnswer, session_answer_json

_CAN_BE_NONE = ("timer", "quiet_minutes")


class TimerBody(Body):
    running: bool
    remaining_ms: int | None = Field(None, ge=0, le=TIMER_MAX_MS)
    """None: what is left of it now."""


class DirectBody(Body):
    """What is left out stays as it is."""

    lobby: bool | None = None
    capacity: int | None = None
    locked: bool | None = None
    timer: TimerBody | None = None
    """null: none."""
    quiet_minutes: int | None = Field(None, ge=0, le=QUIET_MINUTES_MAX)
    """From now on; null or 0 ends it."""
    ai_policy: AiPolicy | None = None
    ai_note: str | None = None
    replay_for: ReplayFor | None = None

    @property
    def wish(self) -> Wish:
        given = {name: getattr(self, name) for name in self.model_fields_set}
        given = {name: value for name, value in given.items() if value is not None or name in _CAN_BE_NONE}
        if isinstance(self.timer, TimerBody):
            given["timer"] = TimerWish(self.timer.running, self.timer.remaining_ms)
        return Wish(frozenset(given), **given)


class MemberBody(Body):
    role: GivenRole | None = None
    admitted: bool | None = None
    """Let in from the lobby, or sent back to it."""


class HostBody(Body):
    person_id: str


def router(staffing: StaffingService, identity: Identity) -> APIRouter:
    routes = APIRouter()
    SignedIn = Annotated[Person, Depends(identity.required)]  # noqa: N806 - a type

    @routes.patch("/api/sessions/{id}", operation_id="directSession", responses=documented(SessionAnswer))
    async def direct(id: str, body: DirectBody, person: SignedIn) -> Response:
        return _answer(await staffing.direct(id, body.wish, person), person)

    @routes.post("/api/sessions/{id}/start", operation_id="startSession", responses=documented(SessionAnswer))
    async def start(id: str, person: SignedIn) -> Response:
        return _answer(await staffing.start(id, person), person)

    @routes.patch(
        "/api/sessions/{id}/members/{personId}", operation_id="assignMember", responses=documented(SessionAnswer)
    )
    async def assign(id: str, personId: str, body: MemberBody, person: SignedIn) -> Response:  # noqa: N803 - as in the address
        changed = await staffing.assign(id, personId, person, role=body.role, admitted=body.admitted)
        return _answer(changed, person)

    @routes.post("/api/sessions/{id}/host", operation_id="handOver", responses=documented(SessionAnswer))
    async def hand_over(id: str, body: HostBody, person: SignedIn) -> Response:
        return _answer(await staffing.hand_over(id, body.person_id, person), person)

    return routes


def _answer(session: Session, person: Person) -> Response:
    """As who asked sees it now: they may have given a right away."""
    return answer_json(session_answer_json(session, for_staff=Access(session, person).staff))
