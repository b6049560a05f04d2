"""An open-loop crowd of typists: real Yjs updates, sent when they are due whatever the server does.

Speaks WebSocket by hand (one frame is one write), so that the generator is cheaper than any server it measures.
"""

import asyncio
import os
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import cast
from urllib.parse import urlsplit

from interview_platform.room.wire import encode_var_uint, var_uint

TICK = 0.002  # seconds between two looks at what is due
_SYNC, _STEP_2, _UPDATE = 0, 1, 2


@dataclass(frozen=True)
class Target:
    """Where one typist connects, and how the server wraps its messages."""

    url: str
    headers: str = ""
    prefix: bytes = b""
    """Before every message, e.g. Hocuspocus's document name."""
    hello: tuple[bytes, ...] = ()


@dataclass
class Result:
    sent: int = 0
    delivered: int = 0
    expected: int = 0
    latencies: list[float] = field(default_factory=list)
    cursors: int = 0

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


class Typist(asyncio.Protocol):
    """One connection. Types one letter after the other into a text of its own, and times what the others typed."""

    def __init__(self, target: Target, client: int, result: Result, peers: dict[int, "Typist"]) -> None:
        self.target, self.client, self.result, self.peers = target, client, result, peers
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.sent_at: list[float] = []
        self._id = encode_var_uint(client)
        self._buffer = b""
        self._upgraded = False
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport = cast(asyncio.WriteTransport, transport)
        parts = urlsplit(self.target.url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{self.target.headers}\r\n"
        )
        transport.write(request.encode())

    def send(self, message: bytes) -> None:
        assert self._transport is not None
        body = self.target.prefix + message
        head = (
            struct.pack("!BB", 0x82, 0x80 | len(body))
            if len(body) < 126
            else struct.pack("!BBH", 0x82, 0xFE, len(body))
        )
        self._transport.write(head + b"\0\0\0\0" + body)  # masked with zeros: the same bytes

    def type_letter(self, due: float) -> None:
        clock = len(self.sent_at)
        self.sent_at.append(due)
        where = b"\x04\x01\x05bench" if clock == 0 else b"\x84" + self._id + encode_var_uint(clock - 1)
        update = b"\x01\x01" + self._id + encode_var_uint(clock) + where + b"\x01x\x00"
        self.send(bytes((_SYNC, _UPDATE)) + encode_var_uint(len(update)) + update)
        self.result.sent += 1
        self.result.expected += len(self.peers) - 1

    def show_cursor(self, clock: int) -> None:
        state = b'{"user":{"name":"Typist"},"cursor":{"anchor":%d,"head":%d}}' % (clock, clock)
        entry = b"\x01" + self._id + encode_var_uint(clock) + encode_var_uint(len(state)) + state
        self.send(b"\x01" + encode_var_uint(len(entry)) + entry)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            head, end, rest = self._buffer.partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head.split(b"\r\n", 1)[0]:
                raise AssertionError(head.decode())
            self._buffer, self._upgraded = rest, True
            for message in self.target.hello:
                self.send(message)
            self.send(b"\x00\x00\x01\x00")
        self._frames()

    def _frames(self) -> None:
        data, at, now = self._buffer, 0, time.perf_counter()
        while len(data) - at >= 2:
            length, start = data[at + 1], at + 2
            if length == 126:
                if len(data) < at + 4:
                    break
                length, start = int.from_bytes(data[at + 2 : at + 4]), at + 4
            elif length == 127:
                if len(data) < at + 10:
                    break
                length, start = int.from_bytes(data[at + 2 : at + 10]), at + 10
            if len(data) < start + length:
                break
            if data[at] & 15 == 2:
                self._message(data[start + len(self.target.prefix) : start + length], now)
            at = start + length
        self._buffer = data[at:]

    def _message(self, message: bytes, now: float) -> None:
        if message[0] == 1:
            self.result.cursors += 1
        if message[0] != _SYNC and message[0] != 4:  # 4: Hocuspocus's reply to a first step
            return
        if message[1] == _STEP_2:
            if not self.ready.done():
                self.ready.set_result(None)
        elif message[1] == 0:
            self.send(b"\x00\x01\x02\x00\x00")
        else:
            _, at = var_uint(message, 2)
            client, at = var_uint(message, at + 2)
            clock, _ = var_uint(message, at)
            if client == self.client:
                return  # some servers send everybody's own letters back
            self.result.delivered += 1
            self.result.latencies.append(now - self.peers[client].sent_at[clock])


def _itself(typist: Typist) -> Typist:
    return typist


async def crowd(
    targets: Callable[[int, int], Target], rooms: int, clients: int, rate: float, seconds: float, *, cursors: bool
) -> Result:
    """`rate`: letters a second and typist. Deliveries that have not come a second after the end are lost."""
    loop, result, typists = asyncio.get_running_loop(), Result(), []
    for room in range(rooms):
        peers: dict[int, Typist] = {}
        for number in range(clients):
            target, client = targets(room, number), int.from_bytes(os.urandom(4)) | 1 << 31
            parts = urlsplit(target.url)
            typist = Typist(target, client, result, peers)
            peers[client] = typist
            await loop.create_connection(partial(_itself, typist), parts.hostname or "", parts.port or 80)
            typists.append(typist)
    async with asyncio.timeout(30):
        await asyncio.gather(*(typist.ready for typist in typists))
    begin = time.perf_counter() + 0.2
    gap = 1 / rate
    due = [begin + gap * index / len(typists) for index in range(len(typists))]
    while (now := time.perf_counter()) < begin + seconds:
        for index, typist in enumerate(typists):
            while due[index] <= now:
                typist.type_letter(due[index])
                if cursors:
                    typist.show_cursor(len(typist.sent_at))
                due[index] += gap
        await asyncio.sleep(TICK)
    deadline = time.perf_counter() + 1
    while result.delivered < result.expected and time.perf_counter() < deadline:  # noqa: ASYNC110 - no event for it
        await asyncio.sleep(0.01)
    for typist in typists:
        typist.close()
    return result
