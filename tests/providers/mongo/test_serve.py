"""The whole product on MongoDB, here one that is no replica set: an interview survives `kill -9` of the server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.mongo import Secantus, secantus
from tests.room.yjs import YClient, eventually, yjs
from tests.serving import Server


@pytest.fixture
def standalone() -> Iterator[Secantus]:
    with secantus("--standalone") as server:
        yield server


@asynccontextmanager
async def registered(server: Server, name: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as browser:
        body = {"name": name, "email": f"{name}@example.org", "password": "correct horse"}
        assert (await browser.post("/api/auth/register", json=body)).status_code == 201
        yield browser


def cookies(browser: httpx.AsyncClient) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}


async def test_an_interview_survives_kill_9(tmp_path: Path, standalone: Secantus) -> None:
    server = Server(tmp_path / "data", DB_URL=standalone.url("interviews")).start()
    try:
        assert "MongoDB at 127.0.0.1:" in server.log()
        async with registered(server, "Ada") as ada, registered(server, "Ben") as ben:
            assert (await ada.get("/api/ready")).json() == {"status": "ok"}
            session = (await ada.post("/api/sessions", json={"problem": "two-sum"})).json()["session"]["id"]
            assert (await ben.post(f"/api/sessions/{session}/join")).status_code == 200
            assert (await ben.post(f"/api/sessions/{session}/messages", json={"text": "Hello"})).status_code == 201
            document = f"ws://127.0.0.1:{server.port}/api/sessions/{session}/doc?acks=1"
            typist = YClient()
            async with yjs(document, cookies(ben), typist):
                for word in ("one", "two", "three"):
                    typist.text.insert(0, f"# {word}\n")
                await eventually(lambda: typist.acked >= typist.sent)
                server.kill()
                await typist.closed()
            server.start()
            async with yjs(document, cookies(ada)) as fresh:
                assert fresh.read().startswith("# three\n# two\n# one\n")
            stored = (await ben.get(f"/api/sessions/{session}")).json()["session"]
            assert (stored["participant"]["name"], stored["host"]["name"]) == ("Ben", "Ada")
            messages = (await ada.get(f"/api/sessions/{session}/messages")).json()["messages"]
            assert [message["text"] for message in messages] == ["Hello"]
            assert (await ada.post(f"/api/sessions/{session}/end")).status_code == 200
            assert [s["id"] for s in (await ben.get("/api/sessions/my-sessions")).json()["sessions"]] == [session]
            assert "Traceback" not in server.log()
            standalone.stop()
            answers = await asyncio.gather(ada.get("/api/ready"), ada.get("/api/sessions"))
            assert [answer.status_code for answer in answers] == [503, 503]
    finally:
        server.kill()
