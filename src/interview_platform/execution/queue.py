"""Whose run is next. No I/O, no clock.

Every job belongs to a lane (a room, a person). Lanes that wait take turns, first come first served within one; a job
without a lane is a lane of its own. While others wait, a lane gets no more than its share of the places.
"""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Sequence

from interview_platform.execution.ports import QueueFull

QUEUE_MAX = 100  # a class that presses Run together; at 50 ms each that is seconds, and everybody is told the place
LANE_MAX = 50  # half: whoever fills a lane leaves room for all the others

OnTurn = Callable[[], None]
OnPlace = Callable[[int], None]


class Ticket:
    """A job's, from `Queue.admit` to `Queue.leave`."""

    def __init__(self, lane: object) -> None:
        self.lane = lane
        self.place: int | None = None
        """1 for the next; None when it does not wait in line."""
        self.round = 0
        self.state = "admitted"
        """Then "waiting", "running", "left"."""
        self._on_turn: OnTurn = _nothing
        self._on_place: OnPlace | None = None

    def line_up(self, round: int, on_turn: OnTurn, on_place: OnPlace | None) -> None:
        """Called by the queue."""
        self.round = round
        self.state, self._on_turn, self._on_place = "waiting", on_turn, on_place

    def run(self) -> None:
        """Called by the queue."""
        if self.state == "running":
            self._on_turn()

    def tell(self, place: int) -> None:
        """Called by the queue."""
        if self.state == "waiting" and self.place != place:
            self.place = place
            if self._on_place is not None:
                self._on_place(place)


class Queue:
    """`places`: jobs that run at the same time."""

    def __init__(self, places: int, *, most: int = QUEUE_MAX, lane_most: int = LANE_MAX) -> None:
        self.places = places
        self._most = most
        self._lane_most = lane_most
        self._share = max(1, places // 2)  # of a lane, while another waits
        self._present: Counter[object] = Counter()  # admitted or waiting, by lane
        self._running: Counter[object] = Counter()
        self._line: list[Ticket] = []  # who waits, sorted by round; in a round, every lane has one
        self._round = 0  # of the last one that left the line to run

    @property
    def running(self) -> int:
        return self._running.total()

    @property
    def waiting(self) -> int:
        """Also those that are admitted and not in line yet."""
        return self._present.total()

    def admit(self, lane: str) -> Ticket:
        """A right to line up. Raises QueueFull."""
        ticket = Ticket(lane or object())
        if self.waiting >= self._most or self._present[ticket.lane] >= self._lane_most:
            raise QueueFull
        self._present[ticket.lane] += 1
        return ticket

    def line_up(self, ticket: Ticket, on_turn: OnTurn, on_place: OnPlace | None = None) -> None:
        """`on_turn` is called when it may run, perhaps at once; `on_place` when it must wait and when that changes.

        They must not come back in here, except to `leave`.
        """
        before = [other.round for other in self._line if other.lane == ticket.lane]
        ticket.line_up(max([self._round, *before]) + 1, on_turn, on_place)
        insort(self._line, ticket, key=lambda other: other.round)
        self._advance()

    def leave(self, ticket: Ticket) -> None:
        """It has ended, or does not want to wait any more. Twice does no harm."""
        state, ticket.state = ticket.state, "left"
        if state == "running":
            self._running -= Counter([ticket.lane])
        elif state != "left":
            self._present -= Counter([ticket.lane])
        if state == "waiting":
            self._line.remove(ticket)
        self._advance()

    def _advance(self) -> None:
        started: list[Ticket] = []
        while self._line and self.running < self.places:
            ticket = self._next(self._line, self._running)
            self._line.remove(ticket)
            self._present -= Counter([ticket.lane])
            self._running[ticket.lane] += 1
            self._round = max(self._round, ticket.round)
            ticket.state, ticket.place = "running", None
            started.append(ticket)
        for ticket in started:
            ticket.run()
        for place, ticket in enumerate(self._order(), 1):
            ticket.tell(place)

    def _next(self, line: Sequence[Ticket], running: Counter[object]) -> Ticket:
        return next((ticket for ticket in line if running[ticket.lane] < self._share), line[0])

    def _order(self) -> Sequence[Ticket]:
        """Who waits, the next first, as far as it can be known: whose lane's run ends next cannot."""
        line = self._line.copy()
        running = self._running.copy() if self.places > 1 else Counter[object]()  # the one place must get free first
        order: list[Ticket] = []
        while line:
            order.append(self._next(line, running))
            line.remove(order[-1])
            running[order[-1].lane] += 1
        return order


def _nothing() -> None:
    """Nobody has lined up."""
