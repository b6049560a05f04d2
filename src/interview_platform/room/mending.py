"""Gets out of a damaged record what can be read of it: the snapshot if it is sound, and every sound row of the log.

Rows are asked one by one, in the way in which they were taken when they were sent. Explained in docs/room.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from interview_platform.room.document import Document, DocumentBroken
from interview_platform.room.update import look
from interview_platform.room.wire import BadFrame

WAITS = "builds on what is missing"


class Row(NamedTuple):
    """An update in the log."""

    seq: int
    update: bytes


class BadRow(NamedTuple):
    seq: int
    reason: str


class Mended(NamedTuple):
    state: bytes
    """The document as one update."""
    bad: tuple[BadRow, ...]
    """Rows that are not in it, in order."""
    waits: bool
    """Some of them only build on what is missing: should it come, they are good."""


def doubtful(rows: Sequence[Row], known: Mapping[bytes, int]) -> Iterator[BadRow]:
    """Rows that are not well-formed, or build on what is missing: inside the library those would wait for ever, unseen,
    and be in no snapshot. `known`: next clock by client.
    """
    known = dict(known)
    for row in rows:
        try:
            seen = look(row.update, known, {})
        except BadFrame as error:
            yield BadRow(row.seq, str(error))
            continue
        if not seen.complete:
            yield BadRow(row.seq, WAITS)
            continue
        for client, end in seen.ends:
            known[client] = max(end, known.get(client, 0))


def mend(base: bytes | None, rows: Sequence[Row]) -> Mended:
    """All that `base`, a sound snapshot, and the rows tell. Slow: not for the event loop. Raises DocumentBroken."""
    return _Mending(base).run(rows)


class _Mending:
    def __init__(self, base: bytes | None) -> None:
        self._good = [] if base is None else [base]
        self._document = self._again()
        self._bad: list[BadRow] = []

    def run(self, rows: Sequence[Row]) -> Mended:
        left = [row for row in rows if not self._take(row)]
        while len(rows) > len(left):  # what somebody sent again later may be what earlier rows wait for
            rows, left = left, [row for row in left if not self._take(row)]
        self._bad += [BadRow(row.seq, WAITS) for row in left]
        return Mended(self._document.encoded(), tuple(sorted(self._bad)), bool(left))

    def _take(self, row: Row) -> bool:
        """False: not yet, it builds on what is not here."""
        document = self._document
        try:
            seen = document.look(row.update)
            if not seen.complete:
                return False
            if seen.cuts:
                document.mend(seen.cuts)
            if seen.plain:
                document.add(row.update, seen)
                document.settle()
            elif seen.fresh:
                document.merge(row.update, seen)
            self._good.append(row.update)
        except BadFrame as error:
            self._bad.append(BadRow(row.seq, str(error)))
        except DocumentBroken as error:
            self._bad.append(BadRow(row.seq, f"breaks the library: {error.__cause__}"))
            self._document = self._again()
        return True

    def _again(self) -> Document:
        document = Document()
        document.load(self._good)
        return document
