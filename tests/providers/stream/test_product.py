"""The whole product with Stream's keys in its environment, over real HTTP against the stand-in."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import jwt

from interview_platform.app.config import config_of
from interview_platform.app.settings import Settings
from tests.providers.stream.stand_in import KEY, SECRET, StandIn, standing_in
from tests.serving import Server


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.02)


async def test_keys_in_the_environment_are_all_it_takes(tmp_path: Path) -> None:
    stream = StandIn()
    async with standing_in(stream) as url:
        keys = {"STREAM_API_KEY": KEY, "STREAM_API_SECRET_KEY": SECRET, "STREAM_BASE_URL": url}
        server = Server(tmp_path / "data", **keys)
        await asyncio.to_thread(server.start)
        try:
            async with httpx.AsyncClient(base_url=server.url) as browser:
                await _interview(browser, stream, url)
        finally:
            await asyncio.to_thread(server.stop)
        assert SECRET not in server.log()


async def _interview(browser: httpx.AsyncClient, stream: StandIn, url: str) -> None:
    async def call(method: str, path: str, body: Any = None) -> Any:
        answer = await browser.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    answer = await browser.get("/api/config")
    assert (answer.json()["call"], answer.json()["chat"]) == ("stream", "stream")
    policy = answer.headers["content-security-policy"]
    assert "connect-src 'self' https://*.stream-io-api.com wss://*.stream-io-api.com" in policy
    assert url in policy
    body = {"name": "Ada", "email": "ada@example.org", "password": "correct horse battery"}
    me = (await call("POST", "/api/auth/register", body))["user"]
    session = (await call("POST", "/api/sessions", {"problem": "two-sum"}))["session"]
    await until(lambda: session["callId"] in stream.channels)
    given = await call("GET", f"/api/sessions/{session['id']}/call")
    assert given["provider"] == "stream"
    assert given["stream"].keys() == {"apiKey", "token", "userId", "callType", "callId"}
    assert given["expiresAt"].endswith("Z")
    token = (await call("GET", "/api/chat/token"))["token"]
    assert jwt.decode(token, SECRET, algorithms=["HS256"])["user_id"] == me["id"]
    await call("PATCH", "/api/auth/me", {"name": "Ada L."})
    await until(lambda: stream.users[me["id"]].name == "Ada L.")
    await call("POST", f"/api/sessions/{session['id']}/end")
    await until(lambda: not stream.calls and not stream.channels)
    answer = await browser.request("DELETE", "/api/auth/me", json={"password": "correct horse battery"})
    assert answer.status_code == 204
    await until(lambda: me["id"] in stream.deleted)


def test_livekit_takes_the_call_and_stream_keeps_the_chat() -> None:
    with_both = Settings(
        stream_api_key="k",
        stream_api_secret_key=SECRET,
        livekit_url="wss://livekit.example.org",
        livekit_api_key="k",
        livekit_api_secret="s",
    )
    told = config_of(with_both)
    assert told.call != "stream"
    assert told.chat == "stream"
