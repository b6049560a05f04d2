"""What every `EventStore` does."""

from dataclasses import replace

from interview_platform.events.model import FAR_MS, Counts, Delivery
from tests.contracts.world import AnotherNode, Stores, outcomes


def delivery(id: str, due: int = 1_000) -> Delivery:
    return Delivery(id, "greet", "person/came", {"name": "Grüße", "n": [1, None]}, 500, next_at=due)


class EventStoreContract:
    async def test_the_due_are_claimed_oldest_first_and_only_once(self, stores: Stores) -> None:
        one, two, later = delivery("one", 1_000), delivery("two", 900), delivery("later", 5_000)
        await stores.events.add([one, two, later])
        assert await stores.events.next_at() == 900
        assert await stores.events.claim(1_000, 9_000, 1) == [two]
        assert await stores.events.claim(1_000, 9_000, 10) == [one]
        assert await stores.events.claim(1_000, 9_000, 10) == []
        assert await stores.events.next_at() == 5_000

    async def test_functions_that_are_busy_are_left_out(self, stores: Stores) -> None:
        await stores.events.add([replace(delivery(id), function=id) for id in ("one", "two", "three")])
        assert [one.id for one in await stores.events.claim(1_000, 9_000, 9, but=["one", "three"])] == ["two"]
        assert [one.id for one in await stores.events.claim(1_000, 9_000, 9, but=["two"])] == ["one", "three"]

    async def test_what_a_clock_that_was_ahead_put_off_is_due(self, stores: Stores) -> None:
        tomorrow, next_year = delivery("tomorrow", 1_000 + FAR_MS), delivery("next year", 1_001 + FAR_MS)
        await stores.events.add([tomorrow, next_year])
        assert await stores.events.claim(1_000, 9_000, 9) == [next_year]

    async def test_they_are_counted(self, stores: Stores) -> None:
        assert await stores.events.counts() == Counts(0, 0)
        await stores.events.add([delivery("one"), delivery("two"), delivery("three")])
        await stores.events.failed("two", attempts=9, next_at=3_000, dead=True, error="gone")
        assert await stores.events.counts() == Counts(waiting=2, dead=1)

    async def test_what_its_node_never_finished_comes_back(self, stores: Stores) -> None:
        await stores.events.add([delivery("one")])
        await stores.events.claim(1_000, 2_000, 1)
        assert await stores.events.claim(1_999, 9_000, 1) == []
        assert [one.id for one in await stores.events.claim(2_000, 9_000, 1)] == ["one"]

    async def test_the_same_event_again_is_no_second_one(self, stores: Stores) -> None:
        await stores.events.add([delivery("one")])
        await stores.events.add([replace(delivery("one"), next_at=7), delivery("two"), delivery("two")])
        assert [one.next_at for one in await stores.events.waiting(dead=False, limit=9)] == [1_000, 1_000]

    async def test_what_is_done_is_gone(self, stores: Stores) -> None:
        await stores.events.add([delivery("one")])
        await stores.events.done("one")
        assert await stores.events.waiting(dead=False, limit=9) == []
        assert await stores.events.next_at() is None

    async def test_a_failure_is_kept_until_the_next_time(self, stores: Stores) -> None:
        await stores.events.add([delivery("one")])
        await stores.events.failed("one", attempts=1, next_at=3_000, dead=False, error="away")
        assert await stores.events.claim(2_999, 9_000, 1) == []
        expected = replace(delivery("one", 3_000), attempts=1, error="away")
        assert await stores.events.claim(3_000, 9_000, 1) == [expected]

    async def test_the_dead_are_kept_and_can_be_revived(self, stores: Stores) -> None:
        await stores.events.add([delivery("one"), delivery("two")])
        await stores.events.failed("one", attempts=9, next_at=3_000, dead=True, error="gone")
        assert [one.id for one in await stores.events.claim(9_000, 9_001, 9)] == ["two"]
        [dead] = await stores.events.waiting(dead=True, limit=9)
        assert (dead.id, dead.error, dead.attempts, dead.dead) == ("one", "gone", 9, True)
        assert await stores.events.revive("one", 20_000)
        assert not await stores.events.revive("one", 20_000)
        assert not await stores.events.revive("never", 20_000)
        [again] = [one for one in await stores.events.claim(20_000, 30_000, 9) if one.id == "one"]
        assert (again.attempts, again.dead, again.created_at) == (0, False, 20_000)

    async def test_two_nodes_share_the_work(self, stores: Stores, another_node: AnotherNode) -> None:
        nodes = (stores, await another_node())
        await stores.events.add([delivery(f"d{n}") for n in range(20)])
        claimed = await outcomes([nodes[n % 2].events.claim(1_000, 9_000, 4) for n in range(8)])
        ids = [one.id for part in claimed for one in part]
        assert sorted(ids) == sorted({*ids})
        rest = await stores.events.claim(1_000, 9_000, 99)
        assert len(ids) + len(rest) == 20

    async def test_the_same_event_from_two_nodes_at_once(self, stores: Stores, another_node: AnotherNode) -> None:
        nodes = (stores, await another_node())
        added = await outcomes([nodes[n % 2].events.add([delivery("one"), delivery(f"own{n}")]) for n in range(6)])
        assert added == [None] * 6
        assert len(await stores.events.waiting(dead=False, limit=99)) == 7
