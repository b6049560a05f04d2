"""What an update costs the CRDT library is paid for by its sender, and nobody makes it work for long at once."""

import random
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc, Text

from interview_platform.room.document import Document
from interview_platform.room.limits import Bucket, RoomLimits
from interview_platform.room.pieces import PIECE, pieces
from interview_platform.room.update_walk import Walk
from interview_platform.room.wire import UPDATE, encode_var_uint, read_state_vector, sync_message
from interview_platform.storage.database import Database
from tests.room.test_update import chain, content, crossing, crowd
from tests.room.updates import honest_updates
from tests.room.world import world_of
from tests.room.yjs import eventually, yjs


def bucket(seconds: float) -> Bucket:
    return Bucket(rate=1e-9, burst=seconds)


def scans(length: int) -> bytes:
    """Letters in turns with others', and as many that look for their place from the first to the last of them."""
    clocks = [encode_var_uint(clock) for clock in range(length)]
    letters = [b"\x04\x01\x01t\x01x", *(b"\x84\x05" + clock + b"\x01x" for clock in clocks[:-1])]
    between = [b"\x84\x05" + clock + b"\x01x" for clock in reversed(clocks)]
    head = encode_var_uint(length)
    return b"\x02" + head + b"\x05\x00" + b"".join(letters) + head + b"\x06\x00" + b"".join(between) + b"\x00"


def taken_apart(update: bytes, known: dict[bytes, int]) -> Iterator[bytes]:
    walk = Walk(update)
    walk.integrated(known)
    return pieces(walk)


def merged(*updates: bytes) -> Document:
    document = Document()
    for update in updates:
        document.merge(update, document.look(update))
    return document


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1 << 32), st.integers(0, 200))
def test_pieces_build_on_those_before_and_are_together_the_update(seed: int, before: int) -> None:
    updates = honest_updates(random.Random(seed), edits=200)
    known = updates[:before]
    whole: Doc[Any] = Doc()
    everything: Doc[Any] = Doc()
    for update in updates:
        everything.apply_update(update)
    document = Document()
    for update in known:
        seen = document.look(update)
        if seen.complete and seen.fresh:
            document.merge(update, seen)
            whole.apply_update(update)
    update = everything.get_update()
    whole.apply_update(update)
    for piece in taken_apart(update, document.known):
        seen = document.look(piece)
        assert seen.complete
        assert Walk(piece).parts <= PIECE
        document.merge(piece, seen)
    assert document.known == read_state_vector(whole.get_state())
    reference = Document()
    reference.load([whole.get_update()])
    assert content(document) == content(reference)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1 << 32))
def test_honest_updates_are_merged_whole(seed: int) -> None:
    """At ten times the time that a piece takes."""
    updates = honest_updates(random.Random(seed), edits=200)
    document = Document(clock=count(step=0.0005).__next__)
    work = bucket(RoomLimits().work_burst)
    for update in updates[-3:]:
        assert not (seen := document.look(update)).complete or document.merge(update, seen, work).whole


def test_a_hundred_thousand_edits_made_offline_are_merged_whole() -> None:
    """As Yjs would write them: letters typed here and there, each between the two that were there."""
    chance, size = random.Random(1), 100_000
    order = [0]
    items = [b"\x04\x01\x01t\x01x"]
    for clock in range(1, size):
        at = chance.randint(0, len(order))
        left = b"\x05" + encode_var_uint(order[at - 1]) if at > 0 else b""
        right = b"\x05" + encode_var_uint(order[at]) if at < len(order) else b""
        items.append(bytes([4 | 0x80 * bool(left) | 0x40 * bool(right)]) + left + right + b"\x01x")
        order.insert(at, clock)
    update = b"\x01" + encode_var_uint(size) + b"\x05\x00" + b"".join(items) + b"\x00"
    document = Document(clock=count(step=0.0001).__next__)  # three times what a piece takes
    result = document.merge(update, document.look(update), bucket(RoomLimits().work_burst))
    assert result.whole
    assert document.known == {b"\x05": size}
    assert merged(*result.changes).known == document.known


@pytest.mark.parametrize("shape", [scans, crossing, crowd, lambda size: chain(size, list.sort)])
def test_work_stops_when_the_bucket_is_empty_and_goes_on_another_time(shape: Callable[[int], bytes]) -> None:
    update = shape(1_000)
    document = Document(clock=count().__next__)  # every look at the clock is a second later
    rounds = kept = 0
    changes: list[bytes] = []
    whole = False
    while not whole:
        seen = document.look(update)
        result = document.merge(update, seen, bucket(10.5))
        changes += result.changes
        whole = result.whole
        rounds += 1
        assert document.known == read_state_vector(document._doc.get_state()), "only what was applied counts"
        assert 0 < sum(document.known.values()) - kept <= 11 * PIECE
        kept = sum(document.known.values())
    assert rounds >= Walk(update).parts // (11 * PIECE)
    assert content(document) == content(merged(*changes)) == content(merged(update))


def test_deletions_are_given_in_pieces_too() -> None:
    text = b"\x01\x01\x05\x00\x04\x01\x01t" + encode_var_uint(2_000) + b"x" * 2_000 + b"\x00"
    document = merged(text)
    document._clock = count().__next__
    ranges = b"".join(encode_var_uint(2 * index) + b"\x01" for index in reversed(range(1_000)))
    update = b"\x00\x01\x05" + encode_var_uint(1_000) + ranges
    assert not document.merge(update, document.look(update), bucket(5.5)).whole
    assert 1_800 < len(str(document._doc.get("t", type=Text))) <= 2_000 - PIECE
    assert document.merge(update, document.look(update), bucket(100.0)).whole
    assert len(str(document._doc.get("t", type=Text))) == 1_000


def test_letters_that_wait_are_paid_for_by_who_typed_them() -> None:
    document = Document(clock=count().__next__)
    first = b"\x01\x01\x05\x00\x04\x01\x01t\x01x\x00"
    document.merge(first, document.look(first))
    ada, ben = bucket(100.0), bucket(100.0)
    for clock in range(1, PIECE + 1):
        assert not document.must_settle
        letter = b"\x01\x01\x05" + encode_var_uint(clock) + b"\x84\x05" + encode_var_uint(clock - 1) + b"\x01x\x00"
        seen = document.look(letter)
        assert seen.plain
        document.add(letter, seen, ben if clock == 3 else ada)
    assert document.must_settle, "no more than a piece waits"
    document.settle()
    assert not document.must_settle
    assert (ada.tokens, ben.tokens) == (100.0 - (PIECE - 1), 99.0)


async def test_too_much_work_is_begun_passed_on_and_not_acknowledged(database: Database) -> None:
    async with world_of(database, RoomLimits(work_burst=1e-6, work_per_second=1e-9)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        async with yjs(world.url(session), guest.headers) as ben:
            async with yjs(world.url(session, query="?acks=1"), host.headers, synced=True) as ada:
                await eventually(lambda: ada.acked == 1)
                ada.send(sync_message(UPDATE, scans(1_000)))
                assert await ada.closed() == 4429
                assert ada.close_reason == "too_much_work"
                assert ada.acked == 1
            shared = ben.doc.get("t", type=Text)
            await eventually(lambda: len(str(shared)) == PIECE)
            async with yjs(world.url(session), host.headers, synced=False) as again:
                assert await again.closed() == 4429, "coming back fills nothing up"
            assert ben.close_code is None


async def test_reading_all_texts_for_a_carriage_return_is_work(database: Database) -> None:
    async with world_of(database, RoomLimits(work_burst=1e-6, work_per_second=1e-9)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with yjs(world.url(session), host.headers) as ada:
            ada.text.insert(0, "\r")
            await eventually(lambda: "\r" not in ada.read())
            ada.text.insert(0, "x")
            assert await ada.closed() == 4429


async def test_a_document_has_so_many_clients(database: Database) -> None:
    async with world_of(database, RoomLimits(clients=50)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with yjs(world.url(session), host.headers) as ada:
            ada.send(sync_message(UPDATE, chain(30, list.sort)))
            ada.send(sync_message(UPDATE, chain(30, list.sort)))
            ada.text.insert(0, "x")
            ada.send(sync_message(UPDATE, chain(60, list.sort)))
            assert await ada.closed() == 4413
