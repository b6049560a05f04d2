"""Chat messages, kept with their session."""

from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select

from interview_platform.chat.model import Message
from interview_platform.sessions.model import SessionId
from interview_platform.storage.database import Database, first
from interview_platform.storage.query import Query
from interview_platform.storage.tables import messages, people
from interview_platform.storage.timeline import append_entries

_m = messages.c
_NEWEST = Query(
    select(_m.id, _m.seq, _m.person_id, people.c.name, _m.text, _m.at)
    .join(people, people.c.id == _m.person_id)
    .where(_m.session_id == bindparam("session"), _m.seq < bindparam("before"))
    .order_by(_m.seq.desc())
    .limit(bindparam("limit"))
)
_PLACE = Query(select(_m.seq).where(_m.session_id == bindparam("session"), _m.id == bindparam("id")))
_END = 2**62  # above every number


class SqlChatStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, session: SessionId, message: Message) -> Message:
        return await self._database.write(lambda c: _add(c, session, message))

    async def place(self, session: SessionId, message: str) -> int | None:
        row = await first(self._database, _PLACE, session=session, id=message)
        return row[0] if row else None

    async def newest(self, session: SessionId, *, before: int | None, limit: int) -> list[Message]:
        place = _END if before is None else before
        rows = await self._database.rows(_NEWEST, session=session, before=place, limit=limit)
        return [Message(*row) for row in reversed(rows)]


def _add(connection: Connection, session: SessionId, message: Message) -> Message:
    _, seq = append_entries(connection, session, [message.entry], messages=1)
    connection.execute(
        insert(messages).values(
            session_id=session, seq=seq, id=message.id, person_id=message.person, text=message.text, at=message.at
        )
    )
    return replace(message, seq=seq)
