"""Opening a document: the snapshot, what the log has after it, or its seed when there is neither.

The log is the truth. Is anything unsound, all that can be read of snapshot and log together makes the document.
"""

import asyncio
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from interview_platform.kit.clock import now_ms
from interview_platform.room.document import Document, DocumentBroken
from interview_platform.room.measures import Measures
from interview_platform.room.mending import BadRow, Row, doubtful, mend
from interview_platform.room.seed import Seed
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import DocumentName, Entry
from interview_platform.timeline.ports import Snapshot, TimelineStore

log = structlog.get_logger(__name__)

_PAGE = 1000
_LINES = 100  # One row that is missing may leave out a whole interview after it: the first lines tell what to look for.


@dataclass(frozen=True, slots=True)
class Opened:
    document: Document
    seq: int
    """Number of the last log entry in it."""
    unsnapped: int
    """How many entries the snapshot lacks."""
    over: int | None = None
    """Number of the stored snapshot when that is unsound: the next one goes over it."""
    keep_snapshot: bool = False
    """No snapshot may be taken: the stored one and rows of the log are unsound, and it may hold what they do not tell;
    or rows wait for what is missing, and the next opening must see them again.
    """
    bad: tuple[BadRow, ...] = ()
    """Rows that are left out."""


async def read_document(
    store: TimelineStore,
    session: SessionId,
    name: DocumentName = DocumentName.MAIN,
    measures: Measures | None = None,
) -> Opened:
    """The document as stored; `seq` 0 when it was never begun. Raises DocumentBroken and what the store raises."""
    snapshot = await store.snapshot(session, name)
    after = 0 if snapshot is None else snapshot.seq
    # With the row that the snapshot ends with: a number that the log does not have says that it is not of this log.
    rows = await log_rows(store, session, name, max(0, after - 1))
    stored = Stored(snapshot)
    tail = [row for row in rows if row.seq > after]
    if after and not stored.wrong and (not rows or rows[0].seq != after):
        stored.wrong = "the log does not have its number"
    if not stored.wrong and _continued(stored.document, tail):
        return Opened(stored.document, tail[-1].seq if tail else after, len(tail))
    return await _mended(store, session, name, stored, measures)


class Stored:
    """A snapshot, or that there is none: `document` has it, unless something is `wrong` with it."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        self.snapshot = snapshot
        self.document = Document()
        self.wrong = "" if snapshot is None else self._load(snapshot)
        self.state = None if snapshot is None or self.wrong else snapshot.state
        """What may be used of it, whatever its number."""

    def _load(self, snapshot: Snapshot) -> str:
        if snapshot.checksum is not None and zlib.crc32(snapshot.state) != snapshot.checksum:
            return "its checksum is wrong"
        if snapshot.checksum is None and any(doubtful([Row(snapshot.seq, snapshot.state)], {})):
            return "it is not well-formed"  # the library would believe any count in it, and reserve gigabytes
        try:
            refused = self.document.load([snapshot.state], more=True)
        except DocumentBroken as error:
            return f"it breaks the library: {error.__cause__}"
        if refused:
            return "the library refuses it"
        return "" if self.document.known else "it is empty"


def _continued(document: Document, tail: Sequence[Row]) -> bool:
    """Whether all of `tail` is in the document now; if not, it is not to be used."""
    try:
        return not any(doubtful(tail, document.known)) and not document.load([row.update for row in tail])
    except DocumentBroken:
        return False


async def _mended(
    store: TimelineStore, session: SessionId, name: DocumentName, stored: Stored, measures: Measures | None
) -> Opened:
    rows = await log_rows(store, session, name)
    if not rows and stored.state is None:
        raise DocumentBroken(f"nothing is left of it: {stored.wrong}")  # never begun anew over what there was
    mended = await asyncio.to_thread(mend, stored.state, rows)
    _report(session, name, stored, mended.bad, measures)
    document = Document()
    document.load([mended.state])
    return Opened(
        document,
        rows[-1].seq if rows else 0,
        len(rows),
        over=stored.snapshot.seq if stored.snapshot is not None and stored.wrong else None,
        keep_snapshot=mended.waits or bool(stored.wrong and mended.bad),
        bad=mended.bad,
    )


def _report(
    session: SessionId, name: DocumentName, stored: Stored, bad: Sequence[BadRow], measures: Measures | None
) -> None:
    if stored.wrong and stored.snapshot is not None:
        log.error("document.bad_snapshot", session=session, document=name, seq=stored.snapshot.seq, reason=stored.wrong)
    for row in bad[:_LINES]:
        log.error("document.bad_row", session=session, document=name, seq=row.seq, reason=row.reason)
    if len(bad) > _LINES:
        log.error("document.bad_rows", session=session, document=name, count=len(bad))
    if measures is not None:
        measures.bad_snapshots.inc(bool(stored.wrong))
        measures.bad_rows.inc(len(bad))


async def log_rows(store: TimelineStore, session: SessionId, name: DocumentName, after: int = 0) -> list[Row]:
    """The document's updates after number `after`."""
    rows: list[Row] = []
    while True:
        page = await store.read(session, after=after, kinds=[name.kind], limit=_PAGE)
        rows += [Row(event.seq, event.entry.payload) for event in page]
        if len(page) < _PAGE:
            return rows
        after = page[-1].seq
        await asyncio.sleep(0)  # a store that never waits must not keep the others waiting


async def open_document(
    store: TimelineStore,
    session: SessionId,
    seed: Callable[[], Seed] | None,
    name: DocumentName = DocumentName.MAIN,
    measures: Measures | None = None,
) -> Opened:
    """As `read_document`; a document that was never begun is seeded first, in the log before anybody sees it.

    Without a `seed` it begins empty.

    One opening of a session at a time (`Rooms` sees to it): so there is one seed, whatever is killed when.
    """
    opened = await read_document(store, session, name, measures)
    if opened.seq or opened.document.known or seed is None:
        return opened
    update = seed().update()
    seq = await store.append(session, [Entry(name.kind, None, now_ms(), update)])
    opened.document.load([update])
    return Opened(opened.document, seq, 1)
