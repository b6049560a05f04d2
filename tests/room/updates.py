"""Makes Yjs updates, honest ones and broken ones, the same for the same seed."""

import random
from typing import Any

from pycrdt import Array, Doc, Map, Text

SNIPPETS = ("a", "é", "😀", "xyz", "\r\n", "def f():\n")
VALUES: tuple[Any, ...] = ("python", 1, 2.5, True, None, {"a": [1, {"b": 2}]}, [1, "x"])


class Site:
    """A document with text, maps and arrays that edits itself at random."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.doc: Doc[Any] = Doc(client_id=chance.randrange(1, chance.choice((1 << 32, 1 << 53))))
        self.files: Map[Any] = self.doc.get("files", type=Map)
        self.room: Map[Any] = self.doc.get("room", type=Map)
        self.board: Array[Any] = self.doc.get("board", type=Array)
        self.text: Text = self.doc.get("text", type=Text)
        self.updates: list[bytes] = []
        self._subscription = self.doc.observe(lambda event: self.updates.append(event.update))

    def edit(self) -> None:
        with self.doc.transaction():
            self._edit(self.chance.randrange(9))

    def _edit(self, what: int) -> None:
        chance, ascii_text = self.chance, str(self.text).isascii() and len(self.text) > 3
        if what == 0:
            self.files[f"f{chance.randrange(3)}"] = Text("hé😀llo")
        elif what == 1:
            self.room["language"] = chance.choice(VALUES)
        elif what == 2:
            self.board.insert(0, chance.choice((1, "x", {"q": 1})))
        elif what == 3 and len(self.board) > 0:
            self.board.pop(0)
        elif what == 4 and ascii_text:
            del self.text[1:3]
        elif what == 5 and ascii_text:
            self.text.format(0, 2, {"bold": True})
        else:
            self.text.insert(chance.choice((0, len(self.text))), chance.choice(SNIPPETS))


def honest_updates(chance: random.Random, edits: int = 60) -> list[bytes]:
    """What three sites that sync now and then would send."""
    sites = [Site(chance) for _ in range(3)]
    for _ in range(edits):
        chance.choice(sites).edit()
        if chance.random() < 0.3:
            one, other = chance.sample(sites, 2)
            other.doc.apply_update(one.doc.get_update(other.doc.get_state()))
    return [update for site in sites for update in (*site.updates, site.doc.get_update())]


def broken(chance: random.Random, update: bytes) -> bytes:
    """`update` with a few bytes changed, cut off, added or repeated."""
    data = bytearray(update if chance.random() < 0.9 else chance.randbytes(chance.randrange(40)))
    for _ in range(chance.randrange(1, 4)):
        kind = chance.randrange(5)
        if kind == 1:
            del data[chance.randrange(len(data) + 1) :]
        elif kind == 2:
            data += chance.randbytes(chance.randrange(5))
        elif data and kind == 0:
            data[chance.randrange(len(data))] = chance.randrange(256)
        elif data and kind == 3:
            data[chance.randrange(len(data))] = chance.choice(
                (0, 1, 2, 4, 7, 8, 0x27, 0x28, 0x84, 0xC4, 0x44, 127, 128)
            )
        elif data:
            at, start = chance.randrange(len(data)), chance.randrange(len(data))
            data[at:at] = data[start : start + chance.randrange(6)]
    return bytes(data)
