"""The look into an update agrees with the CRDT library, and refuses what would hurt."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text

from interview_platform.room.document import Document
from interview_platform.room.update import look
from interview_platform.room.wire import BadFrame, encode_var_uint, read_state_vector, state_vector, var_uint
from tests.room.updates import broken, honest_updates
from tests.room.work import work

ONE_LETTER = bytes.fromhex("0101") + b"\x05" + bytes.fromhex("00") + bytes.fromhex("0401017401") + b"x\x00"


def take(document: Document, update: bytes) -> bool:
    """Whether the document took the update."""
    seen = document.look(update)
    if not (seen.complete and seen.fresh):
        return False
    if seen.plain:
        document.add(update, seen)
        return True
    if seen.cuts:
        document.mend(seen.cuts)
    return bool(document.merge(update, seen).changes)


def content(document: Document) -> dict[str, Any]:
    document.settle()
    doc = document._doc
    return {
        "text": str(doc.get("text", type=Text)),
        "board": doc.get("board", type=Array).to_py(),
        "files": doc.get("files", type=Map).to_py(),
        "room": doc.get("room", type=Map).to_py(),
    }


@pytest.mark.parametrize("seed", range(20))
def test_honest_updates_are_taken_and_the_clocks_are_the_library_s(seed: int) -> None:
    updates = honest_updates(random.Random(seed))
    document, reference = Document(), Doc[Any]()
    for update in updates:
        take(document, update)
    for update in updates:
        reference.apply_update(update)
    document.settle()
    assert document.known == read_state_vector(reference.get_state())
    assert read_state_vector(document.state()) == document.known
    assert Doc[Text]().get_update() != document.encoded()
    assert str(reference.get("text", type=Text)) == str(document._doc.get("text", type=Text))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_let_in_is_what_the_library_takes_whole(seed: int) -> None:
    """For broken updates: refused, or taken with exactly the clocks that were foreseen. Nothing may wait inside."""
    chance = random.Random(seed)
    updates = honest_updates(chance)
    document = Document()
    for update in updates:
        take(document, update)
    refused = 0
    for _ in range(300):
        update = broken(chance, chance.choice(updates))
        try:
            take(document, update)
        except BadFrame:
            refused += 1
            continue
        document.settle()
        library = read_state_vector(document._doc.get_state())
        assert library == {client: clock for client, clock in document.known.items() if clock}, update.hex()
        again = Document()
        again.load([document.encoded()])
        assert again.known == library, update.hex()
        assert content(again) == content(document)
    assert refused > 100


def test_the_common_shapes_are_recognised() -> None:
    doc: Doc[Text] = Doc()
    updates: list[bytes] = []
    subscription = doc.observe(lambda event: updates.append(event.update))
    text = doc.get("t", type=Text)
    text += "first"
    for where in (0, 3, 6):
        text.insert(where, "y")
    text.insert(2, "some pasted text " * 20)
    del text[1:2]
    doc.unobserve(subscription)
    document = Document()
    plain = []
    for update in updates:
        seen = document.look(update)
        plain.append(seen.plain)
        assert seen.complete
        assert take(document, update)
    assert plain == [False, True, True, True, True, True]
    document.settle()
    assert str(document._doc.get("t", type=Text)) == str(text)


def test_known_updates_are_no_news() -> None:
    document = Document()
    assert take(document, ONE_LETTER)
    assert not document.look(ONE_LETTER).fresh
    assert not document.look(b"\x00\x00").fresh


@pytest.mark.parametrize(
    ("update", "why"),
    [
        (b"\xc6\xee\x94\x67", "count too large"),  # makes the library reserve memory for 216 million clients
        (b"\x01\xff\xff\xff\x0f\x05\x00", "count too large"),
        (b"\x00\x01\x05\xff\xff\xff\x0f", "count too large"),
        (ONE_LETTER + b"\x00", "trailing bytes"),
        (ONE_LETTER[:-1], "cut off"),
        (b"\x01\x01\x05\x00\x04\x01\x01t\x02\xc3\x28\x00", "not UTF-8"),
        (b"\x01\x01\x05\x00\x04\x01\x01t\x00\x00", "empty item"),
        (b"\x01\x01\x05\x00\x04\x02\x00", "unknown parent"),
        (b"\x01\x01\x05\x00\x09\x01\x01t\x00", "unknown content"),
        (b"\x01\x01\x05\x00\x0b\x01\x01t\x00", "unknown content"),
        (b"\x01\x01\x05\x00\x07\x01\x01t\x07\x00", "unknown type"),
        (b"\x01\x01\x05\x00\x08\x01\x01t\x01\x00\x00", "unknown value"),
        (b"\x01\x01\x05\x00\x08\x01\x01t\x01" + b"\x75\x01" * 100 + b"\x7e\x00", "unknown value"),  # nested too deep
        (b"\x01\x01\x05\x00\x05\x01\x01t\x01{\x00", "not JSON"),
        (b"\x01\x01\x05\xff\xff\xff\xff\x0f" + ONE_LETTER[4:], "clock too large"),
        (b"\x02" + ONE_LETTER[1:-1] + ONE_LETTER[1:], "client twice"),
        (b"\x01\x01" + b"\xff" * 7 + b"\x1f" + ONE_LETTER[3:], "number too large"),
        (b"\x00\x01\x05\x01\xff\xff\xff\xff\x0f\x01", "clock too large"),
    ],
)
def test_what_would_hurt_is_refused(update: bytes, why: str) -> None:
    with pytest.raises(BadFrame, match=why):
        look(update, {}, {})


def test_gaps_are_seen() -> None:
    known = {b"\x05": 3}
    after = bytes.fromhex("0101") + b"\x05\x03" + b"\x84\x05\x02" + b"\x01x\x00"
    assert look(after, known, {}).complete
    assert not look(after, {}, {}).complete
    assert not look(after, {b"\x05": 2}, {}).complete
    assert not look(after.replace(b"\x84\x05\x02", b"\x84\x06\x02"), known, {}).complete, "its neighbour is not here"
    assert not look(after.replace(b"\x84\x05\x02", b"\x44\x06\x02"), known, {}).complete
    assert not look(after.replace(b"\x84\x05\x02", b"\xc4\x05\x02\x06\x00"), known, {}).complete
    assert not look(b"\x00\x01\x05\x01\x02\x02", known, {}).complete, "deletes what is not here"
    assert not look(b"\x00\x01\x05\x02\x00\x01\x02\x02", known, {}).complete
    hole = b"\x01\x02\x06\x00" + b"\x0a\x01" + b"\x04\x01\x01t\x01x" + b"\x00"
    assert not look(hole, known, {}).complete


def test_items_that_wait_for_each_other_are_incomplete() -> None:
    one = b"\x01\x05\x00\x84\x06\x00\x01x"
    other = b"\x01\x06\x00\x84\x05\x00\x01x"
    assert not look(b"\x02" + one + other + b"\x00", {}, {}).complete
    first = b"\x01\x05\x00\x04\x01\x01t\x01x"
    assert look(b"\x02" + other + first + b"\x00", {}, {}).complete


def chain(count: int, order: Callable[[list[int]], object]) -> bytes:
    """Each of many clients has one item that builds on the next client's."""
    ids = list(range(1000, 1000 + count))
    order(ids)
    items = [
        b"\x01" + encode_var_uint(client) + b"\x00\x84" + encode_var_uint(client + 1) + b"\x00\x01x" for client in ids
    ]
    last = b"\x01" + encode_var_uint(1000 + count) + b"\x00\x04\x01\x01t\x01x"
    return encode_var_uint(count + 1) + b"".join(items) + last + b"\x00"


def crossing(count: int) -> bytes:
    """Two clients whose items build on each other in turn."""
    one = [b"\x04\x01\x01t\x01x", *(b"\x84\x06" + encode_var_uint(clock) + b"\x01x" for clock in range(count - 1))]
    other = [b"\x84\x05" + encode_var_uint(clock) + b"\x01x" for clock in range(count)]
    length = encode_var_uint(count)
    return b"\x02" + length + b"\x05\x00" + b"".join(one) + length + b"\x06\x00" + b"".join(other) + b"\x00"


def crowd(count: int) -> bytes:
    """One client has many items, and between each two is one of another client; in the order in which all wait."""
    items = [b"\x04\x01\x01t\x01x", *(b"\x84\x05" + encode_var_uint(clock) + b"\x01x" for clock in range(count - 1))]
    first = encode_var_uint(count) + b"\x05\x00" + b"".join(items)
    others = [
        b"\x01%b\x00\xc4\x05%b\x05%b\x01x" % tuple(map(encode_var_uint, (1000 + clock, clock, clock + 1)))
        for clock in reversed(range(count - 1))
    ]
    return encode_var_uint(count) + first + b"".join(others) + b"\x00"


@pytest.mark.parametrize(
    "tangle",
    [
        lambda count: chain(count, list.sort),
        lambda count: chain(count, list.reverse),
        lambda count: chain(count, random.Random(1).shuffle),
        crossing,
        crowd,
    ],
    ids=["forwards", "backwards", "shuffled", "crossing", "crowd"],
)
def test_a_tangle_is_unravelled_in_one_go(tangle: Callable[[int], bytes]) -> None:
    few, many = tangle(400), tangle(4_000)
    _, little = work(lambda: look(few, {}, {}))
    seen, much = work(lambda: look(many, {}, {}))
    assert seen.complete
    assert much < 12 * little, "ten times the items are ten times the work"
    document = Document()
    assert document.merge(many, seen).whole
    assert document.known == read_state_vector(document._doc.get_state()), "the library takes all of it, too"


def test_a_tangle_without_a_beginning_is_incomplete() -> None:
    whole = chain(1_000, list.sort)
    at = whole.rindex(b"\x01" + encode_var_uint(2000))
    assert not look(encode_var_uint(1_000) + whole[2:at] + b"\x00", {}, {}).complete
    ring = whole[:at] + b"\x01" + encode_var_uint(2000) + b"\x00\x84" + encode_var_uint(1000) + b"\x00\x01x" + b"\x00"
    assert not look(ring, {}, {}).complete


def test_numbers() -> None:
    for value in (0, 1, 127, 128, 300, 1 << 31, (1 << 53) - 1):
        assert var_uint(encode_var_uint(value), 0) == (value, len(encode_var_uint(value)))
    for bad in (b"", b"\x80", b"\xff" * 8 + b"\x01", b"\xff" * 7 + b"\x3f"):
        with pytest.raises(BadFrame):
            var_uint(bad, 0)
    clocks = {encode_var_uint(7): 3, encode_var_uint(1 << 40): 500}
    assert read_state_vector(state_vector(clocks)) == clocks
    for bad in (b"\x01", b"\x01\x05", b"\x00\x00", b"\xff\xff\xff\x7f", b"\x01\x05\xff\xff\xff\xff\x1f"):
        with pytest.raises(BadFrame):
            read_state_vector(bad)
