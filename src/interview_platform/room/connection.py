"""One connected browser: a bounded outbox, emptied by one writer.

Whoever has something to say posts it and goes on; nothing here waits. The wire (`socket.py`) takes from the outbox
whenever its transport accepts more. A peer that does not read is dropped, so that its memory is bounded (docs/room.md).
"""

from collections import deque
from typing import Protocol

from interview_platform.kit.close_codes import CloseCode
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.policy import Access, Action


class Wire(Protocol):
    """The transport below a connection."""

    def wake(self) -> None:
        """There is something to take."""

    def abort(self) -> None:
        """Stop writing what was taken: the peer does not read. Called after the connection was closed."""


class Connection:
    """Made before the wire is attached: what is posted meanwhile is sent first."""

    def __init__(self, limits: RoomLimits, *, text: bool = False, needs: Action = Action.READ) -> None:
        self.limits = limits
        self._needs = needs
        self.text = text
        """Send messages as text (UTF-8) instead of binary."""
        self.wire: Wire | None = None
        self.closing: tuple[int, str] | None = None
        """Code and reason, once the server has decided to close. What was posted before is still sent."""
        self.gone = False
        """The peer has closed, or the network has."""
        self._blocked_since: float | None = None
        self._given = 0
        self._outbox: deque[bytes] = deque()
        self._bytes = 0

    def post(self, message: bytes) -> None:
        """Queue `message`; drops the peer when that is too much."""
        if self.closing is not None:
            return
        self._outbox.append(message)
        self._bytes += len(message)
        if self._bytes > self.limits.outbox_bytes or len(self._outbox) > self.limits.outbox_messages:
            self.drop()
            return
        self.wake()

    def take(self) -> list[bytes]:
        """Everything to be sent now, in order. The outbox is empty afterwards."""
        messages = list(self._outbox)
        self._outbox.clear()
        self._bytes = 0
        return messages

    def close(self, code: int, reason: str = "") -> None:
        """Send what is queued, then close. The first code given stands."""
        if self.closing is None:
            self.closing = (int(code), reason)
            self.wake()

    def drop(self) -> None:
        """Close now, throwing away what is queued: the peer reads too slowly."""
        self._outbox.clear()
        self._bytes = 0
        self.close(CloseCode.TOO_FAST_OR_SLOW, "too_slow")
        if self.wire is not None:
            self.wire.abort()

    def given(self, size: int) -> None:
        """The wire gave so much to the transport."""
        self._given += size

    def blocked(self, now: float) -> None:
        """The transport takes no more (loop time)."""
        if self._blocked_since is None:
            self._blocked_since = now

    def unblocked(self) -> None:
        self._blocked_since = None
        self._given = 0

    def stalled(self, now: float) -> bool:
        """Whether the peer has not taken what it was given for longer than a slow network explains."""
        if self._blocked_since is None:
            return False
        patience = self.limits.stall_seconds + self._given / self.limits.slowest_bytes_per_second
        return now - self._blocked_since > patience

    def access_changed(self, access: Access) -> None:
        """The person may do something else now. Who may not be in the room any more comes back, and waits at the door;
        who may, but not here (a document that is for others), need not come back.
        """
        if not access.may(Action.READ):
            self.close(CloseCode.RESTARTING, "sent_back")
        elif not access.may(self._needs):
            self.close(CloseCode.FORBIDDEN, "forbidden")

    def wake(self) -> None:
        if self.wire is not None:
            self.wire.wake()
