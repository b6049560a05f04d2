"""Chat messages: each is a part of its timeline document, so that both are written or neither."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from interview_platform.accounts.model import PersonId
from interview_platform.chat.model import Attachment, Message, Reaction, entry_of, in_order
from interview_platform.chat.ports import IdTaken
from interview_platform.kit.ids import new_id
from interview_platform.kit.text import storable
from interview_platform.providers.mongo.client import Database, Document, answering
from interview_platform.providers.mongo.log import Log
from interview_platform.providers.mongo.notes import Notes, note
from interview_platform.providers.mongo.people import named, required
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import Entry, EventKind


@answering
class MongoChatStore:
    def __init__(self, database: Database, log: Log, notes: Notes) -> None:
        self._timeline = database.timeline
        self._people = database.people
        self._attachments = database.attachments
        self._log = log
        self._notes = notes

    async def add(self, session: SessionId, message: Message) -> Message:
        await required(self._people, {message.person})
        kept: dict[str, Any] = {"id": message.id, "person": message.person, "text": storable(message.text)}
        kept |= {"at": message.at, "rev": 0, "attachments": [_file(one) for one in message.attachments]}
        try:
            head = await self._log.append(session, [message.entry], chat=kept)
        except DuplicateKeyError:
            raise IdTaken from None
        return replace(message, seq=head.messages)

    async def place(self, session: SessionId, message: str) -> int | None:
        stored = await self._timeline.find_one({"chat.id": message, "session": session}, {"chat.seq": 1})
        seq: int | None = stored["chat"]["seq"] if stored else None
        return seq

    async def newest(self, session: SessionId, *, before: int | None, limit: int) -> list[Message]:
        place: dict[str, Any] = {"$gt": 0} if before is None else {"$lt": before}
        found = self._timeline.find({"session": session, "chat.seq": place}, {"chat": 1})
        chats = [one["chat"] for one in await found.sort("chat.seq", -1).limit(limit).to_list()]
        names = await named(self._people, {chat["person"] for chat in chats})
        return [_message(chat, names[chat["person"]][0]) for chat in reversed(chats)]

    async def find(self, session: SessionId, message: str) -> Message | None:
        return await self._told(await self._timeline.find_one({"chat.id": message, "session": session}))

    async def edit(self, session: SessionId, message: str, text: str, at: int) -> Message | None:
        changed = {"chat.text": storable(text), "chat.editedAt": at}
        return await self._change(session, message, EventKind.CHAT_EDITED, at, {"$set": changed})

    async def delete(self, session: SessionId, message: str, at: int) -> Message | None:
        before = await self.find(session, message)
        gone = {"chat.text": "", "chat.attachments": [], "chat.reactions": [], "chat.deletedAt": at}
        if before is not None and before.attachments:  # first: what breaks off in between can be done again
            files = [one.id for one in before.attachments]
            await self._attachments.delete_many({"_id": {"$in": files}, "session": session})
        return await self._change(session, message, EventKind.CHAT_DELETED, at, {"$set": gone})

    async def react(self, session: SessionId, message: str, reaction: Reaction) -> Message | None:
        return await self._raise(session, message, {"$addToSet": {"chat.reactions": _given(reaction)}})

    async def unreact(self, session: SessionId, message: str, reaction: Reaction) -> Message | None:
        return await self._raise(session, message, {"$pull": {"chat.reactions": _given(reaction)}})

    async def add_attachment(
        self, session: SessionId, person: PersonId, attachment: Attachment, content: bytes, at: int
    ) -> None:
        kept = {**_file(attachment), "_id": attachment.id, "session": session, "person": person, "at": at}
        await self._attachments.insert_one({**kept, "content": content})

    async def attachments(self, session: SessionId, person: PersonId, ids: Sequence[str]) -> list[Attachment]:
        chosen = {"_id": {"$in": list(ids)}, "session": session, "person": person}
        found = await self._attachments.find(chosen, {"content": 0}).to_list()
        known = {one["_id"]: _attachment(one) for one in found}
        return [known[id] for id in ids if id in known]

    async def attachment(self, session: SessionId, id: str) -> tuple[Attachment, bytes] | None:
        stored = await self._attachments.find_one({"_id": id, "session": session})
        return (_attachment(stored), bytes(stored["content"])) if stored else None

    async def attached_bytes(self, session: SessionId) -> int:
        total = {"$group": {"_id": None, "bytes": {"$sum": "$size"}}}
        sums = await (await self._attachments.aggregate([{"$match": {"session": session}}, total])).to_list()
        return int(sums[0]["bytes"]) if sums else 0

    async def _change(
        self, session: SessionId, message: str, kind: EventKind, at: int, how: dict[str, Any]
    ) -> Message | None:
        """What is to be said of it in the timeline is noted with the change itself (`notes.py`)."""
        place = {"chat.id": message, "session": session}
        stored = await self._timeline.find_one(place, {"chat.person": 1})
        if stored is None:
            return None
        entries: list[Entry] = [entry_of(kind, message, PersonId(stored["chat"]["person"]), at)]
        after = await self._update(place, {**how, "$push": {"notes": note(new_id(), entries)}})
        if after is not None:
            await self._notes.at_once(self._timeline, session, after)
        return await self._told(after)

    async def _raise(self, session: SessionId, message: str, how: dict[str, Any]) -> Message | None:
        return await self._told(await self._update({"chat.id": message, "session": session}, how))

    async def _update(self, place: dict[str, Any], how: dict[str, Any]) -> Document | None:
        there = {**place, "chat.deletedAt": {"$exists": False}}
        rev = {**how, "$inc": {"chat.rev": 1}}
        return await self._timeline.find_one_and_update(there, rev, return_document=ReturnDocument.AFTER)

    async def _told(self, stored: Document | None) -> Message | None:
        if stored is None:
            return None
        person = stored["chat"]["person"]
        return _message(stored["chat"], (await named(self._people, {person}))[person][0])


def _message(chat: Document, name: str) -> Message:
    """What came later than the first release may be missing."""
    return Message(
        id=chat["id"],
        seq=chat["seq"],
        person=PersonId(chat["person"]),
        name=name,
        text=chat["text"],
        at=chat["at"],
        attachments=tuple(_attachment(one) for one in chat.get("attachments", ())),
        reactions=in_order({Reaction(one["emoji"], PersonId(one["person"])) for one in chat.get("reactions", ())}),
        edited_at=chat.get("editedAt"),
        deleted_at=chat.get("deletedAt"),
        rev=chat.get("rev", 0),
    )


def _given(reaction: Reaction) -> Document:
    return {"emoji": reaction.emoji, "person": reaction.person}


def _file(attachment: Attachment) -> Document:
    return {
        "id": attachment.id,
        "name": attachment.name,
        "mediaType": attachment.media_type,
        "size": attachment.size,
        "width": attachment.width,
        "height": attachment.height,
    }


def _attachment(stored: Document) -> Attachment:
    return Attachment(
        stored["id"], stored["name"], stored["mediaType"], stored["size"], stored["width"], stored["height"]
    )
