"""The log of a session and the document's snapshot."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from interview_platform.kit.errors import not_found
from interview_platform.sessions.model import SessionId
from interview_platform.storage.database import Database, first
from interview_platform.storage.query import Query
from interview_platform.storage.tables import documents, timeline, timeline_heads
from interview_platform.timeline.model import Entry, Event, EventKind
from interview_platform.timeline.ports import Snapshot

_t, _h, _d = timeline.c, timeline_heads.c, documents.c
_KIND = {kind.value: kind for kind in EventKind}

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
_READ_KIND = Query(_READ.where(_t.kind == bindparam("kind")))
_SNAPSHOT = Query(select(_d.seq, _d.state).where(_d.session_id == bindparam("session")))
_LOCK_HEAD = select(_h.seq).where(_h.session_id == bindparam("session")).with_for_update()


class SqlTimelineStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, session: SessionId, entries: Sequence[Entry]) -> int:
        return await self._database.write(lambda c: append_entries(c, session, entries)[0])

    async def read(
        self, session: SessionId, *, after: int = 0, kind: EventKind | None = None, limit: int = 1000
    ) -> list[Event]:
        values = {"session": session, "after": after, "limit": limit}
        if kind is None:
            rows = await self._database.rows(_READ_ALL, **values)
        else:
            rows = await self._database.rows(_READ_KIND, **values, kind=kind.value)
        return [Event(row[0], Entry(_KIND[row[1]], row[2], row[3], row[4])) for row in rows]

    async def snapshot(self, session: SessionId) -> Snapshot | None:
        row = await first(self._database, _SNAPSHOT, session=session)
        return Snapshot(row[0], row[1]) if row else None

    async def save_snapshot(self, session: SessionId, snapshot: Snapshot) -> None:
        await self._database.write(lambda c: _save_snapshot(c, session, snapshot))


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


def _save_snapshot(connection: Connection, session: SessionId, snapshot: Snapshot) -> None:
    if connection.execute(_LOCK_HEAD, {"session": session}).first() is None:
        raise not_found("session")
    stored = _SNAPSHOT.row(connection, session=session)
    values = {"seq": snapshot.seq, "state": snapshot.state}
    if stored is None:
        connection.execute(insert(documents).values(session_id=session, **values))
    elif stored[0] < snapshot.seq:
        connection.execute(update(documents).where(_d.session_id == session).values(values))
