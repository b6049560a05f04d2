"""uvicorn's WebSocket protocol with a short way for the sockets of rooms.

What costs in a room is not the document but the way of each message: through uvicorn's queue, two tasks and a frame
parser for every case. This class does the handshake, pings, fragments and closing as its parent does; once a room has
attached itself, whole binary frames are handed over in the call that read them, and written in the turn of the event
loop that made them. Give it to uvicorn as `ws=DirectWebSocket`. Without it rooms work over plain ASGI (`socket.py`).
Measured: docs/room.md.
"""

import socket
import struct
import threading
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

try:
    from websockets.speedups import apply_mask
except ImportError:  # built without its C part
    from websockets.utils import apply_mask

EXTENSION = "interview_platform.direct"
"""In the ASGI scope's extensions: `{"socket": DirectWebSocket}`."""

_BINARY, _TEXT = 0x82, 0x81  # whole messages
_SHORT_HEADERS = tuple(bytes((_BINARY, length)) for length in range(126))
_FINAL = _MASKED = 0x80
_SHORTEST, _LONG_HEADER = 6, 14  # bytes before the content, with the mask
_LONGEST = 16_384  # a frame up to this length may be waited for: what is added again and again stays small


class _Reading(threading.local):
    """Whom the messages of the read at hand have given something to send, in the thread of an event loop."""

    flushes: list[Callable[[], None]] | None = None
    """Called when all that was read is handled. (Asked instead, the event loop would first look for news of all sockets
    once more.) None: nothing is being read.
    """


reading = _Reading()


class DirectWebSocket(WebSocketsSansIOProtocol):
    _on_message: Callable[[bytes | str], None] | None = None
    _on_writable: Callable[[bool], None] | None = None
    _rest = b""
    """The beginning of a short frame."""
    _through = 0
    """How much of a long frame is still to come."""
    _fragmented = False

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            # The application's task was made, but has not run yet.
            self.scope["extensions"][EXTENSION] = {"socket": self}

    async def send(self, message: Any) -> None:
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            self.handshake_complete = True  # a refusal is an answer; the parent would log an error

    def attach(self, on_message: Callable[[bytes | str], None], on_writable: Callable[[bool], None]) -> None:
        """Hand messages to `on_message` from now on, those first that have come already.

        `on_writable` is told whenever the transport begins or ceases to accept more. Only the disconnect still comes by
        the server's `receive`.
        """
        self._on_message, self._on_writable = on_message, on_writable
        waiting = [self.queue.get_nowait() for _ in range(self.queue.qsize())]
        for message in waiting:
            if message["type"] == "websocket.receive":
                data = message.get("bytes")
                on_message(message["text"] if data is None else data)  # type: ignore[arg-type]
            else:
                self.queue.put_nowait(message)
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        if not self.writable.is_set():
            on_writable(False)

    def let_kernel_hold(self, size: int) -> None:
        """At most about so many bytes (`RoomLimits.kernel_bytes`)."""
        connection = self.transport.get_extra_info("socket")
        if connection is not None and not self.transport.is_closing():
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)

    def write(self, messages: list[bytes], *, text: bool) -> None:
        """Send whole messages with one write."""
        if self.close_sent or self.transport.is_closing():
            return
        if len(messages) == 1 and len(messages[0]) < 126 and not text:  # a letter, as nearly all are
            self.transport.write(_SHORT_HEADERS[len(messages[0])] + messages[0])
            return
        kind, parts = _TEXT if text else _BINARY, []
        for message in messages:
            length = len(message)
            if length < 126:
                parts.append(bytes((kind, length)))
            elif length < 65_536:
                parts.append(struct.pack("!BBH", kind, 126, length))
            else:
                parts.append(struct.pack("!BBQ", kind, 127, length))
            parts.append(message)
        self.transport.write(b"".join(parts))

    def abort(self) -> None:
        """Drop the connection and what was not yet taken by the peer."""
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if not self.handshake_initiated:
            super().data_received(data)  # the request, which comes alone
            return
        flushes: list[Callable[[], None]] = []
        reading.flushes = flushes
        try:
            self._read(data)
        finally:
            reading.flushes = None
            for flush in flushes:
                flush()

    def _read(self, data: bytes) -> None:
        # Frames are told apart from the first one on: whenever a room attaches itself, the parent is between two of
        # them, or in a long one whose end is known.
        on_message = self._on_message
        if self._through or self._rest:
            data = self._continued(data)
        at, end = 0, len(data)
        while end - at >= _SHORTEST:
            kind, length, start = data[at], data[at + 1] - _MASKED, at + _SHORTEST
            if length == 126:
                length, start = int.from_bytes(data[at + 2 : at + 4]), at + 8
            elif length == 127:
                length = _LONGEST + 1
            if not 0 <= length <= _LONGEST:
                self._long_way(data[at:])
                return
            stop = start + length
            if stop > end:
                break
            if on_message is None or kind != _BINARY or self._fragmented:
                self._other(data[at:stop])
            elif not self.close_sent:
                on_message(apply_mask(data[start:stop], data[start - 4 : start]))
            at = stop
        self._rest = data[at:]

    def _continued(self, data: bytes) -> bytes:
        """Finish with `data` what was begun; what is left, from the beginning of a frame."""
        if self._through:
            part, data = data[: self._through], data[self._through :]
            self._through -= len(part)
            super().data_received(part)
        data, self._rest = self._rest + data, b""
        return data

    def _other(self, frame: bytes) -> None:
        """A short frame that is for the parent: a ping, the end, text, a fragment; all while no room is attached."""
        self._note_fragment(frame[0])
        super().data_received(frame)

    def _long_way(self, data: bytes) -> None:
        """A frame too long to wait for in one piece, or not masked: to the parent as it comes, until its end."""
        if len(data) < _LONG_HEADER:
            self._rest = data
            return
        self._note_fragment(data[0])
        if data[1] == _MASKED | 127:
            length = _LONG_HEADER + int.from_bytes(data[2:10])
        elif data[1] == _MASKED | 126:
            length = 8 + int.from_bytes(data[2:4])
        else:
            length = len(data)  # not masked: the parent ends the connection
        self._through = max(0, length - len(data))
        super().data_received(data[:length])
        if len(data) > length:
            self._read(data[length:])

    def _note_fragment(self, first: int) -> None:
        if first & 0x0F <= 2:
            self._fragmented = not first & _FINAL

    def send_receive_event_to_app(self) -> None:
        if self._on_message is None:
            super().send_receive_event_to_app()
            return
        data, self.frames = b"".join(self.frames), []
        if self.close_sent:
            return
        if self.curr_msg_data_type == "bytes":
            self._on_message(data)
            return
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.conn.send_close(1007)
            self.handle_parser_exception()
            return
        self._on_message(text)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._on_writable is not None:
            self._on_writable(False)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._on_writable is not None:
            self._on_writable(True)
