"""The log of a session and the document's snapshot."""

from collections.abc import Sequence
from typing import Any

from pymongo.errors import DuplicateKeyError

from interview_platform.kit.errors import not_found
from interview_platform.providers.mongo.client import Database, answering
from interview_platform.providers.mongo.log import Log, events_of
from interview_platform.providers.mongo.notes import Notes
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import DocumentName, Entry, Event, EventKind
from interview_platform.timeline.ports import Snapshot


@answering
class MongoTimelineStore:
    def __init__(self, database: Database, log: Log, notes: Notes) -> None:
        self._sessions = database.interviews
        self._timeline = database.timeline
        self._documents = database.documents
        self._log = log
        self._notes = notes

    async def append(self, session: SessionId, entries: Sequence[Entry]) -> int:
        return (await self._log.append(session, entries)).last

    async def read(
        self, session: SessionId, *, after: int = 0, kinds: Sequence[EventKind] | None = None, limit: int = 1000
    ) -> list[Event]:
        await self._notes.of_session(session)
        chosen: dict[str, Any] = {"session": session, "last": {"$gt": after}}
        if kinds is not None:
            chosen["entries.kind"] = {"$in": [kind.value for kind in kinds]}
        events: list[Event] = []
        # As a rule the first batch is enough: only of an entry that we do not know nothing comes.
        async for document in self._timeline.find(chosen).sort("last").batch_size(limit + 1):
            events += [e for e in events_of(document) if e.seq > after and (kinds is None or e.entry.kind in kinds)]
            if len(events) >= limit:
                break
        return events[:limit]

    async def snapshot(self, session: SessionId, document: DocumentName = DocumentName.MAIN) -> Snapshot | None:
        stored = await self._documents.find_one({"_id": _id(session, document)})
        return Snapshot(stored["seq"], bytes(stored["state"]), stored.get("checksum")) if stored else None

    async def save_snapshot(
        self,
        session: SessionId,
        snapshot: Snapshot,
        document: DocumentName = DocumentName.MAIN,
        *,
        over: int | None = None,
    ) -> None:
        if await self._sessions.find_one({"_id": session}, {"_id": 1}) is None:
            raise not_found("session")
        values = {"seq": snapshot.seq, "state": snapshot.state, "checksum": snapshot.checksum}
        id = _id(session, document)
        older = {"_id": id, "$or": [{"seq": {"$lt": snapshot.seq}}, {"seq": over}]}
        if (await self._documents.update_one(older, {"$set": values})).matched_count:
            return
        try:
            await self._documents.insert_one({"_id": id, **values})
        except DuplicateKeyError:  # there is one, as new or newer, or put in just now
            await self._documents.update_one(older, {"$set": values})

    async def newest(self, limit: int) -> list[SessionId]:
        found = self._sessions.find({}, {"_id": 1}, sort=[("createdAt", -1), ("_id", -1)], limit=limit)
        return [SessionId(stored["_id"]) async for stored in found]


def _id(session: SessionId, document: DocumentName) -> str:
    """The main document has the session's own, as it had when it was the only one."""
    return session if document is DocumentName.MAIN else f"{session}:{document.value}"
