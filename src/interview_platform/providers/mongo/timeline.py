"""The log of a session and the document's snapshot."""

from collections.abc import Sequence
from typing import Any

from pymongo.errors import DuplicateKeyError

from interview_platform.kit.errors import not_found
from interview_platform.providers.mongo.client import Database, answering
from interview_platform.providers.mongo.log import Log, events_of
from interview_platform.providers.mongo.notes import Notes
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import Entry, Event, EventKind
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
        self, session: SessionId, *, after: int = 0, kind: EventKind | None = None, limit: int = 1000
    ) -> list[Event]:
        await self._notes.of_session(session)
        chosen: dict[str, Any] = {"session": session, "last": {"$gt": after}}
        if kind is not None:
            chosen["entries.kind"] = kind.value
        events: list[Event] = []
        async for document in self._timeline.find(chosen).sort("last").limit(limit + 1):
            events += [e for e in events_of(document) if e.seq > after and kind in (None, e.entry.kind)]
            if len(events) >= limit:
                break
        return events[:limit]

    async def snapshot(self, session: SessionId) -> Snapshot | None:
        stored = await self._documents.find_one({"_id": session})
        return Snapshot(stored["seq"], bytes(stored["state"])) if stored else None

    async def save_snapshot(self, session: SessionId, snapshot: Snapshot) -> None:
        if await self._sessions.find_one({"_id": session}, {"_id": 1}) is None:
            raise not_found("session")
        values = {"seq": snapshot.seq, "state": snapshot.state}
        older = {"_id": session, "seq": {"$lt": snapshot.seq}}
        if (await self._documents.update_one(older, {"$set": values})).matched_count:
            return
        try:
            await self._documents.insert_one({"_id": session, **values})
        except DuplicateKeyError:  # there is one, as new or newer, or put in just now
            await self._documents.update_one(older, {"$set": values})
