"""The three ways to a TURN server: datagrams, which may be lost and are sent again, TCP, and TLS."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

# RFC 7065: turn:host[:port][?transport=udp|tcp]; the host of IPv6 stands in brackets.
_URL = re.compile(r"(turns?):(\[[0-9a-fA-F:.]+\]|[^\[\]:/?@]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?")
_PORTS = {"turn": 3478, "turns": 5349}
_AGAIN_SECONDS = 0.5  # RFC 5389: the first repetition
_STUN_HEADER = 20


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int
    tcp: bool
    tls: bool


def address_of(url: str) -> Address:
    """Raises ValueError."""
    match = _URL.fullmatch(url)
    if match is None:
        raise ValueError("not a TURN address")
    scheme, host, port, transport = match.groups()
    tls = scheme == "turns"
    return Address(host.strip("[]"), int(port or _PORTS[scheme]), tls or transport == "tcp", tls)


class Wire(Protocol):
    async def send(self, message: bytes) -> None: ...

    async def receive(self) -> bytes: ...


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Wire]:
    """Raises OSError, ValueError."""
    address = address_of(url)
    if address.tcp:
        context = ssl.create_default_context() if address.tls else None
        reader, writer = await asyncio.open_connection(address.host, address.port, ssl=context)
        try:
            yield _Stream(reader, writer)
        finally:
            writer.close()
        return
    loop = asyncio.get_running_loop()
    transport, datagrams = await loop.create_datagram_endpoint(_Datagrams, remote_addr=(address.host, address.port))
    try:
        yield datagrams
    finally:
        transport.close()


class _Stream:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, message: bytes) -> None:
        self._writer.write(message)
        await self._writer.drain()

    async def receive(self) -> bytes:
        try:
            header = await self._reader.readexactly(_STUN_HEADER)
            return header + await self._reader.readexactly(int.from_bytes(header[2:4]))
        except asyncio.IncompleteReadError as error:
            return error.partial  # too short to be an answer


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self._heard: asyncio.Queue[bytes | Exception] = asyncio.Queue(16)
        self._transport: asyncio.DatagramTransport | None = None
        self._said = b""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        del addr
        if not self._heard.full():
            self._heard.put_nowait(data)

    def error_received(self, exc: Exception) -> None:
        if not self._heard.full():
            self._heard.put_nowait(exc)

    async def send(self, message: bytes) -> None:
        assert self._transport is not None
        self._said = message
        self._transport.sendto(message)

    async def receive(self) -> bytes:
        """The next datagram. What was said last is said again, after longer and longer pauses, until there is one."""
        wait = _AGAIN_SECONDS
        while True:
            try:
                async with asyncio.timeout(wait):
                    heard = await self._heard.get()
            except TimeoutError:
                wait *= 2
                await self.send(self._said)
                continue
            if isinstance(heard, Exception):
                raise heard
            return heard
