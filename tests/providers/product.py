"""The whole product in the test's own event loop, over real HTTP and WebSockets on loopback."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from interview_platform.app.cli import uvicorn_config
from interview_platform.app.compose import Platform
from interview_platform.app.server import Application
from interview_platform.app.settings import Settings
from interview_platform.events.model import Delivery
from tests.api import PASSWORD, Browser


@dataclass
class Product:
    platform: Platform
    port: int
    _browsers: list[Browser] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def browser(self, **headers: str) -> Browser:
        browser = Browser(base_url=self.url, headers=headers)
        self._browsers.append(browser)
        return browser

    async def account(self, name: str) -> Browser:
        browser = self.browser()
        form = {"name": name, "email": f"{name.lower()}@embedded.example", "password": PASSWORD}
        browser.me = (await browser.call("POST", "/api/auth/register", form, status=201))["user"]
        return browser

    async def waiting(self) -> list[Delivery]:
        """Events that are not done yet; not what is done every night."""
        return [one for one in await self.platform.events.waiting(dead=False) if one.name != "scheduled"]

    async def events_done(self) -> None:
        async with asyncio.timeout(10):
            while await self.waiting():
                await self.platform.events.work_off()
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        for browser in self._browsers:
            await browser.aclose()


@asynccontextmanager
async def serving(app: Any, listener: socket.socket, config: uvicorn.Config) -> AsyncIterator[None]:
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        async with asyncio.timeout(20):
            while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.005)
        yield
    finally:
        server.should_exit = True
        await task


def listening() -> tuple[socket.socket, int]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    port: int = listener.getsockname()[1]
    return listener, port


@asynccontextmanager
async def stand_in(app: Any) -> AsyncIterator[int]:
    """Serve a provider's stand-in; its port."""
    listener, port = listening()
    config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1)
    async with serving(app, listener, config):
        yield port


@asynccontextmanager
async def product(folder: Path, **settings: Any) -> AsyncIterator[Product]:
    listener, port = listening()
    chosen = Settings(_env_file=None, data_dir=folder, port=port, **settings)
    begun: list[Platform] = []
    application = Application(chosen, on_ready=begun.append)
    async with serving(application, listener, uvicorn_config(application, chosen)):
        assert not application.failure, application.failure
        made = Product(begun[0], port)
        try:
            yield made
        finally:
            await made.close()
