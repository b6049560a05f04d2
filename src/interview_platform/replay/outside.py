"""Those who waited in the lobby: only the staff were told of them, and only they are told afterwards."""

import json

from interview_platform.accounts.model import PersonId
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import Event, EventKind
from interview_platform.timeline.ports import TimelineStore

_OF_PEOPLE = (EventKind.JOINED, EventKind.LEFT, EventKind.ROLE, EventKind.ADMITTED, EventKind.SENT_BACK)
_STEP = 1_000


async def unseen(timeline: TimelineStore, session: SessionId) -> frozenset[int]:
    """Numbers of the entries about somebody who was outside at that time. That they came in, or were sent out, was
    seen by everybody.
    """
    hidden: set[int] = set()
    outside: set[PersonId | None] = set()
    after = 0
    while True:
        events = await timeline.read(session, after=after, kinds=_OF_PEOPLE, limit=_STEP)
        hidden.update(event.seq for event in events if _is_hidden(event, outside))
        if len(events) < _STEP:
            return frozenset(hidden)
        after = events[-1].seq


def _is_hidden(event: Event, outside: set[PersonId | None]) -> bool:
    """`outside`: who is at that time; kept up."""
    person, kind = event.entry.person, event.entry.kind
    waited = person in outside
    if kind is EventKind.SENT_BACK or (kind is EventKind.JOINED and _waiting(event.entry.payload)):
        outside.add(person)
        return kind is EventKind.JOINED
    if kind is not EventKind.ROLE:
        outside.discard(person)
    return waited and kind in {EventKind.LEFT, EventKind.ROLE}


def _waiting(payload: bytes) -> bool:
    try:
        return bool(json.loads(payload).get("waiting"))
    except (ValueError, AttributeError):
        return False  # it cannot be read, and says nothing
