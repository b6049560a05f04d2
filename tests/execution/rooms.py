"""Sessions with runs: the API of `tests.api` and the routes of execution beside it, over a FakeRunner."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from interview_platform.app.errors import install_error_table
from interview_platform.app.guard import Guard, Metrics
from interview_platform.execution import routes, service
from interview_platform.execution.service import RunService
from interview_platform.kit.rate_limit import Limit
from interview_platform.problems.model import Difficulty, Problem, TestCase
from interview_platform.storage.database import Database
from interview_platform.storage.runs import SqlRunStore
from interview_platform.storage.timeline import SqlTimelineStore
from tests.api import BODY_MAX, Api, Bank, assemble
from tests.execution.fake_runner import FakeRunner

CASES = (
    TestCase("secret one", "abc", "ABC", hidden=True),
    TestCase("open one", "x\n", "X", hidden=False),
    TestCase("another", "y", "Y   \n\n", hidden=False),
)


class BankWithTests(Bank):
    def get(self, slug: str) -> Problem | None:
        if slug != "two-sum":
            return super().get(slug)
        return Problem(slug, "Two Sum", Difficulty.EASY, (), "", (), (), {}, CASES, {})

    def find(self, slug_or_title: str) -> Problem | None:
        found = super().find(slug_or_title)
        return found and self.get(found.slug)


@dataclass
class Rooms:
    api: Api
    runner: FakeRunner
    runs: RunService
    store: SqlRunStore
    timeline: SqlTimelineStore


def rooms_of(database: Database, limit: Limit = Limit(30, 60)) -> Rooms:  # noqa: B008 - a constant
    api = assemble(database)
    runner, store = FakeRunner(), SqlRunStore(database)
    timeline = SqlTimelineStore(database)
    runs = RunService(
        runner,
        store,
        BankWithTests(),
        api.sessions,
        api.bus,
        timeline=timeline,
        limit=limit,
        slots=4,
        clock=api.clock,
    )
    own = FastAPI()
    install_error_table(own)
    own.include_router(routes.router(runs, api.identity))
    others = api.app

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        ours = "/runs" in scope["path"] or scope["path"] == "/api/languages"
        await (own if ours else others)(scope, receive, send)

    api.app = Guard(dispatch, client_url=None, body_max=BODY_MAX, metrics=Metrics())
    return Rooms(api, runner, runs, store, timeline)


@pytest_asyncio.fixture
async def rooms(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rooms]:
    """Runs are waited for: on a busy machine even a fake one takes its time. Tests of a 202 set this themselves."""
    monkeypatch.setattr(service, "ANSWER_SECONDS", 60)
    made = rooms_of(database)
    yield made
    await made.runs.close()
    await made.api.close()
