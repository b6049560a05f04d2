"""WebSocket `/api/check`: says back what it hears, so that a browser learns before a call whether sockets get through.

It needs no sign-in, so everything about it is bounded: how often an address may open one, how long it lives, how much
it says.
"""

import asyncio
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from interview_platform.call.check import CheckLimits
from interview_platform.kit.asgi import refuse, same_origin
from interview_platform.kit.close_codes import CloseCode
from interview_platform.kit.errors import Refusal, forbidden
from interview_platform.kit.http import client_address
from interview_platform.kit.rate_limit import Limit, RateLimiter

PATH = "/api/check"
FRAMES_MAX = 20  # ten round trips tell enough
FRAME_MAX = 256  # bytes or characters: a number and some filling
LIFE_SECONDS = 15.0
_DONE = 1000


class CheckSocket:
    """Takes the sockets of PATH; every other one goes to `rooms`."""

    def __init__(
        self,
        rooms: ASGIApp,
        client_url: str | None = None,
        limit: Limit | None = None,
        life_seconds: float = LIFE_SECONDS,
    ) -> None:
        self._rooms = rooms
        self._client_url = client_url
        self._opening = RateLimiter(limit or CheckLimits().echo)
        self._life_seconds = life_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != PATH:
            await self._rooms(scope, receive, send)
            return
        await receive()  # websocket.connect
        try:
            if not same_origin(scope, self._client_url):
                raise forbidden("This request came from another site.", "foreign_origin")
            self._opening.take(client_address(HTTPConnection(scope)))
        except Refusal as refusal:
            await refuse(refusal, scope, send)
            return
        await send({"type": "websocket.accept"})
        code: int | None = _DONE
        try:
            async with asyncio.timeout(self._life_seconds):
                code = await _echo(receive, send)
        except TimeoutError:
            pass  # done, whatever the browser thinks
        if code is not None:
            await send({"type": "websocket.close", "code": code, "reason": ""})


async def _echo(receive: Receive, send: Send) -> int | None:
    """How to close; None when the other side is gone."""
    for _ in range(FRAMES_MAX):
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return None
        said: Any = message.get("text")
        if said is None:
            said = message.get("bytes") or b""
        if len(said) > FRAME_MAX:
            return CloseCode.TOO_LARGE
        await send({"type": "websocket.send", ("text" if isinstance(said, str) else "bytes"): said})
    return _DONE
