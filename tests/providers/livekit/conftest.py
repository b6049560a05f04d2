"""The product as `compose` makes it with LiveKit's keys, over HTTP, beside the stand-in."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from livekit import api
from pydantic import SecretStr

from interview_platform.app import compose as composing
from interview_platform.app.compose import Platform, compose
from interview_platform.app.guard import Guard, Metrics
from interview_platform.app.server import create_api
from interview_platform.app.settings import Settings
from interview_platform.kit.bus import LocalBus
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.ports import session_topic
from interview_platform.timeline.model import EventKind
from tests.api import BODY_MAX, PASSWORD, Browser
from tests.providers.livekit.standin import KEY, SECRET, LiveKitStandIn, livekit_stand_in, report, signed


@dataclass
class World:
    livekit: LiveKitStandIn
    platform: Platform
    bus: LocalBus
    app: Guard
    browsers: list[Browser] = field(default_factory=list)

    def browser(self) -> Browser:
        browser = Browser(transport=httpx.ASGITransport(self.app), base_url="http://interview.test")
        self.browsers.append(browser)
        return browser

    async def person(self, name: str) -> Browser:
        browser = self.browser()
        body = {"name": name, "email": f"{name.lower()}@example.org", "password": PASSWORD}
        browser.me = (await browser.call("POST", "/api/auth/register", body, status=201))["user"]
        return browser

    async def guest(self, host: Browser, session: dict[str, Any], role: str = "candidate") -> Browser:
        browser = self.browser()
        token = await host.invite(session, role)
        await browser.call("POST", f"/api/invites/{token}/accept", {"name": role})
        browser.me = (await browser.call("GET", "/api/auth/me"))["user"]
        return browser

    async def call_of(self, browser: Browser, session: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = await browser.call("GET", f"/api/sessions/{session['id']}/call")
        return answer

    async def enter(self, browser: Browser, session: dict[str, Any]) -> api.ParticipantInfo:
        """As LiveKit takes somebody in by their token."""
        token = (await self.call_of(browser, session))["livekit"]["token"]
        claims = api.TokenVerifier(KEY, SECRET).verify(token)
        self.livekit.rooms.setdefault(session["callId"], []).append(claims.identity)
        return api.ParticipantInfo(identity=claims.identity, name=claims.name, metadata=claims.metadata)

    async def report(self, event: api.WebhookEvent, headers: dict[str, str] | None = None) -> int:
        body = report(event)
        answer = await self.browser().post("/api/webhooks/livekit", content=body, headers=headers or signed(body))
        return answer.status_code

    async def settled(self) -> None:
        """Until nothing waits to be told to LiveKit."""
        waiting = self.platform.events.waiting
        async with asyncio.timeout(20):
            while any("livekit" in one.function for one in await waiting(dead=False)):  # noqa: ASYNC110 - it is stored
                await asyncio.sleep(0.01)

    def heard(self, session: dict[str, Any]) -> list[dict[str, Any]]:
        """From now on, what the room is told of recordings."""
        heard: list[dict[str, Any]] = []

        def hear(message: bytes) -> None:
            event = json.loads(message)
            if event["type"] == "call.recording":
                heard.append(event)

        self.bus.subscribe(session_topic(SessionId(session["id"])), hear)
        return heard

    async def noted(self, session: dict[str, Any]) -> list[tuple[str, str]]:
        events = await self.platform.stores.timeline.read(SessionId(session["id"]))
        kinds = (EventKind.RECORDING_STARTED, EventKind.RECORDING_ENDED)
        return [
            (one.entry.kind.value, json.loads(one.entry.payload)["recordingId"])
            for one in events
            if one.entry.kind in kinds
        ]


@asynccontextmanager
async def world_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **more: Any) -> AsyncIterator[World]:
    async with livekit_stand_in() as livekit:
        bus = LocalBus()
        monkeypatch.setattr(composing, "LocalBus", lambda: bus)
        settings = Settings(
            _env_file=None,
            data_dir=tmp_path,
            **{
                "livekit_url": livekit.url,
                "livekit_api_key": KEY,
                "livekit_api_secret": SecretStr(SECRET),
                "livekit_egress_path": "recordings/",
                **more,
            },
        )
        platform = await compose(settings)
        app = Guard(create_api(platform, Metrics()), client_url=None, body_max=BODY_MAX, metrics=Metrics())
        world = World(livekit, platform, bus, app)
        try:
            yield world
        finally:
            for browser in world.browsers:
                await browser.aclose()
            await platform.close()


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    async with world_of(tmp_path, monkeypatch) as made:
        yield made
