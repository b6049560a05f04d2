"""The whole server with Inngest's keys: what it sends, what it serves, and what a restart does to both."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.providers import inngest as theirs
from tests.providers.inngest import EVENT_KEY, SIGNING_KEY, call, call_body
from tests.providers.loopback import served
from tests.serving import Server, free_port

KEYS = {"INNGEST_EVENT_KEY": EVENT_KEY, "INNGEST_SIGNING_KEY": SIGNING_KEY, "RUNNER_SLOTS": "1"}


async def sessions_created(url: str, count: int) -> list[str]:
    async with httpx.AsyncClient(base_url=url) as client:
        person = {"name": "Ada", "email": f"ada{count}@example.org", "password": "correct horse battery"}
        assert (await client.post("/api/auth/register", json=person)).status_code == 201
        made = [await client.post("/api/sessions", json={"problem": "two-sum"}) for _ in range(count)]
        return [one.json()["session"]["id"] for one in made]


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - another process's log
            await asyncio.sleep(0.05)


async def test_events_outlive_inngest_and_us(tmp_path: Path) -> None:
    inngest, port = theirs.Inngest(), free_port()
    server = Server(tmp_path / "data", INNGEST_BASE_URL=f"http://127.0.0.1:{port}", **KEYS)
    try:
        server.start()
        ids = await sessions_created(server.url, 3)  # nothing answers at that port
        # Not in the middle of an attempt: that one would wait for its lease to end (tests/contracts/events.py).
        await until(lambda: server.log().count("ConnectError") >= 3)
        server.kill()
        async with served(inngest.app, port):
            server.start()
            events = await inngest.has(3)
            assert sorted(event["data"]["sessionId"] for event in events) == sorted(ids)
            assert {event["name"] for event in events} == {"session/created"}
            answer = await call(
                server.url, "forget-credentials", call_body("inngest/scheduled.timer", {"cron": "30 3 * * *"})
            )
            assert answer.status_code == 200
            assert (await call(server.url, "forget-credentials", b"{}", sign="")).status_code == 401
            assert f"Inngest, 127.0.0.1:{port}" in server.log()
            assert EVENT_KEY not in server.log()
            assert SIGNING_KEY.rpartition("-")[2] not in server.log()
    finally:
        server.stop()


async def test_without_keys_nobody_is_served_and_the_admin_sees_what_waits(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", RUNNER_SLOTS="1").start()
    try:
        async with httpx.AsyncClient(base_url=server.url) as client:
            for method in ("GET", "POST", "PUT"):
                answer = await client.request(method, "/api/inngest")
                assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
            metrics = (await client.get("/metrics")).text
        assert 'events_waiting{state="waiting"} 1.0' in metrics  # the housekeeping of tonight
        assert 'events_waiting{state="dead"} 0.0' in metrics
        assert "in-process" in server.log()
    finally:
        server.stop()
