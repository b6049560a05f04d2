"""The matrix of `tests/sessions/test_policy.py`, held against every endpoint and socket of the whole product."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from interview_platform.app.compose import compose
from interview_platform.app.guard import Guard, Metrics
from interview_platform.app.server import create_api
from interview_platform.app.settings import Settings
from interview_platform.kit.errors import not_found
from interview_platform.room.wire import STEP_1, sync_message
from interview_platform.sessions.policy import Action
from tests.api import BODY_MAX, PASSWORD, Browser
from tests.room.world import serving
from tests.room.yjs import PATIENCE
from tests.sessions.test_policy import ALLOWED

ROLES = ("interviewer", "candidate", "observer")
PEOPLE = ("host", *ROLES, "waiting", "left", "removed", "stranger", "nobody")
STATES = ("open", "private", "preparing", "private preparing", "locked", "ended", "ended private")

# What each asks for, and a body that changes nothing when let through. In this order: the last ones change things.
ENDPOINTS: dict[tuple[str, str], tuple[Action, Any]] = {
    ("GET", ""): (Action.LOOK, None),
    ("GET", "/messages"): (Action.READ, None),
    ("POST", "/messages"): (Action.CHAT, {"text": ""}),
    ("PATCH", "/messages/{message}"): (Action.CHAT, {"text": "x"}),
    ("PUT", "/messages/{message}/reactions/{emoji}"): (Action.CHAT, None),
    ("DELETE", "/messages/{message}/reactions/{emoji}"): (Action.CHAT, None),
    ("DELETE", "/messages/{message}"): (Action.CHAT, None),
    ("POST", "/attachments"): (Action.CHAT, {"name": "a.txt", "content": ""}),
    ("GET", "/attachments/{attachment}"): (Action.READ, None),
    ("GET", "/record"): (Action.READ, None),
    ("GET", "/runs"): (Action.READ, None),
    ("GET", "/runs/{run}"): (Action.READ, None),
    ("POST", "/runs"): (Action.RUN, {"language": "none of ours", "source": ""}),
    ("POST", "/runs/{run}/input"): (Action.RUN, {"text": "x"}),
    ("POST", "/runs/{run}/stop"): (Action.RUN, None),
    ("GET", "/files.zip"): (Action.READ, None),
    ("GET", "/notes"): (Action.STAFF, None),
    ("GET", "/guide"): (Action.STAFF, None),
    ("GET", "/timeline"): (Action.REPLAY, None),
    ("GET", "/export.json"): (Action.REPLAY, None),
    ("GET", "/export.html"): (Action.REPLAY, None),
    ("GET", "/call"): (Action.CALL, None),
    ("POST", "/recording"): (Action.RECORD, None),
    ("DELETE", "/recording"): (Action.RECORD, None),
    ("GET", "/invites"): (Action.INVITE, None),
    ("POST", "/invites"): (Action.INVITE, {"role": "observer"}),
    ("DELETE", "/invites/{token}"): (Action.INVITE, None),
    ("DELETE", "/invites"): (Action.INVITE, None),
    ("PATCH", ""): (Action.DIRECT, {}),
    ("PATCH", "/members/{personId}"): (Action.ADMIT, {"admitted": True}),
    ("POST", "/host"): (Action.HANDOVER, {"personId": "nobody"}),
    ("DELETE", "/members/{personId}"): (Action.ADMIT, None),
    ("POST", "/pads"): (Action.PREPARE, {"title": ""}),
    ("POST", "/start"): (Action.PREPARE, None),
    ("POST", "/end"): (Action.END, None),
}
# Whoever may look at a session may try: `tests/sessions/test_join_and_leave.py` has their own rules.
BY_ONESELF = {("POST", "/join"), ("POST", "/leave")}

_REFUSED = {401, 403}
_NO_SUCH_SESSION = not_found("session").message


@dataclass
class Place:
    """The product, and a session of every kind with somebody of every kind."""

    port: int
    people: dict[str, Browser]
    sessions: dict[str, dict[str, Any]]
    paths: frozenset[tuple[str, str]]

    async def may(self, who: str, state: str, method: str, path: str, body: Any) -> bool:
        """Whether the endpoint let `who` through, whatever it then said."""
        session = self.sessions[state]["id"]
        answer = await self.people[who].request(method, f"/api/sessions/{session}{filled_in(path)}", json=body)
        if answer.status_code < 300:
            return True
        said = answer.json()
        if said["code"] == "session_completed":
            # The host may end, once; whoever may do nothing more was told so and no more.
            return False
        return answer.status_code not in _REFUSED and said["message"] != _NO_SUCH_SESSION

    async def opens(self, who: str, state: str, socket: str) -> tuple[int, str] | str:
        """The refusal of the handshake, or the code it was closed with at once, or that it stayed open."""
        secret = self.people[who].cookies.get("interview_session")
        url = f"ws://127.0.0.1:{self.port}/api/sessions/{self.sessions[state]['id']}/{socket}"
        headers = {"Cookie": f"interview_session={secret}"} if secret else {}
        try:
            async with connect(url, additional_headers=headers, compression=None, proxy=None) as opened:
                if socket != "events":
                    await opened.send(sync_message(STEP_1, b"\x00"))
                async with asyncio.timeout(PATIENCE):
                    await opened.recv()
                return "open"
        except InvalidStatus as refused:
            return refused.response.status_code, json.loads(refused.response.body)["code"]
        except ConnectionClosed as closed:
            return f"closed {closed.rcvd.code if closed.rcvd else None}"


def filled_in(path: str) -> str:
    return re.sub(r"\{(\w+)\}", r"no\1", path.replace("{emoji}", "👍").replace("{personId}", "nobody"))


async def _registered(browser: Browser, name: str) -> None:
    body = {"name": name, "email": f"{name}@example.org", "password": PASSWORD}
    browser.me = (await browser.call("POST", "/api/auth/register", body, status=201))["user"]


async def _session(people: dict[str, Browser], state: str) -> dict[str, Any]:
    host = people["host"]
    visibility = "private" if "private" in state else "open"
    session = await host.create(visibility=visibility, prepare="preparing" in state, capacity=4)
    path = f"/api/sessions/{session['id']}"

    async def comes(who: str, role: str) -> None:
        await people[who].call("POST", f"/api/invites/{await host.invite(session, role)}/accept")

    await comes("left", "candidate")
    await people["left"].call("POST", f"{path}/leave")
    await comes("removed", "candidate")
    await host.call("DELETE", f"{path}/members/{people['removed'].me['id']}")
    for role in ROLES:
        await comes(role, role)
    await host.call("PATCH", path, {"lobby": True, "locked": state == "locked"})
    await comes("waiting", "interviewer")
    if "ended" in state:
        await host.call("POST", f"{path}/end")
    return session


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    platform = await compose(Settings(_env_file=None, data_dir=tmp_path))
    api = create_api(platform, Metrics())
    app = Guard(api, client_url=None, body_max=BODY_MAX, metrics=Metrics())
    people: dict[str, Browser] = {}
    try:
        for who in PEOPLE:
            people[who] = Browser(transport=httpx.ASGITransport(app), base_url="http://interview.test")
            if who != "nobody":
                await _registered(people[who], who)
        sessions = {state: await _session(people, state) for state in STATES}
        prefix = "/api/sessions/{id}"
        paths = frozenset(
            (method.upper(), path.removeprefix(prefix))
            for path, methods in api.openapi()["paths"].items()
            if path.startswith(prefix)
            for method in methods
        )
        async with serving(platform.sockets) as port:
            yield Place(port, people, sessions, paths)
    finally:
        for browser in people.values():
            await browser.aclose()
        await platform.close()


def expected(who: str, state: str, action: Action) -> bool:
    """The host may end, says the matrix, but what has ended is not ended again."""
    return action in ALLOWED[who][state] and not (action is Action.END and "ended" in state)


async def test_every_endpoint_and_socket_asks_the_one_matrix(place: Place) -> None:
    """One test: to make the place costs more than to ask it everything."""
    assert place.paths == {*ENDPOINTS, *BY_ONESELF}, "a new endpoint is asked here, too"
    wrong = []
    for (method, path), (action, body) in ENDPOINTS.items():
        for state in STATES:
            for who in reversed(PEOPLE):  # the host last: they end it
                may = await place.may(who, state, method, path, body)
                if may is not expected(who, state, action):
                    wrong.append(f"{who} {method} {path or '/'} {state}: {may}")
        if (method, path) == ("DELETE", "/members/{personId}"):
            wrong += await _sockets(place)  # while there is something to be opened
    assert not wrong, "\n".join(wrong)


async def _sockets(place: Place) -> list[str]:
    wrong = []
    for socket, action in (("doc", Action.READ), ("staff", Action.STAFF), ("events", Action.ENTER)):
        for state in STATES:
            for who in PEOPLE:
                may = action in ALLOWED[who][state]
                got = await place.opens(who, state, socket)
                right = got in (("closed 4409",) if "ended" in state else ("open",)) if may else isinstance(got, tuple)
                if not right:
                    wrong.append(f"{who} {socket} {state}: {got}")
    return wrong


async def test_in_a_private_session_a_stranger_finds_nothing_at_all(place: Place) -> None:
    """What it says to them is what it says of a session that does not exist, byte for byte."""
    for (method, path), (_, body) in ENDPOINTS.items():
        filled = filled_in(path)
        for who in ("stranger", "removed", "left"):
            there, nowhere = [
                await place.people[who].request(method, f"/api/sessions/{id}{filled}", json=body)
                for id in (place.sessions["private"]["id"], "nosuchsession")
            ]
            assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content), (who, method, path)
