"""Stream is kept in step with sessions and people, whatever the order and however often."""

import itertools
from dataclasses import replace

import jwt
import pytest

from interview_platform.kit.ids import new_id
from interview_platform.providers.stream.tokens import Tokens
from interview_platform.storage.database import Database
from tests.providers.stream.stand_in import SECRET, StandIn, standing_in
from tests.providers.stream.world import World, world_of


async def test_a_session_brings_its_call_and_its_channel(world: World, stream: StandIn) -> None:
    host = await world.api.person("Ada")
    session = await host.create()
    await world.settle()
    id, ada = session["callId"], host.me["id"]
    assert {user.id: user.name for user in stream.users.values()} == {ada: "Ada"}
    call, channel = stream.calls[id], stream.channels[id]
    assert (call.creator, call.members) == (ada, {ada: "host"})
    assert (channel.creator, channel.members) == (ada, {ada})


async def test_who_joins_becomes_a_member_of_both_and_the_end_takes_both_away(world: World, stream: StandIn) -> None:
    host, other = await world.api.person("Ada"), await world.api.person("Ben")
    session = await host.create(capacity=3)
    await world.settle()
    await other.call("POST", f"/api/sessions/{session['id']}/join")
    guest = await world.api.guest(await host.invite(session), "Grace")
    await world.settle()
    id, (a, b, g) = session["callId"], (one.me["id"] for one in (host, other, guest))
    assert stream.calls[id].members == {a: "host", b: "user", g: "user"}
    assert stream.channels[id].members == {a, b, g}
    assert stream.users[g].name == "Grace"
    await host.call("POST", f"/api/sessions/{session['id']}/end")
    await world.settle()
    assert (stream.calls, stream.channels) == ({}, {})
    assert await world.dead() == []


async def test_who_waits_outside_is_in_neither_until_they_are_let_in(world: World, stream: StandIn) -> None:
    host = await world.api.person("Ada")
    session = await host.create(prepare=True)
    path = f"/api/sessions/{session['id']}"
    guest = await world.api.guest(await host.invite(session))
    id, a, g = session["callId"], host.me["id"], guest.me["id"]
    await world.settle()
    assert stream.channels[id].members == {a}
    await host.call("POST", f"{path}/start")
    await world.settle()
    assert stream.channels[id].members == stream.calls[id].members.keys() == {a, g}
    for change in ({"admitted": False}, {"admitted": True}, {"role": "observer"}):
        await host.call("PATCH", f"{path}/members/{g}", change)
        await world.settle()
        assert (g in stream.channels[id].members) is (change == {"admitted": True})


async def test_nothing_but_name_id_and_picture_is_sent(world: World, stream: StandIn) -> None:
    """The stand-in refuses fields that it does not know; and no body has an e-mail or a secret in it."""
    host = await world.api.person("Ada")
    session = await host.create()
    await world.settle()
    await host.call("POST", f"/api/sessions/{session['id']}/end")
    await world.settle()
    said = b"".join(stream.bodies)
    assert b"Ada" in said
    assert b"@" not in said
    assert SECRET.encode() not in said
    assert b"Two Sum" not in said


async def test_joining_makes_what_is_missing(world: World, stream: StandIn) -> None:
    host, other = await world.api.person("Ada"), await world.api.person("Ben")
    session = await host.create()
    await other.call("POST", f"/api/sessions/{session['id']}/join")
    await world.sync.session_changed({"sessionId": session["id"], "personId": other.me["id"]})
    assert stream.calls[session["callId"]].members.keys() == {host.me["id"], other.me["id"]}
    await world.settle()
    assert stream.channels[session["callId"]].members == {host.me["id"], other.me["id"]}


@pytest.mark.parametrize("order", list(itertools.permutations(["created", "joined", "ended"])))
async def test_after_the_end_nothing_is_there_in_whatever_order_events_come(
    world: World, stream: StandIn, order: tuple[str, ...]
) -> None:
    host, other = await world.api.person("Ada"), await world.api.person("Ben")
    session = await host.create()
    await other.call("POST", f"/api/sessions/{session['id']}/join")
    await host.call("POST", f"/api/sessions/{session['id']}/end")
    for name in order:
        did = world.sync.session_ended if name == "ended" else world.sync.session_changed
        before = len(stream.asked)
        await did({"sessionId": session["id"]})
        assert name == "ended" or len(stream.asked) == before, "a session that is over is not touched"
    await world.settle()
    assert (stream.calls, stream.channels) == ({}, {})
    assert await world.dead() == []


async def test_twice_is_as_good_as_once(world: World, stream: StandIn) -> None:
    host = await world.api.person("Ada")
    session = await host.create()
    for _ in range(3):
        await world.sync.session_changed({"sessionId": session["id"]})
    assert list(stream.calls) == [session["callId"]]
    await host.call("POST", f"/api/sessions/{session['id']}/end")
    for _ in range(3):
        await world.sync.session_ended({"sessionId": session["id"]})
    assert await world.dead() == []


async def test_an_end_during_the_making_leaves_nothing_behind(world: World, stream: StandIn) -> None:
    host = await world.api.person("Ada")
    session = await host.create()

    async def end_meanwhile(request: object) -> None:
        stream.trouble = None
        await host.call("POST", f"/api/sessions/{session['id']}/end")

    stream.trouble = end_meanwhile
    await world.sync.session_changed({"sessionId": session["id"]})
    assert (stream.calls, stream.channels) == ({}, {})


async def test_who_leaves_or_is_shown_out_has_no_part_in_it_until_they_are_back(world: World, stream: StandIn) -> None:
    host, other = await world.api.person("Ada"), await world.api.person("Ben")
    session = await host.create()
    path, id, ben = f"/api/sessions/{session['id']}", session["callId"], other.me["id"]
    await other.call("POST", f"{path}/join")
    await world.settle()
    await host.call("DELETE", f"{path}/members/{ben}")
    await world.settle()
    assert ben not in stream.calls[id].members
    assert ben not in stream.channels[id].members
    assert stream.calls[id].blocked == {ben}
    await other.call("POST", f"/api/invites/{await host.invite(session)}/accept")
    await world.settle()
    assert ben in stream.calls[id].members
    assert ben in stream.channels[id].members
    assert stream.calls[id].blocked == set()
    assert await world.dead() == []


async def test_observers_are_in_neither(world: World, stream: StandIn) -> None:
    """Stream's members may speak; ours who watch may not."""
    host = await world.api.person("Ada")
    session = await host.create()
    watcher = await world.api.guest(await host.invite(session, "observer"), "Oz")
    await world.settle()
    assert watcher.me["id"] not in stream.users
    assert stream.channels[session["callId"]].members == {host.me["id"]}


async def test_a_new_name_is_told(world: World, stream: StandIn) -> None:
    host, stranger = await world.api.person("Ada"), await world.api.person("Eve")
    await host.create()
    await host.call("PATCH", "/api/auth/me", {"name": "Ada Lovelace"})
    await stranger.call("PATCH", "/api/auth/me", {"name": "Eve B."})
    await world.settle()
    assert [user.name for user in stream.users.values()] == ["Ada Lovelace"], "nobody who is in no session"


async def test_a_picture_has_our_address(world: World, stream: StandIn) -> None:
    host = await world.api.person("Ada")
    person = await world.person(host)
    await world.people.update(replace(person, image="/api/images/x.webp"))
    await host.create()
    await world.settle()
    assert stream.users[person.id].image == "https://interviews.example.org/api/images/x.webp"


async def test_who_is_erased_is_erased_there_and_the_others_go_on(world: World, stream: StandIn) -> None:
    host, guest_host = await world.api.person("Ada"), await world.api.person("Ben")
    session = await host.create()
    await guest_host.call("POST", f"/api/sessions/{session['id']}/join")
    own = await guest_host.create()
    await world.settle()
    ben = guest_host.me["id"]
    await guest_host.call("DELETE", "/api/auth/me", status=204)
    await world.settle()
    assert ben in stream.deleted
    assert own["callId"] not in stream.calls
    assert stream.calls[session["callId"]].members == {host.me["id"]: "host"}
    assert stream.channels[session["callId"]].members == {host.me["id"]}
    assert await world.dead() == []


async def test_who_was_in_no_session_is_unknown_there_and_not_asked_about(world: World, stream: StandIn) -> None:
    nobody = await world.api.person("Ada")
    await nobody.call("DELETE", "/api/auth/me", status=204)
    await world.settle()
    assert stream.asked == []
    assert await world.dead() == []


async def test_who_is_erased_while_they_are_told_of_is_not_brought_back(world: World, stream: StandIn) -> None:
    host, other = await world.api.person("Ada"), await world.api.person("Ben")
    session = await host.create()
    await other.call("POST", f"/api/sessions/{session['id']}/join")
    calls = 0

    async def erase_meanwhile(request: object) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:  # they have just been told of
            await world.people.erase((await world.person(other)).id)

    stream.trouble = erase_meanwhile
    await world.sync.session_changed({"sessionId": session["id"]})
    assert other.me["id"] not in stream.users


async def test_with_another_one_for_the_call_only_the_channel_is_made(database: Database, stream: StandIn) -> None:
    async with standing_in(stream) as url, world_of(database, stream, url, video=False) as world:
        host = await world.api.person("Ada")
        session = await host.create()
        await world.settle()
        assert (list(stream.calls), list(stream.channels)) == ([], [session["callId"]])
        answer = await world.call(session, host)
        assert answer.provider == "mesh"
        assert answer.stream is not None


@pytest.mark.parametrize("data", [{}, {"sessionId": 7}, {"sessionId": "x' --"}, {"personId": "x" * 100}])
async def test_a_broken_event_is_given_up_at_once(world: World, stream: StandIn, data: dict[str, object]) -> None:
    await world.events.send("session/created", data)
    await world.events.send("person/erased", data)
    await world.settle()
    assert sorted(await world.dead()) == ["the event has no personId", "the event has no sessionId"]
    assert stream.asked == []


async def test_an_event_of_no_session_does_nothing(world: World, stream: StandIn) -> None:
    for name in ("created", "joined", "left", "ended"):
        await world.events.send(f"session/{name}", {"sessionId": new_id()})
    await world.settle()
    assert stream.asked == []
    assert await world.dead() == []


async def test_what_browsers_are_told(world: World) -> None:
    host = await world.api.person("Ada")
    session = await host.create()
    guest = await world.api.guest(await host.invite(session), "Grace")
    answer = await world.call(session, guest)
    given = answer.stream
    assert given is not None
    assert answer.provider == "stream"
    assert [server.urls for server in answer.ice_servers] == [["stun:here:3478"]], "for builds without the plug-in"
    assert (given.user_id, given.call_type, given.call_id) == (guest.me["id"], "default", session["callId"])
    claims = jwt.decode(given.token, SECRET, algorithms=["HS256"])
    assert claims["user_id"] == guest.me["id"]
    assert claims["call_cids"] == [f"default:{session['callId']}"]
    assert claims["role"] == "user"
    assert 5 * 3600 < claims["exp"] - claims["iat"] < 7 * 3600
    hosts = (await world.call(session, host)).stream
    assert hosts is not None
    assert jwt.decode(hosts.token, SECRET, algorithms=["HS256"])["role"] == "host"


async def test_the_chat_token_is_a_user_token_also_for_guests(world: World) -> None:
    host = await world.api.person("Ada")
    session = await host.create()
    guest = await world.api.guest(await host.invite(session), "Grace")
    for who in (host, guest):
        answer = await who.call("GET", "/api/chat/token")
        assert answer.keys() == {"token", "userId", "userName", "userImage"}
        assert (answer["userId"], answer["userName"]) == (who.me["id"], who.me["name"])
        claims = jwt.decode(answer["token"], SECRET, algorithms=["HS256"])
        assert claims.keys() == {"user_id", "iat", "exp"}
        assert claims["user_id"] == who.me["id"]
        assert claims["iat"] <= world.clock() // 1000 - 4
    assert await world.api.browser().refused("GET", "/api/chat/token") == (401, "unauthenticated")


async def test_our_own_chat_stays_open_beside_it(world: World) -> None:
    host = await world.api.person("Ada")
    session = await host.create()
    path = f"/api/sessions/{session['id']}/messages"
    await host.call("POST", path, {"text": "hello"}, status=201)
    assert [m["text"] for m in (await host.call("GET", path))["messages"]] == ["hello"]


def test_the_secret_is_not_shown() -> None:
    assert "hush" not in repr(Tokens("key", "hush"))
