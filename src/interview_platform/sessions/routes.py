"""HTTP of sessions and invites."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.kit.clock import rfc3339
from interview_platform.kit.http import answer, answer_json, client_address, documented, origin_of
from interview_platform.sessions.changes import clean_note
from interview_platform.sessions.invites import InviteService, Listed
from interview_platform.sessions.model import Session, Status
from interview_platform.sessions.policy import Access
from interview_platform.sessions.ports import Page
from interview_platform.sessions.service import SessionService
from interview_platform.sessions.settings import Settings
from interview_platform.sessions.views import (
    AcceptAnswer,
    AcceptBody,
    CreateBody,
    EndedAnswer,
    HostView,
    InviteAnswer,
    InviteBody,
    InvitePreview,
    InvitesAnswer,
    InviteView,
    ListedInviteView,
    ParticipantView,
    SessionAnswer,
    SessionsAnswer,
    SessionView,
    session_answer_json,
    sessions_answer_json,
)


def router(
    sessions: SessionService, invites: InviteService, identity: Identity, client_url: str | None = None
) -> APIRouter:
    """`client_url`: the public address that invite links begin with; None: the one the request came by."""
    routes = APIRouter()
    _list_routes(routes, sessions, identity)
    _session_routes(routes, sessions, identity)
    _invite_routes(routes, invites, identity, client_url)
    return routes


def _one(session: Session, person: Person | None, status: int = 200) -> Response:
    return answer_json(session_answer_json(session, for_staff=Access(session, person).staff), status)


def _many(page: Page, person: Person | None) -> Response:
    return answer_json(sessions_answer_json([Access(session, person) for session in page.sessions], page.cursor))


def _listed(listed: Listed) -> ListedInviteView:
    invite, maker = listed.invite, listed.created_by
    return ListedInviteView(
        id=invite.digest,
        role=invite.role,
        created_at=rfc3339(invite.created_at),
        expires_at=rfc3339(invite.expires_at),
        created_by=HostView.of(maker) if maker else None,
        used=len(listed.came),
        people=[ParticipantView.of(member) for member in listed.came],
    )


def _list_routes(routes: APIRouter, sessions: SessionService, identity: Identity) -> None:
    @routes.get("/api/sessions", operation_id="listSessions", responses=documented(SessionsAnswer))
    async def listed(cursor: str | None = None) -> Response:
        return _many(await sessions.open_active(cursor or None), None)

    @routes.get("/api/sessions/my-sessions", operation_id="listMySessions", responses=documented(SessionsAnswer))
    async def mine(
        person: Annotated[Person, Depends(identity.required)],
        status: Status = Status.COMPLETED,
        cursor: str | None = None,
    ) -> Response:
        return _many(await sessions.mine(person, status, cursor or None), person)

    @routes.get("/api/sessions/{id}", operation_id="getSession", responses=documented(SessionAnswer))
    async def one(request: Request, id: str) -> Response:
        person = await identity.optional(request)
        return _one(await sessions.looked_at(id, person), person)


def _session_routes(routes: APIRouter, sessions: SessionService, identity: Identity) -> None:
    SignedIn = Annotated[Person, Depends(identity.required)]  # noqa: N806 - a type

    @routes.post(
        "/api/sessions", operation_id="createSession", status_code=201, responses=documented(SessionAnswer, 201)
    )
    async def create(body: CreateBody, person: SignedIn) -> Response:
        session = await sessions.create(
            person,
            body.problem,
            difficulty=body.difficulty,
            visibility=body.visibility,
            capacity=body.capacity,
            lobby=body.lobby,
            prepare=body.prepare,
            settings=Settings(ai_policy=body.ai_policy, ai_note=clean_note(body.ai_note)),
        )
        return _one(session, person, 201)

    @routes.post("/api/sessions/{id}/join", operation_id="joinSession", responses=documented(SessionAnswer))
    async def join(id: str, person: SignedIn) -> Response:
        return _one(await sessions.join(id, person), person)

    @routes.post("/api/sessions/{id}/leave", operation_id="leaveSession", responses=documented(SessionAnswer))
    async def leave(id: str, person: SignedIn) -> Response:
        return _one(await sessions.leave(id, person), person)

    @routes.delete(
        "/api/sessions/{id}/members/{personId}", operation_id="removeMember", responses=documented(SessionAnswer)
    )
    async def remove(id: str, personId: str, person: SignedIn) -> Response:  # noqa: N803 - as in the address
        return _one(await sessions.remove(id, personId, person), person)

    @routes.post("/api/sessions/{id}/end", operation_id="endSession", responses=documented(EndedAnswer))
    async def end(id: str, person: SignedIn) -> Response:
        session = await sessions.end(id, person)
        view = SessionView.of(session, for_staff=Access(session, person).staff)
        return answer(EndedAnswer(session=view, message="The session has ended."))


def _invite_routes(routes: APIRouter, invites: InviteService, identity: Identity, client_url: str | None) -> None:
    SignedIn = Annotated[Person, Depends(identity.required)]  # noqa: N806 - a type

    @routes.post(
        "/api/sessions/{id}/invites",
        operation_id="createInvite",
        status_code=201,
        responses=documented(InviteAnswer, 201),
    )
    async def create(request: Request, id: str, person: SignedIn, body: InviteBody | None = None) -> Response:
        body = body or InviteBody()
        token, invite = await invites.create(id, body.role, person, body.expires_in_hours)
        url = f"{origin_of(request.scope, client_url)}/join/{token}"
        view = InviteView(token=token, url=url, role=invite.role, expires_at=rfc3339(invite.expires_at))
        return answer(InviteAnswer(invite=view), 201)

    @routes.get("/api/sessions/{id}/invites", operation_id="listInvites", responses=documented(InvitesAnswer))
    async def listed(id: str, person: SignedIn) -> Response:
        return answer(InvitesAnswer(invites=[_listed(one) for one in await invites.all(id, person)]))

    @routes.delete("/api/sessions/{id}/invites", operation_id="revokeInvites", status_code=204)
    async def revoke(id: str, person: SignedIn) -> Response:
        await invites.revoke_all(id, person)
        return Response(status_code=204)

    @routes.delete("/api/sessions/{id}/invites/{token}", operation_id="revokeInvite", status_code=204)
    async def revoke_one(
        id: str,
        token: Annotated[str, Path(description="The token, or the id from the list.")],
        person: SignedIn,
        people: Annotated[bool, Query(description="Show out who came by it.")] = False,
    ) -> Response:
        await invites.revoke(id, token, person, people=people)
        return Response(status_code=204)

    @routes.get("/api/invites/{token}", operation_id="previewInvite", responses=documented(InvitePreview))
    async def preview(request: Request, token: str) -> Response:
        person = await identity.optional(request)
        invite, session, inside = await invites.preview(token, person)
        seen = session.started_at is not None or Access(session, person).staff
        return answer(
            InvitePreview(
                problem=session.problem if seen else "",
                difficulty=session.difficulty,
                host_name=session.host.name,
                role=invite.role,
                lobby=session.lobby,
                ai_policy=session.settings.ai_policy,
                ai_note=session.settings.ai_note,
                session_id=session.id if inside else None,
            )
        )

    @routes.post("/api/invites/{token}/accept", operation_id="acceptInvite", responses=documented(AcceptAnswer))
    async def accept(request: Request, token: str, body: AcceptBody | None = None) -> Response:
        person = await identity.optional(request)
        accepted = await invites.accept(token, person, body.name if body else None, address=client_address(request))
        view = SessionView.of(accepted.session, for_staff=accepted.staff)
        response = answer(AcceptAnswer(session=view, role=accepted.role))
        return identity.sign_in(request, response, accepted.secret) if accepted.secret else response
