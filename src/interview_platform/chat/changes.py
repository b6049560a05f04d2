"""What happens to a message after it was sent: edited or taken back by who wrote it, answered with an emoji by all."""

from collections.abc import Callable

from interview_platform.accounts.model import Person
from interview_platform.chat.model import EMOJI, Message, Reaction
from interview_platform.chat.ports import ChatStore
from interview_platform.chat.service import clean_text
from interview_platform.chat.views import ChatChangedEvent, MessageView
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, forbidden, invalid, not_found
from interview_platform.kit.ids import plausible
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.sessions.model import Session
from interview_platform.sessions.policy import Action
from interview_platform.sessions.ports import topic_at
from interview_platform.sessions.service import SessionService

CHANGING = Limit(120, 60)  # per person: as many as messages


class MessageChanges:
    """Everything raises as `Access.require` does, not_found, message_deleted, too_fast."""

    def __init__(
        self,
        store: ChatStore,
        sessions: SessionService,
        bus: Bus,
        *,
        limit: Limit = CHANGING,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._bus = bus
        self._clock = clock
        self._changing = RateLimiter(limit, message="You change too much at once. Wait a moment.")

    async def edit(self, session: str, person: Person, message: str, text: str) -> Message:
        """Raises invalid and not_yours, too."""
        of, known = await self._message(session, person, message)
        _require_own(known, person)
        text = clean_text(text, may_be_empty=bool(known.attachments))
        return self._tell(of, await self._store.edit(of.id, known.id, text, self._clock()))

    async def delete(self, session: str, person: Person, message: str) -> Message:
        """Raises not_yours, too."""
        of, known = await self._message(session, person, message)
        _require_own(known, person)
        return self._tell(of, await self._store.delete(of.id, known.id, self._clock()))

    async def react(self, session: str, person: Person, message: str, emoji: str, *, given: bool) -> Message:
        """Give the reaction or take it back; either may be said again. Raises invalid, too."""
        if emoji not in EMOJI:
            raise invalid("There is no such reaction.", emoji="one of " + " ".join(EMOJI))
        of, known = await self._message(session, person, message)
        change = self._store.react if given else self._store.unreact
        return self._tell(of, await change(of.id, known.id, Reaction(emoji, person.id)))

    async def _message(self, session: str, person: Person, message: str) -> tuple[Session, Message]:
        access = await self._sessions.access(session, person)
        access.require(Action.CHAT)
        self._changing.take(person.id)
        found = await self._store.find(access.session.id, message) if plausible(message) else None
        if found is None or found.at < access.since:
            raise not_found("message")
        if found.deleted_at is not None:
            raise _deleted()
        return access.session, found

    def _tell(self, session: Session, changed: Message | None) -> Message:
        if changed is None:  # in the moment since it was read
            raise _deleted()
        self._bus.publish(topic_at(session, changed.at), ChatChangedEvent(message=MessageView.of(changed)).to_json())
        return changed


def _require_own(message: Message, person: Person) -> None:
    if message.person != person.id:
        raise forbidden("Only who wrote a message can change it.", "not_yours")


def _deleted() -> Refusal:
    return Refusal(Kind.CONFLICT, "message_deleted", "This message was deleted.")
