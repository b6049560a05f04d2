"""What `doctor` says of a relay that is away, full, or none at all.

The servers here are stand-ins: they speak STUN's frames over real loopback sockets and refuse as the RFC has it. A real
relay behind NAT, a real certificate and a real quota they do not show; the real coturn is in test_coturn.py.
"""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from interview_platform.call.turn import Turn
from interview_platform.providers.turn.server import TurnServer
from interview_platform.providers.turn.wire import Address, address_of
from tests.serving import free_port

SECRET = "kept-to-itself"
Reply = Callable[[bytes], list[bytes]]


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, reply: Reply) -> None:
        self._reply = reply
        self.heard: list[bytes] = []

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self.heard.append(data)
        for one in self._reply(data):
            self.transport.sendto(one, addr)


@asynccontextmanager
async def stand_in(reply: Reply) -> AsyncIterator[tuple[str, _Datagrams]]:
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(lambda: _Datagrams(reply), local_addr=("127.0.0.1", 0))
    try:
        yield f"turn:127.0.0.1:{transport.get_extra_info('sockname')[1]}", protocol
    finally:
        transport.close()


def message(kind: int, request: bytes, *fields: tuple[int, bytes]) -> bytes:
    body = b"".join(struct.pack("!HH", k, len(v)) + v + bytes(-len(v) % 4) for k, v in fields)
    return struct.pack("!HH", kind, len(body)) + request[4:20] + body


def refused(request: bytes, code: int, nonce: bytes = b"once") -> bytes:
    error = bytes((0, 0, code // 100, code % 100)) + b"No"
    return message(0x0113, request, (0x09, error), (0x14, b"realm"), (0x15, nonce))


def signed(request: bytes) -> bool:
    return b"realm" in request


async def check(url: str, seconds: float = 10) -> str:
    said = await TurnServer(Turn((url,), SECRET), timeout_seconds=seconds).check()
    assert said is not None
    assert SECRET not in said
    return said


@pytest.mark.parametrize(
    ("code", "advice"), [(486, "user-quota"), (508, "total-quota"), (403, "denied-peer-ip"), (437, "error 437")]
)
async def test_each_error_has_its_advice(code: int, advice: str) -> None:
    async with stand_in(lambda request: [refused(request, code if signed(request) else 401)]) as (url, _):
        assert advice in await check(url)


async def test_a_nonce_that_went_stale_is_replaced_once() -> None:
    def reply(request: bytes) -> list[bytes]:
        if b"fresh" in request:
            return [message(int.from_bytes(request[:2]) | 0x0100, request)]
        return [refused(request, 438, b"fresh")] if signed(request) else [refused(request, 401)]

    async with stand_in(reply) as (url, _):
        assert await TurnServer(Turn((url,), SECRET)).check() is None
    async with stand_in(lambda request: [refused(request, 438 if signed(request) else 401)]) as (url, server):
        assert "error 438" in await check(url)
        assert len(server.heard) == 3


async def test_a_lost_datagram_is_sent_again() -> None:
    lost: list[bytes] = []

    def reply(request: bytes) -> list[bytes]:
        if not lost:
            lost.append(request)
            return []
        return [refused(request, 486 if signed(request) else 401)]

    async with stand_in(reply) as (url, server):
        assert "user-quota" in await check(url)
        assert server.heard[0] == server.heard[1]


@pytest.mark.parametrize(
    "reply",
    [
        lambda _: [b"\0"],
        lambda _: [b"HTTP/1.1 400 Bad Request\r\n\r\n"],
        lambda request: [message(0x0103, request)],  # an open relay: it asks nobody who they are
        lambda request: [message(0x0113, request)],  # a refusal without a reason
        lambda request: [message(0x0113, request, (0x09, b"\0\0\4\1"))[:-1]],  # cut off
    ],
)
async def test_what_is_no_turn_server_is_told(reply: Reply) -> None:
    async with stand_in(reply) as (url, _):
        assert "no TURN server" in await check(url)


async def test_answers_to_something_else_do_not_count() -> None:
    def reply(request: bytes) -> list[bytes]:
        other = request[:8] + bytes(12)
        return [message(0x0103, other), refused(request, 486 if signed(request) else 401)]

    async with stand_in(reply) as (url, _):
        assert "user-quota" in await check(url)


@pytest.mark.parametrize("way", ["", "?transport=tcp"])
async def test_nobody_there(way: str) -> None:
    assert "cannot be reached" in await check(f"turn:127.0.0.1:{free_port()}{way}")


async def test_somebody_who_says_nothing() -> None:
    async with stand_in(lambda _: []) as (url, _):
        assert "no answer" in await check(url, seconds=0.2)


async def test_a_web_server_on_the_port() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(20)
        writer.write(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        assert "no TURN server" in await check(f"turn:127.0.0.1:{port}?transport=tcp")
        assert "certificate" in await check(f"turns:127.0.0.1:{port}")


@pytest.mark.parametrize("url", ["relay.example.org", "turn:", "stun:relay:3478", "turn:u@relay", "turn:a:b:c"])
async def test_what_is_no_address(url: str) -> None:
    assert "no TURN address" in await check(url)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("turn:relay", Address("relay", 3478, tcp=False, tls=False)),
        ("turn:relay:443?transport=tcp", Address("relay", 443, tcp=True, tls=False)),
        ("turn:[2001:db8::1]:3479?transport=udp", Address("2001:db8::1", 3479, tcp=False, tls=False)),
        ("turns:relay", Address("relay", 5349, tcp=True, tls=True)),
        ("turns:relay:443?transport=tcp", Address("relay", 443, tcp=True, tls=True)),
    ],
)
def test_addresses(url: str, address: Address) -> None:
    assert address_of(url) == address
