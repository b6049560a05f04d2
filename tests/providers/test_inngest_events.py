"""Our events on their way to Inngest: with the right key and id, and never lost whatever it answers."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from interview_platform.events.service import EventService
from interview_platform.providers.inngest import Inngest
from interview_platform.storage.database import Database
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.open import open_database
from tests.providers import inngest as theirs
from tests.providers.inngest import EVENT_KEY, SIGNING_KEY
from tests.providers.loopback import served

START = 1_800_000_000_000


class World:
    def __init__(self, database: Database, url: str, inngest: theirs.Inngest) -> None:
        self.database = database
        self.url = url
        self.inngest = inngest
        self.now = START
        self.provider = Inngest(EVENT_KEY, SIGNING_KEY, base_url=url, seconds=5)
        self.events = self.service(self.provider)

    def service(self, relay: Inngest) -> EventService:
        return EventService(SqlEventStore(self.database), relay=relay, clock=lambda: self.now)

    async def error(self) -> str:
        """Why the one event still waits."""
        [waiting] = await self.events.waiting(dead=False)
        return waiting.error

    async def a_moment_later(self) -> None:
        self.now += 60_000
        await self.events.work_off()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = await open_database(None, tmp_path)
    inngest = theirs.Inngest()
    async with served(inngest.app) as url:
        made = World(database, url, inngest)
        yield made
        await made.provider.close()
    await database.close()


async def test_an_event_goes_out_once_with_our_key_and_its_id(world: World) -> None:
    for _ in range(2):
        await world.events.send("session/created", {"sessionId": "s1"}, id="a")
    await world.events.send("session/created", {"sessionId": "s2"})
    assert await world.events.work_off() == 2
    first, second = world.inngest.received
    assert {first["data"]["sessionId"], second["data"]["sessionId"]} == {"s1", "s2"}
    assert first["id"] != second["id"]
    assert (first["name"], first["ts"]) == ("session/created", START)
    assert first.keys() == {"id", "name", "data", "ts"}
    request = world.inngest.requests[0]
    assert request.headers["content-type"] == "application/json"
    assert SIGNING_KEY not in str(request.headers.raw)
    assert await world.events.counts() == (0, 0)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (JSONResponse({"error": "overloaded", "status": 500}, 500), "Inngest answered 500"),
        (Response("<h1>Bad gateway</h1>", 502), "Inngest answered 502"),
        (JSONResponse({"error": "too fast"}, 429, {"retry-after": "1"}), "Inngest answered 429"),
        (RedirectResponse("https://elsewhere.example", 302), "Inngest answered 302"),
        (JSONResponse({"error": "Event key not found"}, 401), "check INNGEST_EVENT_KEY"),
        (HTMLResponse("<h1>Welcome to the hotel</h1>"), "not Inngest"),
        (JSONResponse({"ids": [], "status": 200}), "not Inngest"),
        (JSONResponse(["ids"]), "not Inngest"),
        (Response(b"\xff\x00"), "not Inngest"),
        (Response(status_code=204), "not Inngest"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value.status_code),
)
async def test_what_inngest_did_not_take_goes_out_later_with_the_same_id(
    world: World, answer: Response, said: str
) -> None:
    world.inngest.answers = [answer]
    await world.events.send("session/created", {"sessionId": "s1"})
    await world.events.work_off()
    assert said in await world.error()
    tried = await world.inngest.requests[0].json()
    await world.a_moment_later()
    assert world.inngest.received == tried
    assert await world.events.counts() == (0, 0)


async def test_inngest_that_says_nothing(world: World) -> None:
    world.inngest.stalled = asyncio.Event()
    impatient = Inngest(EVENT_KEY, SIGNING_KEY, base_url=world.url, seconds=0.1)
    await world.service(impatient).send("session/created", {"sessionId": "s1"})
    await world.service(impatient).work_off()
    assert await world.error() == "Inngest did not answer within 0.1 seconds"
    world.inngest.stalled.set()
    world.inngest.stalled = None
    await impatient.close()
    await world.a_moment_later()
    # The first may have arrived after all: its id is the same, and Inngest takes it for one.
    assert len({event["id"] for event in world.inngest.received}) == 1


async def test_inngest_that_is_not_there(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with served(world.inngest.app) as url:
        pass
    nowhere = Inngest(EVENT_KEY, SIGNING_KEY, base_url=url)
    await world.service(nowhere).send("session/created", {"sessionId": "s1"})
    await world.service(nowhere).work_off()
    assert await world.error() == "Inngest does not answer (ConnectError)"
    said = await nowhere.check()
    assert said is not None
    assert "INNGEST_BASE_URL" in said
    assert EVENT_KEY not in caplog.text + said + repr(nowhere) + str(vars(nowhere)["_http"])
    await nowhere.close()
    await world.a_moment_later()
    assert len(world.inngest.received) == 1


async def test_an_event_that_inngest_refuses_is_kept_for_people(world: World) -> None:
    world.inngest.answers = [JSONResponse({"error": "the name is reserved", "status": 400}, 400)]
    await world.events.send("inngest/mine", {})
    await world.events.work_off()
    [dead] = await world.events.waiting(dead=True)
    assert dead.error == "Inngest refuses this event (400: the name is reserved)"
    await world.events.revive(dead.id)
    await world.events.work_off()
    assert len(world.inngest.received) == 1


async def test_a_wrong_event_key_loses_nothing(world: World) -> None:
    wrong = Inngest("another key", SIGNING_KEY, base_url=world.url)
    await world.service(wrong).send("session/created", {"sessionId": "s1"})
    await world.service(wrong).work_off()
    assert "INNGEST_EVENT_KEY" in await world.error()
    await wrong.close()
    await world.a_moment_later()
    assert len(world.inngest.received) == 1


async def test_a_flood_while_inngest_is_away_goes_out_when_it_is_back(world: World) -> None:
    world.inngest.answers = [Response(status_code=503) for _ in range(100)]
    for n in range(100):
        await world.events.send("session/created", {"sessionId": str(n)})
    assert await world.events.work_off() == 100
    assert await world.events.counts() == (100, 0)
    await world.a_moment_later()
    assert sorted(int(event["data"]["sessionId"]) for event in world.inngest.received) == [*range(100)]


async def test_the_check_for_the_operator(world: World) -> None:
    assert await world.provider.check() is None
    world.inngest.answers = [Response(status_code=503)]
    said = await world.provider.check()
    assert said is not None
    assert "503" in said
