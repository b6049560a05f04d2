"""Why a WebSocket was closed. One table for both sides (`contract/close-codes.json`)."""

from enum import IntEnum


class CloseCode(IntEnum):
    BAD_FRAME = 4400
    """A frame that the protocol does not know. Do not reconnect with the same client."""
    UNAUTHENTICATED = 4401
    """Sign in again, then reconnect."""
    FORBIDDEN = 4403
    """You are not, or no longer, in this session. Do not reconnect."""
    NOT_FOUND = 4404
    """There is no such session, or it is not for you."""
    ENDED = 4409
    """The session has ended."""
    TOO_LARGE = 4413
    """A frame or the document is larger than allowed."""
    TOO_FAST_OR_SLOW = 4429
    """You send more than allowed, or read slower than the room goes on. Reconnect after a pause and resync."""
    FAILED = 1011
    """The server could not go on, e.g. its disk is full. Reconnect; what was acknowledged is safe."""
    RESTARTING = 1012
    """The server restarts. Reconnect."""
