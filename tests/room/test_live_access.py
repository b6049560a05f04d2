"""Who may do what changes while they are connected: by lock, by role, by being let in and sent back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from interview_platform.room.events_socket import EventsSocket
from interview_platform.sessions.model import Member, Role, Session
from interview_platform.sessions.settings import AiPolicy
from tests.room.events import EventClient, events
from tests.room.world import Somebody, World
from tests.room.yjs import YClient, eventually, refusal, yjs


def member_with(who: Somebody, **changes: Any) -> Callable[[Session], Session]:
    def changed(session: Session) -> Session:
        members: list[Member] = [replace(m, **changes) if m.person == who.person.id else m for m in session.members]
        return replace(session, members=tuple(members))

    return changed


def set_to(**settings: Any) -> Callable[[Session], Session]:
    def changed(session: Session) -> Session:
        values = {name: getattr(session.settings, name) for name in session.settings.__struct_fields__}
        return replace(session, settings=type(session.settings)(**values | settings))

    return changed


async def test_a_lock_denies_and_its_end_takes_what_was_typed_meanwhile(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with (
        yjs(world.url(session), host.headers) as ada,
        yjs(world.url(session, query="?acks=1"), guest.headers) as ben,
        events(world.url(session, "events"), guest.headers) as told,
    ):
        ben.text.insert(0, "before ")
        await eventually(lambda: ben.acked == 2)
        await world.api.sessions.change(session.id, set_to(locked=True))
        await told.heard("me")
        assert told.state["session"]["locked"] is True
        ben.text.insert(0, "meanwhile ")
        await eventually(lambda: ben.denied)
        ada.text.insert(0, "host ")
        await eventually(lambda: "host " in ben.read())
        assert "meanwhile" not in ada.read()
        assert ben.acked == 2
        await world.api.sessions.change(session.id, set_to(locked=False))
        await eventually(lambda: "meanwhile" in ada.read())
        await eventually(lambda: ben.acked == ben.sent == 4)
        ben.text.insert(0, "after ")
        await eventually(lambda: "after" in ada.read() and ben.acked == 5)
        assert ben.close_code is None
        assert ada.read() == ben.read()


async def test_a_role_that_changes_is_told_and_holds_at_once(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben", Role.INTERVIEWER)
    url = world.url(session, "events")
    async with (
        events(url, host.headers) as ada,
        events(url, guest.headers) as ben,
        yjs(world.url(session), guest.headers) as text,
    ):
        await ben.send(type="call.join", audio=True, video=True, screen=False)
        await ada.until(lambda: len(ada.state["peers"]) == 1)
        await world.api.sessions.change(session.id, member_with(guest, role=Role.OBSERVER))
        assert (await ben.heard("me"))["me"]["role"] == "observer"
        await ada.until(lambda: ada.state["peers"] == [])
        assert [one["role"] for one in ben.state["people"]] == ["host", "observer"]
        await ben.send(type="chat.typing", typing=True)
        assert (await ben.heard("error"))["code"] == "forbidden"
        text.text.insert(0, "no more ")
        await eventually(lambda: text.denied)
        await world.api.sessions.change(session.id, member_with(guest, role=Role.CANDIDATE))
        assert (await ben.heard("me", 2))["me"]["role"] == "candidate"
        await ben.send(type="chat.typing", typing=True)
        await ada.heard("chat.typing")
        assert ben.close_code is None


async def test_access_that_cannot_be_asked_closes(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with yjs(world.url(session), guest.headers) as ben:
        seats = world.rooms.seats._seats[session.id]

        async def away() -> Any:
            raise OSError("away")

        for seat in seats:
            seat._ask = away
        await world.api.sessions.change(session.id, set_to(locked=True))
        assert await ben.closed() == 1011


async def waits(client: EventClient, reason: str) -> None:
    assert (await client.heard("waiting"))["reason"] == reason


async def test_who_waits_is_told_nothing_until_they_are_let_in(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest, other = await world.admit(session, "Ben"), await world.admit(session, "Oz", Role.OBSERVER)
    await world.api.sessions.change(session.id, member_with(guest, waiting=True))
    await world.api.sessions.change(session.id, set_to(ai_policy=AiPolicy.ASK, ai_note="Tell us."))
    url = world.url(session, "events")
    assert await refusal(world.url(session), guest.headers) == (403, "not_admitted")
    async with (
        events(url, host.headers) as ada,
        events(url, other.headers) as oz,
        events(url, guest.headers, hello=False) as ben,
    ):
        await waits(ben, "lobby")
        assert {key: ben.events[0][key] for key in ("hostName", "aiPolicy", "aiNote")} == {
            "hostName": "Ada",
            "aiPolicy": "ask",
            "aiNote": "Tell us.",
        }
        await ada.until(
            lambda: [one["waiting"] for one in ada.state["people"] if one["online"]] == [False, True, False]
        )
        assert [one["name"] for one in oz.state["people"]] == ["Ada", "Oz"]
        await world.chat.post(session.id, host.person, "about Ben")
        await ada.heard("chat.message")
        await ben.send(type="chat.typing", typing=True)
        assert (await ben.heard("error"))["code"] == "not_admitted"
        assert {event["type"] for event in ben.events} == {"waiting", "error"}
        await world.api.sessions.change(session.id, member_with(guest, waiting=False))
        hello = await ben.heard("hello")
        assert [message["text"] for message in hello["state"]["messages"]] == ["about Ben"]
        await oz.until(lambda: oz.online() == {"Ada", "Oz", "Ben"})
        await world.chat.post(session.id, host.person, "welcome")
        await ben.heard("chat.message")
        async with yjs(world.url(session), guest.headers) as text:
            await world.api.sessions.change(session.id, member_with(guest, waiting=True))
            assert [await text.closed(), await ben.closed()] == [1012, 1012]
            assert ben.close_reason == "sent_back"


async def test_who_waits_is_told_again_when_the_reason_is_another(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    await world.api.sessions.change(session.id, member_with(guest, waiting=True))
    await world.api.sessions.change(session.id, lambda s: replace(s, started_at=None))
    async with events(world.url(session, "events"), guest.headers, hello=False) as ben:
        await waits(ben, "lobby")
        await world.api.sessions.change(session.id, member_with(guest, waiting=False))
        assert (await ben.heard("waiting", 2))["reason"] == "preparing"
        await world.api.sessions.change(session.id, set_to(ai_policy=AiPolicy.FORBIDDEN))
        assert (await ben.heard("waiting", 3))["aiPolicy"] == "forbidden"
        await world.api.sessions.change(session.id, lambda s: replace(s, started_at=5))
        await ben.heard("hello")


async def test_what_is_prepared_is_seen_by_those_who_interview_only(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest, staff = await world.admit(session, "Ben"), await world.admit(session, "Cleo", Role.INTERVIEWER)
    await world.api.sessions.change(session.id, lambda s: replace(s, started_at=None))
    url = world.url(session, "events")
    async with (
        events(url, staff.headers) as cleo,
        events(url, guest.headers, hello=False) as ben,
        yjs(world.url(session), staff.headers, YClient()) as text,
    ):
        await waits(ben, "preparing")
        text.text.insert(0, "prepared ")
        assert cleo.state["session"]["problem"] == "Two Sum"
        await world.api.sessions.change(session.id, lambda s: replace(s, capacity=3))
        await cleo.until(lambda: cleo.state["session"]["capacity"] == 3)
        await world.api.sessions.change(session.id, lambda s: replace(s, started_at=5))
        assert (await ben.heard("hello"))["state"]["session"]["problem"] == "Two Sum"
        assert "Two Sum" not in str(ben.events[:-1])


async def test_a_change_while_a_socket_is_opened_is_not_missed(world: World) -> None:
    """The role changes between the answer at the door and the hello."""
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben", Role.INTERVIEWER)
    socket = world.rooms.sockets._handlers["events"]
    assert isinstance(socket, EventsSocket)
    real = socket._messages

    async def slow(id: Any) -> Any:
        socket._messages = real
        await world.api.sessions.change(session.id, member_with(guest, role=Role.OBSERVER))
        return await real(id)

    socket._messages = slow
    async with events(world.url(session, "events"), guest.headers) as ben:
        await ben.send(type="chat.typing", typing=True)
        assert (await ben.heard("error"))["code"] == "forbidden"
        assert [one["role"] for one in ben.state["people"]] == ["host", "observer"]


async def test_who_comes_while_the_call_is_recorded_is_told(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    url = world.url(session, "events")
    async with events(url, host.headers) as ada:
        assert ada.state["recording"] is False
    await world.recordings.started(session, "one")
    async with events(url, host.headers) as ada:  # nobody was here to hear of it
        assert ada.state["recording"] is True
        await world.recordings.ended(session, "one")
        await ada.until(lambda: ada.state["recording"] is False)
        await world.recordings.started(session, "two")
        await ada.until(lambda: ada.state["recording"])
        async with events(url, host.headers) as again:
            assert again.state == ada.state


async def test_who_has_not_come_is_away_only_while_others_are_there(world: World) -> None:
    """By this clock an interviewer may take over: with nobody there to tell, nobody is away."""
    host = await world.somebody("Ada")
    session = await world.session(host)
    other = await world.admit(session, "Iris", Role.INTERVIEWER)
    seats = world.rooms.seats
    assert seats.away(session.id, host.person.id) == 0.0
    async with events(world.url(session, "events"), other.headers):
        before = seats.away(session.id, host.person.id)
        assert seats.away(session.id, host.person.id) >= before > 0.0
        async with events(world.url(session, "events"), host.headers):
            assert seats.away(session.id, host.person.id) == 0.0
        await eventually(lambda: seats.away(session.id, host.person.id) > 0.0)
        assert seats.away(session.id, other.person.id) == 0.0
    await eventually(lambda: seats.away(session.id, host.person.id) == 0.0)
