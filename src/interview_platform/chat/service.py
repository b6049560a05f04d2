"""Chat of a session: post and read back."""

import re
from collections.abc import Callable, Sequence

from interview_platform.accounts.model import Person
from interview_platform.chat.model import ATTACHMENTS_MAX, TEXT_MAX, Attachment, Message
from interview_platform.chat.ports import ChatStore, IdTaken
from interview_platform.chat.views import ChatMessageEvent, MessageView
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, invalid
from interview_platform.kit.ids import new_id, plausible
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.ports import topic_at
from interview_platform.sessions.service import SessionService

_SEQ_DIGITS = 15  # far above every number, and below what a database's integers hold
_CLIENT_ID_MIN = 20  # characters: as long as our own, so that nobody hits another's by chance
PAGE = 50  # messages; a screen shows about ten
POSTING = Limit(120, 60)  # per person: nobody types two messages a second for a minute

# Invisible in a browser, trouble in databases (NUL) and terminals (escape sequences). Line break and tab stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class ChatService:
    def __init__(
        self,
        store: ChatStore,
        sessions: SessionService,
        bus: Bus,
        *,
        limit: Limit = POSTING,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._bus = bus
        self._clock = clock
        self._posting = RateLimiter(limit, message="You write too fast. Wait a moment.")

    async def post(
        self,
        session: str,
        person: Person,
        text: str,
        *,
        client_id: str | None = None,
        attachments: Sequence[str] = (),
    ) -> Message:
        """Store the message and tell the room. With the `client_id` of a message that is there: that one, untold.

        Raises as `Access.require` does, invalid, too_fast, id_taken.
        """
        access = await self._sessions.access(session, person)
        access.require(Action.CHAT)
        text = clean_text(text, may_be_empty=bool(attachments))
        id, message_id = access.session.id, _id(client_id)
        self._posting.take(person.id)
        files = await self._uploaded(id, person, attachments)
        message = Message(message_id, 0, person.id, person.name, text, self._clock(), files)
        try:
            stored = await self._store.add(id, message)
        except IdTaken:
            return await self._sent_before(id, person, message_id)
        if access.session.started_at is None:  # perhaps it was meanwhile
            access = await self._sessions.access(session, person)
        topic = topic_at(access.session, stored.at)
        self._bus.publish(topic, ChatMessageEvent(message=MessageView.of(stored)).to_json())
        return stored

    async def history(
        self, session: str, person: Person | None, before: str | None = None
    ) -> tuple[list[Message], int | None]:
        """A page of messages, oldest first, and the `before` that gets the page before it (None: there is none).

        `before`: a message's number or its id; nothing: from the newest. Raises as `Access.require` does, bad_place.
        """
        access = await self._sessions.reading(session, person)
        return await self.newest(access, await self._place(access.session.id, before) if before else None)

    async def newest(self, access: Access, before: int | None = None) -> tuple[list[Message], int | None]:
        """As `history`, for the room, which has asked for access already."""
        found = await self._store.newest(access.session.id, before=before, limit=PAGE + 1)
        page = [message for message in found[-PAGE:] if message.at >= access.since]
        return page, page[0].seq if len(found) > len(page) == PAGE else None

    async def _place(self, session: SessionId, before: str) -> int:
        if before.isascii() and before.isdigit() and len(before) <= _SEQ_DIGITS and int(before) > 0:
            return int(before)
        found = await self._store.place(session, before) if plausible(before) else None
        if found is None:
            raise invalid("There is no such message here.", "bad_place", before="a message's number or id")
        return found

    async def _uploaded(self, session: SessionId, person: Person, ids: Sequence[str]) -> tuple[Attachment, ...]:
        if len(ids) > ATTACHMENTS_MAX:
            raise invalid("These are too many files.", attachments=f"at most {ATTACHMENTS_MAX}")
        known = all(plausible(id) for id in ids) and len(set(ids)) == len(ids)
        found = await self._store.attachments(session, person.id, ids) if known else []
        if len(found) < len(ids):
            raise invalid("Upload the files first.", attachments="ids of what you have uploaded here, each once")
        return tuple(found)

    async def _sent_before(self, session: SessionId, person: Person, id: str) -> Message:
        found = await self._store.find(session, id)
        if found is None or found.person != person.id:
            raise Refusal(Kind.CONFLICT, "id_taken", "This id is another message's.")
        return found


def _id(client_id: str | None) -> str:
    if client_id is None:
        return new_id()
    if len(client_id) < _CLIENT_ID_MIN or not plausible(client_id):
        raise invalid("This is no id for a message.", clientId=f"{_CLIENT_ID_MIN} to 64 letters and digits")
    return client_id


def clean_text(text: str, *, may_be_empty: bool = False) -> str:
    r"""Line breaks as `\n`, control characters and trailing whitespace gone. Raises invalid when empty or too long."""
    cleaned = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
    if not cleaned.strip() and not may_be_empty:
        raise invalid("Type a message.", text="must not be empty")
    if len(cleaned) > TEXT_MAX:
        raise invalid("This message is too long.", text=f"at most {TEXT_MAX} characters")
    return cleaned
