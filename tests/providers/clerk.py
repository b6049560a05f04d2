"""A stand-in for Clerk: its key set, its users and the tokens and webhooks that come from it, over real HTTP.

It does not show: Clerk's rate limits, what its dashboard can add to a token, its front-end API (sign-in itself), how
fast it delivers webhooks, and anything that Clerk has changed since the facts were gathered.
"""

import base64
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from svix.webhooks import Webhook

from tests.providers.signer import Signer
from tests.providers.trouble import Troubled

SECRET = "sk_test_of_the_stand_in"
WEBHOOK_SECRET = "whsec_" + base64.b64encode(b"of the stand-in, 24 bytes").decode()
HOST = "clerk.example.org"
ISSUER = f"https://{HOST}"
PUBLISHABLE = "pk_test_" + base64.b64encode(f"{HOST}$".encode()).decode().rstrip("=")


def user_object(id: str, **change: Any) -> dict[str, Any]:
    """As long as Clerk's needs to be for us, and with a field that nobody knows."""
    name = id.removeprefix("user_").title()
    values = {
        "id": id,
        "object": "user",
        "username": None,
        "first_name": name,
        "last_name": "Example",
        "image_url": f"https://img.clerk.com/{id}",
        "primary_email_address_id": "idn_2",
        "email_addresses": [
            {"id": "idn_1", "email_address": f"old.{name.lower()}@example.org", "verification": None},
            {"id": "idn_2", "email_address": f"{name.lower()}@example.org", "verification": {"status": "verified"}},
        ],
        "private_metadata": {"salary": 1},
        "updated_at": 1_700_000_000_000,
        "field_of_tomorrow": [1, {"a": None}],
    }
    return values | change


@dataclass
class Clerk:
    signer: Signer = field(default_factory=lambda: Signer("ins_one"))
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    port: int = 0
    origin: str = ""
    """The pages that tokens are made for."""

    def __post_init__(self) -> None:
        routes = [Route("/v1/jwks", self._key_set), Route("/v1/users/{id}", self._user)]
        self.app = Troubled(Starlette(routes=routes))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add(self, id: str, **change: Any) -> dict[str, Any]:
        self.users[id] = user_object(id, **change)
        return self.users[id]

    def claims(self, id: str, **change: Any) -> dict[str, Any]:
        """Of a session token, version 2. What is None is left out."""
        now = int(time.time())
        said = {
            "azp": self.origin,
            "exp": now + 60,
            "fva": [0, -1],
            "iat": now,
            "iss": ISSUER,
            "jti": "4c8f",
            "nbf": now - 10,
            "sid": "sess_1",
            "sts": "active",
            "sub": id,
            "v": 2,
        } | change
        return {name: value for name, value in said.items() if value is not None}

    def token(self, id: str, **change: Any) -> str:
        return self.signer.token(self.claims(id, **change))

    def bearer(self, id: str, **change: Any) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token(id, **change)}"}

    def _denied(self, request: Request) -> Response | None:
        if request.headers.get("authorization") == f"Bearer {SECRET}":
            return None
        return JSONResponse({"errors": [{"code": "authentication_invalid"}]}, 401)

    async def _key_set(self, request: Request) -> Response:
        return self._denied(request) or JSONResponse({"keys": [self.signer.jwk]})

    async def _user(self, request: Request) -> Response:
        user = self.users.get(request.path_params["id"])
        found = JSONResponse(user) if user else JSONResponse({"errors": [{"code": "resource_not_found"}]}, 404)
        return self._denied(request) or found


@dataclass
class Delivery:
    """A signed webhook."""

    body: bytes
    headers: dict[str, str]


def delivery(
    kind: str, data: dict[str, Any], *, id: str = "msg_1", age: timedelta = timedelta(), secret: str = WEBHOOK_SECRET
) -> Delivery:
    body = json.dumps({"type": kind, "object": "event", "data": data, "timestamp": 1})
    at = datetime.now(UTC) - age
    signature = Webhook(secret).sign(id, at, body)
    headers = {"svix-id": id, "svix-timestamp": str(int(at.timestamp())), "svix-signature": signature}
    return Delivery(body.encode(), headers | {"content-type": "application/json"})
