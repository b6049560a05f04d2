"""What the routes of every feature share."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from interview_platform.kit.asgi import header
from interview_platform.kit.views import View

NO_STORE = {"cache-control": "no-store"}
"""For answers about one person: no proxy and no back button may show them to the next."""


def answer(view: View, status: int = 200) -> Response:
    """`view` as JSON, without the second validation that a declared response model would cost."""
    return answer_json(view.to_json(), status)


def answer_json(json: bytes, status: int = 200) -> Response:
    return Response(json, status, NO_STORE, "application/json")


def documented(model: type[View], status: int = 200) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that answers with `answer(model(...), status)`."""
    return {status: {"model": model}}


def client_address(connection: HTTPConnection) -> str:
    """Who to hold a rate limit against: the IPv4 address or, as one customer has 2^64 of them, the IPv6 /64 network."""
    client = connection.scope.get("client")
    if not client:
        return "unknown"
    try:
        address = ipaddress.ip_address(client[0])
    except ValueError:
        return str(client[0])
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def origin_of(scope: Mapping[str, Any], client_url: str | None) -> str:
    """Scheme and host that people reach this server by."""
    if client_url is not None:
        return client_url
    return f"{scope['scheme']}://{header(scope, b'host') or 'localhost'}"
