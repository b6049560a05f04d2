"""What chat needs from outside."""

from collections.abc import Sequence
from typing import Protocol

from interview_platform.accounts.model import Person, PersonId
from interview_platform.chat.model import Attachment, Message, Reaction
from interview_platform.sessions.model import SessionId


class ChatTokens(Protocol):
    """Of a provider that carries the chat."""

    def issue(self, person: Person) -> str:
        """What lets the person's browser into the provider's chat."""


class IdTaken(Exception):
    """There is a message with this id."""


class ChatStore(Protocol):
    async def add(self, session: SessionId, message: Message) -> Message:
        """Store the message and its timeline entry in one step; the message as stored (its given `seq` is ignored).

        Raises IdTaken.
        """

    async def place(self, session: SessionId, message: str) -> int | None:
        """The `seq` of the message with this id, None when the session has none."""

    async def newest(self, session: SessionId, *, before: int | None, limit: int) -> list[Message]:
        """The newest messages (with `seq < before`), oldest of them first."""

    async def find(self, session: SessionId, message: str) -> Message | None: ...

    # These four: the message as it is then, None when it is not there or was deleted. Each makes `rev` go up.

    async def edit(self, session: SessionId, message: str, text: str, at: int) -> Message | None:
        """Another text, and that in the timeline."""

    async def delete(self, session: SessionId, message: str, at: int) -> Message | None:
        """Text, reactions and the content of attachments are gone, for good; that they are stands in the timeline."""

    async def react(self, session: SessionId, message: str, reaction: Reaction) -> Message | None:
        """Once or again: it is there once."""

    async def unreact(self, session: SessionId, message: str, reaction: Reaction) -> Message | None: ...

    async def add_attachment(
        self, session: SessionId, person: PersonId, attachment: Attachment, content: bytes, at: int
    ) -> None: ...

    async def attachments(self, session: SessionId, person: PersonId, ids: Sequence[str]) -> list[Attachment]:
        """Those of `ids` that this person has brought to this session, in that order."""

    async def attachment(self, session: SessionId, id: str) -> tuple[Attachment, bytes] | None:
        """With its content."""

    async def attached_bytes(self, session: SessionId) -> int:
        """What all attachments of the session take."""
