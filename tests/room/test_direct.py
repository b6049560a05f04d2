"""The short way through uvicorn: whatever a peer sends, in whatever pieces, arrives as over plain ASGI."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.frames import CloseCode, Frame, Opcode

from interview_platform.room.connection import Connection
from interview_platform.room.limits import RoomLimits
from interview_platform.room.socket import carry
from tests.room.world import WS_MAX, serving

SIZES = (0, 1, 5, 125, 126, 127, 1_000, 16_383, 16_384, 16_385, 65_535, 65_536, 200_000)
READY = b"ready"
UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Echo:
    """Says that it is ready, sends back what it gets, and remembers it."""

    def __init__(self) -> None:
        self.got: list[bytes | str] = []
        self.ended = asyncio.Event()
        self.may_begin = asyncio.Event()
        """After the handshake it waits for this, as a room does for its database."""
        self.may_begin.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await self.may_begin.wait()
        connection = Connection(RoomLimits(outbox_bytes=100_000_000))
        connection.post(READY)

        def take(message: bytes | str) -> None:
            self.got.append(message)
            connection.post(message if isinstance(message, bytes) else message.encode())

        await carry(scope, receive, send, connection, take)
        self.ended.set()


class Raw:
    """A WebSocket client of bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def frame(self) -> tuple[int, bytes]:
        """Opcode and content of the next frame; always whole messages."""
        head = await self.reader.readexactly(2)
        assert head[0] & 0x80
        length = head[1]
        if length == 126:
            length = int.from_bytes(await self.reader.readexactly(2))
        elif length == 127:
            length = int.from_bytes(await self.reader.readexactly(8))
        return head[0] & 15, await self.reader.readexactly(length)


@pytest.fixture
async def echo() -> Echo:
    return Echo()


@pytest.fixture
async def slow_echo(echo: Echo) -> Echo:
    echo.may_begin.clear()
    return echo


@pytest.fixture(params=[True, False], ids=["direct", "asgi"])
async def raw(request: pytest.FixtureRequest, echo: Echo) -> AsyncIterator[Raw]:
    async with serving(echo, direct=request.param) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(UPGRADE)
        assert b"101" in await reader.readuntil(b"\r\n\r\n")
        made = Raw(reader, writer)
        if echo.may_begin.is_set():
            assert await made.frame() == (Opcode.BINARY, READY)
        yield made
        writer.close()


def sent(frame: Frame) -> bytes:
    return frame.serialize(mask=True)


def whole(content: bytes, opcode: Opcode = Opcode.BINARY) -> bytes:
    return sent(Frame(opcode, content))


def script(chance: random.Random) -> tuple[bytes, list[bytes | str], int]:
    """Frames as bytes, the messages in them, and how many pings."""
    stream, messages, pings = b"", list[bytes | str](), 0
    for _ in range(30):
        content = chance.randbytes(chance.choice(SIZES))
        kind = chance.randrange(5)
        if kind == 0:
            stream += whole(b"ping", Opcode.PING)
            pings += 1
        elif kind == 1:
            text = content.hex()[: len(content)]
            stream += whole(text.encode(), Opcode.TEXT)
            messages.append(text)
        elif kind == 2:  # in fragments, with a ping between them
            cut = chance.randrange(len(content) + 1)
            stream += sent(Frame(Opcode.BINARY, content[:cut], fin=False)) + whole(b"", Opcode.PING)
            stream += sent(Frame(Opcode.CONT, content[cut:], fin=True))
            messages.append(content)
            pings += 1
        else:
            stream += whole(content)
            messages.append(content)
    return stream, messages, pings


@pytest.mark.parametrize("seed", range(6))
async def test_everything_arrives_whole_and_in_order(raw: Raw, echo: Echo, seed: int) -> None:
    chance = random.Random(seed)
    stream, messages, pings = script(chance)

    async def write() -> None:
        at = 0
        while at < len(stream):
            step = chance.choice((1, 2, 3, 7, 100, 5_000, 70_000))
            raw.writer.write(stream[at : at + step])
            at += step
            if chance.random() < 0.3:
                await asyncio.sleep(0)

    writing = asyncio.create_task(write())
    back, pongs = list[bytes](), 0
    async with asyncio.timeout(20):
        while len(back) < len(messages) or pongs < pings:
            opcode, content = await raw.frame()
            if opcode == Opcode.PONG:
                pongs += 1
            else:
                assert opcode == Opcode.BINARY
                back.append(content)
        await writing
    assert echo.got == messages
    assert back == [message if isinstance(message, bytes) else message.encode() for message in messages]


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        (b"\x82\x05hello" + bytes(10), 1002),  # not masked
        (b"\xc2\x80\0\0\0\0", 1002),  # a reserved bit
        (b"\x83\x80\0\0\0\0", 1002),  # an unknown opcode
        (sent(Frame(Opcode.BINARY, b"a", fin=False)) + whole(b"b") + bytes(20), 1002),  # inside a fragmented message
        (b"\x82\xff" + (WS_MAX + 1).to_bytes(8) + bytes(4), 1009),  # too long, before any of it was read
        (whole(b"\xff", Opcode.TEXT), 1007),
        (whole(CloseCode.GOING_AWAY.to_bytes(2), Opcode.CLOSE), 1001),
    ],
    ids=["unmasked", "reserved", "opcode", "fragments", "length", "text", "goodbye"],  # masks are by chance
)
async def test_what_is_against_the_protocol_ends_the_connection(raw: Raw, echo: Echo, stream: bytes, code: int) -> None:
    raw.writer.write(whole(b"before"))
    async with asyncio.timeout(10):
        assert await raw.frame() == (Opcode.BINARY, b"before")
        raw.writer.write(stream)
        opcode, content = await raw.frame()
        await echo.ended.wait()
    assert opcode == Opcode.CLOSE
    assert int.from_bytes(content[:2]) == code
    assert echo.got == [b"before"]


def pieces(*contents: bytes) -> bytes:
    """One message in fragments."""
    first, *others = contents
    stream = sent(Frame(Opcode.BINARY, first, fin=False))
    for number, content in enumerate(others, 1):
        stream += sent(Frame(Opcode.CONT, content, fin=number == len(others)))
    return stream


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0], ids=["first byte", "half", "all but the last"])
@pytest.mark.parametrize(
    ("stream", "answer"),
    [
        (whole(b"a short one"), (Opcode.BINARY, b"a short one")),
        (whole(b"x" * 1_000), (Opcode.BINARY, b"x" * 1_000)),
        (whole(b"x" * 40_000), (Opcode.BINARY, b"x" * 40_000)),
        (whole(b"x" * 100_000), (Opcode.BINARY, b"x" * 100_000)),
        (whole(b"in letters", Opcode.TEXT), (Opcode.BINARY, b"in letters")),
        (pieces(b"one ", b"two ", b"three"), (Opcode.BINARY, b"one two three")),
        (whole(b"still there?", Opcode.PING), (Opcode.PONG, b"still there?")),
        (whole(CloseCode.GOING_AWAY.to_bytes(2), Opcode.CLOSE), (Opcode.CLOSE, CloseCode.GOING_AWAY.to_bytes(2))),
    ],
    ids=["short", "two length bytes", "long", "eight length bytes", "text", "fragments", "ping", "close"],
)
async def test_a_frame_may_come_partly_before_the_room_is_ready(
    slow_echo: Echo, raw: Raw, stream: bytes, answer: tuple[Opcode, bytes], share: float
) -> None:
    cut = 1 + round(share * (len(stream) - 2))
    async with asyncio.timeout(10):
        raw.writer.write(whole(b"", Opcode.PING) + stream[:cut])
        assert await raw.frame() == (Opcode.PONG, b""), "the server has read the beginning"
        slow_echo.may_begin.set()
        assert await raw.frame() == (Opcode.BINARY, READY)
        raw.writer.write(stream[cut:] + whole(b"after"))
        assert await raw.frame() == answer
        if answer[0] == Opcode.CLOSE:
            await slow_echo.ended.wait()
        else:
            assert await raw.frame() == (Opcode.BINARY, b"after")


async def test_messages_that_come_before_the_room_is_ready_are_first(slow_echo: Echo, raw: Raw) -> None:
    last = whole(b"last")
    async with asyncio.timeout(10):
        raw.writer.write(whole(b"", Opcode.PING) + whole(b"first") + pieces(b"sec", b"ond") + last[:3])
        assert await raw.frame() == (Opcode.PONG, b"")
        slow_echo.may_begin.set()
        assert [await raw.frame() for _ in range(3)] == [(Opcode.BINARY, part) for part in (READY, b"first", b"second")]
        raw.writer.write(last[3:])
        assert await raw.frame() == (Opcode.BINARY, b"last")


async def test_a_peer_that_vanishes_ends_the_application(raw: Raw, echo: Echo) -> None:
    raw.writer.write(whole(b"x")[:-1])
    raw.writer.transport.abort()
    async with asyncio.timeout(10):
        await echo.ended.wait()
    assert echo.got == []


class Unsendable(Connection):
    """Fails when it is to say what it was given."""

    def take(self) -> list[bytes]:
        if self._outbox:
            raise RuntimeError("cannot be encoded")
        return []


async def test_who_cannot_be_written_to_is_closed_and_nobody_else() -> None:
    """Both are written to in the middle of what the second one sent."""
    connections: list[Connection] = []

    async def room(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        connection = Connection(RoomLimits()) if connections else Unsendable(RoomLimits())
        connections.append(connection)

        def to_all(message: bytes | str) -> None:
            for each in connections:
                each.post(message if isinstance(message, bytes) else message.encode())

        await carry(scope, receive, send, connection, to_all)

    async with serving(room, direct=True) as port:
        peers = []
        for _ in range(2):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(UPGRADE)
            await reader.readuntil(b"\r\n\r\n")
            peers.append(Raw(reader, writer))
        broken, well = peers
        for message in (b"one", b"two"):
            well.writer.write(whole(message))
            assert await well.frame() == (Opcode.BINARY, message)
        opcode, content = await broken.frame()
        assert (opcode, int.from_bytes(content[:2])) == (Opcode.CLOSE, CloseCode.INTERNAL_ERROR)
        for peer in peers:
            peer.writer.close()
