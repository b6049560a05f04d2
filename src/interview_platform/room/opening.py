"""Opening a document: the snapshot, what the log has after it, or its seed when there is neither."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from interview_platform.kit.clock import now_ms
from interview_platform.room.document import Document
from interview_platform.room.seed import Seed
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import DocumentName, Entry
from interview_platform.timeline.ports import TimelineStore

log = structlog.get_logger(__name__)

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Opened:
    document: Document
    seq: int
    """Number of the last log entry in it."""
    unsnapped: int
    """How many entries the snapshot lacks."""


async def read_document(store: TimelineStore, session: SessionId, name: DocumentName = DocumentName.MAIN) -> Opened:
    """The document as stored; `seq` 0 when it was never begun. Raises DocumentBroken and what the store raises."""
    snapshot = await store.snapshot(session, name)
    updates = [] if snapshot is None else [snapshot.state]
    seq, unsnapped = (0, 0) if snapshot is None else (snapshot.seq, 0)
    while True:
        page = await store.read(session, after=seq, kinds=[name.kind], limit=_PAGE)
        updates += [event.entry.payload for event in page]
        unsnapped += len(page)
        if page:
            seq = page[-1].seq
        if len(page) < _PAGE:
            break
        await asyncio.sleep(0)  # a store that never waits must not keep the others waiting
    document = Document()
    refused = document.load(updates)
    if refused:
        log.error("document.updates_refused", session=session, count=refused)
    return Opened(document, seq, unsnapped)


async def open_document(
    store: TimelineStore,
    session: SessionId,
    seed: Callable[[], Seed] | None,
    name: DocumentName = DocumentName.MAIN,
) -> Opened:
    """As `read_document`; a document that was never begun is seeded first, in the log before anybody sees it.

    Without a `seed` it begins empty.

    One opening of a session at a time (`Rooms` sees to it): so there is one seed, whatever is killed when.
    """
    opened = await read_document(store, session, name)
    if opened.seq or seed is None:
        return opened
    update = seed().update()
    seq = await store.append(session, [Entry(name.kind, None, now_ms(), update)])
    opened.document.load([update])
    return Opened(opened.document, seq, 1)
