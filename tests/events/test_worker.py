"""The worker on bad days: closed in the middle, the database away, a provider that hangs, a flood."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interview_platform.events import model, worker
from interview_platform.events.model import Delivery
from interview_platform.events.service import EventService
from interview_platform.events.worker import AT_ONCE, PER_FUNCTION
from interview_platform.kit.errors import StorageUnavailable
from interview_platform.storage.database import Database
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.open import open_database


class Store(SqlEventStore):
    """One whose database can be away, and that tells how often it was asked."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.away: set[str] = set()
        self.claims = 0
        self.asked_in_vain = asyncio.Semaphore(0)

    async def claim(self, now: int, until: int, limit: int, *, but: Collection[str] = ()) -> list[Delivery]:
        self.claims += 1
        if "claim" in self.away:
            self.asked_in_vain.release()
            raise StorageUnavailable
        return await super().claim(now, until, limit, but=but)

    async def failed(self, id: str, *, attempts: int, next_at: int, dead: bool, error: str) -> None:
        if "failed" in self.away:
            raise StorageUnavailable
        await super().failed(id, attempts=attempts, next_at=next_at, dead=dead, error=error)


class Function:
    """Tells when it is called, and goes on when it may."""

    def __init__(self) -> None:
        self.called = 0
        self.most = 0
        self.at_once = 0
        self.news = asyncio.Event()
        self.may_end = asyncio.Event()

    async def __call__(self, _: Mapping[str, Any]) -> None:
        self.called += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.news.set()
        try:
            await self.may_end.wait()
        finally:
            self.at_once -= 1

    async def reached(self, called: int) -> None:
        async with asyncio.timeout(20):
            while self.called < called:
                self.news.clear()
                await self.news.wait()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    database = await open_database(None, tmp_path)
    yield Store(database)
    await database.close()


@pytest.fixture
def hanging() -> Function:
    return Function()


@pytest.fixture
async def events(store: Store, hanging: Function) -> AsyncIterator[EventService]:
    made = EventService(store)
    made.on("hang", "hanging", hanging)
    yield made
    await made.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "CLOSE_SECONDS", 0.05)


async def test_closing_lets_what_runs_end(events: EventService, store: Store, hanging: Function) -> None:
    await events.start()
    await events.send("hang", {})
    await hanging.reached(1)
    closing = asyncio.create_task(events.close())
    await asyncio.sleep(0)
    hanging.may_end.set()
    await closing
    assert await store.counts() == (0, 0)


@pytest.mark.usefixtures("impatient")
async def test_what_does_not_end_is_due_at_the_next_start(
    events: EventService, store: Store, hanging: Function
) -> None:
    """Not when its lease ends, and without an attempt held against it."""
    await events.start()
    await events.send("hang", {})
    await hanging.reached(1)
    await events.close()
    assert hanging.at_once == 0
    [left] = await store.waiting(dead=False, limit=9)
    assert (left.attempts, left.error) == (0, "")
    again = EventService(store)
    again.on("hang", "hanging", hanging)
    hanging.may_end.set()
    assert await again.work_off() == 1


async def test_a_claim_in_the_middle_of_closing_leaves_nothing_leased(
    events: EventService, store: Store, hanging: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    claiming, go_on = asyncio.Event(), asyncio.Event()
    claim = store.claim

    async def slow(*args: Any, **named: Any) -> list[Delivery]:
        claiming.set()
        await go_on.wait()
        return await claim(*args, **named)

    monkeypatch.setattr(store, "claim", slow)
    hanging.may_end.set()
    await events.send("hang", {})
    await events.start()
    await claiming.wait()
    closing = asyncio.create_task(events.close())
    await asyncio.sleep(0)
    go_on.set()
    await closing
    [*left] = await store.waiting(dead=False, limit=9)
    assert (hanging.called, left) == (1, [])


async def test_one_that_hangs_fails_after_its_time(
    events: EventService, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "FUNCTION_SECONDS", 0.05)
    await events.send("hang", {})
    await events.work_off()
    [waiting] = await store.waiting(dead=False, limit=9)
    assert (waiting.attempts, waiting.error) == (1, "it did not end within 0.05 seconds")


async def test_a_provider_that_hangs_holds_up_only_its_own_function(
    events: EventService, store: Store, hanging: Function
) -> None:
    quick = Function()
    quick.may_end.set()
    events.on("quick", "quick", quick)
    for _ in range(30):
        await events.send("hang", {})
    await events.start()
    await hanging.reached(PER_FUNCTION)
    for _ in range(10):
        await events.send("quick", {})
    await quick.reached(10)
    assert (hanging.called, hanging.at_once) == (PER_FUNCTION, PER_FUNCTION)
    # What waits for a place is not asked for all the time: once a second, and when one of the quick ones ends.
    before = store.claims
    await asyncio.sleep(1)
    assert store.claims - before <= 10
    hanging.may_end.set()
    await hanging.reached(30)
    assert hanging.most == PER_FUNCTION


async def test_a_flood_is_worked_off_a_few_at_a_time(store: Store) -> None:
    functions = {f"f{n}": Function() for n in range(3)}
    service = EventService(store)
    for name, function in functions.items():
        function.may_end.set()
        service.on("flood", name, function)
    await asyncio.gather(*(service.send("flood", {"n": n}) for n in range(200)))
    assert await service.work_off() == 600
    assert all(one.called == 200 and one.most <= PER_FUNCTION for one in functions.values())
    assert sum(one.most for one in functions.values()) <= 3 * PER_FUNCTION
    assert AT_ONCE < 3 * PER_FUNCTION
    assert await store.counts() == (0, 0)


async def test_one_cancelled_from_within_fails_and_the_others_go_on(events: EventService, store: Store) -> None:
    async def cancelled(_: Mapping[str, Any]) -> None:
        raise asyncio.CancelledError

    done = Function()
    done.may_end.set()
    events.on("odd", "odd", cancelled)
    events.on("after", "after", done)
    await events.start()
    await events.send("odd", {})
    await events.send("after", {})
    await done.reached(1)
    await events.close()
    [waiting] = await store.waiting(dead=False, limit=9)
    assert (waiting.function, waiting.error) == ("odd", "it was cancelled from within")


async def test_the_database_may_be_away_for_a_while(
    events: EventService, store: Store, hanging: Function, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.02)
    await events.send("hang", {})
    store.away = {"claim"}
    await events.start()
    async with asyncio.timeout(20):
        for _ in range(3):
            await store.asked_in_vain.acquire()
    assert hanging.called == 0
    store.away = set()
    await hanging.reached(1)


async def test_one_whose_end_cannot_be_noted_stops_nobody_and_comes_back(store: Store) -> None:
    now = 1_000
    service = EventService(store, clock=lambda: now)
    bad, good = Function(), Function()
    good.may_end.set()

    async def fails(_: Mapping[str, Any]) -> None:
        bad.called += 1
        raise RuntimeError("away")

    service.on("x", "bad", fails)
    service.on("x", "good", good)
    store.away = {"failed"}
    for _ in range(3):
        await service.send("x", {})
    await service.work_off()
    assert (bad.called, good.called) == (3, 3)
    store.away = set()
    now += worker.LEASE_MS
    await service.work_off()
    assert bad.called == 6
    assert {one.attempts for one in await store.waiting(dead=False, limit=9)} == {1}


async def test_a_delivery_of_two_nodes_whose_clocks_differ_is_done_at_least_once(store: Store) -> None:
    """A lease is by the clock: a node that is hours ahead takes what the other works on. Twice is as good as once."""
    await store.add([Delivery("one", "hanging", "hang", {}, 0)])
    [mine] = await store.claim(1_000, 9_000, 1)
    [theirs] = await store.claim(3_600_000, 3_700_000, 1)
    assert replace(theirs, next_at=0) == replace(mine, next_at=0)
    await store.done("one")
    await store.failed("one", attempts=1, next_at=1, dead=False, error="late")
    assert await store.counts() == (0, 0)
