"""Notes what candidates do, in the timeline, and tells the staff and themselves. Nothing of anybody else."""

import asyncio
from collections.abc import Callable

import structlog

from interview_platform.accounts.model import Person
from interview_platform.activity.model import KINDS, Act, Noted, entry_of, noted_of
from interview_platform.activity.views import ActivityEvent, ActivityView
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Refusal, StorageUnavailable, forbidden
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.sessions.model import Role, SessionId
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.ports import staff_topic
from interview_platform.timeline.model import Entry, Event
from interview_platform.timeline.ports import TimelineStore

NOTING = Limit(30, 60)  # per person: more says nothing more, and only fills the log
TRIES = 20  # with a second in between: as long as the room's journal waits for the database
PAGE = 1_000  # entries read at once

_log = structlog.get_logger(__name__)


class ActivityService:
    def __init__(
        self,
        timeline: TimelineStore,
        bus: Bus,
        *,
        limit: Limit = NOTING,
        pause_seconds: float = 1.0,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._timeline = timeline
        self._bus = bus
        self._clock = clock
        self._pause = pause_seconds
        self._noting = RateLimiter(limit, message="These were many at once: not all of them are noted.")
        self._waiting: dict[SessionId, list[Entry]] = {}
        self._writing: dict[SessionId, asyncio.Task[None]] = {}

    def note(self, access: Access, person: Person, act: Act) -> None:
        """To be written at once, told when it is. Raises forbidden, too_fast; and as `Access.require` does."""
        access.require(Action.READ)
        if access.role is not Role.CANDIDATE or not access.session.active:
            raise forbidden("Only of candidates something is noted, and only during the session.")
        self._noting.take(f"{access.session.id} {person.id}")
        session = access.session.id
        self._waiting.setdefault(session, []).append(entry_of(person.id, self._clock(), act))
        if session not in self._writing:
            self._writing[session] = asyncio.create_task(self._write(session))

    async def of(self, session: SessionId) -> list[Noted]:
        """All that was noted, oldest first."""
        found: list[Event] = []
        while True:
            after = found[-1].seq if found else 0
            page = await self._timeline.read(session, after=after, kinds=KINDS, limit=PAGE)
            found += page
            if len(page) < PAGE:
                return [noted_of(event) for event in found]

    async def close(self) -> None:
        """What was noted is written."""
        await asyncio.gather(*self._writing.values())

    async def _write(self, session: SessionId) -> None:
        try:
            while entries := self._waiting.pop(session, []):
                last = await self._appended(session, entries)
                if last is not None:
                    self._tell(session, entries, last - len(entries) + 1)
        finally:
            del self._writing[session]

    async def _appended(self, session: SessionId, entries: list[Entry]) -> int | None:
        """The number of the last one; None: they could not be written."""
        for attempt in range(TRIES):
            try:
                return await self._timeline.append(session, entries)
            except StorageUnavailable:
                if attempt + 1 < TRIES:
                    await asyncio.sleep(self._pause)
            except Refusal:  # the session is gone
                break
        _log.warning("activity.not_noted", session=session, count=len(entries))
        return None

    def _tell(self, session: SessionId, entries: list[Entry], first: int) -> None:
        for seq, entry in enumerate(entries, first):
            event = ActivityEvent(entry=ActivityView.of(noted_of(Event(seq, entry))))
            self._bus.publish(staff_topic(session), event.to_json())
