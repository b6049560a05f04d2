"""Reads a Yjs update (v1 encoding) item by item. Layout: `yjs/src/utils/updates.js` and `yjs/src/structs/*.js`."""

import json
from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import NamedTuple

from interview_platform.room.wire import BadFrame, encode_var_uint, var_uint

_ORIGIN, _RIGHT_ORIGIN, _PARENT_SUB = 0x80, 0x40, 0x20  # flags of an item's first byte; its low 5 bits: the content
_GC, _DELETED, _JSON, _BINARY, _STRING, _EMBED, _FORMAT, _TYPE, _ANY, _SKIP = 0, 1, 2, 3, 4, 5, 6, 7, 8, 10
_NAMED_TYPES = (3, 5)  # XML element and hook carry a name
_TYPES = 7  # array, map, text, XML element, fragment, hook, text
_CLOCK_END = 1 << 32  # the library counts with 32 bits
_DEPTH = 64  # nesting of JSON-like values; nobody's whiteboard goes so deep, and the library recurses


class Item(NamedTuple):
    length: int
    needs: tuple[tuple[bytes, int], ...]
    """Ids of other items that must be there first."""


Place = tuple[bytes, int]
"""A unit of text, or another item: (encoded) client id and clock."""


def low_halves(client: bytes, clock: int, text: str) -> Iterator[Place]:
    """Where the second halves are of the characters in `text` (from `clock` on) that take two units."""
    for character in text:
        if character > "\uffff":
            yield client, clock + 1
            clock += 2
        else:
            clock += 1


class Walk:
    """The update, taken apart. Raises BadFrame at the first thing that is not as it should be."""

    def __init__(self, update: bytes) -> None:
        self._data = update
        self._at = 0
        self._text = ""
        self.returns = False
        self.deleted: list[tuple[bytes, int, int]] = []
        """From which clock on and until before which."""
        self.halves: set[Place] = set()
        """Second halves of characters that it brings."""
        self.clients: dict[bytes, tuple[int, list[Item]]] = {}
        self.order: list[tuple[bytes, int, int, int]] = []
        """How new items can be taken: some of a client's (from a clock and index, to an index), then another's."""
        self._bounds: dict[bytes, list[int]] = {}
        self._cuts: set[Place] = set()
        for _ in range(self._count()):
            self._block()
        for _ in range(self._count()):
            self._deletions_of_client()
        if self._at != len(update):
            raise BadFrame("trailing bytes")

    def cuts(self, known: Mapping[bytes, int]) -> set[Place]:
        """Before which places items are cut in two by this update, if they reach over them."""
        # What is known of an item that is known in part is cut off, too.
        return self._cuts | {(client, known.get(client, 0)) for client in self.clients}

    @property
    def parts(self) -> int:
        """How many items and deleted ranges there are."""
        return sum(len(items) for _, items in self.clients.values()) + len(self.deleted)

    def encoded(self, client: bytes, index: int) -> bytes:
        """One of the client's items as it came."""
        return self._data[slice(*self._bounds[client][index : index + 2])]

    def integrated(self, known: Mapping[bytes, int]) -> tuple[tuple[tuple[bytes, int], ...], bool]:
        """Per client the clock after its last item, and whether all of it would find what it builds on.

        Goes the way of the library: a client's items in order, each once its neighbours are there. A client that
        cannot go on is left until the item it waits for is there: every item is looked at a few times, however many
        clients build on each other. Those that wait for each other are never there.
        """
        have = dict(known)
        self.order = []
        ends = tuple(
            (client, start + sum(block.length for block in blocks)) for client, (start, blocks) in self.clients.items()
        )
        at = {client: (start, 0) for client, (start, _) in self.clients.items()}
        # By the client that is waited for: until which of its clocks, and who waits.
        waiting: dict[bytes, list[tuple[int, bytes]]] = {}
        ready = list(self.clients)
        while ready:
            client = ready.pop()
            missing = self._advance(client, at, have)
            if missing is not None:
                other, clock = missing
                heappush(waiting.setdefault(other, []), (clock, client))
            heap = waiting.get(client, [])
            while heap and heap[0][0] < have.get(client, 0):
                ready.append(heappop(heap)[1])
        complete = not any(waiting.values()) and all(have.get(client, 0) >= end for client, _, end in self.deleted)
        return ends, complete

    def _advance(self, client: bytes, at: dict[bytes, tuple[int, int]], have: dict[bytes, int]) -> Place | None:
        """Take the client's items as far as they go; the item that the next one waits for, None if all went."""
        clock, index = at[client]
        blocks = self.clients[client][1]
        missing = news = None
        while index < len(blocks) and missing is None:
            block = blocks[index]
            if clock > have.get(client, 0):
                missing = (client, clock - 1)
            else:
                missing = next((need for need in block.needs if have.get(need[0], 0) <= need[1]), None)
            if missing is None:
                if clock + block.length > have.get(client, 0):
                    news = news or (clock, index)
                    have[client] = clock + block.length
                clock += block.length
                index += 1
        if news is not None:
            self.order.append((client, *news, index))
        at[client] = (clock, index)
        return missing

    def _block(self) -> None:
        count = self._count()
        client = encode_var_uint(self._number())
        clock = start = self._number()
        if client in self.clients:
            raise BadFrame("client twice")
        items = []
        bounds = [self._at]
        for _ in range(count):
            item = self._item()
            bounds.append(self._at)
            if item.length == 0:
                raise BadFrame("empty item")
            if self._text:
                self.halves.update(low_halves(client, clock, self._text))
                self._text = ""
            clock += item.length
            items.append(item)
        if clock >= _CLOCK_END:
            raise BadFrame("clock too large")
        self.clients[client] = (start, items)
        self._bounds[client] = bounds

    def _item(self) -> Item:
        info = self._byte()
        content = info & 0x1F
        if info in (_GC, _SKIP):
            length = self._number()
            # A hole: what comes after it can never be complete.
            return Item(length, ((b"", 0),) if info == _SKIP else ())
        needs = []
        if info & _ORIGIN:
            client, clock = self._id()
            needs.append((client, clock))
            self._cuts.add((client, clock + 1))
        if info & _RIGHT_ORIGIN:
            needs.append(self._id())
            self._cuts.add(needs[-1])
        if not info & (_ORIGIN | _RIGHT_ORIGIN):
            parent = self._number()
            if parent == 1:
                self._string()
            elif parent == 0:
                needs.append(self._id())
            else:
                raise BadFrame("unknown parent")
            if info & _PARENT_SUB:
                self._string()
        return Item(self._content(content), tuple(needs))

    def _content(self, kind: int) -> int:
        """Read one content; its length in clock ticks."""
        if kind == _STRING:
            return self._typed()
        if kind == _DELETED:
            return self._number()
        if kind in (_JSON, _ANY):
            return self._values(kind)
        if kind == _BINARY:
            self._bytes()
        elif kind == _EMBED:
            self._json()
        elif kind == _FORMAT:
            self._string()
            self._json()
        elif kind == _TYPE:
            type_ref = self._number()
            if type_ref >= _TYPES:
                raise BadFrame("unknown type")
            if type_ref in _NAMED_TYPES:
                self._string()
        else:
            raise BadFrame("unknown content")
        return 1

    def _typed(self) -> int:
        text = self._string()
        self.returns |= "\r" in text
        if text.isascii():
            return len(text)
        self._text = text
        return len(text.encode("utf-16-le")) // 2

    def _values(self, kind: int) -> int:
        count = self._count()
        for _ in range(count):
            if kind == _ANY:
                self._any(0)
            elif (text := self._string()) != "undefined":
                _check_json(text)
        return count

    def _any(self, depth: int) -> None:
        kind = self._byte()
        if kind in (127, 126, 121, 120):  # undefined, null, false, true
            return
        if kind == 125:
            self._signed()
        elif kind in (124, 123, 122):  # float32, float64, bigint64
            self._skip(4 if kind == 124 else 8)
        elif kind == 119:
            self._string()
        elif kind == 116:
            self._bytes()
        elif kind in (118, 117) and depth < _DEPTH:  # object, array
            for _ in range(self._count()):
                if kind == 118:
                    self._string()
                self._any(depth + 1)
        else:
            raise BadFrame("unknown value")

    def _deletions_of_client(self) -> None:
        client = encode_var_uint(self._number())
        for _ in range(self._count()):
            clock = self._number()
            end = clock + self._number()
            if end >= _CLOCK_END:
                raise BadFrame("clock too large")
            self.deleted.append((client, clock, end))
            self._cuts.update(((client, clock), (client, end)))

    def _number(self) -> int:
        value, self._at = var_uint(self._data, self._at)
        return value

    def _count(self) -> int:
        """A number of things to come, each at least one byte: the claim cannot exceed what is there."""
        count = self._number()
        if count > len(self._data) - self._at:
            raise BadFrame("count too large")
        return count

    def _byte(self) -> int:
        if self._at >= len(self._data):
            raise BadFrame("cut off")
        self._at += 1
        return self._data[self._at - 1]

    def _skip(self, length: int) -> None:
        if self._at + length > len(self._data):
            raise BadFrame("cut off")
        self._at += length

    def _signed(self) -> None:
        while self._byte() >= 128:
            pass

    def _id(self) -> tuple[bytes, int]:
        client = encode_var_uint(self._number())
        return client, self._number()

    def _bytes(self) -> bytes:
        length = self._number()
        start = self._at
        self._skip(length)
        return self._data[start : self._at]

    def _string(self) -> str:
        try:
            return self._bytes().decode()
        except UnicodeDecodeError:
            raise BadFrame("not UTF-8") from None

    def _json(self) -> None:
        _check_json(self._string())


def _check_json(text: str) -> None:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        raise BadFrame("not JSON") from None
