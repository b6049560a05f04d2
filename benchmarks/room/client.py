"""One connection that types: real Yjs updates into a text of its own, and the time until the others had each letter.

Speaks WebSocket by hand (one frame is one write), so that the crowd is cheaper than any server it measures.
"""

import asyncio
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

from interview_platform.room.update_walk import Walk
from interview_platform.room.wire import encode_var_uint, var_uint

_SYNC, _AWARENESS = 0, 1
_HOCUSPOCUS_REPLY = 4  # its sync message in answer to a first step
_STEP_1, _STEP_2, _UPDATE = 0, 1, 2
_BINARY, _CLOSE, _PING, _PONG = 2, 8, 9, 10
_ONE_ITEM, _ONE_LETTER = b"\x01\x01", b"\x01x\x00"


@dataclass(frozen=True)
class Target:
    """Where one typist connects, and how the server wraps its messages."""

    url: str
    headers: str = ""
    prefix: bytes = b""
    """Before every message, e.g. Hocuspocus's document name."""
    hello: tuple[bytes, ...] = ()
    name: str = "Typist"
    """In the cursor messages."""


@dataclass
class Result:
    """Letters, whatever messages they came in: some servers put several into one."""

    sent: int = 0
    delivered: int = 0
    expected: int = 0
    late: list[float] = field(default_factory=list)
    """Seconds by which the crowd itself sent later than was due."""
    latencies: list[float] = field(default_factory=list)
    """Seconds from a letter's sending to its arrival at one other."""

    @property
    def lost(self) -> int:
        return self.expected - self.delivered

    def percentile(self, share: float) -> float:
        """Of the latencies, in milliseconds."""
        return percentile(self.latencies, share) * 1000


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


class Typist(asyncio.Protocol):
    """`peers`: everybody in the room, this one included, by Yjs client id."""

    def __init__(self, target: Target, client: int, peers: Mapping[bytes, "Typist"]) -> None:
        self.target, self.peers = target, peers
        self.result = Result()
        self.ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        """The bytes of the document once all of it is here."""
        self.sent_at: list[float] = []
        self.closed = False
        self.close_code: int | None = None
        self.id = encode_var_uint(client)
        self._buffer = b""
        self._upgraded = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport = cast(asyncio.Transport, transport)
        parts = urlsplit(self.target.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{self.target.headers}\r\n"
        )
        transport.write(request.encode())

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"closed before the document came: {exc}"))

    def send(self, message: bytes) -> None:
        self._send_frame(_BINARY, self.target.prefix + message)

    def _send_frame(self, kind: int, body: bytes) -> None:
        assert self.transport is not None
        kind |= 0x80  # whole
        if len(body) < 126:
            head = struct.pack("!BB", kind, 0x80 | len(body))
        elif len(body) < 65_536:
            head = struct.pack("!BBH", kind, 0xFE, len(body))
        else:
            head = struct.pack("!BBQ", kind, 0xFF, len(body))
        self.transport.write(head + b"\0\0\0\0" + body)  # masked with zeros: the same bytes

    def send_update(self, update: bytes) -> None:
        self.send(bytes((_SYNC, _UPDATE)) + encode_var_uint(len(update)) + update)

    def type_letter(self, *, cursor: bool) -> None:
        """One more letter at the end of this one's text; with a cursor message, as an editor sends it."""
        clock = len(self.sent_at)
        where = b"\x04\x01\x05bench" if clock == 0 else b"\x84" + self.id + encode_var_uint(clock - 1)
        update = _ONE_ITEM + self.id + encode_var_uint(clock) + where + _ONE_LETTER
        self.sent_at.append(time.perf_counter())
        self.send_update(update)
        self.result.sent += 1
        if cursor:
            self.show_cursor(clock + 1)

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()

    def show_cursor(self, clock: int, padding: bytes = b"") -> None:
        name = self.target.name.encode()
        state = b'{"user":{"name":"%b"},"cursor":{"anchor":%d,"head":%d}%b}' % (name, clock, clock, padding)
        entry = b"\x01" + self.id + encode_var_uint(clock) + encode_var_uint(len(state)) + state
        self.send(bytes((_AWARENESS,)) + encode_var_uint(len(entry)) + entry)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                self.ready.set_exception(ConnectionError(head.decode()))
                self.close()
                return
            self._buffer, self._upgraded = rest, True
            for message in self.target.hello:
                self.send(message)
            self.send(bytes((_SYNC, _STEP_1, 1, 0)))
        self._frames()

    def _frames(self) -> None:
        data, at, now = self._buffer, 0, time.perf_counter()
        while len(data) - at >= 2:
            length, start = data[at + 1], at + 2
            if length == 126:
                start = at + 4
                length = int.from_bytes(data[at + 2 : start])
            elif length == 127:
                start = at + 10
                length = int.from_bytes(data[at + 2 : start])
            if len(data) < start + length:
                break
            self._frame(data[at] & 15, data[start : start + length], now)
            at = start + length
        self._buffer = data[at:]

    def _frame(self, kind: int, body: bytes, now: float) -> None:
        if kind == _BINARY:
            self._message(body[len(self.target.prefix) :], now)
        elif kind == _PING:
            self._send_frame(_PONG, body)
        elif kind == _CLOSE:
            self.close_code = int.from_bytes(body[:2])

    def _message(self, message: bytes, now: float) -> None:
        if message[0] not in {_SYNC, _HOCUSPOCUS_REPLY}:
            return
        if message[1] == _STEP_2:
            if not self.ready.done():
                self.ready.set_result(len(message))
        elif message[1] == _STEP_1:
            self.send(bytes((_SYNC, _STEP_2, 2, 0, 0)))
        else:
            _, at = var_uint(message, 2)
            self._letters(message[at:], now)

    def _letters(self, update: bytes, now: float) -> None:
        if update.startswith(_ONE_ITEM) and update.endswith(_ONE_LETTER):
            _, end = var_uint(update, 2)
            clock, _ = var_uint(update, end)
            self._arrived(update[2:end], clock, 1, now)
            return
        for client, (clock, items) in Walk(update).clients.items():
            self._arrived(client, clock, sum(item.length for item in items), now)

    def _arrived(self, client: bytes, clock: int, count: int, now: float) -> None:
        """Letters of somebody. (Some servers send everybody's own back.)"""
        author = self.peers.get(client)
        if author is None or author is self:
            return
        self.result.delivered += count
        self.result.latencies.extend(now - sent for sent in author.sent_at[clock : clock + count])
