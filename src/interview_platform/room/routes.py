"""HTTP of the room."""

from fastapi import APIRouter, Request, Response

from interview_platform.accounts.identity import Identity
from interview_platform.kit.http import answer, documented
from interview_platform.room.record import Records
from interview_platform.room.views import RecordAnswer
from interview_platform.sessions.policy import Action
from interview_platform.sessions.service import SessionService


def router(records: Records, sessions: SessionService, identity: Identity) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/sessions/{id}/record", operation_id="getRecord", responses=documented(RecordAnswer))
    async def record(request: Request, id: str) -> Response:
        """The document as it is (live) or as it was at the end."""
        access = await sessions.access(id, await identity.optional(request))
        access.require(Action.READ)
        return answer(await records.of(access))

    return routes
