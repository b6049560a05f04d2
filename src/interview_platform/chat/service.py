"""Chat of a session: post and read back."""

import re
from collections.abc import Callable

from interview_platform.accounts.model import Person
from interview_platform.chat.model import TEXT_MAX, Message
from interview_platform.chat.ports import ChatStore
from interview_platform.chat.views import ChatMessageEvent, MessageView
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import invalid
from interview_platform.kit.ids import new_id, plausible
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Action
from interview_platform.sessions.ports import session_topic
from interview_platform.sessions.service import SessionService

_SEQ_DIGITS = 15  # far above every number, and below what a database's integers hold
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

    async def post(self, session: str, person: Person, text: str) -> Message:
        """Store the message and tell the room. Raises as `Access.require` does, invalid, too_fast."""
        access = await self._sessions.access(session, person)
        access.require(Action.CHAT)
        text = clean_text(text)
        self._posting.take(person.id)
        id = access.session.id
        message = await self._store.add(id, Message(new_id(), 0, person.id, person.name, text, self._clock()))
        self._bus.publish(session_topic(id), ChatMessageEvent(message=MessageView.of(message)).to_json())
        return message

    async def history(
        self, session: str, person: Person | None, before: str | None = None
    ) -> tuple[list[Message], int | None]:
        """A page of messages, oldest first, and the `before` that gets the page before it (None: there is none).

        `before`: a message's number or its id; nothing: from the newest. Raises as `Access.require` does, bad_place.
        """
        access = await self._sessions.reading(session, person)
        id = access.session.id
        return await self.newest(id, await self._place(id, before) if before else None)

    async def newest(self, session: SessionId, before: int | None = None) -> tuple[list[Message], int | None]:
        """As `history`, for the room, which has asked for access already."""
        found = await self._store.newest(session, before=before, limit=PAGE + 1)
        page = found[-PAGE:]
        return page, page[0].seq if len(found) > PAGE else None

    async def _place(self, session: SessionId, before: str) -> int:
        if before.isascii() and before.isdigit() and len(before) <= _SEQ_DIGITS and int(before) > 0:
            return int(before)
        found = await self._store.place(session, before) if plausible(before) else None
        if found is None:
            raise invalid("There is no such message here.", "bad_place", before="a message's number or id")
        return found


def clean_text(text: str) -> str:
    r"""Line breaks as `\n`, control characters and trailing whitespace gone. Raises invalid when empty or too long."""
    cleaned = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
    if not cleaned.strip():
        raise invalid("Type a message.", text="must not be empty")
    if len(cleaned) > TEXT_MAX:
        raise invalid("This message is too long.", text=f"at most {TEXT_MAX} characters")
    return cleaned
