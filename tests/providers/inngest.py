"""A stand-in for Inngest, over real loopback HTTP: its event API, its registration, and its calls of functions.

Written from the documented protocol with a signature of its own making, so that the SDK's is not tested against itself.
What it does not show: Inngest's own scheduling, pauses between retries, deduplication and dashboard; its TLS; whether
the cloud words its refusals like this. No Inngest server can be had on the machines this is developed on.
"""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

EVENT_KEY = "event-key/with+signs"
SIGNING_KEY = "signkey-test-" + "0123456789abcdef" * 4
OTHER_KEY = "signkey-test-" + "fedcba9876543210" * 4
APP = "interview-platform"


@dataclass
class Inngest:
    """`answers`: what the next requests to the event API get instead, in order; `stalled`: no answer at all."""

    answers: list[Response] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    registered: list[dict[str, Any]] = field(default_factory=list)
    stalled: asyncio.Event | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/e/{key:path}", self._event, methods=["POST"]),
                Route("/fn/register", self._register, methods=["POST"]),
                Route("/health", self._health),
            ]
        )

    async def has(self, count: int) -> list[dict[str, Any]]:
        """The events it accepted, when it has that many.

        A server that was killed in the middle of an attempt has that one made again when its lease has ended (45 s).
        """
        async with asyncio.timeout(75):
            while len(self.received) < count:
                self.news.clear()
                await self.news.wait()
        return self.received

    async def _event(self, request: Request) -> Response:
        self.requests.append(request)
        events = await request.json()
        if self.stalled is not None:
            await self.stalled.wait()
        if self.answers:
            return self.answers.pop(0)
        if request.path_params["key"] != EVENT_KEY:
            return JSONResponse({"error": "Event key not found", "status": 401}, 401)
        self.received += events
        self.news.set()
        return JSONResponse({"ids": [f"01{event['id']}" for event in events], "status": 200})

    async def _register(self, request: Request) -> Response:
        key = hashlib.sha256(bytes.fromhex(SIGNING_KEY.rpartition("-")[2])).hexdigest()
        if request.headers["authorization"] != f"Bearer {key}":
            return JSONResponse({"error": "no such key"}, 401)
        self.registered.append(await request.json())
        return JSONResponse({"ok": True, "modified": True})

    async def _health(self, request: Request) -> Response:
        self.requests.append(request)
        if self.stalled is not None:
            await self.stalled.wait()
        return self.answers.pop(0) if self.answers else JSONResponse({"message": "OK", "status": 200})


def hmac_of(key: str, body: bytes, at: int) -> str:
    """The key's random part is the secret, as text."""
    secret = key.rpartition("-")[2].encode()
    return hmac.new(secret, body + str(at).encode(), hashlib.sha256).hexdigest()


def signature(body: bytes, key: str = SIGNING_KEY, at: int | None = None) -> str:
    """Over the canonical form (RFC 8785, as far as these tests' ASCII keys and whole numbers need it)."""
    at = int(time.time()) if at is None else at
    if not body:
        return f"s={hmac_of(key, b'', at)}&t={at}"
    canonical = json.dumps(json.loads(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return f"s={hmac_of(key, canonical, at)}&t={at}"


def call_body(name: str, data: Any, *, attempt: int = 0) -> bytes:
    event = {"name": name, "data": data, "id": "01EVENT", "ts": 1_800_000_000_000}
    context = {
        "attempt": attempt,
        "disable_immediate_execution": False,
        "run_id": "01RUN",
        "fn_id": "an id of theirs",
        "env": "a field that is new",
        "stack": {"stack": [], "current": 0},
    }
    return json.dumps({"ctx": context, "event": event, "events": [event], "steps": {}, "use_api": False}).encode()


HEADERS = {"content-type": "application/json", "user-agent": "go-http-client", "x-inngest-server-kind": "cloud"}


async def call(
    url: str, function: str, body: bytes, *, sign: str | None = None, key: str = SIGNING_KEY, **headers: str
) -> httpx.Response:
    """Call one of our functions as Inngest does. `sign`: another signature."""
    signed = {"x-inngest-signature": signature(body, key) if sign is None else sign}
    async with httpx.AsyncClient() as client:
        return await client.post(
            f"{url}/api/inngest",
            params={"fnId": f"{APP}-{function}", "stepId": "step"},
            content=body,
            headers={**HEADERS, **signed, **headers},
        )


def assert_signed(answer: httpx.Response, key: str = SIGNING_KEY) -> None:
    """Inngest checks it over the body's bytes as they are."""
    given = dict(part.split("=", 1) for part in answer.headers["x-inngest-signature"].split("&"))
    assert given["s"] == hmac_of(key, answer.content, int(given["t"]))
