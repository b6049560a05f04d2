"""The events socket: hello, presence, typing, the call's signals, and what happens to bad frames."""

import json

import pytest

from interview_platform.kit.errors import StorageUnavailable, forbidden
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import Role
from interview_platform.storage.database import Database
from tests.room.events import events
from tests.room.world import World, world_of

SIGNAL = {"kind": "candidate", "candidate": "candidate:1 1 udp 1 127.0.0.1 9 typ host", "sdpMid": "0"}


async def test_the_hello_has_all_that_is_needed(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    message = await world.chat.post(session.id, host.person, "hi")
    run = world.runs.start(session.id, host.person.id, "Ada")
    async with events(world.url(session, "events"), guest.headers) as ben:
        hello = ben.events[0]
        assert hello["me"] == {
            "id": guest.person.id,
            "name": "Ben",
            "role": "candidate",
            "color": 1,
            "connectionId": hello["me"]["connectionId"],
        }
        assert [(one["name"], one["color"], one["online"], one["role"]) for one in hello["people"]] == [
            ("Ada", 0, False, "host"),
            ("Ben", 1, True, "candidate"),
        ]
        assert hello["state"]["session"]["id"] == session.id
        assert [one["id"] for one in hello["state"]["messages"]] == [message.id]
        assert [one["id"] for one in hello["state"]["runs"]] == [run]
        assert hello["state"]["peers"] == []
        assert hello["serverTime"].endswith("Z")


@pytest.mark.parametrize("world", ["direct", "asgi"], indirect=True)
@pytest.mark.parametrize(
    ("failure", "code", "reason"),
    [(StorageUnavailable(), 1011, "storage_unavailable"), (forbidden(), 4403, "forbidden")],
    ids=["database away", "forbidden"],
)
async def test_a_hello_that_fails_closes_with_a_code(
    world: World, caplog: pytest.LogCaptureFixture, failure: Exception, code: int, reason: str
) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    world.runs.failure = failure
    async with events(world.url(session, "events"), host.headers, hello=False) as ada:
        assert await ada.closed() == code
        assert ada.close_reason == reason
    world.runs.failure = None
    async with events(world.url(session, "events"), host.headers) as ada:
        assert ada.online() == {"Ada"}
    assert "Traceback" not in caplog.text


async def test_presence_follows_who_comes_and_goes(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, "events")
    async with events(url, host.headers) as ada:
        async with events(url, guest.headers) as first:
            await ada.until(lambda: ada.online() == {"Ada", "Ben"})
            async with events(url, guest.headers) as second:
                assert second.online() == {"Ada", "Ben"}
                assert second.me["connectionId"] != first.me["connectionId"]
        await ada.until(lambda: ada.online() == {"Ada"})
        assert len(ada.of("presence")) == 2, "a second tab is no news"
        await world.admit(session, "Cleo", Role.OBSERVER)
        await ada.until(lambda: len(ada.state["people"]) == 3)
        assert ada.state["people"][2] | {"id": "", "profileImage": None} == {
            "id": "",
            "name": "Cleo",
            "profileImage": None,
            "role": "observer",
            "color": 2,
            "online": False,
            "waiting": False,
            "reading": False,
        }


async def test_typing_is_told_to_the_other_people_only(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, "events")
    async with events(url, host.headers) as ada, events(url, guest.headers) as ben, events(url, guest.headers) as tab:
        await ben.send(type="chat.typing", typing=True)
        assert (await ada.heard("chat.typing"))["personId"] == guest.person.id
        for _ in range(20):
            await ben.send(type="chat.typing", typing=True)
        await ben.send(type="chat.typing", typing=False)
        await ada.until(lambda: ada.of("chat.typing")[-1]["typing"] is False)
        assert len(ada.of("chat.typing")) == 2
        await tab.send(type="ping")
        await tab.heard("pong")
        assert not tab.of("chat.typing")
        assert not ben.of("chat.typing")
        await ben.send(type="chat.typing", typing=True)
        await ada.heard("chat.typing", 3)
        await ben.socket.close()
        await ada.until(lambda: ada.of("chat.typing")[-1]["typing"] is False)


async def test_signals_go_between_peers_of_the_call_only(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, "events")
    async with events(url, host.headers) as ada, events(url, guest.headers) as ben, events(url, host.headers) as other:
        await ada.send(type="call.signal", to=ben.me["connectionId"], signal=SIGNAL)
        assert (await ada.heard("error"))["code"] == "not_in_call"
        await ada.send(type="call.join", audio=True, video=False)
        await ada.heard("call.state")
        await ada.send(type="call.signal", to=ben.me["connectionId"], signal=SIGNAL)
        assert (await ada.heard("error", 2))["code"] == "not_in_call"
        await ben.send(type="call.join", audio=True, video=True)
        state = await ada.heard("call.state", 2)
        assert [peer["name"] for peer in state["peers"]] == ["Ada", "Ben"]
        assert state["peers"][0] | {"connectionId": "", "personId": ""} == {
            "connectionId": "",
            "personId": "",
            "name": "Ada",
            "audio": True,
            "video": False,
            "screen": False,
        }
        await ada.send(type="call.signal", to=ben.me["connectionId"], signal=SIGNAL)
        got = await ben.heard("call.signal")
        assert got["sender"] == ada.me["connectionId"]
        assert got["signal"] == {**SIGNAL, "sdpMLineIndex": None, "usernameFragment": None}
        description = {"kind": "description", "type": "offer", "sdp": "v=0\r\n"}
        await ben.send(type="call.signal", to=ada.me["connectionId"], signal=description)
        assert (await ada.heard("call.signal"))["signal"] == description
        await ben.send(type="call.media", audio=False, video=True, screen=True)
        await ada.until(lambda: ada.state["peers"][1]["screen"] and not ada.state["peers"][1]["audio"])
        await ben.socket.close()
        await ada.until(lambda: [peer["name"] for peer in ada.state["peers"]] == ["Ada"])
        assert not other.of("call.signal")
        assert other.state["peers"] == ada.state["peers"]
        await ada.send(type="call.leave")
        await ada.until(lambda: ada.state["peers"] == [])


async def test_a_connection_takes_the_place_of_a_dead_one_in_the_call(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, "events")
    async with events(url, host.headers) as ada, events(url, guest.headers) as ben, events(url, guest.headers) as again:
        await ben.send(type="call.join", audio=True, video=True)
        await ada.heard("call.state")
        await again.send(type="call.join", audio=True, video=True, replaces=ben.me["connectionId"])
        state = await ada.heard("call.state", 2)
        assert [peer["connectionId"] for peer in state["peers"]] == [again.me["connectionId"]]
        await ada.send(type="call.join", audio=True, video=True, replaces=again.me["connectionId"])
        state = await ada.heard("call.state", 3)
        assert [peer["name"] for peer in state["peers"]] == ["Ben", "Ada"]


async def test_typing_to_a_program(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    run = world.runs.start(session.id, host.person.id, "Ada")
    url = world.url(session, "events")
    async with events(url, host.headers) as ada, events(url, guest.headers) as ben:
        await ben.send(type="run.input", runId=run, text="4 2\n")
        await ben.send(type="run.input_end", runId=run)
        for client in (ada, ben):
            await client.heard("run.input", 2)
            [first, second] = client.of("run.input")
            by = {"id": guest.person.id, "name": "Ben"}
            assert first == {"type": "run.input", "runId": run, "by": by, "text": "4 2\n", "ended": False}
            assert (second["text"], second["ended"]) == ("", True)
        await ada.send(type="run.input", runId="nothing", text="x")
        assert (await ada.heard("error"))["code"] == "run_finished"
        assert not ben.of("error")


async def test_observers_only_look(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    watcher = await world.admit(session, "Oz", Role.OBSERVER)
    run = world.runs.start(session.id, host.person.id, "Ada")
    url = world.url(session, "events")
    async with events(url, host.headers) as ada, events(url, watcher.headers) as oz:
        await oz.send(type="chat.typing", typing=True)
        await oz.send(type="call.join", audio=True, video=True)
        await oz.send(type="run.input", runId=run, text="x")
        await oz.send(type="run.input_end", runId=run)
        await oz.heard("error", 4)
        assert {error["code"] for error in oz.of("error")} == {"forbidden"}
        await ada.send(type="ping")
        await ada.heard("pong")
        assert ada.state["peers"] == []
        assert not ada.of("chat.typing")
        assert not ada.of("run.input")


async def test_bad_frames_are_answered_and_then_end_the_connection(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with events(world.url(session, "events"), host.headers) as ada:
        bad = [
            "",
            "no json",
            "[]",
            '{"type": "unknown"}',
            '{"type": "call.join"}',
            '{"type": "call.signal", "to": "x", "signal": {"kind": "candidate", "candidate": "\\ud800"}}',
            '{"type": "call.signal", "to": "x", "signal": {"kind": "description", "type": "offer"}}',
            json.dumps({"type": "call.signal", "to": "x", "signal": {"kind": "candidate", "candidate": "x" * 5000}}),
        ]
        for frame in bad:
            await ada.socket.send(frame)
        await ada.heard("error", len(bad))
        assert {error["code"] for error in ada.of("error")} == {"bad_frame"}
        await ada.send(type="ping")
        await ada.heard("pong")
        for _ in range(5):
            await ada.socket.send(b"\x00")
        assert await ada.closed() == 4400


async def test_a_flood_ends_the_connection(database: Database) -> None:
    async with world_of(database, RoomLimits(events_burst=20.0, events_per_second=1.0)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with events(world.url(session, "events"), host.headers) as ada:
            for _ in range(40):
                await ada.send(type="ping")
            assert await ada.closed() == 4429
            assert len(ada.of("pong")) in range(20, 25)
            assert {error["code"] for error in ada.of("error")} == {"too_fast"}


async def test_all_tabs_of_a_person_share_what_may_be_sent(database: Database) -> None:
    async with world_of(database, RoomLimits(events_burst=20.0, events_per_second=1e-6)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session, "events")
        async with events(url, host.headers) as first, events(url, host.headers) as second:
            for _ in range(15):
                await first.send(type="ping")
            await first.heard("pong", 15)
            for _ in range(6):
                await second.send(type="ping")
            assert (await second.heard("error"))["code"] == "too_fast"
            assert len(second.of("pong")) == 5
            async with events(url, guest.headers) as ben:
                await ben.send(type="ping")
                await ben.heard("pong")


async def test_a_frame_too_large_ends_the_connection(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with events(world.url(session, "events"), host.headers) as ada:
        await ada.socket.send(" " * 200_000)
        assert await ada.closed() == 4413


async def test_the_end_is_told_before_the_socket_closes(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with events(world.url(session, "events"), guest.headers) as ben:
        await world.api.sessions.end(session.id, host.person)
        assert await ben.closed() == 4409
        assert ben.events[-1]["type"] == "session.ended"
        assert ben.state["session"]["status"] == "completed"
    async with events(world.url(session, "events"), guest.headers, hello=False) as late:
        assert await late.closed() == 4409
        assert late.events == []


async def test_who_is_removed_is_sent_away(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, "events")
    async with events(url, host.headers) as ada, events(url, guest.headers) as ben:
        await world.api.sessions.remove(session.id, guest.person.id, host.person)
        assert await ben.closed() == 4403
        assert ben.close_reason == "removed"
        await ada.until(lambda: [one["name"] for one in ada.state["people"]] == ["Ada"])
