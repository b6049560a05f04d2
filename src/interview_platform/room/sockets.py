"""Sends a WebSocket to the room it asks for."""

import re
from collections.abc import Awaitable, Callable

from interview_platform.kit.asgi import refuse
from interview_platform.kit.errors import not_found
from interview_platform.room.socket import Receive, Scope, Send

_PATH = re.compile(r"/api/sessions/([^/]{1,100})/(doc|staff|events)")

SocketHandler = Callable[[str, Scope, Receive, Send], Awaitable[None]]


class Sockets:
    """The ASGI application of `/api/sessions/{id}/doc`, `/staff` and `/events`; any other path is refused with 404."""

    def __init__(self, doc: SocketHandler, staff: SocketHandler, events: SocketHandler) -> None:
        self._handlers = {"doc": doc, "staff": staff, "events": events}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = _PATH.fullmatch(scope["path"])
        if match is None:
            await receive()  # websocket.connect
            await refuse(not_found("socket"), scope, send)
            return
        await self._handlers[match[2]](match[1], scope, receive, send)
