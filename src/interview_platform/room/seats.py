"""Who is connected to which session, so that a change of access closes sockets."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec

from interview_platform.accounts.model import PersonId
from interview_platform.kit.bus import Bus
from interview_platform.kit.close_codes import CloseCode
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.room.connection import Connection
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.ports import access_topic

_SWEEPS = 4  # looks per `stall_seconds`


class _AccessLost(msgspec.Struct):
    person: str | None
    reason: str


_decode = msgspec.json.Decoder(_AccessLost).decode


class Seat:
    """One socket. Taken before access is asked for, so that no change of access can slip in between."""

    def __init__(self, session: SessionId, person: PersonId) -> None:
        self.session = session
        self.person = person
        self._connection: Connection | None = None
        self._lost: tuple[CloseCode, str] | None = None

    @property
    def connection(self) -> Connection | None:
        return self._connection

    def fill(self, connection: Connection) -> None:
        self._connection = connection
        if self._lost is not None:
            connection.close(*self._lost)

    def lose(self, code: CloseCode, reason: str) -> None:
        if self._lost is None:
            self._lost = (code, reason)
        if self._connection is not None:
            self._connection.close(code, reason)


class Seats:
    def __init__(self, bus: Bus, limits: RoomLimits) -> None:
        self._bus = bus
        self._limits = limits
        self._seats: dict[SessionId, set[Seat]] = defaultdict(set)
        self._stops: dict[SessionId, Callable[[], None]] = {}
        self._sweep: asyncio.TimerHandle | None = None

    @contextmanager
    def taken(self, session: SessionId, person: PersonId) -> Iterator[Seat]:
        """A seat while a socket is being opened and served. Raises a Refusal when the person has too many."""
        if sum(seat.person == person for seat in self._seats.get(session, ())) >= self._limits.seats_per_person:
            raise Refusal(Kind.TOO_MANY, "too_many_connections", "You have this session open too many times.")
        seat = Seat(session, person)
        seats = self._seats[session]
        if not seats:
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
            if not seats:
                del self._seats[session]
                self._stops.pop(session)()

    def close_all(self, code: CloseCode, reason: str) -> None:
        for seats in self._seats.values():
            for seat in tuple(seats):
                seat.lose(code, reason)

    def _lost(self, session: SessionId, message: bytes) -> None:
        lost = _decode(message)
        for seat in tuple(self._seats.get(session, ())):
            if lost.person is None:
                seat.lose(CloseCode.ENDED, lost.reason)
            elif lost.person == seat.person:
                # Who was signed out in one browser is let in again with another's credential, and only so.
                code = CloseCode.RESTARTING if lost.reason == "signed_out" else CloseCode.FORBIDDEN
                seat.lose(code, lost.reason)

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
