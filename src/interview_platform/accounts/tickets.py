"""Tickets: how a page that cannot send a header or a cookie opens a socket. In memory, used once, gone in a minute."""

import time
from collections import OrderedDict
from collections.abc import Callable

from interview_platform.accounts.model import PersonId
from interview_platform.kit.ids import digest, new_secret

SECONDS = 60  # from asking for it to opening the socket; a slow phone needs a few
PER_PERSON = 20  # a handful of tabs that all reconnect; the person's oldest goes first
TICKETS_MAX = 50_000  # about 15 MB; the oldest goes first


class Tickets:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._issued: OrderedDict[str, tuple[PersonId, float]] = OrderedDict()  # oldest first
        self._of: dict[PersonId, list[str]] = {}

    def issue(self, person: PersonId) -> str:
        now = self._clock()
        while self._issued:
            oldest, (_, expires) = next(iter(self._issued.items()))
            if expires > now and len(self._issued) < TICKETS_MAX:
                break
            self._take(oldest)
        own = self._of.setdefault(person, [])
        if len(own) >= PER_PERSON:
            self._take(own[0])
            own = self._of.setdefault(person, [])
        ticket = new_secret()
        key = digest(ticket)
        own.append(key)
        self._issued[key] = (person, now + SECONDS)
        return ticket

    def forget(self, person: PersonId) -> None:
        """Whoever signed in as `person` elsewhere may have asked for some: they are void."""
        for key in tuple(self._of.get(person, ())):
            self._take(key)

    def redeem(self, ticket: str) -> PersonId | None:
        """Whose ticket this is. It works once; None when it is unknown, used or too old."""
        taken = self._take(digest(ticket))
        if taken is None:
            return None
        person, expires = taken
        return person if self._clock() < expires else None

    def _take(self, key: str) -> tuple[PersonId, float] | None:
        taken = self._issued.pop(key, None)
        if taken is not None:
            own = self._of[taken[0]]
            own.remove(key)
            if not own:
                del self._of[taken[0]]
        return taken
