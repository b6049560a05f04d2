"""Takes a Yjs update apart into small ones, each of which the CRDT library has done with soon.

What one item costs the library depends on where it goes: it may look at every item to the end of the list, or move
every later item of the client in memory. No property of the update alone tells (docs/room.md), so the only bound is
that little is given to the library between two looks at the clock.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from interview_platform.room.update_walk import Place, Walk
from interview_platform.room.wire import encode_var_uint

PIECE = 32
"""Items or deleted ranges given to the library at once: 0.3 s if each looks at 100,000 others, as nobody's does; and
100,000 honest ones take no longer in pieces.
"""


def pieces(walk: Walk) -> Iterator[bytes]:
    """What is new in the update, each piece building on those before only. After `walk.integrated`."""
    yield from _of_items(walk)
    deleted = iter(walk.deleted)
    while ranges := list(islice(deleted, PIECE)):
        yield deletion(ranges)


def deletion(ranges: Iterable[tuple[bytes, int, int]]) -> bytes:
    """An update that deletes `ranges`: per client from which clock on and until before which."""
    by_client: dict[bytes, list[bytes]] = {}
    for client, start, end in ranges:
        by_client.setdefault(client, []).append(encode_var_uint(start) + encode_var_uint(end - start))
    parts = [b"\x00", encode_var_uint(len(by_client))]
    for client, encoded in by_client.items():
        parts += [client, encode_var_uint(len(encoded)), *encoded]
    return b"".join(parts)


def deletion_of_characters(second_halves: Iterable[Place]) -> bytes:
    """An update that deletes whole characters of two units."""
    return deletion((client, clock - 1, clock + 1) for client, clock in sorted(second_halves))


class _Block(NamedTuple):
    """Items of one client that follow each other."""

    clock: int
    items: list[bytes]


def _of_items(walk: Walk) -> Iterator[bytes]:
    blocks: dict[bytes, _Block] = {}
    count = 0
    for client, start, first, end in walk.order:
        clock = start
        for index in range(first, end):
            blocks.setdefault(client, _Block(clock, [])).items.append(walk.encoded(client, index))
            clock += walk.clients[client][1][index].length
            count += 1
            if count == PIECE:
                yield _encoded(blocks)
                blocks, count = {}, 0
    if blocks:
        yield _encoded(blocks)


def _encoded(blocks: dict[bytes, _Block]) -> bytes:
    parts = [encode_var_uint(len(blocks))]
    for client, block in blocks.items():
        parts += [encode_var_uint(len(block.items)), client, encode_var_uint(block.clock), *block.items]
    parts.append(b"\x00")
    return b"".join(parts)
