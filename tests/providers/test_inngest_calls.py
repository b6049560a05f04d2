"""/api/inngest driven over HTTP as Inngest's server does it, through the guard and our bounds of HTTP."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from interview_platform.accounts.ports import Credential
from interview_platform.app import housekeeping
from interview_platform.app.errors import install_error_table
from interview_platform.app.guard import Guard, Metrics
from interview_platform.events import model
from interview_platform.events.model import Permanent
from interview_platform.events.service import EventService
from interview_platform.providers.inngest import BODY_MAX, PATH, Inngest
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.open import open_database
from interview_platform.storage.people import SqlPeopleStore
from tests.contracts.world import account
from tests.providers import inngest as theirs
from tests.providers.inngest import EVENT_KEY, OTHER_KEY, SIGNING_KEY, assert_signed, call, call_body, signature
from tests.providers.loopback import served

CREATED = "clerk/user.created"


class World:
    """Our server with a function that keeps people by their id, and the housekeeping of every night."""

    def __init__(self, people: SqlPeopleStore, events: EventService) -> None:
        self.people_store = people
        self.events = events
        self.people: dict[str, Any] = {}
        self.calls = 0
        self.failure: Exception | None = None
        self.hang: asyncio.Event | None = None
        self.url = ""
        self.provider: Inngest
        self.inngest = theirs.Inngest()
        events.on(CREATED, "keep-person", self.keep)
        housekeeping.install(events, people)

    async def keep(self, data: Mapping[str, Any]) -> None:
        self.calls += 1
        if self.failure is not None:
            raise self.failure
        if self.hang is not None:
            await self.hang.wait()
        self.people[data["id"]] = data


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = await open_database(None, tmp_path)
    made = World(SqlPeopleStore(database), EventService(SqlEventStore(database)))
    async with served(made.inngest.app) as base_url:
        made.provider = Inngest(EVENT_KEY, SIGNING_KEY, base_url=base_url, public_url="https://interviews.example.org")
        api = FastAPI()
        install_error_table(api)
        api.include_router(made.provider.router(made.events.functions))
        guard = Guard(api, client_url=None, body_max=8_000_000, metrics=Metrics())
        async with served(guard) as made.url:
            yield made
        await made.provider.close()
    await database.close()


async def test_a_call_runs_the_function_and_the_answer_is_signed(world: World) -> None:
    answer = await call(world.url, "keep-person", call_body(CREATED, {"id": "u1", "name": "Grüße"}))
    assert (answer.status_code, answer.json()) == (200, None)
    assert world.people == {"u1": {"id": "u1", "name": "Grüße"}}
    assert_signed(answer)


async def test_the_body_may_be_written_in_another_way_than_it_was_signed(world: World) -> None:
    body = json.dumps(json.loads(call_body(CREATED, {"id": "u1"})), indent=2).encode()
    assert (await call(world.url, "keep-person", body)).status_code == 200


@pytest.mark.parametrize(
    "sign",
    [
        "",
        "t=1",
        "s=&t=",
        "s=%C3%A9&t=1",
        "t=1&s=" + "0" * 64,
        signature(call_body(CREATED, {"id": "u1"}), OTHER_KEY),
        signature(call_body(CREATED, {"id": "u2"})),
    ],
    ids=["none", "no signature", "empty", "not ASCII", "made up", "of another key", "of another body"],
)
async def test_what_inngest_did_not_sign_is_refused(world: World, sign: str) -> None:
    answer = await call(world.url, "keep-person", call_body(CREATED, {"id": "u1"}), sign=sign)
    assert answer.status_code == 401
    assert world.calls == 0


async def test_without_any_signature_header_nothing_is_told_either(world: World) -> None:
    async with httpx.AsyncClient(base_url=world.url) as client:
        for method in ("GET", "POST", "PUT"):
            answer = await client.request(method, PATH, params={"fnId": "interview-platform-keep-person"})
            assert (answer.status_code, answer.json()["code"]) == (401, "not_signed")
    assert (world.calls, world.inngest.registered) == (0, [])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"ctx": 1}', b"[" * 100_000, b"\xff"])
async def test_a_malformed_body_is_refused(world: World, body: bytes) -> None:
    answer = await call(world.url, "keep-person", body, sign="t=1&s=" + "0" * 64)
    assert answer.status_code == 401
    if body in {b"[]", b"null", b'{"ctx": 1}'}:  # and one that is signed
        answer = await call(world.url, "keep-person", body)
        assert answer.status_code == 500
        assert "Traceback" not in answer.text
    assert world.calls == 0


async def test_a_large_body_is_refused_before_it_is_looked_at(world: World) -> None:
    body = call_body(CREATED, {"id": "u1", "more": "x" * BODY_MAX})
    answer = await call(world.url, "keep-person", body)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert world.calls == 0


async def test_a_function_that_is_not_there(world: World) -> None:
    answer = await call(world.url, "keep-nobody", call_body(CREATED, {"id": "u1"}))
    assert (answer.status_code, answer.json()["code"]) == (500, "function_not_found")
    assert_signed(answer)


async def test_a_call_of_yesterday_played_again_does_no_harm(world: World) -> None:
    """The SDK has no window for replays; functions are such that twice is as good as once."""
    body = call_body(CREATED, {"id": "u1"})
    yesterday = signature(body, at=int(time.time()) - 24 * 3600)
    for _ in range(2):
        assert (await call(world.url, "keep-person", body, sign=yesterday)).status_code == 200
    assert (world.calls, list(world.people)) == (2, ["u1"])


async def test_what_failed_is_to_be_tried_again(world: World) -> None:
    world.failure = RuntimeError("the database is away")
    answer = await call(world.url, "keep-person", call_body(CREATED, {"id": "u1"}))
    assert answer.status_code == 500
    assert "x-inngest-no-retry" not in answer.headers
    assert answer.json()["message"] == "the database is away"
    world.failure = None
    again = await call(world.url, "keep-person", call_body(CREATED, {"id": "u1"}, attempt=1))
    assert (again.status_code, list(world.people)) == (200, ["u1"])


async def test_what_trying_again_cannot_help_is_not_to_be_tried_again(world: World) -> None:
    world.failure = Permanent("this person has no address")
    answer = await call(world.url, "keep-person", call_body(CREATED, {"id": "u1"}))
    assert (answer.status_code, answer.headers["x-inngest-no-retry"]) == (500, "true")
    assert answer.json()["message"] == "this person has no address"


async def test_one_that_hangs_is_ended(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "FUNCTION_SECONDS", 0.05)
    world.hang = asyncio.Event()
    answer = await call(world.url, "keep-person", call_body(CREATED, {"id": "u1"}))
    assert (answer.status_code, answer.json()["message"]) == (500, "it did not end within 0.05 seconds")
    assert "x-inngest-no-retry" not in answer.headers


async def test_scheduled_work_is_called_by_inngests_clock(world: World) -> None:
    person = account("ada")
    await world.people_store.add_account(person, "hash")
    await world.people_store.add_credential(Credential("digest", person.id, "cookie", "", 1, 1_000))
    body = call_body("inngest/scheduled.timer", {"cron": "30 3 * * *"})
    for _ in range(2):
        answer = await call(world.url, "forget-credentials", body)
        assert answer.status_code == 200
        assert_signed(answer)
    assert await world.people_store.drop_expired(2_000) == 0


async def put(world: World, body: bytes, **headers: str) -> httpx.Response:
    signed = {"x-inngest-signature": signature(body)} if body else {}
    async with httpx.AsyncClient(base_url=world.url) as client:
        return await client.put(PATH, content=body, headers={**theirs.HEADERS, **signed, **headers})


def assert_all_registered(functions: list[dict[str, Any]]) -> None:
    assert {one["id"]: one["triggers"] for one in functions} == {
        "interview-platform-keep-person": [{"event": CREATED}],
        "interview-platform-forget-credentials": [{"cron": "30 3 * * *"}],
    }
    for one in functions:
        step = one["steps"]["step"]
        assert step["runtime"]["url"].startswith("https://interviews.example.org/api/inngest?fnId=interview-platform-")
        assert step["retries"] == {"attempts": 20}


async def test_registration_that_is_signed(world: World) -> None:
    """In the answer, and by a call of ours: Inngest uses both."""
    body = json.dumps({"url": f"{world.url}{PATH}"}).encode()
    answer = await put(world, body, **{"x-inngest-sync-kind": "in_band"})
    assert answer.status_code == 200
    assert_signed(answer)
    assert_all_registered(answer.json()["functions"])
    assert world.inngest.registered == []
    answer = await put(world, b"{}")
    assert answer.status_code == 200
    [registered] = world.inngest.registered
    assert_all_registered(registered["functions"])


async def test_closing_leaves_no_connection_to_inngest(world: World) -> None:
    """The SDK registers through a client of its own."""
    assert (await put(world, b"{}")).status_code == 200
    await world.provider.close()
    pool: Any = world.provider._client._http_client._http_client._transport
    assert pool._pool.connections == []


@pytest.mark.parametrize("kind", ["in_band", "out_of_band"])
async def test_registration_that_is_not_signed_reaches_nobody(world: World, kind: str) -> None:
    made_up = {"x-inngest-signature": "t=1&s=" + "0" * 64}
    for headers in ({}, made_up):
        answer = await put(world, b"", **{"x-inngest-sync-kind": kind, **headers})
        assert answer.status_code == 401
    assert world.inngest.registered == []


async def test_inspection_is_for_inngest_only_and_shows_no_key(world: World) -> None:
    async with httpx.AsyncClient(base_url=world.url) as client:
        for headers in ({}, {"x-inngest-signature": "t=1&s=" + "0" * 64}):
            assert (await client.get(PATH, headers=headers)).status_code == 401
        answer = await client.get(PATH, headers={"x-inngest-signature": signature(b"")})
    assert (answer.status_code, answer.json()["function_count"]) == (200, 2)
    assert EVENT_KEY not in answer.text
    assert SIGNING_KEY.rpartition("-")[2] not in answer.text


async def test_the_guard_lets_in_what_inngest_sends_and_no_page_of_another_site(world: World) -> None:
    body = call_body(CREATED, {"id": "u1"})
    for kind, status in (
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("text/plain", 400),
    ):
        answer = await call(world.url, "keep-person", body, **{"content-type": kind})
        assert answer.status_code == status
    foreign = await call(world.url, "keep-person", body, origin="https://evil.example")
    assert (foreign.status_code, foreign.json()["code"]) == (403, "foreign_origin")


async def test_a_call_in_pieces_without_a_length(world: World) -> None:
    body = call_body(CREATED, {"id": "u1"})

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 50):
            yield body[at : at + 50]

    async with httpx.AsyncClient(base_url=world.url) as client:
        answer = await client.post(
            PATH,
            params={"fnId": "interview-platform-keep-person", "stepId": "step"},
            content=pieces(),
            headers={**theirs.HEADERS, "x-inngest-signature": signature(body)},
        )
    assert (answer.status_code, list(world.people)) == (200, ["u1"])


async def test_inngests_probe_whether_we_know_its_key(world: World) -> None:
    async with httpx.AsyncClient(base_url=world.url) as client:
        for key, status in ((SIGNING_KEY, 200), (OTHER_KEY, 401)):
            answer = await client.post(
                PATH,
                params={"probe": "trust"},
                content=b"{}",
                headers={**theirs.HEADERS, "x-inngest-signature": signature(b"{}", key)},
            )
            assert answer.status_code == status
