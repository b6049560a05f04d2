"""Files of the chat. Their content is a row's own, which nothing but a download reads."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from interview_platform.accounts.model import PersonId
from interview_platform.chat.model import Attachment
from interview_platform.sessions.model import SessionId
from interview_platform.storage.database import Database, first
from interview_platform.storage.query import Query
from interview_platform.storage.tables import attachments

_a = attachments.c
_KNOWN = (_a.id, _a.name, _a.media_type, _a.size, _a.width, _a.height)
_here = _a.session_id == bindparam("session")
_ONE = Query(select(*_KNOWN, _a.content).where(_here, _a.id == bindparam("id")))
_OF_PERSON = Query(select(*_KNOWN).where(_here, _a.id == bindparam("id"), _a.person_id == bindparam("person")))
_BYTES = Query(select(func.coalesce(func.sum(_a.size), 0)).where(_here))


class SqlAttachments:
    """A part of the chat's store."""

    def __init__(self, database: Database) -> None:
        self._files = database

    async def add_attachment(
        self, session: SessionId, person: PersonId, attachment: Attachment, content: bytes, at: int
    ) -> None:
        row = insert(attachments).values(
            id=attachment.id,
            session_id=session,
            person_id=person,
            name=attachment.name,
            media_type=attachment.media_type,
            size=attachment.size,
            width=attachment.width,
            height=attachment.height,
            content=content,
            at=at,
        )
        await self._files.write(lambda c: c.execute(row))

    async def attachments(self, session: SessionId, person: PersonId, ids: Sequence[str]) -> list[Attachment]:
        rows = [await first(self._files, _OF_PERSON, session=session, person=person, id=id) for id in ids]
        return [Attachment(*row) for row in rows if row]

    async def attachment(self, session: SessionId, id: str) -> tuple[Attachment, bytes] | None:
        row = await first(self._files, _ONE, session=session, id=id)
        return (Attachment(*row[:-1]), bytes(row[-1])) if row else None

    async def attached_bytes(self, session: SessionId) -> int:
        row = await first(self._files, _BYTES, session=session)
        return int(row[0]) if row else 0


def remove_attachments(connection: Connection, session: SessionId, ids: Sequence[str]) -> None:
    if ids:
        connection.execute(delete(attachments).where(_a.session_id == session, _a.id.in_(ids)))
