"""Who is told of what happened to a session: its room, those whose access changed, and whoever follows outside."""

from typing import Literal, NamedTuple, TypeAlias

import structlog

from interview_platform.accounts.model import PersonId
from interview_platform.events.ports import Events
from interview_platform.kit.bus import Bus
from interview_platform.kit.errors import StorageUnavailable
from interview_platform.kit.views import View
from interview_platform.sessions.events import AccessLost, SessionChangedEvent, SessionEndedEvent
from interview_platform.sessions.model import Role, Session, SessionId
from interview_platform.sessions.ports import access_topic, session_topic, staff_topic
from interview_platform.sessions.views import SessionView

log = structlog.get_logger()

Reason: TypeAlias = Literal["left", "removed", "ended", "signed_out", "changed", "sent_back"]


class Telling:
    def __init__(self, bus: Bus, events: Events) -> None:
        self._bus = bus
        self._events = events

    async def changed(self, before: Session | None, after: Session) -> None:
        for topic, for_staff in ((staff_topic(after.id), True), (session_topic(after.id), False)):
            self._publish(topic, SessionChangedEvent(session=SessionView.of(after, for_staff=for_staff)))
        if before is not None:
            self._tell_whose_access_changed(before, after)
        await self._tell_who_came_and_went(before, after)

    async def ended(self, session: Session) -> None:
        for topic, for_staff in ((staff_topic(session.id), True), (session_topic(session.id), False)):
            self._publish(topic, SessionEndedEvent(session=SessionView.of(session, for_staff=for_staff)))
        await self.note("session/ended", sessionId=session.id)

    def access(self, id: SessionId, person: PersonId | None, reason: Reason) -> None:
        """That a person's access is lost or another one; None: everybody's."""
        self._publish(access_topic(id), AccessLost(person=person, reason=reason))

    async def note(self, event: str, **data: str) -> None:
        """For whoever follows sessions outside. The session is stored already: that this cannot be must not look like a
        refusal of it, and who follows makes good what is missing with the next event.
        """
        try:
            await self._events.send(event, data)
        except StorageUnavailable:
            log.exception("session.event_lost", name=event, **data)

    def _tell_whose_access_changed(self, before: Session, after: Session) -> None:
        for member in (after.host, *after.members):
            was, now = _standing(before, member.person), _standing(after, member.person)
            if was is None or was == now:
                continue  # who came has no socket yet
            if now is None:
                self.access(after.id, member.person, "removed" if member.removed else "left")
                continue
            sent_back = now.told_outside is not None and was.told_outside is None
            self.access(after.id, member.person, "sent_back" if sent_back else "changed")

    async def _tell_who_came_and_went(self, before: Session | None, after: Session) -> None:
        """Who waits outside has not come yet, who is sent back has left: so it is for a call that another carries."""
        was, now = _inside(before) if before else {}, _inside(after)
        for member in after.members:
            role_before, role = was.get(member.person), now.get(member.person)
            if role_before is role:
                continue
            name = "session/joined" if role_before is None else "session/left" if role is None else "session/role"
            await self.note(name, sessionId=after.id, personId=member.person)

    def _publish(self, topic: str, message: View) -> None:
        self._bus.publish(topic, message.to_json())


def _inside(session: Session) -> dict[PersonId, Role]:
    there = (m for m in (session.host, *session.members) if m.present and not session.waits(m))
    return {m.person: m.role for m in there}


class _Standing(NamedTuple):
    """All that decides about what somebody in the session may do while it goes on (`policy.Access`)."""

    role: Role
    locked_out: bool
    told_outside: tuple[object, ...] | None
    """Who waits outside is told why, and by whom; None: they do not."""


def _standing(session: Session, person: PersonId) -> _Standing | None:
    member = session.member(person)
    if member is None or not member.present:
        return None
    settings = session.settings
    told = (member.waiting, session.host.person, settings.ai_policy, settings.ai_note)
    return _Standing(
        member.role, settings.locked and member.role is Role.CANDIDATE, told if session.waits(member) else None
    )
