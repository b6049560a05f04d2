"""What chat needs from outside."""

from typing import Protocol

from interview_platform.accounts.model import Person
from interview_platform.chat.model import Message
from interview_platform.sessions.model import SessionId


class ChatTokens(Protocol):
    """Of a provider that carries the chat."""

    def issue(self, person: Person) -> str:
        """What lets the person's browser into the provider's chat."""


class ChatStore(Protocol):
    async def add(self, session: SessionId, message: Message) -> Message:
        """Store the message and its timeline entry in one step; the message as stored (its given `seq` is ignored)."""

    async def place(self, session: SessionId, message: str) -> int | None:
        """The `seq` of the message with this id, None when the session has none."""

    async def newest(self, session: SessionId, *, before: int | None, limit: int) -> list[Message]:
        """The newest messages (with `seq < before`), oldest of them first."""
