"""JSON shapes of chat."""

from itertools import groupby
from typing import Literal

from pydantic import Field

from interview_platform.chat.model import Attachment, Message, Reaction
from interview_platform.kit.clock import rfc3339
from interview_platform.kit.views import Body, View


class AttachmentView(View):
    """`GET /api/sessions/{id}/attachments/{this id}` is the file. With a width it is a picture, which may be shown."""

    id: str
    name: str
    media_type: str
    size: int
    width: int | None
    height: int | None

    @classmethod
    def of(cls, attachment: Attachment) -> "AttachmentView":
        return cls(
            id=attachment.id,
            name=attachment.name,
            media_type=attachment.media_type,
            size=attachment.size,
            width=attachment.width,
            height=attachment.height,
        )


class ReactionView(View):
    emoji: str
    people: list[str]
    """Ids of those who gave it."""

    @classmethod
    def all_of(cls, reactions: tuple[Reaction, ...]) -> "list[ReactionView]":
        """`reactions` in the order of their emoji."""
        by_emoji = groupby(reactions, key=lambda one: one.emoji)
        return [cls(emoji=emoji, people=[one.person for one in given]) for emoji, given in by_emoji]


class MessageView(View):
    id: str
    seq: int
    person_id: str
    name: str
    text: str
    created_at: str
    attachments: list[AttachmentView]
    reactions: list[ReactionView]
    edited_at: str | None
    deleted_at: str | None
    """Then nothing of what it said is left."""
    rev: int
    """Of two accounts of a message the one with the higher `rev` is newer."""

    @classmethod
    def of(cls, message: Message) -> "MessageView":
        return cls(
            id=message.id,
            seq=message.seq,
            person_id=message.person,
            name=message.name,
            text=message.text,
            created_at=rfc3339(message.at),
            attachments=[AttachmentView.of(one) for one in message.attachments],
            reactions=ReactionView.all_of(message.reactions),
            edited_at=_time(message.edited_at),
            deleted_at=_time(message.deleted_at),
            rev=message.rev,
        )


def _time(at: int | None) -> str | None:
    return None if at is None else rfc3339(at)


class MessageAnswer(View):
    message: MessageView


class MessagesAnswer(View):
    messages: list[MessageView]
    """Oldest first within the page."""
    before: int | None
    """Ask with `?before=` for the page before this one; null when this is the first."""


class ChatTokenAnswer(View):
    """`token` is a ticket for a socket of any room of this person: it works once, for a minute. Where a provider
    carries the chat (`chat` of the configuration), it is the provider's token for this person.
    """

    token: str
    user_id: str
    user_name: str
    user_image: str | None


class MessageBody(Body):
    text: str
    """May be empty when there are attachments."""
    client_id: str | None = None
    """The message gets this id: sent again, it is there once. Letters and digits, 20 to 64, by chance."""
    attachments: list[str] = Field(default_factory=list)
    """Ids of what this person has uploaded to this session."""


class EditBody(Body):
    text: str


class AttachmentBody(Body):
    name: str
    content: str
    """In base64."""


class AttachmentAnswer(View):
    attachment: AttachmentView


class ChatMessageEvent(View):
    type: Literal["chat.message"] = "chat.message"
    message: MessageView


class ChatChangedEvent(View):
    """A message as it is now, when its `rev` is higher than that of the one known."""

    type: Literal["chat.changed"] = "chat.changed"
    message: MessageView


class ChatTypingEvent(View):
    type: Literal["chat.typing"] = "chat.typing"
    person_id: str
    typing: bool


class ChatTypingFrame(Body):
    """From the browser: sent when typing starts and stops; the others forget it after 6 s without another."""

    type: Literal["chat.typing"]
    typing: bool
