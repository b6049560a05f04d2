"""A look into a Yjs update (v1 encoding) before it may touch the document or the others.

Questions answered without the CRDT library: is it well-formed (garbage would make every browser in the room throw, and
makes the library reserve gigabytes for counts it believes)? Does all that it builds on exist here (if not, it would
wait inside the document, invisible and never saved)? Does it bring anything new? Does it cut a character in half (the
library breaks the document over that)? Why: docs/room.md.

Clients are named by their encoded id: the two commonest updates, a key typed and a key deleted, are then recognised by
one regular expression and a few dictionary look-ups.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from interview_platform.room.update_walk import Place, Walk, low_halves
from interview_platform.room.wire import BadFrame

_CLIENT = rb"([\x00-\x7f]|[\x80-\xff]{1,6}[\x01-\x7f]|[\x80-\xff]{7}[\x01-\x0f])"
_CLOCK = rb"([\x00-\x7f]|[\x80-\xff]{1,3}[\x01-\x7f])"
_ID = _CLIENT + _CLOCK
# One text item after, before or between others: header, client, clock, info + neighbours, length of the text.
_TYPED = re.compile(
    rb"\x01\x01" + _ID + rb"(?:\x84" + _ID + rb"|\x44" + _ID + rb"|\xc4" + _ID + _ID + rb")" + _CLOCK, re.DOTALL
)
# No item, one deleted range.
_DELETED = re.compile(rb"\x00\x01" + _CLIENT + rb"\x01" + _CLOCK + _CLOCK, re.DOTALL)
_FOUR_BYTES = re.compile(rb"[\xf0-\xf4][\x80-\xbf]{3}")

Halves = Mapping[bytes, set[int]]
"""Places of the second halves of characters that take two units, by client."""


class Look(NamedTuple):
    ends: tuple[Place, ...]
    """Per client in the update: the clock after its last item."""
    complete: bool
    """Everything it builds on is in the document (or in itself)."""
    fresh: bool
    """It may bring something: a new item, or deletions (which only the document can tell to be known)."""
    returns: bool
    """Some text has a carriage return."""
    plain: bool
    """One of the two common shapes: the library is known to take it, so it may be applied later, in a batch."""
    halves: tuple[Place, ...] = ()
    """Second halves of characters that it brings."""
    cuts: tuple[Place, ...] = ()
    """Second halves of characters, already in the document, that it cuts off from the first."""
    walk: Walk | None = None
    """The update taken apart, if it has been."""


def look(update: bytes, known: Mapping[bytes, int], halves: Halves) -> Look:
    """`known`: next clock by client. Raises BadFrame when the update is not well-formed."""
    typed = _TYPED.match(update)
    if typed is not None:
        seen = _typed(update, typed, known, halves)
        if seen is not None:
            return seen
    deleted = _DELETED.fullmatch(update)
    if deleted is not None:
        client, clock, length = deleted.groups()
        start = _number(clock)
        end = start + _number(length)
        if not (halves and client in halves and (start in halves[client] or end in halves[client])):
            return Look((), end <= known.get(client, 0), True, False, True)
    walk = Walk(update)
    ends, complete = walk.integrated(known)
    fresh = bool(walk.deleted) or any(end > known.get(client, 0) for client, end in ends)
    own = walk.halves
    cut_at = walk.cuts(known)
    if own and not cut_at.isdisjoint(own):
        raise BadFrame("cuts a character of its own")
    cuts = tuple(place for place in sorted(cut_at) if place[1] in halves.get(place[0], ()))
    return Look(ends, complete, fresh, walk.returns, plain=False, halves=tuple(own), cuts=cuts, walk=walk)


def halves_in(update: bytes) -> Iterator[Place]:
    """Second halves of the characters in a stored update. Most have none, which one search tells."""
    if _FOUR_BYTES.search(update) is None:
        return
    try:
        yield from Walk(update).halves
    except BadFrame:
        return  # the library has the last word on what is stored


def _typed(update: bytes, match: "re.Match[bytes]", known: Mapping[bytes, int], halves: Halves) -> Look | None:
    client, clock, after, after_clock, before, before_clock, left, left_clock, right, right_clock, length = (
        match.groups()
    )
    start = match.end()
    end = start + _number(length)
    if end + 1 != len(update) or update[end] != 0:
        return None  # also deletes something, or has more than one item
    content = update[start:end]
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None  # the walk refuses it and says why
    units = len(text) if len(text) == len(content) else len(text.encode("utf-16-le")) // 2
    first = _number(clock)
    if units == 0 or first != known.get(client, 0):
        return None  # nothing, a gap, or known at least in part: the careful way
    after = after or left
    before = before or right
    complete = True
    if after is not None:
        at = _number(after_clock or left_clock)
        complete = at < known.get(after, 0)
        if halves and at + 1 in halves.get(after, ()):
            return None
    if before is not None:
        at = _number(before_clock or right_clock)
        complete = complete and at < known.get(before, 0)
        if halves and at in halves.get(before, ()):
            return None
    brought = tuple(low_halves(client, first, text)) if units != len(text) else ()
    # By position: with names it takes twice as long, and this is done for every key that is pressed.
    return Look(((client, first + units),), complete, True, "\r" in text, True, brought)


def _number(data: bytes) -> int:
    if len(data) == 1:
        return data[0]
    value = shift = 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
    return value
