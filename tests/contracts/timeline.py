"""What every `TimelineStore` does."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import DocumentName, Entry, EventKind
from interview_platform.timeline.ports import Snapshot
from tests.contracts.world import AnotherNode, Stores, outcomes

ADA = PersonId("ada")
UNKNOWN = SessionId("unknown")


def update(payload: bytes, at: int = 1_000) -> Entry:
    return Entry(EventKind.DOCUMENT, ADA, at, payload)


class TimelineStoreContract:
    async def test_entries_come_back_in_order_numbered_from_one(self, stores: Stores) -> None:
        session = await stores.session()
        entries = [
            update(bytes(range(256))),
            Entry(EventKind.LEFT, None, 0, b""),
            Entry(EventKind.CHAT, ADA, 2**45, "{“ü”}".encode()),
            update(bytes(1_000_000)),
        ]
        assert await stores.timeline.append(session.id, entries[:3]) == 3
        assert await stores.timeline.append(session.id, entries[3:]) == 4
        events = await stores.timeline.read(session.id)
        assert [event.seq for event in events] == [1, 2, 3, 4]
        assert [event.entry for event in events] == entries

    async def test_sessions_count_for_themselves(self, stores: Stores) -> None:
        one, other = await stores.session("one"), await stores.session("other")
        await stores.timeline.append(one.id, [update(b"a"), update(b"b")])
        assert await stores.timeline.append(other.id, [update(b"c")]) == 1
        assert [event.entry.payload for event in await stores.timeline.read(other.id)] == [b"c"]

    async def test_nothing_appended_tells_the_last_number(self, stores: Stores) -> None:
        session = await stores.session()
        assert await stores.timeline.append(session.id, []) == 0
        await stores.timeline.append(session.id, [update(b"a")])
        assert await stores.timeline.append(session.id, []) == 1

    async def test_reading_a_part(self, stores: Stores) -> None:
        session = await stores.session()
        kinds = [EventKind.DOCUMENT, EventKind.JOINED] * 5
        await stores.timeline.append(session.id, [update(b"")._replace(kind=kind) for kind in kinds])

        async def numbers(**part: Any) -> list[int]:
            return [event.seq for event in await stores.timeline.read(session.id, **part)]

        assert await numbers(after=7) == [8, 9, 10]
        assert await numbers(after=2, limit=3) == [3, 4, 5]
        assert await numbers(kinds=[EventKind.JOINED], after=2, limit=3) == [4, 6, 8]
        assert await numbers(after=10) == []
        assert await numbers(kinds=[EventKind.ENDED]) == []
        assert await numbers(kinds=[]) == []
        assert await numbers(kinds=[EventKind.JOINED, EventKind.DOCUMENT], after=7) == [8, 9, 10]

    async def test_a_kind_of_a_newer_release_is_left_out_whatever_the_page(self, stores: Stores) -> None:
        session = await stores.session()
        newer: Any = SimpleNamespace(value="of a newer release")
        kinds = [EventKind.DOCUMENT, newer, newer, EventKind.LEFT, newer, EventKind.DOCUMENT]
        entries = [update(b"%d" % n)._replace(kind=kind) for n, kind in enumerate(kinds)]
        await stores.timeline.append(session.id, entries[:2])
        for entry in entries[2:]:
            await stores.timeline.append(session.id, [entry])
        for limit in range(1, 5):
            read = await stores.timeline.read(session.id, limit=limit)
            assert [event.seq for event in read] == [1, 4, 6][:limit]

    async def test_unknown_session(self, stores: Stores) -> None:
        for attempt in (
            stores.timeline.append(UNKNOWN, [update(b"a")]),
            stores.timeline.append(UNKNOWN, []),
            stores.timeline.save_snapshot(UNKNOWN, Snapshot(1, b"state")),
        ):
            with pytest.raises(Refusal) as refused:
                await attempt
            assert refused.value.kind is Kind.NOT_FOUND
        assert await stores.timeline.read(UNKNOWN) == []
        assert await stores.timeline.snapshot(UNKNOWN) is None

    async def test_all_entries_are_written_or_none(self, stores: Stores) -> None:
        session = await stores.session()
        broken: Any = update(None)  # type: ignore[arg-type]
        with pytest.raises(Exception, match=r"(?i)null"):
            await stores.timeline.append(session.id, [update(b"a"), broken, update(b"c")])
        assert await stores.timeline.read(session.id) == []
        assert await stores.timeline.append(session.id, [update(b"d")]) == 1

    async def test_failure_beside_others_takes_back_only_itself(self, stores: Stores) -> None:
        session = await stores.session()
        broken: Any = update(None)  # type: ignore[arg-type]
        results = await outcomes(
            [stores.timeline.append(session.id, [broken if n % 3 == 1 else update(b"%d" % n)]) for n in range(30)]
        )
        assert [isinstance(result, Exception) for result in results] == [n % 3 == 1 for n in range(30)]
        events = await stores.timeline.read(session.id)
        assert [event.seq for event in events] == list(range(1, 21))
        assert {int(event.entry.payload) for event in events} == {n for n in range(30) if n % 3 != 1}

    async def test_parallel_appends_leave_no_gap(self, stores: Stores, another_node: AnotherNode) -> None:
        session, nodes = await stores.session(), (stores, await another_node())

        def batch(n: int) -> list[Entry]:
            return [update(b"%d.%d" % (n, part)) for part in range(1 + n % 3)]

        lasts = await outcomes([nodes[n % 2].timeline.append(session.id, batch(n)) for n in range(200)])
        events = await stores.timeline.read(session.id)
        assert [event.seq for event in events] == list(range(1, sum(1 + n % 3 for n in range(200)) + 1))
        for n, last in enumerate(lasts):
            stored = events[last - len(batch(n)) : last]
            assert [event.entry for event in stored] == batch(n)

    async def test_appends_and_changes_of_the_session_do_not_lock_each_other_out(
        self, stores: Stores, another_node: AnotherNode
    ) -> None:
        """On PostgreSQL the insert checks the session's row, which `change` holds while it wants the head."""
        session, other = await stores.session(), await another_node()
        appends = [stores.timeline.append(session.id, [update(b"%d" % n)]) for n in range(60)]
        changes = [other.sessions.change(session.id, lambda s: replace(s, capacity=s.capacity + 1)) for _ in range(60)]
        ends = [stores.sessions.change(session.id, lambda s: s.ended_by(s.host.person, 9_000))]
        saves = [other.timeline.save_snapshot(session.id, Snapshot(n, b"%d" % n)) for n in range(30)]
        results = await outcomes([*appends, *changes, *saves, *ends])
        assert [result for result in results if isinstance(result, BaseException)] == []
        assert [event.seq for event in await stores.timeline.read(session.id)] == list(range(1, 122))

    async def test_snapshot_of_later_replaces_that_of_earlier_only(self, stores: Stores) -> None:
        session = await stores.session()
        assert await stores.timeline.snapshot(session.id) is None
        await stores.timeline.save_snapshot(session.id, Snapshot(5, b"five"))
        await stores.timeline.save_snapshot(session.id, Snapshot(4, b"four"))
        assert await stores.timeline.snapshot(session.id) == Snapshot(5, b"five")
        await stores.timeline.save_snapshot(session.id, Snapshot(6, bytes(500_000)))
        assert await stores.timeline.snapshot(session.id) == Snapshot(6, bytes(500_000))

    async def test_snapshot_that_is_known_to_be_bad_goes_however_new_it_claims_to_be(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.timeline.save_snapshot(session.id, Snapshot(9, b"bad"))
        await stores.timeline.save_snapshot(session.id, Snapshot(5, b"good"), over=8)
        assert await stores.timeline.snapshot(session.id) == Snapshot(9, b"bad"), "another than was looked at"
        await stores.timeline.save_snapshot(session.id, Snapshot(5, b"good"), over=9)
        assert await stores.timeline.snapshot(session.id) == Snapshot(5, b"good")

    async def test_newest_sessions_first(self, stores: Stores) -> None:
        assert await stores.timeline.newest(5) == []
        begun = [await stores.session(str(n), created_at=n) for n in (3, 1, 2)]
        assert await stores.timeline.newest(5) == [begun[0].id, begun[2].id, begun[1].id]
        assert await stores.timeline.newest(2) == [begun[0].id, begun[2].id]

    async def test_documents_of_a_session_have_snapshots_of_their_own(self, stores: Stores) -> None:
        session = await stores.session()
        main, staff = Snapshot(5, b"main", 2**32 - 1), Snapshot(3, b"staff")
        await stores.timeline.save_snapshot(session.id, main)
        assert await stores.timeline.snapshot(session.id, DocumentName.STAFF) is None
        await stores.timeline.save_snapshot(session.id, staff, DocumentName.STAFF)
        assert await stores.timeline.snapshot(session.id) == main
        assert await stores.timeline.snapshot(session.id, DocumentName.STAFF) == staff

    async def test_newest_of_parallel_snapshots_stays(self, stores: Stores, another_node: AnotherNode) -> None:
        session, nodes = await stores.session(), (stores, await another_node())
        numbers = [n * 37 % 101 for n in range(100)]
        saves = [nodes[n % 2].timeline.save_snapshot(session.id, Snapshot(n, b"%d" % n)) for n in numbers]
        assert await outcomes(saves) == [None] * 100
        assert await stores.timeline.snapshot(session.id) == Snapshot(max(numbers), b"%d" % max(numbers))

    async def test_snapshot_removes_nothing_from_the_log(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.timeline.append(session.id, [update(b"a"), update(b"b")])
        await stores.timeline.save_snapshot(session.id, Snapshot(2, b"state"))
        assert len(await stores.timeline.read(session.id)) == 2
