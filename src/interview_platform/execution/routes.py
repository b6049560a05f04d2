"""HTTP of running code (contract: design §4)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.execution.runs import RunStatus
from interview_platform.execution.service import Request, RunService
from interview_platform.execution.views import (
    LanguagesAnswer,
    LanguageView,
    RoomRunBody,
    RunAnswer,
    RunBody,
    RunsAnswer,
    RunView,
)
from interview_platform.kit.http import answer, documented

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
    async def in_room(id: str, body: RoomRunBody, person: Annotated[Person, Depends(identity.required)]) -> Response:
        """Run for everybody in the room: 201 with the result, or 202 and events when it takes longer than a second."""
        return _started(await runs.in_room(id, person, _request(body)))

    @routes.get("/api/sessions/{id}/runs", operation_id="listSessionRuns", responses=documented(RunsAnswer))
    async def of_session(
        id: str, person: Annotated[Person | None, Depends(identity.optional)], before: str | None = None
    ) -> Response:
        page, earlier = await runs.of_session(id, person, before)
        return answer(RunsAnswer(runs=page, before=earlier))

    @routes.get("/api/sessions/{id}/runs/{run}", operation_id="getSessionRun", responses=documented(RunAnswer))
    async def one_of_session(
        id: str, run: str, person: Annotated[Person | None, Depends(identity.optional)]
    ) -> Response:
        """All that is kept of a run."""
        return answer(RunAnswer(run=await runs.one_of_session(id, run, person)))

    @routes.post("/api/runs", operation_id="run", status_code=201, responses=_STARTED)
    async def alone(body: RunBody, person: Annotated[Person, Depends(identity.required)]) -> Response:
        """The same outside a room; ask `GET /api/runs/{id}` after a 202."""
        return _started(await runs.alone(person, _request(body), body.problem))

    @routes.get("/api/runs/{id}", operation_id="getRun", responses=documented(RunAnswer))
    async def one(id: str, person: Annotated[Person, Depends(identity.required)]) -> Response:
        return answer(RunAnswer(run=await runs.one_alone(id, person)))

    return routes


def _request(body: RoomRunBody) -> Request:
    return Request(body.language, body.source, body.stdin, body.mode)


def _started(run: RunView) -> Response:
    return answer(RunAnswer(run=run), 201 if run.status is RunStatus.FINISHED else 202)
