"""Chat messages: each is a part of its timeline document, so that both are written or neither."""

from dataclasses import replace
from typing import Any

from interview_platform.accounts.model import PersonId
from interview_platform.chat.model import Message
from interview_platform.kit.text import storable
from interview_platform.providers.mongo.client import Database, answering
from interview_platform.providers.mongo.log import Log
from interview_platform.providers.mongo.people import named, required
from interview_platform.sessions.model import SessionId


@answering
class MongoChatStore:
    def __init__(self, database: Database, log: Log) -> None:
        self._timeline = database.timeline
        self._people = database.people
        self._log = log

    async def add(self, session: SessionId, message: Message) -> Message:
        await required(self._people, {message.person})
        kept = {"id": message.id, "person": message.person, "text": storable(message.text), "at": message.at}
        head = await self._log.append(session, [message.entry], chat=kept)
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
        return [
            Message(c["id"], c["seq"], PersonId(c["person"]), names[c["person"]][0], c["text"], c["at"])
            for c in reversed(chats)
        ]
