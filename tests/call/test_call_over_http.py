"""GET /api/sessions/{id}/call: only for who takes part, while the session goes on."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from interview_platform.app.errors import install_error_table
from interview_platform.call import routes
from interview_platform.call.recording import Recordings
from interview_platform.call.turn import MeshCalls, Turn
from interview_platform.sessions.model import Role
from interview_platform.storage.open import open_database
from tests.room.world import World, world_of


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    database = await open_database(None, tmp_path)
    async with world_of(database, served=False) as made:
        yield made
    await database.close()


async def test_who_is_told(world: World) -> None:
    setup = MeshCalls((), Turn(("turn:relay:3478",), "north"))
    app = FastAPI()
    install_error_table(app)
    recordings = Recordings(None, world.api.sessions, world.timeline, world.api.bus)
    app.include_router(routes.router(setup, recordings, world.api.sessions, world.api.identity))
    host, stranger = await world.somebody("Ada"), await world.somebody("Eve")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    watcher = await world.admit(session, "Oz", Role.OBSERVER)
    path = f"/api/sessions/{session.id}/call"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as http:

        async def ask(headers: dict[str, str]) -> tuple[int, str | None]:
            answer = await http.get(path, headers=headers)
            return answer.status_code, answer.json().get("code")

        answer = await http.get(path, headers=guest.headers)
        assert answer.headers["cache-control"] == "no-store"
        told = answer.json()
        assert told["provider"] == "mesh"
        assert told["iceServers"][0]["username"].endswith(f":{guest.person.id}")
        assert told["expiresAt"].endswith("Z")
        assert await ask({}) == (401, "unauthenticated")
        assert await ask(stranger.headers) == (403, "forbidden")
        assert await ask(watcher.headers) == (403, "forbidden")
        await world.api.sessions.end(session.id, host.person)
        assert await ask(guest.headers) == (400, "session_completed")
