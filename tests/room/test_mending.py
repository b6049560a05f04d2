"""What is damaged on disk is found, said and left out; everything else is there, and stays."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from pycrdt import Doc, Text, TransactionEvent
from sqlalchemy import update
from structlog.testing import capture_logs

from interview_platform.room.document import Document
from interview_platform.room.mending import Row, mend
from interview_platform.room.wire import read_state_vector
from interview_platform.sessions.model import Session
from interview_platform.storage.database import Database
from interview_platform.storage.tables import documents, timeline
from interview_platform.timeline.model import Entry, EventKind
from interview_platform.timeline.ports import Snapshot
from tests.room.test_durability import STARTER
from tests.room.world import QUICK, Somebody, World, world_of
from tests.room.yjs import YClient, eventually, yjs

SOON = replace(QUICK, snapshot_every=1_000, idle_seconds=0.05)


@pytest.fixture
async def world(database: Database) -> Any:
    async with world_of(database, SOON) as made:
        yield made


async def written(world: World, text: str = "x" * 50) -> tuple[Session, Somebody, Snapshot]:
    """A session in which `text` was typed letter by letter, closed with a sound snapshot."""
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with yjs(world.url(session, query="?acks=1"), host.headers) as ada:
        for letter in text:
            ada.text.insert(0, letter)
        await eventually(lambda: ada.acked == ada.sent)
    return session, host, await emptied(world, session)


async def emptied(world: World, session: Session) -> Snapshot:
    """The snapshot that is there when the room is closed."""
    await eventually(lambda: not world.rooms.rooms._live)
    snapshot = await world.timeline.snapshot(session.id)
    assert snapshot is not None
    return snapshot


async def damage(world: World, **values: Any) -> None:
    await world.database.write(lambda c: c.execute(update(documents).values(**values)))


async def damage_row(world: World, seq: int, payload: bytes) -> None:
    await world.database.write(
        lambda c: c.execute(update(timeline).where(timeline.c.seq == seq).values(payload=payload))
    )


async def type_one(world: World, session: Session, somebody: Somebody, text: str) -> None:
    async with yjs(world.url(session, query="?acks=1"), somebody.headers) as typist:
        typist.text.insert(0, text)
        await eventually(lambda: typist.acked == typist.sent)


async def seen_by(world: World, session: Session, somebody: Somebody) -> str:
    async with yjs(world.url(session), somebody.headers) as late:
        return late.read()


async def told(world: World) -> tuple[float, float]:
    """Bad snapshots and bad rows, as Prometheus is told."""
    measures = world.rooms.measures
    registry = CollectorRegistry()
    for one in measures.all:
        registry.register(one)
    values = [registry.get_sample_value(f"{name}_total") for name in ("room_bad_snapshots", "room_bad_rows")]
    assert b"room_update_stored_seconds_bucket" in generate_latest(registry)
    return values[0] or 0.0, values[1] or 0.0


def flipped(state: bytes) -> bytes:
    """One letter is another one: it decodes as well as before."""
    at = state.index(b"x")
    return state[:at] + b"y" + state[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "garbage": lambda _: b"\xff" * 50,
    "half": lambda state: state[: len(state) // 2],
    "a flipped letter": flipped,
    "no bytes": lambda _: b"",
    "an empty document": lambda _: b"\x00\x00",
}


@pytest.mark.parametrize("tail", [0, 1], ids=["at the end", "with more in the log"])
@pytest.mark.parametrize("damaged", DAMAGES.values(), ids=DAMAGES.keys())
async def test_a_bad_snapshot_hides_nothing_and_is_replaced(
    world: World, damaged: Callable[[bytes], bytes], tail: int
) -> None:
    session, host, good = await written(world)
    await damage(world, state=damaged(good.state))
    if tail:
        await world.timeline.append(session.id, [Entry(EventKind.DOCUMENT, host.person.id, 1, b"\x00\x00")])
    with capture_logs() as logs:
        assert await seen_by(world, session, host) == "x" * 50 + STARTER
    [line] = [line for line in logs if line["event"] == "document.bad_snapshot"]
    assert (line["session"], line["seq"]) == (session.id, good.seq)
    assert await told(world) == (1, 0)
    healed = await emptied(world, session)
    assert healed.seq == good.seq + tail
    assert healed.state == good.state
    with capture_logs() as logs:
        assert await seen_by(world, session, host) == "x" * 50 + STARTER
    assert logs == []


@pytest.mark.parametrize("damaged", [b"\xff" * 50, b"\x00\x00", b""], ids=["garbage", "empty", "no bytes"])
async def test_a_bad_snapshot_of_an_older_release_has_no_checksum(world: World, damaged: bytes) -> None:
    session, host, good = await written(world)
    await damage(world, state=damaged, checksum=None)
    assert await seen_by(world, session, host) == "x" * 50 + STARTER
    assert (await emptied(world, session)).state == good.state


async def test_a_snapshot_of_an_older_release_is_used(world: World) -> None:
    session, host, _ = await written(world)
    await damage(world, checksum=None)
    with capture_logs() as logs:
        assert await seen_by(world, session, host) == "x" * 50 + STARTER
    assert logs == []


async def test_a_snapshot_that_is_newer_than_its_log_gives_its_text_but_not_its_number(world: World) -> None:
    """As after a backup of two moments: what is written from now on must not hide behind its number."""
    session, host, good = await written(world)
    await damage(world, seq=good.seq + 10)
    assert await seen_by(world, session, host) == "x" * 50 + STARTER
    assert (await emptied(world, session)).seq == good.seq
    await type_one(world, session, host, "after ")
    await emptied(world, session)
    assert await seen_by(world, session, host) == "after " + "x" * 50 + STARTER


async def test_a_lost_log_and_a_bad_snapshot_are_not_begun_anew(world: World) -> None:
    session, host, _ = await written(world)
    await damage(world, state=b"\xff")
    await world.database.write(lambda c: c.execute(timeline.delete()))
    async with yjs(world.url(session), host.headers, synced=False) as ada:
        assert await ada.closed() == 1011
    assert world.starters.seeded == 1


async def test_while_the_log_is_bad_too_nothing_goes_over_a_bad_snapshot(world: World) -> None:
    session, host, good = await written(world)
    bad = flipped(good.state)
    await damage(world, state=bad)
    await damage_row(world, 51, b"\xff\xff")
    for _ in range(2):
        with capture_logs() as logs:
            await type_one(world, session, host, ">")
        assert [line["seq"] for line in logs if line["event"] == "document.bad_row"] == [51]
        assert (await emptied(world, session)) == replace(good, state=bad)
    assert await seen_by(world, session, host) == ">>" + "x" * 49 + STARTER


async def test_a_bad_row_that_a_good_snapshot_has_costs_nothing(world: World) -> None:
    session, host, good = await written(world)
    await damage_row(world, 20, b"\xff\xff")
    await world.timeline.append(session.id, [Entry(EventKind.DOCUMENT, host.person.id, 1, b"bad")])
    with capture_logs() as logs:
        assert await seen_by(world, session, host) == "x" * 50 + STARTER
    assert [line["seq"] for line in logs if line["event"] == "document.bad_row"] == [20, good.seq + 1]
    assert await told(world) == (0, 2)


async def test_rows_that_wait_for_a_lost_one_come_back_with_it(world: World) -> None:
    """The row is bad on disk; the page of who typed it still has it, and brings it back."""
    host = await world.somebody("Ada")
    session = await world.session(host)
    ada, url = YClient(), world.url(session, query="?acks=1")
    async with yjs(url, host.headers, ada):
        for letter in "abcdef":
            ada.text.insert(0, letter)
        await eventually(lambda: ada.acked == ada.sent)
    await emptied(world, session)
    await world.database.write(lambda c: c.execute(documents.delete()))
    await damage_row(world, 4, b"\xff")
    assert await seen_by(world, session, host) == "ba" + STARTER
    await eventually(lambda: not world.rooms.rooms._live)
    assert await world.timeline.snapshot(session.id) is None, "the next opening must see them again"
    async with yjs(url, host.headers, ada), yjs(url, host.headers) as fresh:
        await eventually(lambda: fresh.read() == "fedcba" + STARTER)
        await eventually(lambda: ada.acked == ada.sent)
    await eventually(lambda: not world.rooms.rooms._live)
    for bad in (1, 0):  # the row stays bad; then there is a snapshot that has what it said
        with capture_logs() as logs:
            assert await seen_by(world, session, host) == "fedcba" + STARTER
        assert [line["event"] for line in logs] == ["document.bad_row"] * bad
        await emptied(world, session)


async def test_other_rooms_do_not_notice(world: World) -> None:
    session, host, good = await written(world)
    other = await world.session(host)
    async with yjs(world.url(other, query="?acks=1"), host.headers) as ada:
        await damage(world, state=b"\xff" * 50)
        await damage_row(world, 51, b"\xff\xff")
        ada.text.insert(0, "here ")
        assert await seen_by(world, session, host) == "x" * 49 + STARTER
        ada.text.insert(0, "and ")
        await eventually(lambda: ada.acked == ada.sent)
        assert ada.close_code is None
    assert good.checksum is not None


def test_half_a_character_that_was_cut_off_breaks_nothing() -> None:
    """The server's own row that took the other half out is the one that is lost: see `Document.mend`."""
    rows = (
        "0101baafb7dd0700040101740661f09f98806200",
        "0001baafb7dd07010101",
        "0101baafb7dd0704c4baafb7dd0701baafb7dd0702015800",
    )
    mended = mend(None, [Row(seq, bytes.fromhex(row)) for seq, row in enumerate(rows, 1)])
    assert mended.bad == ()
    after = Doc[Any]()
    after.apply_update(mended.state)
    assert str(after.get("t", type=Text)) == "aXb"


def typed(count: int, chance: random.Random) -> list[bytes]:
    """Updates of two people who type and delete in one text, emoji among it."""
    docs = [Doc[Any](), Doc[Any]()]
    updates: list[bytes] = []
    for doc, other in (docs, docs[::-1]):
        doc.get("t", type=Text)

        def note(event: TransactionEvent, other: Doc[Any] = other) -> None:
            if not applying:
                updates.append(event.update)
                applying.append(1)
                other.apply_update(event.update)
                applying.clear()

        doc.observe(note)
    applying: list[int] = []
    while len(updates) < count:
        text = chance.choice(docs).get("t", type=Text)
        whole = str(text)
        at = len(whole[: chance.randrange(len(whole) + 1)].encode())
        if whole and chance.random() < 0.3:
            first = whole.encode()[:at].decode()
            rest = whole[len(first) :]
            if rest:
                del text[at : at + len(rest[0].encode())]
        else:
            text.insert(at, chance.choice(("a", "bc", "😀", "\n")))
    return updates


@pytest.mark.parametrize("seed", range(8))
def test_whichever_rows_are_bad_the_others_are_all_there(seed: int) -> None:
    """(What waits for a lost row is no better than it: the library itself would take some of it, in a wrong place.)"""
    chance = random.Random(seed)
    updates = typed(200, chance)
    rows = []
    damaged = set(chance.sample(range(200), 6))
    for seq, one in enumerate(updates):
        if seq in damaged:
            rows.append(Row(seq, chance.choice((b"", b"\xff" * 9, one[:-1], one + b"\x01"))))
        else:
            rows.append(Row(seq, one))
    mended = mend(None, rows)
    bad = {row.seq for row in mended.bad}
    assert damaged <= bad
    document, exact = Document(), Doc[Any]()
    document.load([mended.state])
    assert not any(document.look(rows[seq].update).complete for seq in bad - damaged)
    for seq in set(range(200)) - bad:
        exact.apply_update(updates[seq])
    after = Doc[Any]()
    after.apply_update(mended.state)
    assert read_state_vector(after.get_state()) == read_state_vector(exact.get_state())
    assert str(after.get("t", type=Text)) == str(exact.get("t", type=Text))
    again = mend(mended.state, [Row(seq, one) for seq, one in enumerate(updates)])
    assert again.bad == ()
    whole, meant = Doc[Any](), Doc[Any]()
    whole.apply_update(again.state)
    for one in updates:
        meant.apply_update(one)
    assert str(whole.get("t", type=Text)) == str(meant.get("t", type=Text))
