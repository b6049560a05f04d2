"""Chat messages, kept with their session."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from interview_platform.accounts.model import PersonId
from interview_platform.chat.model import Attachment, Message, Reaction, entry_of, in_order
from interview_platform.chat.ports import IdTaken
from interview_platform.sessions.model import SessionId
from interview_platform.storage.attachments import SqlAttachments, remove_attachments
from interview_platform.storage.database import Database, first
from interview_platform.storage.query import Query, Row
from interview_platform.storage.tables import messages, people, reactions
from interview_platform.storage.timeline import append_entries
from interview_platform.timeline.model import Entry, EventKind

_m, _r = messages.c, reactions.c
_MESSAGE = (
    select(
        *(_m.id, _m.seq, _m.person_id, people.c.name, _m.text, _m.at),
        *(_m.attachments, _m.edited_at, _m.deleted_at, _m.rev),
    )
    .join(people, people.c.id == _m.person_id)
    .where(_m.session_id == bindparam("session"))
)
_NEWEST = Query(_MESSAGE.where(_m.seq < bindparam("before")).order_by(_m.seq.desc()).limit(bindparam("limit")))
_FIND = Query(_MESSAGE.where(_m.id == bindparam("id")))
_PLACE = Query(select(_m.seq).where(_m.session_id == bindparam("session"), _m.id == bindparam("id")))
_TAKEN = Query(select(_m.seq).where(_m.id == bindparam("id")))
_REACTIONS = Query(
    select(_m.seq, _r.emoji, _r.person_id)
    .join(messages, (_m.session_id == _r.session_id) & (_m.id == _r.message_id))
    .where(_r.session_id == bindparam("session"), _m.seq.between(bindparam("first"), bindparam("last")))
)
_END = 2**62  # above every number
_attachments = msgspec.json.Decoder(tuple[Attachment, ...]).decode


class SqlChatStore(SqlAttachments):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._database = database

    async def add(self, session: SessionId, message: Message) -> Message:
        try:
            return await self._database.write(lambda c: _add(c, session, message))
        except IntegrityError:
            if await first(self._database, _TAKEN, id=message.id) is None:
                raise
            raise IdTaken from None

    async def place(self, session: SessionId, message: str) -> int | None:
        row = await first(self._database, _PLACE, session=session, id=message)
        return row[0] if row else None

    async def newest(self, session: SessionId, *, before: int | None, limit: int) -> list[Message]:
        place = _END if before is None else before
        found = await self._database.rows(_NEWEST, session=session, before=place, limit=limit)
        page = [_message(row) for row in reversed(found)]
        if not any(message.rev for message in page):  # as a rule: whoever reacts makes it go up
            return page
        rows = await self._database.rows(_REACTIONS, session=session, first=page[0].seq, last=page[-1].seq)
        return _with_reactions(page, rows)

    async def find(self, session: SessionId, message: str) -> Message | None:
        return await self._database.read(lambda c: _find(c, session, message))

    async def edit(self, session: SessionId, message: str, text: str, at: int) -> Message | None:
        def work(c: Connection) -> Message | None:
            return _change(c, session, message, EventKind.CHAT_EDITED, at, text=text, edited_at=at)

        return await self._database.write(work)

    async def delete(self, session: SessionId, message: str, at: int) -> Message | None:
        return await self._database.write(lambda c: _delete(c, session, message, at))

    async def react(self, session: SessionId, message: str, reaction: Reaction) -> Message | None:
        def work(c: Connection) -> Message | None:
            if not _raise(c, session, message):
                return None
            if c.execute(select(_r.emoji).where(*_is(session, message, reaction))).first() is None:
                row = {"session_id": session, "message_id": message}
                c.execute(insert(reactions).values(**row, person_id=reaction.person, emoji=reaction.emoji))
            return _find(c, session, message)

        return await self._database.write(work)

    async def unreact(self, session: SessionId, message: str, reaction: Reaction) -> Message | None:
        def work(c: Connection) -> Message | None:
            if not _raise(c, session, message):
                return None
            c.execute(delete(reactions).where(*_is(session, message, reaction)))
            return _find(c, session, message)

        return await self._database.write(work)


def _message(row: Row) -> Message:
    id, seq, person, name, text, at, attachments, edited_at, deleted_at, rev = row
    files = () if attachments == "[]" else _attachments(attachments)
    return Message(id, seq, person, name, text, at, files, (), edited_at, deleted_at, rev)


def _with_reactions(page: list[Message], rows: Sequence[Row]) -> list[Message]:
    of: dict[int, set[Reaction]] = {}
    for seq, emoji, person in rows:
        of.setdefault(seq, set()).add(Reaction(emoji, PersonId(person)))
    return [replace(one, reactions=in_order(of[one.seq])) if one.seq in of else one for one in page]


def _find(connection: Connection, session: SessionId, id: str) -> Message | None:
    row = _FIND.row(connection, session=session, id=id)
    if row is None:
        return None
    message = _message(row)
    rows = _REACTIONS.rows(connection, session=session, first=message.seq, last=message.seq)
    return _with_reactions([message], rows)[0]


def _add(connection: Connection, session: SessionId, message: Message) -> Message:
    _, seq = append_entries(connection, session, [message.entry], messages=1)
    connection.execute(
        insert(messages).values(
            session_id=session,
            seq=seq,
            id=message.id,
            person_id=message.person,
            text=message.text,
            at=message.at,
            attachments=msgspec.json.encode(message.attachments).decode(),
        )
    )
    return replace(message, seq=seq)


def _raise(connection: Connection, session: SessionId, id: str, **values: Any) -> bool:
    """Its `rev`. The row is ours until the commit: changes of one message wait for each other."""
    there = update(messages).where(_m.session_id == session, _m.id == id, _m.deleted_at.is_(None))
    return connection.execute(there.values(rev=_m.rev + 1, **values)).rowcount == 1


def _change(
    connection: Connection, session: SessionId, id: str, kind: EventKind, at: int, **values: Any
) -> Message | None:
    if not _raise(connection, session, id, **values):
        return None
    message = _find(connection, session, id)
    assert message is not None  # changed just now
    entries: list[Entry] = [entry_of(kind, id, message.person, at)]
    append_entries(connection, session, entries)
    return message


def _delete(connection: Connection, session: SessionId, id: str, at: int) -> Message | None:
    before = _find(connection, session, id)
    if before is None:
        return None
    connection.execute(delete(reactions).where(_r.session_id == session, _r.message_id == id))
    remove_attachments(connection, session, [one.id for one in before.attachments])
    gone = {"text": "", "attachments": "[]", "deleted_at": at}
    return _change(connection, session, id, EventKind.CHAT_DELETED, at, **gone)


def _is(session: SessionId, message: str, reaction: Reaction) -> tuple[Any, ...]:
    return (
        _r.session_id == session,
        _r.message_id == message,
        _r.person_id == reaction.person,
        _r.emoji == reaction.emoji,
    )
