"""HTTP of running code (contract: design §4)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from starlette.responses import StreamingResponse

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.execution.beside import beside
from interview_platform.execution.cases import OwnCase
from interview_platform.execution.runs import RunStatus
from interview_platform.execution.service import Request, RunService
from interview_platform.execution.views import (
    InputBody,
    LanguagesAnswer,
    LanguageView,
    RoomRunBody,
    RunAnswer,
    RunBody,
    RunsAnswer,
    RunView,
    SessionRunBody,
)
from interview_platform.kit.http import NO_STORE, answer, documented

_STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}}}
_STARTED: dict[int | str, dict[str, Any]] = {**documented(RunAnswer, 201), **documented(RunAnswer, 202)}


def router(runs: RunService, identity: Identity) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/languages", operation_id="listLanguages", responses=documented(LanguagesAnswer))
    async def languages() -> Response:
        """What can be run here."""
        shown = [
            LanguageView(**{name: getattr(one, name) for name in LanguageView.model_fields}) for one in runs.languages()
        ]
        return answer(LanguagesAnswer(languages=shown, unavailable=runs.unavailable()))

    @routes.post("/api/sessions/{id}/runs", operation_id="runInSession", status_code=201, responses=_STARTED)
    async def in_room(id: str, body: SessionRunBody, person: Annotated[Person, Depends(identity.required)]) -> Response:
        """Run for everybody in the room: 201 with the result, or 202 and events when it takes longer than a second."""
        return _started(await runs.in_room(id, person, _request(body), body.pad))

    @routes.get("/api/sessions/{id}/runs", operation_id="listSessionRuns", responses=documented(RunsAnswer))
    async def of_session(
        id: str, person: Annotated[Person | None, Depends(identity.optional)], before: str | None = None
    ) -> Response:
        page, earlier = await runs.reading.of_session(id, person, before)
        return answer(RunsAnswer(runs=page, before=earlier))

    @routes.get("/api/sessions/{id}/runs/{run}", operation_id="getSessionRun", responses=documented(RunAnswer))
    async def one_of_session(
        id: str, run: str, person: Annotated[Person | None, Depends(identity.optional)]
    ) -> Response:
        """All that is kept of a run."""
        return answer(RunAnswer(run=await runs.reading.one_of_session(id, run, person)))

    @routes.post("/api/runs", operation_id="run", status_code=201, responses=_STARTED)
    async def alone(body: RunBody, person: Annotated[Person, Depends(identity.required)]) -> Response:
        """The same outside a room; ask `GET /api/runs/{id}` after a 202."""
        return _started(await runs.alone(person, _request(body), body.problem))

    @routes.get("/api/runs/{id}", operation_id="getRun", responses=documented(RunAnswer))
    async def one(id: str, person: Annotated[Person, Depends(identity.required)]) -> Response:
        return answer(RunAnswer(run=await runs.reading.one_alone(id, person)))

    _hands(routes, runs, identity)
    return routes


def _hands(routes: APIRouter, runs: RunService, identity: Identity) -> None:
    """Typing to a run that goes on, stopping it, watching it."""
    hands = runs.hands
    required = Annotated[Person, Depends(identity.required)]

    @routes.post("/api/sessions/{id}/runs/{run}/input", operation_id="typeToSessionRun", status_code=204)
    async def type_in_room(id: str, run: str, body: InputBody, person: required) -> Response:
        """Type to an interactive run. Everybody in the room sees it; the socket takes the same (`run.input`)."""
        await hands.type_in_room(id, run, person, body.text, end=body.end)
        return Response(status_code=204)

    @routes.post("/api/sessions/{id}/runs/{run}/stop", operation_id="stopSessionRun", responses=documented(RunAnswer))
    async def stop_in_room(id: str, run: str, person: required) -> Response:
        """End a run, or take it out of the queue. Whoever may run may stop."""
        return answer(RunAnswer(run=await hands.stop_in_room(id, run, person)))

    @routes.post("/api/runs/{id}/input", operation_id="typeToRun", status_code=204)
    async def type_alone(id: str, body: InputBody, person: required) -> Response:
        await hands.type_alone(id, person, body.text, end=body.end)
        return Response(status_code=204)

    @routes.post("/api/runs/{id}/stop", operation_id="stopRun", responses=documented(RunAnswer))
    async def stop_alone(id: str, person: required) -> Response:
        return answer(RunAnswer(run=await hands.stop_alone(id, person)))

    @routes.get("/api/runs/{id}/events", operation_id="followRun", responses=_STREAM)
    async def events(id: str, person: required) -> Response:
        """Server-sent events: the run as it is, then what a room would be told of it, until nothing more comes."""
        await runs.reading.one_alone(id, person)  # refused before the stream begins
        headers = {**NO_STORE, "x-accel-buffering": "no"}  # nginx would keep it back
        return StreamingResponse(runs.follow(id, person), media_type="text/event-stream", headers=headers)


def _request(body: RoomRunBody) -> Request:
    own = tuple(OwnCase(case.input, case.expected) for case in body.cases)
    files = beside((file.name, file.content) for file in body.files)
    return Request(body.language, body.source, body.stdin, body.mode, body.interactive, own, files)


def _started(run: RunView) -> Response:
    return answer(RunAnswer(run=run), 201 if run.status is RunStatus.FINISHED else 202)
