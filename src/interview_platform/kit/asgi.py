"""What raw ASGI code needs to know of a request."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit


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
