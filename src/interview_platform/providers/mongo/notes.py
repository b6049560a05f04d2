"""Changes that concern several documents: the first is written with notes of what the others are to become.

That first write is atomic and is the change. The notes are carried out right after it, in order, each as good twice as
once, and crossed off. When the process dies in between, whoever reads the session, its timeline or its runs next does
the rest before they are shown anything.
"""

from collections.abc import Sequence
from typing import Any

import structlog
from pymongo.errors import DuplicateKeyError, PyMongoError

from interview_platform.kit.errors import StorageUnavailable
from interview_platform.providers.mongo.client import Collection, Database, Document
from interview_platform.providers.mongo.log import Log, entry_document
from interview_platform.timeline.model import Entry

_log = structlog.get_logger()


def note(key: str, entries: Sequence[Entry], newcomer: Document | None = None) -> Document:
    """`key` is this note's alone within its session. `newcomer`: a person to be stored."""
    return {"key": key, "entries": [entry_document(entry) for entry in entries], "newcomer": newcomer}


class Notes:
    def __init__(self, database: Database, log: Log) -> None:
        self._people = database.people
        self._sessions = database.interviews
        self._runs = database.runs
        self._timeline = database.timeline
        self._log = log

    async def of_session(self, session: str) -> None:
        """Carry out all that concerns the session's timeline."""
        stored = await self._sessions.find_one({"_id": session}, {"notes": 1})
        if stored is not None:
            await self.carry_out(self._sessions, session, stored)
        for collection, order in ((self._runs, "createdAt"), (self._timeline, "last")):
            waiting = collection.find({"session": session, "notes.key": {"$exists": True}}, {"notes": 1})
            for one in await waiting.sort(order).to_list():
                await self.carry_out(collection, session, one)

    async def at_once(self, collection: Collection, session: str, stored: Document) -> None:
        """After the first write: the change stands already, so that what fails now is left to others."""
        try:
            await self.carry_out(collection, session, stored)
        except (PyMongoError, StorageUnavailable):
            _log.warning("mongo_notes_left", session=session, exc_info=True)

    async def carry_out(self, collection: Collection, session: str, stored: Document) -> None:
        """The notes of `stored`, which is a document of `collection`."""
        for one in stored["notes"]:
            if one["newcomer"] is not None:
                await _add(self._people, one["newcomer"])
            if one["entries"]:
                await self._log.note(session, one["key"], one["entries"])
            await collection.update_one({"_id": stored["_id"]}, {"$pull": {"notes": {"key": one["key"]}}})


async def _add(people: Collection, newcomer: dict[str, Any]) -> None:
    try:
        await people.insert_one(newcomer)
    except DuplicateKeyError:
        return  # somebody was quicker with this note
