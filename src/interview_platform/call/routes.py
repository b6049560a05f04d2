"""HTTP of the call."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.call.ports import CallProvider
from interview_platform.call.recording import Recordings
from interview_platform.call.views import CallConfigAnswer
from interview_platform.kit.http import answer, documented
from interview_platform.sessions.policy import Action
from interview_platform.sessions.service import SessionService


def router(calls: CallProvider, recordings: Recordings, sessions: SessionService, identity: Identity) -> APIRouter:
    routes = APIRouter()
    SignedIn = Annotated[Person, Depends(identity.required)]  # noqa: N806 - a type

    @routes.get("/api/sessions/{id}/call", operation_id="getCallConfig", responses=documented(CallConfigAnswer))
    async def config(id: str, person: SignedIn) -> Response:
        """What a browser needs to take part in the call."""
        access = await sessions.access(id, person)
        access.require(Action.CALL)
        role = access.role
        assert role is not None  # who may call is a member
        return answer(await calls.config(access.session, person, role))

    @routes.post("/api/sessions/{id}/recording", operation_id="startRecording", status_code=204)
    async def start(id: str, person: SignedIn) -> Response:
        """Record the call. The host only; everyone in the room is told."""
        await recordings.start(id, person)
        return Response(status_code=204)

    @routes.delete("/api/sessions/{id}/recording", operation_id="stopRecording", status_code=204)
    async def stop(id: str, person: SignedIn) -> Response:
        await recordings.stop(id, person)
        return Response(status_code=204)

    return routes
