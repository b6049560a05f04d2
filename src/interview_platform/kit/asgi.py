"""What raw ASGI code needs to know of a request."""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from interview_platform.kit.errors import Refusal

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def header(scope: Mapping[str, Any], name: bytes) -> str | None:
    """The first header of this (lower-case) name."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value).decode("latin-1")
    return None


def same_origin(scope: Mapping[str, Any], client_url: str | None) -> bool:
    """Whether a request comes from our own pages, for HTTP and WebSocket alike.

    Without an Origin header it does not come from a browser's page. `client_url`: the public origin behind a proxy.
    """
    origin = header(scope, b"origin")
    if origin is None:
        return True
    if client_url is not None and origin == client_url:
        return True
    host = header(scope, b"host") or ""
    try:
        netloc = urlsplit(origin).netloc
    except ValueError:  # such as http://[
        return False
    return bool(netloc) and netloc.lower() == host.lower()


async def refuse(refusal: Refusal, scope: Scope, send: Send) -> None:
    """Answer a WebSocket's handshake with the refusal as HTTP has it; a server that cannot do that says 403."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": refusal.kind.close_code, "reason": refusal.code})
        return
    body = msgspec.json.encode({"code": refusal.code, "message": refusal.message})
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "websocket.http.response.start", "status": int(refusal.kind), "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body})
