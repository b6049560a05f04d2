"""Events and scheduled work in this process: tried until done, given up aloud."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from interview_platform.events.model import GIVE_UP_MS, Daily, Permanent, pause_ms
from interview_platform.events.service import EventService
from interview_platform.storage.database import Database
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.open import open_database

START = 1_800_000_000_000


class World:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = START
        self.seen: list[Mapping[str, Any]] = []
        self.failures: list[Exception] = []
        self.events = self.service()

    def service(self) -> EventService:
        made = EventService(SqlEventStore(self.database), clock=lambda: self.now)
        made.on("person/came", "greet", self.greet)
        return made

    async def greet(self, data: Mapping[str, Any]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.seen.append(data)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = await open_database(None, tmp_path)
    yield World(database)
    await database.close()


async def test_a_function_gets_what_was_sent(world: World) -> None:
    await world.events.send("person/came", {"name": "Ada"})
    await world.events.send("person/left", {"name": "Ada"})  # nobody listens
    assert await world.events.work_off() == 1
    assert world.seen == [{"name": "Ada"}]
    assert await world.events.work_off() == 0


async def test_it_is_worked_off_by_itself(world: World) -> None:
    came = asyncio.Event()

    async def note(_: Mapping[str, Any]) -> None:
        came.set()

    world.events.on("person/came", "note", note)
    await world.events.start()
    try:
        await world.events.send("person/came", {})
        await asyncio.wait_for(came.wait(), 10)
    finally:
        await world.events.close()


async def test_what_fails_is_tried_again_later_and_later(world: World) -> None:
    world.failures = [RuntimeError("away")] * 3
    await world.events.send("person/came", {"n": 1})
    for attempt in range(1, 4):
        assert await world.events.work_off() == 1
        [waiting] = await world.events.waiting(dead=False)
        assert (waiting.attempts, waiting.error) == (attempt, "away")
        assert waiting.next_at == world.now + pause_ms(attempt)
        assert await world.events.work_off() == 0
        world.now = waiting.next_at
    assert await world.events.work_off() == 1
    assert world.seen == [{"n": 1}]
    assert await world.events.waiting(dead=False) == []


@pytest.mark.parametrize("how", ["permanent", "too long", "no such function"])
async def test_what_cannot_be_done_is_kept_for_people_and_can_be_tried_again(world: World, how: str) -> None:
    world.failures = [Permanent("no such call") if how == "permanent" else RuntimeError("away")]
    await world.events.send("person/came", {"n": 1})
    if how == "too long":
        world.now += GIVE_UP_MS
    service = EventService(SqlEventStore(world.database), clock=lambda: world.now) if "such" in how else world.events
    await service.work_off()
    [dead] = await world.events.waiting(dead=True)
    assert (dead.name, dead.data, dead.attempts) == ("person/came", {"n": 1}, 1)
    assert dead.error
    world.failures = []
    assert await world.events.revive(dead.id)
    await world.events.work_off()
    assert world.seen == [{"n": 1}]


async def test_one_that_fails_does_not_stop_the_others(world: World) -> None:
    world.failures = [RuntimeError("away")]
    for n in range(9):
        await world.events.send("person/came", {"n": n})
    await world.events.work_off()
    assert len(world.seen) == 8


async def test_the_same_event_twice_is_one(world: World) -> None:
    for _ in range(2):
        await world.events.send("person/came", {"n": 1}, id="from Clerk: msg_1")
    await world.events.work_off()
    assert len(world.seen) == 1


async def test_what_was_not_done_before_a_restart_is_done_after_it(world: World) -> None:
    await world.events.send("person/came", {"n": 1})
    await world.service().work_off()
    assert world.seen == [{"n": 1}]


async def test_scheduled_work_runs_once_a_day_whatever_happens(world: World) -> None:
    ran: list[int] = []

    async def clean() -> None:
        ran.append(world.now)
        raise Permanent("it broke")

    nodes = [world.service(), world.service()]
    for node in nodes:
        node.daily(Daily(3, 30), "clean", clean)
        await node._schedule()
    for _ in range(3):
        first = await SqlEventStore(world.database).next_at()
        assert first is not None
        assert datetime.fromtimestamp(first / 1000, UTC).strftime("%H:%M") == "03:30"
        world.now = first
        for node in nodes:
            await node.work_off()
    assert len(ran) == 3
    assert ran[1] - ran[0] == ran[2] - ran[1] == 24 * 3600 * 1000


def test_a_daily_time_is_always_ahead() -> None:
    at = Daily(3, 30)
    exactly = int(datetime(2026, 11, 24, 3, 30, tzinfo=UTC).timestamp() * 1000)
    assert at.after(exactly - 1) == exactly
    assert at.after(exactly) == exactly + 24 * 3600 * 1000
    assert at.cron == "30 3 * * *"
