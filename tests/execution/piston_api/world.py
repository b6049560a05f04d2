"""The Piston-compatible API over real sockets, behind the product's guard, with the people a test names."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from interview_platform.accounts.identity import bearer_of
from interview_platform.accounts.model import Person, PersonId
from interview_platform.app.errors import install_error_table
from interview_platform.app.guard import Guard, Metrics
from interview_platform.execution.piston_api import routes
from interview_platform.execution.piston_api.limits import PistonLimits
from interview_platform.execution.piston_api.service import PistonService
from interview_platform.execution.piston_api.socket import PistonSocket
from interview_platform.execution.ports import Runner
from interview_platform.kit.rate_limit import Limit
from tests.room.world import serving

ADA, GRACE = "key-of-ada", "key-of-grace"
OFTEN = Limit(100_000, 60)


class Keys:
    """An Identity of two people with a key each."""

    async def of_scope(self, scope: Mapping[str, Any]) -> Person | None:
        key = bearer_of(scope)
        if key not in (ADA, GRACE):
            return None
        return Person(PersonId(key), key, None, None, guest=False, created_at=0, updated_at=0)


class App:
    def __init__(self, piston: PistonService, *, init_seconds: float = 1.0) -> None:
        api = FastAPI()
        install_error_table(api)
        api.include_router(routes.router(piston))
        self._http = Guard(api, client_url=None, body_max=8_000_000, metrics=Metrics())
        self._socket = PistonSocket(api, piston, init_seconds=init_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._socket if scope["type"] == "websocket" else self._http)(scope, receive, send)


@asynccontextmanager
async def opened(
    runner: Runner, limits: PistonLimits | None = None, *, init_seconds: float = 1.0
) -> AsyncIterator[httpx.AsyncClient]:
    """A client with Ada's key."""
    piston = PistonService(runner, Keys(), limits)
    async with (
        serving(App(piston, init_seconds=init_seconds)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers={"authorization": ADA}, timeout=60) as client,
    ):
        yield client


async def heard(socket: ClientConnection) -> tuple[list[dict[str, Any]], int, str]:
    """What comes until it is closed, and how that is."""
    messages = []
    try:
        async for frame in socket:
            messages.append(json.loads(frame))  # noqa: PERF401 - what came before an unclean end counts too
    except ConnectionClosed:
        pass
    return messages, socket.close_code or 0, socket.close_reason or ""
