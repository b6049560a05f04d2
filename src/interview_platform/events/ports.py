"""How features say that something happened, and what events need from storage."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from interview_platform.events.model import Counts, Delivery


class Events(Protocol):
    async def send(self, name: str, data: Mapping[str, Any], *, id: str | None = None) -> None:
        """Note that something happened; what is to be done about it is done later, and tried until it succeeds.

        Durable when it returns. Sent again with the same `id`, it is the same event. Raises StorageUnavailable.
        """


class Relay(Protocol):
    """Another system that runs our functions: it is given every event once, and calls the functions itself."""

    async def deliver(self, delivery: Delivery) -> None:
        """Hand the event over; with an id it has had before it is the same event. Raises to be asked again, and
        Permanent when that cannot help.
        """


class EventStore(Protocol):
    async def add(self, deliveries: Sequence[Delivery]) -> None:
        """Store all of them in one step; those whose id is there already stay as they are."""

    async def claim(self, now: int, until: int, limit: int, *, but: Collection[str] = ()) -> list[Delivery]:
        """At most `limit` that are due at `now`, oldest first, as stored before; none of the functions `but`. They are
        not due again before `until`: no other node gets them, and if this one dies they come back.

        What is put off by more than FAR_MS is due too.
        """

    async def done(self, id: str) -> None: ...

    async def failed(self, id: str, *, attempts: int, next_at: int, dead: bool, error: str) -> None: ...

    async def next_at(self) -> int | None:
        """When the first of the living is due."""

    async def waiting(self, *, dead: bool, limit: int) -> list[Delivery]:
        """The living or the dead, oldest first."""

    async def counts(self) -> Counts: ...

    async def revive(self, id: str, now: int) -> bool:
        """Make a dead one due now, as if it had never been tried; whether there was one."""
