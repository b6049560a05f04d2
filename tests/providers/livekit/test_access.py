"""Who gets a token for LiveKit, and what it opens."""

import json
from datetime import timedelta
from typing import Any

import jwt
import pytest
from livekit import api

from interview_platform.kit.clock import now_ms
from interview_platform.providers.livekit.access import TOKEN_SECONDS, LiveKitKeys, belongs_to, grants_of
from interview_platform.sessions.model import Role
from tests.providers.livekit.conftest import World
from tests.providers.livekit.standin import KEY, SECRET
from tests.sessions.test_policy import OPEN

DEVICES = ["camera", "microphone", "screen_share", "screen_share_audio"]


def claims_of(answer: dict[str, Any]) -> dict[str, Any]:
    return jwt.decode(answer["livekit"]["token"], SECRET, algorithms=["HS256"], issuer=KEY)


async def test_grants_by_role(world: World) -> None:
    ada = await world.person("Ada")
    session = await ada.create(capacity=4)
    people = {role: await world.guest(ada, session, role) for role in ("interviewer", "candidate")}
    for role, browser in {"host": ada, **people}.items():
        answer = await world.call_of(browser, session)
        assert (answer["provider"], answer["iceServers"], answer["stream"]) == ("livekit", [], None)
        assert answer["livekit"]["url"] == world.livekit.url
        claims = claims_of(answer)
        assert claims["video"].pop("roomAdmin", False) is (role == "host")
        assert claims["video"] == {
            "roomJoin": True,
            "room": session["callId"],
            "canPublish": True,
            "canPublishSources": DEVICES,
            "canSubscribe": True,
            "canPublishData": False,
            "canUpdateOwnMetadata": False,
        }
        badge = {"sessionId": session["id"], "personId": browser.me["id"], "role": role}
        assert (claims["name"], json.loads(claims["metadata"])) == (browser.me["name"], badge)
        assert claims["exp"] - claims["nbf"] == TOKEN_SECONDS
        assert abs(claims["exp"] * 1000 - now_ms()) <= (TOKEN_SECONDS + 60) * 1000


async def test_two_windows_are_two_participants_of_one_person(world: World) -> None:
    ada = await world.person("Ada")
    session = await ada.create()
    first, second = [claims_of(await world.call_of(ada, session))["sub"] for _ in range(2)]
    assert first != second
    assert belongs_to(first, ada.me["id"])
    assert belongs_to(second, ada.me["id"])
    assert not belongs_to(first, ada.me["id"][:-1])


async def test_who_may_not_call_gets_no_token(world: World) -> None:
    ada, eve = await world.person("Ada"), await world.person("Eve")
    session = await ada.create()
    watcher = await world.guest(ada, session, "observer")
    path = f"/api/sessions/{session['id']}/call"
    assert await watcher.refused("GET", path) == (403, "forbidden")
    assert await eve.refused("GET", path) == (403, "forbidden")
    assert await world.browser().refused("GET", path) == (401, "unauthenticated")
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert await ada.refused("GET", path) == (400, "session_completed")


def test_were_an_observer_asked_for_it_would_open_nothing() -> None:
    grants = grants_of(OPEN, Role.OBSERVER)
    assert (grants.room_join, grants.room, grants.can_publish, grants.can_subscribe) == (None, "", False, False)


@pytest.mark.parametrize("fault", [503, b"\xff", 0])
async def test_tokens_are_given_while_livekit_is_away(world: World, fault: int | bytes) -> None:
    ada = await world.person("Ada")
    session = await ada.create()
    world.livekit.fault = fault
    assert claims_of(await world.call_of(ada, session))["video"]["room"] == session["callId"]
    assert world.livekit.asked == []


async def test_the_browser_is_told_that_livekit_is_in_force(world: World) -> None:
    config = await world.browser().call("GET", "/api/config")
    assert (config["call"], config["recording"]) == ("livekit", True)


def test_a_token_is_no_longer_good_when_it_says_so() -> None:
    token = api.AccessToken(KEY, SECRET).with_ttl(timedelta(seconds=-70)).to_jwt()
    with pytest.raises(jwt.ExpiredSignatureError):
        api.TokenVerifier(KEY, SECRET).verify(token)


def test_the_secret_does_not_show() -> None:
    assert SECRET not in repr(LiveKitKeys("wss://x", KEY, SECRET))


@pytest.mark.parametrize(
    ("url", "socket", "sources"),
    [
        ("wss://lk.example.org", "wss://lk.example.org", ["wss://lk.example.org", "https://lk.example.org"]),
        (
            "https://lk.example.org:7443/",
            "wss://lk.example.org:7443",
            ["wss://lk.example.org:7443", "https://lk.example.org:7443"],
        ),
        ("ws://127.0.0.1:7880", "ws://127.0.0.1:7880", ["ws://127.0.0.1:7880", "http://127.0.0.1:7880"]),
        (
            "wss://team.livekit.cloud",
            "wss://team.livekit.cloud",
            [
                "wss://team.livekit.cloud",
                "https://team.livekit.cloud",
                "wss://*.livekit.cloud",
                "https://*.livekit.cloud",
            ],
        ),
    ],
)
def test_where_browsers_go(url: str, socket: str, sources: list[str]) -> None:
    keys = LiveKitKeys(url, KEY, SECRET)
    assert (keys.socket_url, list(keys.browser_sources)) == (socket, sources)
