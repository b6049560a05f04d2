"""Who reads a live session without the room's events: by a document socket alone, or over HTTP.

No browser of ours does that, but a program can. Those in the room are shown it: nobody watches in secret.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from interview_platform.accounts.model import PersonId
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Access


class Watchers:
    """Bounded by the people of the sessions that go on: only who may read is ever in it."""

    def __init__(self, limits: RoomLimits) -> None:
        self._limits = limits
        self._connected: dict[SessionId, list[PersonId]] = defaultdict(list)
        self._read: dict[SessionId, dict[PersonId, asyncio.TimerHandle]] = defaultdict(dict)
        self.shown: Callable[[SessionId, PersonId], bool] = lambda _session, _person: False
        """Whether the room shows them already, as somebody who is here."""
        self.changed: Callable[[SessionId], None] = lambda _session: None
        """Called when `of` may answer otherwise."""

    def of(self, session: SessionId) -> set[PersonId]:
        return {*self._connected.get(session, ()), *self._read.get(session, ())}

    @contextmanager
    def connected(self, session: SessionId, person: PersonId) -> Iterator[None]:
        """While a document socket is open."""
        there = self._connected[session]
        there.append(person)
        self.changed(session)
        try:
            yield
        finally:
            there.remove(person)
            if not there:
                self._connected.pop(session, None)
            self.changed(session)

    def read(self, access: Access) -> None:
        """They were given something over HTTP just now; that counts for a while, as they may come again."""
        session, person = access.session.id, access.person
        if person is None or self.shown(session, person.id):
            return
        before = self._read[session].pop(person.id, None)
        if before is not None:
            before.cancel()
        loop = asyncio.get_running_loop()
        self._read[session][person.id] = loop.call_later(self._limits.reading_seconds, self._forget, session, person.id)
        self.changed(session)

    def close(self) -> None:
        for timers in self._read.values():
            for timer in timers.values():
                timer.cancel()
        self._read.clear()

    def _forget(self, session: SessionId, person: PersonId) -> None:
        timers = self._read[session]
        timers.pop(person, None)
        if not timers:
            del self._read[session]
        self.changed(session)
