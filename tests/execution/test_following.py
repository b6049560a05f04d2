"""A run outside a room, followed as it goes on: server-sent events over real HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.execution import following, service
from interview_platform.storage.people import SqlPeopleStore
from tests.api import Browser
from tests.execution.fake_runner import TYPESCRIPT
from tests.execution.rooms import Rooms
from tests.execution.runners import until
from tests.execution.test_typing import PRINTS, READS, begun
from tests.room.world import serving


@pytest.fixture(autouse=True)
def at_once(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)


class Follower:
    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.ended = False

    async def read(self, answer: httpx.Response) -> None:
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                self.events.append(json.loads(line[6:]))
        self.ended = True

    @property
    def told(self) -> list[tuple[str, Any]]:
        return [(event["type"], event.get("text")) for event in self.events]


@asynccontextmanager
async def following_run(rooms: Rooms, browser: Browser, run: str) -> AsyncIterator[Follower]:
    follower = Follower()
    headers = {"cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    async with (
        serving(rooms.api.app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client,
        client.stream("GET", f"/api/runs/{run}/events") as answer,
    ):
        assert (answer.status_code, answer.headers["content-type"][:17]) == (200, "text/event-stream")
        reading = asyncio.create_task(follower.read(answer))
        try:
            yield follower
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def test_typing_alone_is_live(rooms: Rooms) -> None:
    ada = await rooms.api.person("Ada")
    run = await begun(ada, "/api/runs", READS)
    async with following_run(rooms, ada, run) as follower:
        await until(lambda: len(follower.events) == 1)
        now = follower.events[0]["run"]
        assert (now["status"], now["stdout"], now["takesInput"]) == ("running", "first ", True)
        await ada.call("POST", f"/api/runs/{run}/input", {"text": "hi\n"}, status=204)
        await until(lambda: len(follower.events) == 3)
        assert follower.told[1:] == [("run.input", "hi\n"), ("run.output", "HI\n")]
        await ada.call("POST", f"/api/runs/{run}/input", {"end": True}, status=204)
        await until(lambda: follower.ended)
        assert follower.told[3:] == [("run.input", ""), ("run.output", "second"), ("run.finished", None)]
        assert follower.events[-1]["run"] == (await ada.call("GET", f"/api/runs/{run}"))["run"]
        assert follower.events[-1]["run"]["typed"][0]["text"] == "hi\n"


async def test_a_run_that_has_ended_is_told_and_that_is_all(rooms: Rooms) -> None:
    ada = await rooms.api.person("Ada")
    run = (await ada.call("POST", "/api/runs", PRINTS, status=201))["run"]
    async with following_run(rooms, ada, run["id"]) as follower:
        await until(lambda: follower.ended)
        assert follower.events == [{"type": "run.finished", "run": run}]


async def test_whose_run_it_is_not_is_refused(rooms: Rooms) -> None:
    ada, bob = await rooms.api.person("Ada"), await rooms.api.person("Bob")
    run = (await ada.call("POST", "/api/runs", PRINTS, status=201))["run"]["id"]
    assert await bob.refused("GET", f"/api/runs/{run}/events") == (404, "not_found")
    assert await rooms.api.browser().refused("GET", f"/api/runs/{run}/events") == (401, "unauthenticated")


async def test_what_the_checker_says_afterwards_is_followed_too(rooms: Rooms) -> None:
    rooms.runner.offers = [TYPESCRIPT]
    rooms.runner.remarks = "solution.ts(1,5): error TS2322"
    rooms.runner.check.clear()
    ada = await rooms.api.person("Ada")
    run = (await ada.call("POST", "/api/runs", {**PRINTS, "language": "typescript"}, status=201))["run"]
    assert run["diagnostics"] is None
    async with following_run(rooms, ada, run["id"]) as follower:
        await until(lambda: len(follower.events) == 1)
        rooms.runner.check.set()
        await until(lambda: follower.ended)
        assert follower.told == [("run.finished", None), ("run.diagnostics", rooms.runner.remarks)]
    assert (await ada.call("GET", f"/api/runs/{run['id']}"))["run"]["diagnostics"] == rooms.runner.remarks


async def test_who_does_not_read_is_let_go(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their browser comes back by itself, and gets the run as it then is."""
    monkeypatch.setattr(following, "BEHIND_BYTES", 1_000)
    ada = await rooms.api.person("Ada")
    run = await begun(ada, "/api/runs", READS)
    person = await SqlPeopleStore(rooms.api.database).person(PersonId(ada.me["id"]))
    assert person is not None
    events = rooms.runs.follow(run, person)
    first = await anext(events)
    assert b"run.started" in first
    for _ in range(30):
        await ada.call("POST", f"/api/runs/{run}/input", {"text": "x" * 100}, status=204)
    assert len([event async for event in events]) < 20
    assert not rooms.api.bus._listeners.get(f"run:{run}"), "nothing is kept for who has gone"
