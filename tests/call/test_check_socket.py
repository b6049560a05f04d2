"""WS /api/check: says back what it hears, to anybody, within bounds."""

from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from interview_platform.call.check_socket import FRAME_MAX, FRAMES_MAX, CheckSocket
from interview_platform.kit.rate_limit import Limit
from tests.room.world import serving
from tests.room.yjs import refusal

ON_BOTH = pytest.mark.parametrize("direct", [True, False], ids=["short way", "plain ASGI"])


async def no_room(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept", "headers": [(b"x-room", scope["path"].encode())]})


def client(port: int, **more: Any) -> connect:
    return connect(f"ws://127.0.0.1:{port}/api/check", compression=None, proxy=None, **more)


@ON_BOTH
async def test_it_says_back_what_it_hears_and_then_closes(direct: bool) -> None:
    async with serving(CheckSocket(no_room), direct=direct) as port, client(port) as socket:
        for number in range(FRAMES_MAX - 1):
            said: str | bytes = str(number) if number % 2 else bytes((number,))
            await socket.send(said)
            assert await socket.recv() == said
        await socket.send("x" * FRAME_MAX)
        assert await socket.recv() == "x" * FRAME_MAX
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1000


@ON_BOTH
async def test_a_long_frame_closes_it(direct: bool) -> None:
    async with serving(CheckSocket(no_room), direct=direct) as port, client(port) as socket:
        await socket.send(bytes(FRAME_MAX + 1))
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4413


async def test_who_says_nothing_is_sent_away() -> None:
    async with serving(CheckSocket(no_room, life_seconds=0.05)) as port, client(port) as socket:
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1000


async def test_an_address_may_not_open_one_after_the_other() -> None:
    async with serving(CheckSocket(no_room, limit=Limit(2, 600))) as port:
        for _ in range(2):
            async with client(port) as socket:
                await socket.send("a")
                assert await socket.recv() == "a"
        assert await refusal(f"ws://127.0.0.1:{port}/api/check") == (429, "too_fast")


async def test_foreign_pages_are_refused() -> None:
    async with serving(CheckSocket(no_room, "https://interviews.example.org")) as port:
        url = f"ws://127.0.0.1:{port}/api/check"
        assert await refusal(url, {"Origin": "https://evil.example"}) == (403, "foreign_origin")
        for own in (f"http://127.0.0.1:{port}", "https://interviews.example.org"):
            async with client(port, additional_headers={"Origin": own}) as socket:
                await socket.send("a")
                assert await socket.recv() == "a"


async def test_other_sockets_go_to_the_rooms() -> None:
    async with (
        serving(CheckSocket(no_room)) as port,
        connect(f"ws://127.0.0.1:{port}/api/check/", compression=None, proxy=None) as socket,
    ):
        assert socket.response is not None
        assert socket.response.headers["x-room"] == "/api/check/"
