"""What is acknowledged stays; what cannot be written is not acknowledged; the seed is there exactly once."""

import asyncio
import shutil
from pathlib import Path

import pytest

from interview_platform.kit.errors import StorageUnavailable, not_found
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import Session
from interview_platform.sessions.policy import Access
from interview_platform.storage.database import Database
from interview_platform.storage.open import SQLITE_FILE, open_database
from interview_platform.timeline.model import Event, EventKind
from tests.room.world import SEED, World, world_of
from tests.room.yjs import YClient, eventually, yjs

STARTER = SEED.files[0].text


async def log_of(world: World, session: Session) -> list[Event]:
    return await world.timeline.read(session.id, kinds=[EventKind.DOCUMENT], limit=10_000)


async def test_every_update_is_in_the_log_with_its_author(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, query="?acks=1")
    async with yjs(url, host.headers) as ada, yjs(url, guest.headers) as ben:
        for letter in "abc":
            ada.text.insert(0, letter)
        await eventually(lambda: "cba" in ben.read())
        del ben.text[0:2]
        await eventually(lambda: ada.acked == 4 and ben.acked == 2)
    events = await log_of(world, session)
    assert [event.entry.person for event in events] == [None, *[host.person.id] * 3, guest.person.id]
    assert [event.entry.at for event in events] == sorted(event.entry.at for event in events)
    replayed = YClient()
    for event in events:
        replayed.doc.apply_update(event.entry.payload)
    assert replayed.read() == "a" + STARTER


async def test_a_frame_of_carriage_returns_is_one_entry_and_one_of_the_server(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, query="?acks=1")
    async with yjs(url, host.headers) as ada, yjs(url, guest.headers) as ben:
        await eventually(lambda: ada.acked == 1)
        ada.text.insert(0, "a\r" * 100_000)
        await eventually(lambda: ada.acked == 2)
        await eventually(lambda: ada.read() == ben.read() == "a\n" * 100_000 + STARTER)
        assert sum(map(len, ben.frames)) < 500_000
    assert [event.entry.person for event in await log_of(world, session)] == [None, host.person.id, None]


async def test_appends_go_one_at_a_time_and_gather_what_comes_meanwhile(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with yjs(world.url(session, query="?acks=1"), host.headers) as ada:
        await eventually(lambda: ada.acked == 1)
        world.timeline.batches.clear()
        world.timeline.gate.clear()
        ada.text.insert(0, "1")
        await eventually(lambda: world.timeline.waiting == 1)
        for letter in "23456789":
            ada.text.insert(0, letter)
        await eventually(lambda: len(world.rooms.rooms._live[session.id].journal._entries) == 8)
        assert world.timeline.waiting == 1
        world.timeline.gate.set()
        await eventually(lambda: ada.acked == 10)
        assert world.timeline.batches == [1, 8]


@pytest.mark.parametrize(
    "failure", [OSError("No space left on device"), StorageUnavailable()], ids=["disk full", "database away"]
)
async def test_a_hiccup_holds_the_acknowledgements_back_until_it_is_over(world: World, failure: Exception) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with (
        yjs(world.url(session, query="?acks=1"), host.headers) as ada,
        yjs(world.url(session), guest.headers) as ben,
    ):
        await eventually(lambda: ada.acked == 1)
        world.timeline.failures, world.timeline.failure = 3, failure
        ada.text.insert(0, "x")
        await eventually(lambda: world.timeline.failures < 3)
        await eventually(lambda: "x" in ben.read())
        assert ada.acked == 1
        await eventually(lambda: ada.acked == 2)
        assert world.timeline.failures == 0
        assert ada.close_code is None
    assert len(await log_of(world, session)) == 2


async def test_a_session_that_is_gone_is_not_waited_for(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with yjs(world.url(session, query="?acks=1"), host.headers) as ada:
        await eventually(lambda: ada.acked == 1)
        world.timeline.failures, world.timeline.failure = 2, not_found("session")
        ada.text.insert(0, "x")
        assert await ada.closed() == 1011
        assert world.timeline.failures == 1, "it was not tried again"


async def test_a_disk_that_stays_full_sends_everybody_away_to_come_back(database: Database) -> None:
    limits = RoomLimits(gather_seconds=0.005, unsaved_seconds=0.2)
    async with world_of(database, limits) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session, query="?acks=1")
        ada = YClient()
        async with yjs(url, host.headers, ada), yjs(url, guest.headers) as ben:
            world.timeline.failures = 1_000
            ada.text.insert(0, "kept by its author ")
            assert await ada.closed() == 1011
            assert await ben.closed() == 1011
            assert ada.acked == 1
        assert len(await log_of(world, session)) == 1
        world.timeline.failures = 0
        async with yjs(url, host.headers, ada), yjs(url, guest.headers) as ben:
            await eventually(lambda: "kept by its author" in ben.read())
            await eventually(lambda: ada.acked == 1)
        assert len(await log_of(world, session)) == 2


async def test_a_reconnecting_client_sends_what_it_has_and_no_text_doubles(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    url = world.url(session, query="?acks=1")
    ada = YClient()
    async with yjs(url, host.headers, ada):
        ada.text.insert(0, "one ")
        del ada.text[0:1]
    ada.text.insert(0, "offline ")
    for _ in range(3):
        async with yjs(url, host.headers, ada):
            await eventually(lambda: ada.acked == 1)
            assert ada.read() == "offline ne " + STARTER
    async with yjs(url, host.headers) as fresh:
        assert fresh.read() == ada.read()
    assert len(await log_of(world, session)) == 4, "seed, two updates, one answer with the offline edit"


async def test_two_who_come_first_at_once_are_both_served_from_one_opening(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    world.timeline.slow_opening = asyncio.Event()
    url = world.url(session)
    async with yjs(url, host.headers, synced=False) as ada, yjs(url, guest.headers, synced=False) as ben:
        await eventually(lambda: len(world.rooms.rooms._seats._seats[session.id]) == 2)
        world.timeline.slow_opening.set()
        await eventually(lambda: ada.synced.is_set() and ben.synced.is_set())
        assert ada.read() == ben.read() == STARTER
        ada.text.insert(0, "both ")
        await eventually(lambda: ben.read() == "both " + STARTER)
        await world.rooms.rooms._live[session.id].journal.flush()
    assert world.timeline.opened == 1
    assert world.starters.seeded == 1
    assert len(await log_of(world, session)) == 2


async def test_the_first_one_may_go_away_while_others_wait(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    world.timeline.slow_opening = asyncio.Event()
    url = world.url(session)
    async with yjs(url, guest.headers, synced=False) as ben:
        async with yjs(url, host.headers, synced=False):
            await eventually(lambda: len(world.rooms.rooms._seats._seats[session.id]) == 2)
        world.timeline.slow_opening.set()
        await eventually(ben.synced.is_set)
        assert ben.read() == STARTER


async def test_a_seed_that_cannot_be_written_is_not_shown(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    world.timeline.failures = 1
    async with yjs(world.url(session), host.headers, synced=False) as ada:
        assert await ada.closed() == 1011
        assert set(ada.files.keys()) == set()
    async with yjs(world.url(session), host.headers) as ada:
        assert ada.read() == STARTER
    assert len(await log_of(world, session)) == 1


async def test_the_seed_is_there_once_over_restarts(empty_database: Path, tmp_path: Path) -> None:
    shutil.copy(empty_database, tmp_path / SQLITE_FILE)
    ada = YClient()
    session, headers = None, {}
    for _ in range(3):
        database = await open_database(None, tmp_path)
        async with world_of(database) as world:
            if session is None:
                host = await world.somebody("Ada")
                session, headers = await world.session(host), host.headers
            async with yjs(world.url(session), headers, ada), yjs(world.url(session), headers) as fresh:
                assert ada.read() == fresh.read() == STARTER
                assert set(fresh.files.keys()) == {"solution.py", "Main.java"}
        await database.close()


async def test_a_snapshot_every_so_many_updates_and_joins_from_it(database: Database) -> None:
    async with world_of(database, RoomLimits(gather_seconds=0.001, snapshot_every=50)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with yjs(world.url(session, query="?acks=1"), host.headers) as ada:
            for number in range(120):
                ada.text.insert(0, f"{number} ")
            await eventually(lambda: ada.acked == 121)
            await world.rooms.rooms._live[session.id].journal.flush()
            text = ada.read()
        snapshot = await world.timeline.snapshot(session.id)
        assert snapshot is not None
        assert snapshot.seq in range(50, 122)
        log = await log_of(world, session)
        assert len(log) == 121, "the log is never shortened"
        from_snapshot = YClient()
        from_snapshot.doc.apply_update(snapshot.state)
        exact = YClient()
        for event in log[: snapshot.seq]:
            exact.doc.apply_update(event.entry.payload)
        assert from_snapshot.read() == exact.read(), "the snapshot is what the log says up to its number"
        assert (await world.rooms.records.of(Access(session, host.person))).files[1].text == text


async def test_snapshots_that_fail_cost_nothing_but_time(database: Database) -> None:
    async with world_of(database, RoomLimits(gather_seconds=0.001, snapshot_every=5)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        world.timeline.snapshots_fail = True
        async with yjs(world.url(session, query="?acks=1"), host.headers) as ada:
            for letter in "abcdefghijkl":
                ada.text.insert(0, letter)
            await eventually(lambda: ada.acked == 13)
        assert await world.timeline.snapshot(session.id) is None
        world.timeline.snapshots_fail = False
        await world.rooms.close()
        snapshot = await world.timeline.snapshot(session.id)
        assert snapshot is not None
        assert snapshot.seq == 13


async def test_an_empty_room_is_written_down_and_forgotten(database: Database) -> None:
    async with world_of(database, RoomLimits(gather_seconds=0.001, idle_seconds=0.05)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        url = world.url(session)
        async with yjs(url, host.headers) as ada:
            ada.text.insert(0, "before ")
            await asyncio.sleep(0.15)  # longer than the grace: a room with people in it stays
            assert session.id in world.rooms.rooms._live
        await eventually(lambda: session.id not in world.rooms.rooms._live)
        snapshot = await world.timeline.snapshot(session.id)
        assert snapshot is not None
        assert snapshot.seq == 2
        opened = world.timeline.opened
        async with yjs(url, host.headers) as ada:
            assert ada.read() == "before " + STARTER
        assert world.timeline.opened == opened + 1


async def test_shutting_down_writes_everything_and_says_restarting(database: Database) -> None:
    async with world_of(database, RoomLimits(gather_seconds=5.0)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session, query="?acks=1")
        async with yjs(url, host.headers) as ada, yjs(url, guest.headers) as ben:
            ada.text.insert(0, "just before ")
            await eventually(lambda: "just before" in ben.read())
            await world.rooms.close()
            assert await ada.closed() == 1012
            assert await ben.closed() == 1012
        log, snapshot = await log_of(world, session), await world.timeline.snapshot(session.id)
        assert snapshot is not None
        assert len(log) == 2
        assert snapshot.seq == log[-1].seq


async def test_a_log_entry_that_cannot_be_applied_does_not_lock_the_room(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with yjs(world.url(session), host.headers):
        pass
    await world.rooms.rooms.close()
    event = (await log_of(world, session))[0].entry
    bad = type(event)(event.kind, event.person, event.at, b"\xff\xff\xff")
    await world.timeline.append(session.id, [bad])
    async with yjs(world.url(session), host.headers) as ada:
        assert ada.read() == STARTER
