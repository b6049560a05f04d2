"""The whole product: an access token and a cookie open the Piston-compatible API; nothing of it is kept."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from tests.execution.piston_api.world import heard
from tests.serving import Server

PYTHON = {"language": "python", "version": "3.x", "files": [{"content": "print(6 * 7)"}], "run_timeout": 9_000}


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Of somebody who has registered."""
    server = Server(tmp_path / "data", PISTON_API_RUN_TIMEOUT="9000")
    await asyncio.to_thread(server.start)
    try:
        async with httpx.AsyncClient(base_url=server.url, timeout=60) as browser:
            person = {"name": "Ada", "email": "ada@example.org", "password": "correct horse battery"}
            assert (await browser.post("/api/auth/register", json=person)).status_code == 201
            yield browser
    finally:
        await asyncio.to_thread(server.stop)


@pytest.mark.sandbox
async def test_it_is_open_to_who_is_signed_in(browser: httpx.AsyncClient) -> None:
    token = (await browser.post("/api/auth/tokens", json={"label": "Piston client"})).json()["token"]
    async with httpx.AsyncClient(base_url=browser.base_url, timeout=60) as stranger:
        assert (await stranger.get("/api/v2/runtimes")).status_code == 401
        for key in (token, f"Bearer {token}"):
            answer = await stranger.post("/api/v2/piston/execute", json=PYTHON, headers={"authorization": key})
            assert (answer.status_code, answer.json()["run"]["output"]) == (200, "42\n")
    assert (await browser.post("/api/v2/execute", json=PYTHON)).json()["run"]["stdout"] == "42\n"
    refused = await browser.post("/api/v2/execute", json={**PYTHON, "run_timeout": 9_001})
    assert refused.json() == {"message": "run_timeout cannot exceed the configured limit of 9000"}

    url = f"ws://localhost:{browser.base_url.port}/api/v2/connect"
    async with connect(url, additional_headers={"authorization": token}, compression=None, proxy=None) as socket:
        await socket.send(json.dumps({"type": "init", **PYTHON}))
        said, code, _ = await heard(socket)
        assert "".join(one.get("data", "") for one in said) == "42\n"
        assert (said[0]["type"], said[-1]["type"], said[-1]["code"], code) == ("runtime", "exit", 0, 4999)
