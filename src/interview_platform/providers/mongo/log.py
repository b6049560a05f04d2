"""The log of a session as a chain of documents, each with all entries of one append: written whole or not at all.

A document's `_id` says where it begins (`session:first`), which is one after where the one before it ends. Whoever
appends reads the end of the chain and inserts what follows it; of two who do so at once the database takes one, and
the other looks again. So the numbers have no gap, whoever dies when, and without a counter or a transaction.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from pymongo.errors import DuplicateKeyError

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import StorageUnavailable, not_found
from interview_platform.providers.mongo.client import Database, Document, Turns
from interview_platform.timeline.model import Entry, Event, EventKind

# A document of MongoDB takes 16 MB. What is larger is written in parts, one after the other: the room's journal gets
# there only when the database was away while somebody pasted without end, and may write an update twice.
PART_BYTES = 12_000_000
TRIES = 500  # each means that another node has appended: so many in a row are no race any more
_KIND = {kind.value: kind for kind in EventKind}
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Head:
    last: int = 0
    messages: int = 0
    """How many of the entries are chat messages."""


class Log:
    def __init__(self, database: Database, turns: Turns) -> None:
        self._sessions = database.interviews
        self._timeline = database.timeline
        self._turns = turns

    async def append(self, session: str, entries: Sequence[Entry], *, chat: Document | None = None) -> Head:
        """Raises not_found. `chat`: the message that the (one) entry is about."""
        stored = [entry_document(entry) for entry in entries]
        async with self._turns.of(f"log {session}"):
            head = await self._head(session)
            if not head.last and await self._sessions.find_one({"_id": session}, {"_id": 1}) is None:
                raise not_found("session")
            for part in _parts(stored):
                head = await self._insert(session, part, {} if chat is None else {"chat": chat}, head)
        return head

    async def note(self, session: str, key: str, stored: Sequence[Document]) -> None:
        """Append what belongs to a change that is stored already, unless that was done: `key` is there only once."""
        async with self._turns.of(f"log {session}"):
            await self._insert(session, stored, {"key": key}, await self._head(session))

    async def _head(self, session: str) -> Head:
        newest = await self._timeline.find_one({"session": session}, {"last": 1, "messages": 1}, sort=[("last", -1)])
        return Head(newest["last"], newest["messages"]) if newest else Head()

    async def _insert(self, session: str, stored: Sequence[Document], more: dict[str, Any], head: Head) -> Head:
        for attempt in range(TRIES):
            after = Head(head.last + len(stored), head.messages + ("chat" in more))
            document = {
                "_id": f"{session}:{head.last + 1}",
                "session": session,
                "last": after.last,
                "messages": after.messages,
                "entries": stored,
                **more,
            }
            if "chat" in more:
                document["chat"] = {**more["chat"], "seq": after.messages}
            try:
                await self._timeline.insert_one(document)
            except DuplicateKeyError as error:
                if "chat.id" in _index_of(error):
                    raise
                head = await self._head(session)
                if "key" in more and await self._noted(session, more["key"]):
                    return head
            else:
                return after
            await asyncio.sleep(random.random() * min(attempt, 10) * 0.001)  # noqa: S311 - only to get out of step
        raise StorageUnavailable

    async def _noted(self, session: str, key: str) -> bool:
        return await self._timeline.find_one({"session": session, "key": key}, {"_id": 1}) is not None


def entry_document(entry: Entry) -> Document:
    if not isinstance(entry.payload, bytes):
        raise TypeError("the payload of an entry must not be null")
    return {"kind": entry.kind.value, "person": entry.person, "at": entry.at, "payload": entry.payload}


def events_of(document: Document) -> list[Event]:
    """Without the kinds that only a newer release knows."""
    entries = document["entries"]
    first = document["last"] - len(entries) + 1
    events = []
    for seq, entry in enumerate(entries, first):
        if entry["kind"] in _KIND:
            events.append(Event(seq, _entry(entry)))
        else:
            _log.warning("timeline.unknown_kind", session=document["session"], seq=seq, kind=entry["kind"])
    return events


def _entry(stored: Document) -> Entry:
    person = stored["person"]
    return Entry(_KIND[stored["kind"]], person and PersonId(person), stored["at"], bytes(stored["payload"]))


def _parts(stored: Sequence[Document]) -> list[list[Document]]:
    parts: list[list[Document]] = []
    size = PART_BYTES
    for one in stored:
        weight = len(one["payload"]) + 150  # with the names of the fields
        if size + weight > PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(one)
        size += weight
    return parts


def _index_of(error: DuplicateKeyError) -> Document:
    pattern: Document = (error.details or {}).get("keyPattern") or {}
    return pattern
