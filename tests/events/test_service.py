"""Events and scheduled work in this process: tried until done, given up aloud. Closing and bad days: test_worker.py."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from interview_platform.events.model import GIVE_UP_ATTEMPTS, RELAY, Daily, Delivery, Permanent, pause_ms
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
        await tried_often(world, GIVE_UP_ATTEMPTS - 1)
    service = EventService(SqlEventStore(world.database), clock=lambda: world.now) if "such" in how else world.events
    await service.work_off()
    [dead] = await world.events.waiting(dead=True)
    assert (dead.name, dead.data) == ("person/came", {"n": 1})
    assert dead.attempts == (GIVE_UP_ATTEMPTS if how == "too long" else 1)
    assert dead.error
    world.failures = []
    assert await world.events.revive(dead.id)
    await world.events.work_off()
    assert world.seen == [{"n": 1}]


async def tried_often(world: World, attempts: int) -> None:
    """What waits has failed that often."""
    store = SqlEventStore(world.database)
    for one in await store.waiting(dead=False, limit=9):
        await store.failed(one.id, attempts=attempts, next_at=world.now, dead=False, error="away")


async def test_the_hours_in_which_no_server_ran_are_not_held_against_it(world: World) -> None:
    """Nor is a clock that is put right by years."""
    world.failures = [RuntimeError("away")]
    await world.events.send("person/came", {"n": 1})
    world.now += 400 * 24 * 3600 * 1000
    await world.events.work_off()
    [waiting] = await world.events.waiting(dead=False)
    world.now = waiting.next_at
    await world.events.work_off()
    assert world.seen == [{"n": 1}]


def test_giving_up_takes_about_a_day() -> None:
    assert 22 < sum(pause_ms(attempt) for attempt in range(1, GIVE_UP_ATTEMPTS)) / 3600_000 < 26


async def test_all_of_the_dead_are_revived_once(world: World) -> None:
    for n in range(250):
        await world.events.send("person/came", {"n": n})
    world.failures = [Permanent("no such call") for _ in range(250)]
    await world.events.work_off()
    assert await world.events.counts() == (0, 250)
    assert await world.events.revive_all() == 250
    assert await world.events.counts() == (250, 0)
    await world.events.work_off()
    assert len(world.seen) == 250
    assert await world.events.revive_all() == 0


async def test_a_providers_words_are_kept_whatever_they_hold(world: World) -> None:
    world.failures = [RuntimeError("no\0 \ud800 \x1b[2Jway\n" + "ü" * 10_000)]
    await world.events.send("person/came", {})
    await world.events.work_off()
    [waiting] = await world.events.waiting(dead=False)
    assert waiting.error.startswith("no     [2Jway üüü")
    assert len(waiting.error) == 500


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


async def test_scheduled_work_that_was_missed_is_made_up_for_once_at_the_next_start(world: World) -> None:
    ran: list[int] = []

    async def clean() -> None:
        ran.append(world.now)

    for days_away in (0, 3, 0):
        world.now += days_away * 24 * 3600 * 1000
        node = world.service()
        node.daily(Daily(3, 30), "clean", clean)
        await node._schedule()
        await node.work_off()
    assert ran == [START + 3 * 24 * 3600 * 1000]
    [next_one] = await world.events.waiting(dead=False)
    assert world.now < next_one.next_at <= world.now + 24 * 3600 * 1000


class Elsewhere:
    """A relay that keeps what it is given."""

    def __init__(self) -> None:
        self.given: list[Delivery] = []
        self.failures: list[Exception] = []

    async def deliver(self, delivery: Delivery) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.given.append(delivery)


def relayed(world: World) -> tuple[EventService, Elsewhere]:
    elsewhere = Elsewhere()
    service = EventService(SqlEventStore(world.database), relay=elsewhere, clock=lambda: world.now)
    service.on("person/came", "greet", world.greet)
    service.on("person/came", "greet-again", world.greet)
    return service, elsewhere


async def test_a_relay_is_given_each_event_once_and_nothing_runs_here(world: World) -> None:
    service, elsewhere = relayed(world)
    service.daily(Daily(3, 30), "clean", lambda: world.greet({}))
    await service._schedule()
    elsewhere.failures = [RuntimeError("away")] * 2
    await service.send("person/came", {"n": 1}, id="a")
    await service.send("person/came", {"n": 1}, id="a")
    await service.send("person/left", {"n": 2})  # we have no function for it; who runs the relay may
    for _ in range(3):
        await service.work_off()
        world.now += 10_000
    given = sorted(elsewhere.given, key=lambda one: one.name)
    assert [(one.name, one.data, one.function) for one in given] == [
        ("person/came", {"n": 1}, RELAY),
        ("person/left", {"n": 2}, RELAY),
    ]
    assert await service.counts() == (0, 0)
    assert world.seen == []


async def test_what_a_relay_never_took_is_done_here_when_it_is_no_longer_set(world: World) -> None:
    service, elsewhere = relayed(world)
    elsewhere.failures = [RuntimeError("away")]
    await service.send("person/came", {"n": 1}, id="a")
    await service.work_off()
    world.now += 10_000
    await world.events.work_off()
    await world.events.send("person/came", {"n": 1}, id="b")
    await world.events.work_off()
    assert world.seen == [{"n": 1}, {"n": 1}]
    assert await world.events.counts() == (0, 0)


async def test_what_was_begun_here_is_finished_here_when_a_relay_is_set(world: World) -> None:
    await world.events.send("person/came", {"n": 1})
    service, elsewhere = relayed(world)
    await service.work_off()
    assert (world.seen, elsewhere.given) == ([{"n": 1}], [])


def test_a_daily_time_is_always_ahead() -> None:
    at = Daily(3, 30)
    exactly = int(datetime(2026, 11, 24, 3, 30, tzinfo=UTC).timestamp() * 1000)
    assert at.after(exactly - 1) == exactly
    assert at.after(exactly) == exactly + 24 * 3600 * 1000
    assert at.cron == "30 3 * * *"
