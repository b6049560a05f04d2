"""What candidates do that is noted: three things, of candidates only, told to the staff and to themselves."""

import asyncio
import json
from typing import Any

import pytest

from interview_platform.activity.model import Copy
from interview_platform.activity.service import NOTING, ActivityService
from interview_platform.kit.errors import StorageUnavailable
from interview_platform.sessions.model import Role, Session
from interview_platform.timeline.model import Event, EventKind
from tests.room.events import EventClient, events
from tests.room.test_live_access import member_with
from tests.room.world import Somebody, World
from tests.room.yjs import eventually, yjs

PASTE = {"kind": "paste", "chars": 240, "lines": 9, "from": "outside", "path": "solution.py"}
AWAY = {"kind": "focus", "away": True, "ms": 0}
BACK = {"kind": "focus", "away": False, "ms": 61_000}
COPY = {"kind": "copy", "what": "statement", "chars": 80}
NOTED = {EventKind.PASTE, EventKind.FOCUS, EventKind.COPY}

Told = tuple[World, Session, Somebody, Somebody]


@pytest.fixture
async def party(world: World) -> Told:
    host = await world.somebody("Ada")
    session = await world.session(host)
    return world, session, host, await world.admit(session, "Ben")


def acts(client: EventClient) -> list[dict[str, Any]]:
    return [{**entry["act"]} for entry in client.state["activity"]]


async def log_of(world: World, session: Session) -> list[Event]:
    return await world.timeline.read(session.id)


async def test_the_staff_and_the_candidate_see_it_and_nobody_else(party: Told) -> None:
    world, session, host, ben = party
    olga = await world.admit(session, "Olga", Role.OBSERVER)
    carl = await world.admit(session, "Carl")
    url = world.url(session, "events")
    async with (
        events(url, host.headers) as staff,
        events(url, ben.headers) as own,
        events(url, olga.headers) as observer,
        events(url, carl.headers) as other,
    ):
        for act in (AWAY, BACK, PASTE, COPY):
            await own.send(type="activity", act=act)
        for client in (staff, own):
            await client.heard("activity", 4)
            assert acts(client) == [AWAY, BACK, PASTE, COPY]
            assert {entry["personId"] for entry in client.state["activity"]} == {ben.person.id}
        for client in (observer, other):
            await client.send(type="ping")
            await client.heard("pong")
            assert acts(client) == []
        for who, seen in ((host, 4), (ben, 4), (olga, 0), (carl, 0)):
            async with events(url, who.headers) as fresh:
                assert len(acts(fresh)) == seen
    async with events(url, host.headers) as later:  # nobody was there in between: from the log
        assert acts(later) == [AWAY, BACK, PASTE, COPY]


async def test_of_others_nothing_is_noted(party: Told) -> None:
    world, session, host, _ = party
    iris = await world.admit(session, "Iris", Role.INTERVIEWER)
    olga = await world.admit(session, "Olga", Role.OBSERVER)
    for who in (host, iris, olga):
        async with events(world.url(session, "events"), who.headers) as client:
            await client.send(type="activity", act=PASTE)
            assert (await client.heard("error"))["code"] == "forbidden"
    assert not [event for event in await log_of(world, session) if event.entry.kind in NOTED]


@pytest.mark.parametrize(
    "act",
    [
        {**PASTE, "text": "what they pasted"},
        {**PASTE, "from": "their phone"},
        {**PASTE, "chars": -1},
        {**PASTE, "chars": 10**12},
        {**PASTE, "path": "x" * 201},
        {**AWAY, "title": "another page"},
        {**BACK, "ms": 10**12},
        {"kind": "copy", "what": "code", "chars": 1},
        {"kind": "keys", "keys": "abc"},
        {"kind": "mouse", "x": 1, "y": 2},
        {},
        None,
        "paste",
    ],
)
async def test_more_than_that_is_refused_whole(party: Told, act: Any) -> None:
    world, session, _, ben = party
    async with events(world.url(session, "events"), ben.headers) as client:
        await client.send(type="activity", act=act)
        assert (await client.heard("error"))["code"] == "bad_frame"
    assert not [event for event in await log_of(world, session) if event.entry.kind in NOTED]


async def test_in_the_whole_log_is_nothing_else(party: Told) -> None:
    """A candidate does all they can in a room; then every entry of the log is read."""
    world, session, host, ben = party
    canary = "canary-text"
    async with (
        yjs(world.url(session), ben.headers) as document,
        events(world.url(session, "events"), ben.headers) as client,
        events(world.url(session, "events"), host.headers) as staff,
    ):
        document.text.insert(0, "typed")
        for act in (AWAY, BACK, PASTE, COPY, {**PASTE, "from": "room"}, {**COPY, "text": canary}):
            await client.send(type="activity", act=act, extra=canary)
        for typing in (True, False):
            await client.send(type="chat.typing", typing=typing)
        await client.send(type="call.join", audio=True, video=True, screen=False)
        await client.send(type="call.media", audio=False, video=False, screen=True)
        await client.send(type="call.leave")
        await client.send(type="selection", text=canary)
        message = await world.chat.post(session.id, ben.person, canary)
        await world.changes.react(session.id, ben.person, message.id, "👍", given=True)
        await world.changes.edit(session.id, ben.person, message.id, "other")
        await world.changes.delete(session.id, ben.person, message.id)
        await staff.heard("activity", 5)
        await eventually(lambda: document.read().startswith("typed"))
    await world.rooms.close()
    log = await log_of(world, session)
    keys = {
        EventKind.PASTE: {"chars", "lines", "from", "path"},
        EventKind.FOCUS: {"away", "ms"},
        EventKind.COPY: {"what", "chars"},
        EventKind.CHAT: {"messageId"},
        EventKind.CHAT_EDITED: {"messageId"},
        EventKind.CHAT_DELETED: {"messageId"},
        EventKind.JOINED: {"role"},
    }
    of_ben = [event.entry for event in log if event.entry.person == ben.person.id]
    assert {entry.kind for entry in of_ben} == {*keys, EventKind.DOCUMENT}
    for entry in of_ben:
        if entry.kind is not EventKind.DOCUMENT:
            assert json.loads(entry.payload).keys() == keys[entry.kind]
    assert canary.encode() not in b"".join(event.entry.payload for event in log)


async def test_only_so_much_a_minute(party: Told) -> None:
    world, session, _, ben = party
    async with events(world.url(session, "events"), ben.headers) as client:
        for _ in range(NOTING.count + 1):
            await client.send(type="activity", act=COPY)
        assert (await client.heard("error"))["code"] == "too_fast"
        await client.heard("activity", NOTING.count)


async def test_who_becomes_an_interviewer_sees_all_and_the_other_way_round(party: Told) -> None:
    world, session, host, ben = party
    carl = await world.admit(session, "Carl")
    url = world.url(session, "events")
    async with events(url, ben.headers) as one, events(url, carl.headers) as other, events(url, host.headers) as staff:
        await one.send(type="activity", act=PASTE)
        await other.send(type="activity", act=COPY)
        await staff.heard("activity", 2)
        await world.api.sessions.change(session.id, member_with(ben, role=Role.INTERVIEWER))
        await one.heard("activity.list")
        assert one.state["activity"] == staff.state["activity"]
        await one.send(type="activity", act=PASTE)
        assert (await one.heard("error"))["code"] == "forbidden"
        await world.api.sessions.change(session.id, member_with(ben, role=Role.CANDIDATE))
        await one.heard("activity.list", 2)
        assert acts(one) == [PASTE]


async def test_a_database_that_is_away_for_a_moment_loses_nothing(party: Told) -> None:
    world, session, host, ben = party
    url = world.url(session, "events")
    async with events(url, ben.headers) as client, events(url, host.headers) as staff:
        world.timeline.failure, world.timeline.failures = StorageUnavailable(), 3
        for act in (AWAY, BACK):
            await client.send(type="activity", act=act)
        await staff.heard("activity", 2)
        assert acts(staff) == [AWAY, BACK]
    kinds = [event.entry.kind for event in await log_of(world, session) if event.entry.kind in NOTED]
    assert kinds == [EventKind.FOCUS] * 2


async def test_what_is_heard_while_the_log_is_read_is_there_once(party: Told) -> None:
    world, session, host, ben = party
    url = world.url(session, "events")
    socket: Any = world.rooms.sockets._handlers["events"]
    read, reading, go_on = socket._noted, asyncio.Event(), asyncio.Event()

    async def slow(id: Any) -> Any:
        found = await read(id)
        reading.set()
        await go_on.wait()
        return found

    service = ActivityService(world.timeline, world.api.bus)
    access = await world.api.sessions.access(session.id, ben.person)
    socket._noted = slow
    async with asyncio.TaskGroup() as tasks:
        entering = tasks.create_task(_state(url, host))
        await reading.wait()
        service.note(access, ben.person, Copy("statement", 80))
        await service.close()
        go_on.set()
    assert [entry["act"] for entry in entering.result()["activity"]] == [COPY]


async def _state(url: str, who: Somebody) -> dict[str, Any]:
    async with events(url, who.headers) as client:
        return client.state
