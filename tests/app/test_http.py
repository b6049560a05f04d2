"""The head of a request, over real sockets: bounded in bytes and in time before anything of ours is asked."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn

from interview_platform.app import http
from interview_platform.app.http import HEAD_MAX, BoundedHttp

GET = b"GET /x HTTP/1.1\r\nHost: here\r\n"


async def _app(scope: Any, receive: Any, send: Any) -> None:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    said = b"%d" % len(body)
    headers = [(b"content-length", b"%d" % len(said))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said})


@pytest.fixture
async def port() -> AsyncIterator[int]:
    config = uvicorn.Config(
        _app, host="127.0.0.1", port=0, loop="none", http=BoundedHttp, ws="none", lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


async def said(port: int, *packets: bytes) -> bytes:
    """What comes back until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(10):
            with contextlib.suppress(ConnectionError):  # closed on us while we go on talking: that is the point
                for packet in packets:
                    writer.write(packet)
                    await writer.drain()
            answer = b""
            with contextlib.suppress(ConnectionError):
                while part := await reader.read(65536):
                    answer += part
            return answer
    finally:
        writer.close()


@pytest.mark.parametrize(
    "endless",
    [[b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in range(1000)], [b"X: "] + [b"a" * 1000] * 1000],
    ids=["many headers", "one long header"],
)
async def test_a_head_without_an_end_is_refused_early(port: int, endless: list[bytes]) -> None:
    answer = await said(port, GET, *endless)
    # The answer itself can be lost when we were still sending; then the connection was cut.
    assert not answer or answer.startswith(b"HTTP/1.1 431 ")


async def test_a_large_head_in_pieces_and_a_large_body_pass(port: int) -> None:
    head = GET + b"Content-Length: 1000000\r\nConnection: close\r\nX: " + b"a" * (HEAD_MAX - 1000)
    pieces = [head[at : at + 7000] for at in range(0, len(head), 7000)]
    answer = await said(port, *pieces, b"\r\n\r\n", b"b" * 1_000_000)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"1000000")


async def test_many_requests_one_after_the_other_do_not_add_up(port: int) -> None:
    one = GET + b"X: " + b"a" * 20_000 + b"\r\n"
    answer = await said(port, *[one + b"\r\n"] * 10, one + b"Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 ") == 11


@pytest.mark.parametrize("begun", [b"", GET], ids=["nothing sent", "half a head"])
async def test_a_head_that_does_not_come_ends_the_connection(
    port: int, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "HEAD_SECONDS", 0.1)
    assert await said(port, begun) == b""
