"""The ASGI application: sockets of rooms straight to `room`, the API to FastAPI, the rest to the web app."""

import asyncio
import gc
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from interview_platform import __version__
from interview_platform.app import routes
from interview_platform.app.compose import CannotStart, Platform, compose
from interview_platform.app.config import config_of
from interview_platform.app.csp import policy_of
from interview_platform.app.errors import RefusalView, install_error_table
from interview_platform.app.guard import Guard, Metrics
from interview_platform.app.settings import Settings, load_settings
from interview_platform.app.static import WebApp


class Application:
    """One process of the product. `on_ready` is called with the platform when everything answers."""

    def __init__(self, settings: Settings, on_ready: Callable[[Platform], None] = lambda _: None) -> None:
        self.failure: CannotStart | None = None
        """Why the start-up failed, if it did; uvicorn only knows that it did."""
        self._settings = settings
        self._on_ready = on_ready
        self._api: ASGIApp = _starting
        self._sockets: ASGIApp = _starting
        self._web = WebApp(settings.web_path)
        self._metrics = Metrics()
        self._http: ASGIApp = Guard(
            self._dispatch,
            client_url=settings.client_url,
            body_max=settings.request_body_max,
            metrics=self._metrics,
            policy=policy_of(settings),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
        else:
            await self._lifespan(receive, send)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith("/api/") or path in {"/api", "/metrics"}:
            # HEAD is GET without the body, which uvicorn leaves out by itself.
            await self._api({**scope, "method": "GET"} if scope["method"] == "HEAD" else scope, receive, send)
        else:
            await self._web(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()  # lifespan.startup
        try:
            platform = await compose(self._settings)
        except CannotStart as error:
            self.failure = error
            await send({"type": "lifespan.startup.failed", "message": ""})
            return
        self._metrics.also(platform.rooms.measures.all)
        self._api = create_api(platform, self._metrics)
        self._sockets = platform.sockets
        _settle_garbage_collector()
        await send({"type": "lifespan.startup.complete"})
        self._on_ready(platform)
        await receive()  # lifespan.shutdown
        await platform.close()
        await send({"type": "lifespan.shutdown.complete"})


def _settle_garbage_collector() -> None:
    """What start-up made lives as long as the process: do not look through it again and again.

    With Python's default of 700 objects every answer with a list pays for collections (benchmarks/http).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def _starting(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise RuntimeError("uvicorn serves only after the start-up")


def create_api(platform: Platform, metrics: Metrics) -> FastAPI:
    api = FastAPI(
        title="Interview Platform",
        version=__version__,
        description="Everything the web app does, it does through this.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        responses={"4XX": {"model": RefusalView, "description": "Refused: the code says why."}},
    )
    install_error_table(api)
    api.include_router(
        routes.router(api, platform.stores.ping, config_of(platform.settings), metrics, platform.events.counts)
    )
    for feature in platform.routers:
        api.include_router(feature)
    return api


def from_environment() -> Application:
    """For uvicorn's reloader."""
    return Application(load_settings())


def openapi_document() -> dict[str, Any]:
    """What `contract/openapi.json` holds."""

    async def document() -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            platform = await compose(Settings(data_dir=Path(folder)))
            try:
                return routes.describe(create_api(platform, Metrics()))
            finally:
                await platform.close()

    return asyncio.run(document())
