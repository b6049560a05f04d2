"""HTTP of the room."""

from fastapi import APIRouter, Request, Response

from interview_platform.accounts.identity import Identity
from interview_platform.kit.http import answer, documented
from interview_platform.room.guide import Guides
from interview_platform.room.notes import Notes
from interview_platform.room.record import Records
from interview_platform.room.views import GuideAnswer, NotesAnswer, RecordAnswer
from interview_platform.sessions.policy import Action
from interview_platform.sessions.service import SessionService


def router(records: Records, notes: Notes, guides: Guides, sessions: SessionService, identity: Identity) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/sessions/{id}/record", operation_id="getRecord", responses=documented(RecordAnswer))
    async def record(request: Request, id: str) -> Response:
        """The document as it is (live) or as it was at the end."""
        return answer(await records.of(await sessions.reading(id, await identity.optional(request))))

    @routes.get("/api/sessions/{id}/notes", operation_id="getNotes", responses=documented(NotesAnswer))
    async def private_notes(request: Request, id: str) -> Response:
        """Of those who interview, for them alone; live or afterwards."""
        access = await sessions.reading(id, await identity.optional(request), Action.STAFF)
        return answer(await notes.of(access.session))

    @routes.get("/api/sessions/{id}/guide", operation_id="getGuide", responses=documented(GuideAnswer))
    async def guide(request: Request, id: str) -> Response:
        """Hints and solutions, for those who interview alone."""
        access = await sessions.access(id, await identity.optional(request))
        access.require(Action.STAFF)
        return answer(await guides.of(access.session))

    return routes
