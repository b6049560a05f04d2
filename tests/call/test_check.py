"""GET /api/check/…: servers for who belongs here, for ten minutes; bytes for everybody, but not without end."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from interview_platform.app.errors import install_error_table
from interview_platform.call import check
from interview_platform.call.check import CREDENTIAL_SECONDS, SAMPLE_BYTES, CheckLimits, ConnectionCheck
from interview_platform.call.turn import MeshCalls, Turn
from interview_platform.kit.clock import now_ms
from interview_platform.kit.rate_limit import Limit
from interview_platform.sessions.invites import InviteService
from interview_platform.sessions.model import Role
from interview_platform.storage.open import open_database
from interview_platform.storage.sessions import SqlSessionStore
from tests.room.world import Somebody, World, world_of

TURN = Turn(("turn:relay:3478", "turn:relay:3478?transport=tcp"), "north")


@dataclass
class Setting:
    world: World
    invites: InviteService
    http: httpx.AsyncClient

    async def ask(self, who: Somebody | None = None, invite: str | None = None) -> httpx.Response:
        params = {"invite": invite} if invite is not None else {}
        return await self.http.get("/api/check/ice", params=params, headers=who.headers if who else {})

    async def refusal(self, who: Somebody | None = None, invite: str | None = None) -> tuple[int, str]:
        answer = await self.ask(who, invite)
        return answer.status_code, answer.json()["code"]


Open = Callable[..., Any]


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Open]:
    database = await open_database(None, tmp_path)

    @asynccontextmanager
    async def setting(limits: CheckLimits | None = None, turn: Turn | None = TURN) -> AsyncIterator[Setting]:
        async with world_of(database, served=False) as world:
            invites = InviteService(SqlSessionStore(database), world.api.sessions, world.api.accounts)
            app = FastAPI()
            install_error_table(app)
            calls = MeshCalls(("stun:north:3478",), turn)
            app.include_router(check.router(ConnectionCheck.of(calls, invites, limits), world.api.identity))
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
                yield Setting(world, invites, http)

    yield setting
    await database.close()


async def test_people_and_guests_get_servers_for_ten_minutes(opened: Open) -> None:
    async with opened() as setting:
        host = await setting.world.somebody("Ada")
        before = now_ms() // 1000
        answer = await setting.ask(host)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        stun, relay = answer.json()["iceServers"]
        assert stun == {"urls": ["stun:north:3478"], "username": None, "credential": None}
        assert relay["urls"] == list(TURN.urls)
        expiry, _, name = relay["username"].partition(":")
        assert name == host.person.id
        assert before + CREDENTIAL_SECONDS <= int(expiry) <= before + CREDENTIAL_SECONDS + 60
        assert (relay["username"], relay["credential"]) == TURN.credentials(host.person.id, int(expiry))
        assert "north" not in answer.text.replace("stun:north", "")
        session = await setting.world.session(host)
        guest = await setting.world.admit(session, "Ben")
        assert (await setting.ask(guest)).status_code == 200


async def test_strangers_get_none(opened: Open) -> None:
    async with opened() as setting:
        assert await setting.refusal() == (401, "unauthenticated")
        assert await setting.refusal(invite="") == (404, "invite_not_found")
        assert await setting.refusal(invite="guessed") == (404, "invite_not_found")
        assert (await setting.ask(invite="x" * 201)).status_code == 422


async def test_an_invite_is_enough_until_its_session_ends(opened: Open) -> None:
    async with opened() as setting:
        host = await setting.world.somebody("Ada")
        session = await setting.world.session(host)
        token, _ = await setting.invites.create(session.id, Role.CANDIDATE, host.person)
        answer = await setting.ask(invite=token)
        name = answer.json()["iceServers"][1]["username"]
        assert token not in name, "the relay writes names into its log"
        await setting.invites.revoke(session.id, token, host.person)
        assert await setting.refusal(invite=token) == (404, "invite_not_found")
        token, _ = await setting.invites.create(session.id, Role.CANDIDATE, host.person)
        await setting.world.api.sessions.end(session.id, host.person)
        assert await setting.refusal(invite=token) == (400, "session_completed")


async def test_credentials_are_counted_for_each_person_and_each_address(opened: Open) -> None:
    async with opened(CheckLimits(servers=Limit(2, 600), servers_address=Limit(6, 600))) as setting:
        ada, ben = await setting.world.somebody("Ada"), await setting.world.somebody("Ben")
        for _ in range(2):
            assert (await setting.ask(ada)).status_code == 200
        refused = await setting.ask(ada)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_fast")
        assert int(refused.headers["retry-after"]) > 500
        assert (await setting.ask(ben)).status_code == 200
        # Guessing invites is counted too.
        for _ in range(2):
            assert await setting.refusal(invite="guessed") == (404, "invite_not_found")
        assert await setting.refusal(invite="guessed") == (429, "too_fast")


async def test_without_a_relay_there_are_no_credentials(opened: Open) -> None:
    async with opened(turn=None) as setting:
        answer = (await setting.ask(await setting.world.somebody("Ada"))).json()
        assert answer["expiresAt"] is None
        assert [server["credential"] for server in answer["iceServers"]] == [None]


async def test_a_sample_has_a_bound_and_is_never_the_same(opened: Open) -> None:
    async with opened(CheckLimits(sample=Limit(2, 600))) as setting:
        first, second = [await setting.http.get("/api/check/sample") for _ in range(2)]
        assert len(first.content) == len(second.content) == SAMPLE_BYTES
        assert first.content != second.content
        assert first.headers["cache-control"] == "no-store"
        assert (await setting.http.get("/api/check/sample")).status_code == 429
