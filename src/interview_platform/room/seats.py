"""Who is connected to which session, so that a change of access closes sockets."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import msgspec
import structlog

from interview_platform.accounts.model import PersonId
from interview_platform.kit.bus import Bus
from interview_platform.kit.close_codes import CloseCode
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.room.connection import Connection
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Access
from interview_platform.sessions.ports import access_topic

log = structlog.get_logger(__name__)

_SWEEPS = 4  # looks per `stall_seconds`

Ask = Callable[[], Awaitable[Access]]
"""What the person of a seat may do now. Raises a Refusal."""


_CODES = {
    "ended": CloseCode.ENDED,
    # Who was signed out in one browser is let in again with another's credential, and only so.
    "signed_out": CloseCode.RESTARTING,
    "sent_back": CloseCode.RESTARTING,
}


class _AccessLost(msgspec.Struct):
    person: str | None
    reason: str


_decode = msgspec.json.Decoder(_AccessLost).decode


class Seat:
    """One socket. Taken before access is asked for, so that no change of access can slip in between."""

    def __init__(self, session: SessionId, person: PersonId, ask: Ask) -> None:
        self.session = session
        self.person = person
        self._ask = ask
        self._changes = 0
        """How often the access has changed."""
        self._asking: asyncio.Task[None] | None = None
        self._connection: Connection | None = None
        self._lost: tuple[CloseCode, str] | None = None

    @property
    def connection(self) -> Connection | None:
        return self._connection

    def fill(self, connection: Connection) -> None:
        self._connection = connection
        if self._lost is not None:
            connection.close(*self._lost)
        elif self._changes:
            self.access_changed()

    def lose(self, code: CloseCode, reason: str) -> None:
        if self._lost is None:
            self._lost = (code, reason)
        if self._connection is not None:
            self._connection.close(code, reason)

    def access_changed(self) -> None:
        """Ask anew what the person may do; while there is no connection, once there is one."""
        self._changes += 1
        if self._connection is not None and self._asking is None:
            self._asking = asyncio.create_task(self._ask_until_it_is_true(self._connection))

    def leave(self) -> None:
        if self._asking is not None:
            self._asking.cancel()

    async def _ask_until_it_is_true(self, connection: Connection) -> None:
        asked = 0
        try:
            while asked != self._changes:
                asked = self._changes
                connection.access_changed(await self._ask())
        except Exception:
            # What they may do is not known: they come back, and are asked at the door.
            log.exception("room.access_unknown", session=self.session)
            connection.close(CloseCode.FAILED, "access_unknown")
        finally:
            self._asking = None


class Seats:
    def __init__(self, bus: Bus, limits: RoomLimits) -> None:
        self._bus = bus
        self._limits = limits
        self._seats: dict[SessionId, set[Seat]] = defaultdict(set)
        self._stops: dict[SessionId, Callable[[], None]] = {}
        self._since: dict[SessionId, dict[PersonId | None, float]] = defaultdict(dict)
        """While there is anybody: when each of the others lost their last seat; None: of who has had none yet."""
        self._sweep: asyncio.TimerHandle | None = None

    @contextmanager
    def taken(self, session: SessionId, person: PersonId, ask: Ask) -> Iterator[Seat]:
        """A seat while a socket is being opened and served. Raises a Refusal when the person has too many."""
        if sum(seat.person == person for seat in self._seats.get(session, ())) >= self._limits.seats_per_person:
            raise Refusal(Kind.TOO_MANY, "too_many_connections", "You have this session open too many times.")
        seat = Seat(session, person, ask)
        seats = self._seats[session]
        if not seats:
            self._since[session][None] = time.monotonic()
            self._stops[session] = self._bus.subscribe(
                access_topic(session), lambda message: self._lost(session, message)
            )
        seats.add(seat)
        if self._sweep is None:
            self._look_later()
        try:
            yield seat
        finally:
            seats.discard(seat)
            seat.leave()
            self._since[session][person] = time.monotonic()
            if not seats:
                del self._since[session]
                del self._seats[session]
                self._stops.pop(session)()

    def away(self, session: SessionId, person: PersonId) -> float:
        """For how many seconds, as far as this process knows, the person has had no seat while others had; else 0."""
        seats = self._seats.get(session)
        if not seats or any(seat.person == person for seat in seats):
            return 0.0
        since = self._since[session]
        return time.monotonic() - since.get(person, since[None])

    def close_all(self, code: CloseCode, reason: str) -> None:
        for seats in self._seats.values():
            for seat in tuple(seats):
                seat.lose(code, reason)

    def _lost(self, session: SessionId, message: bytes) -> None:
        lost = _decode(message)
        for seat in tuple(self._seats.get(session, ())):
            if lost.person not in (None, seat.person):
                continue
            if lost.reason == "changed":
                seat.access_changed()
            else:
                seat.lose(_CODES.get(lost.reason, CloseCode.FORBIDDEN), lost.reason)

    def _look_later(self) -> None:
        loop = asyncio.get_running_loop()
        self._sweep = loop.call_later(self._limits.stall_seconds / _SWEEPS, self._drop_stalled, loop)

    def _drop_stalled(self, loop: asyncio.AbstractEventLoop) -> None:
        """Drop the peers whose transport has taken nothing for too long. One timer for all of them."""
        self._sweep = None
        now = loop.time()
        for seats in self._seats.values():
            for seat in tuple(seats):
                connection = seat.connection
                if connection is not None and connection.stalled(now):
                    connection.drop()
        if self._seats:
            self._look_later()
