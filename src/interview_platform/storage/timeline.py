"""The log of a session and the document's snapshot."""

from collections.abc import Sequence
from functools import lru_cache

import structlog
from sqlalchemy import Connection, bindparam, false, insert, literal, or_, select, update

from interview_platform.kit.errors import not_found
from interview_platform.sessions.model import SessionId
from interview_platform.storage.database import Database, first
from interview_platform.storage.query import Query, Row
from interview_platform.storage.tables import documents, sessions, timeline, timeline_heads
from interview_platform.timeline.model import DocumentName, Entry, Event, EventKind
from interview_platform.timeline.ports import Snapshot

_t, _h, _d, _s = timeline.c, timeline_heads.c, documents.c, sessions.c
_KIND = {kind.value: kind for kind in EventKind}
_log = structlog.get_logger()

# The update holds the row until the commit: appends to one session wait for each other, so the numbers have no gaps.
_NUMBER = Query(
    update(timeline_heads)
    .where(_h.session_id == bindparam("session"))
    .values(seq=_h.seq + bindparam("count"), chat_seq=_h.chat_seq + bindparam("messages"))
    .returning(_h.seq, _h.chat_seq)
)
_APPEND = Query(insert(timeline))
_READ = (
    select(_t.seq, _t.kind, _t.person_id, _t.at, _t.payload)
    .where(_t.session_id == bindparam("session"), _t.seq > bindparam("after"))
    .order_by(_t.seq)
    .limit(bindparam("limit"))
)
_READ_ALL = Query(_READ)
_SNAPSHOT = Query(
    select(_d.seq, _d.state, _d.checksum).where(_d.session_id == bindparam("session"), _d.name == bindparam("name"))
)
_NEWEST = select(_s.id).order_by(_s.created_at.desc(), _s.id.desc())  # not a Query: only `doctor` asks
_LOCK_HEAD = select(_h.seq).where(_h.session_id == bindparam("session")).with_for_update()


class SqlTimelineStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, session: SessionId, entries: Sequence[Entry]) -> int:
        return await self._database.write(lambda c: append_entries(c, session, entries)[0])

    async def read(
        self, session: SessionId, *, after: int = 0, kinds: Sequence[EventKind] | None = None, limit: int = 1000
    ) -> list[Event]:
        query = _READ_ALL if kinds is None else _read_of(tuple(kinds))
        events: list[Event] = []
        while True:
            wanted = limit - len(events)
            rows = await self._database.rows(query, session=session, after=after, limit=wanted)
            events += _known(session, rows)
            if len(rows) < wanted or len(events) == limit:
                return events
            after = rows[-1][0]

    async def snapshot(self, session: SessionId, document: DocumentName = DocumentName.MAIN) -> Snapshot | None:
        row = await first(self._database, _SNAPSHOT, session=session, name=document.value)
        return Snapshot(*row) if row else None

    async def save_snapshot(
        self,
        session: SessionId,
        snapshot: Snapshot,
        document: DocumentName = DocumentName.MAIN,
        *,
        over: int | None = None,
    ) -> None:
        await self._database.write(lambda c: _save_snapshot(c, session, snapshot, document, over))

    async def newest(self, limit: int) -> list[SessionId]:
        newest = _NEWEST.limit(limit)
        return [SessionId(id) for (id,) in await self._database.read(lambda c: c.execute(newest).all())]


@lru_cache(maxsize=64)  # far more than there are sets of kinds that are asked for
def _read_of(kinds: tuple[EventKind, ...]) -> Query:
    return Query(_READ.where(or_(false(), *(_t.kind == literal(kind.value) for kind in kinds))))


def _known(session: SessionId, rows: Sequence[Row]) -> list[Event]:
    events = []
    for seq, kind, person, at, payload in rows:
        if kind in _KIND:
            events.append(Event(seq, Entry(_KIND[kind], person, at, payload)))
        else:
            _log.warning("timeline.unknown_kind", session=session, seq=seq, kind=kind)
    return events


def append_entries(
    connection: Connection, session: SessionId, entries: Sequence[Entry], *, messages: int = 0
) -> tuple[int, int]:
    """For a transaction that has more to write: the session's last number, and that of its chat, which goes up by
    `messages`. Raises not_found.
    """
    head = _NUMBER.row(connection, session=session, count=len(entries), messages=messages)
    if head is None:
        raise not_found("session")
    seq, chat_seq = head
    if entries:
        rows = [
            {
                "session_id": session,
                "seq": number,
                "kind": entry.kind.value,
                "person_id": entry.person,
                "at": entry.at,
                "payload": entry.payload,
            }
            for number, entry in enumerate(entries, seq - len(entries) + 1)
        ]
        _APPEND.for_each(connection, rows)
    return seq, chat_seq


def _save_snapshot(
    connection: Connection, session: SessionId, snapshot: Snapshot, document: DocumentName, over: int | None
) -> None:
    if connection.execute(_LOCK_HEAD, {"session": session}).first() is None:
        raise not_found("session")
    name = document.value
    stored = _SNAPSHOT.row(connection, session=session, name=name)
    values = {"seq": snapshot.seq, "state": snapshot.state, "checksum": snapshot.checksum}
    if stored is None:
        connection.execute(insert(documents).values(session_id=session, name=name, **values))
    elif stored[0] < snapshot.seq or stored[0] == over:
        connection.execute(update(documents).where(_d.session_id == session, _d.name == name).values(values))
