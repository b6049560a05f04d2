"""One connected browser: a bounded outbox, emptied by one writer.

Whoever has something to say posts it and goes on; nothing here waits. The wire (`socket.py`) takes from the outbox
whenever its transport accepts more. A peer that does not read is dropped, so that its memory is bounded (docs/room.md).
"""

from typing import Protocol

from interview_platform.kit.close_codes import CloseCode
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.policy import Access, Action


class Wire(Protocol):
    """The transport below a connection."""

    def wake(self) -> None:
        """There is something to take."""

    def unsent(self) -> int:
        """Bytes that were taken and that the transport still holds."""

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
        self._held: tuple[float, int] | None = None
        """Since the transport takes no more: when it was looked at last (loop time), and how much it held."""
        self._outbox: list[bytes] = []
        self._bytes = 0

    def post(self, message: bytes) -> None:
        """Queue `message`; drops the peer when that is too much."""
        if self.closing is not None:
            return
        outbox, limits = self._outbox, self.limits
        outbox.append(message)
        self._bytes += len(message)
        if self._bytes > limits.outbox_bytes or len(outbox) > limits.outbox_messages:
            self.drop()
        elif self.wire is not None:
            self.wire.wake()

    def take(self) -> list[bytes]:
        """Everything to be sent now, in order. The outbox is empty afterwards."""
        messages, self._outbox = self._outbox, []
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

    def blocked(self, now: float, held: int) -> None:
        """The transport takes no more, with so many bytes that the peer has not taken (loop time)."""
        if self._held is None:
            self._held = (now, held)

    def unblocked(self) -> None:
        self._held = None

    def stalled(self, now: float) -> bool:
        """Whether the peer takes what the transport holds more slowly than even a bad network explains.

        Only what it takes from now on counts: how much the kernel had taken for it before tells nothing of the peer.
        """
        if self._held is None or self.wire is None:
            return False
        (since, held), left = self._held, self.wire.unsent()
        seconds = now - since
        if seconds < self.limits.stall_seconds:
            return False
        if held - left < seconds * self.limits.slowest_bytes_per_second:
            return True
        self._held = (now, left)  # slow, but it goes on
        return False

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
