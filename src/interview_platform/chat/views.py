"""JSON shapes of chat."""

from typing import Literal

from interview_platform.chat.model import Message
from interview_platform.kit.clock import rfc3339
from interview_platform.kit.views import Body, View


class MessageView(View):
    id: str
    seq: int
    person_id: str
    name: str
    text: str
    created_at: str

    @classmethod
    def of(cls, message: Message) -> "MessageView":
        return cls(
            id=message.id,
            seq=message.seq,
            person_id=message.person,
            name=message.name,
            text=message.text,
            created_at=rfc3339(message.at),
        )


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


class ChatMessageEvent(View):
    type: Literal["chat.message"] = "chat.message"
    message: MessageView


class ChatTypingEvent(View):
    type: Literal["chat.typing"] = "chat.typing"
    person_id: str
    typing: bool


class ChatTypingFrame(Body):
    """From the browser: sent when typing starts and stops; the others forget it after 6 s without another."""

    type: Literal["chat.typing"]
    typing: bool
