"""What the room is told: enough to know the session without asking again."""

import asyncio
import random
from contextlib import suppress
from typing import Any

import pytest

from interview_platform.sessions.model import Session
from interview_platform.storage.sessions import SqlSessionStore
from tests.api import PASSWORD, Api, on_both_databases


def told(heard: list[dict[str, Any]]) -> list[str]:
    return [event["type"] if "type" in event else f"{event['reason']} {event['person']}" for event in heard]


async def test_the_room_hears_of_coming_going_and_the_end(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    path = f"/api/sessions/{session['id']}"
    heard = api.heard(session)
    await bob.call("POST", f"{path}/join")
    await bob.call("POST", f"{path}/join")  # changes nothing: tells nothing
    await bob.call("POST", f"{path}/leave")
    await bob.call("POST", f"{path}/join")
    await ada.call("DELETE", f"{path}/members/{bob.me['id']}")
    guest = await api.guest(await ada.invite(session))
    await ada.call("POST", f"{path}/end")
    assert told(heard) == [
        "session.changed",
        "session.changed",
        f"left {bob.me['id']}",
        "session.changed",
        "session.changed",
        f"removed {bob.me['id']}",
        "session.changed",
        "session.ended",
        "ended None",
    ]
    assert heard[-3]["session"]["participant"]["id"] == guest.me["id"]
    assert heard[-2]["session"]["status"] == "completed"


async def test_refusals_tell_nothing(api: Api) -> None:
    ada, bob, eve = await api.person("Ada"), await api.person("Bob"), await api.person("Eve")
    session = await ada.create()
    path = f"/api/sessions/{session['id']}"
    await bob.call("POST", f"{path}/join")
    heard = api.heard(session)
    await eve.refused("POST", f"{path}/join")
    await ada.refused("POST", f"{path}/join")
    await bob.refused("POST", f"{path}/end")
    await eve.refused("POST", f"{path}/leave")
    await bob.refused("DELETE", f"{path}/members/{bob.me['id']}")
    assert heard == []


@on_both_databases
@pytest.mark.parametrize("seed", range(4))
async def test_the_last_thing_heard_is_what_one_would_fetch(api: Api, seed: int) -> None:
    """The live feature's property: applying the events I was sent gives the state I would fetch now."""
    chance = random.Random(seed)
    host = await api.person("Host")
    others = [await api.person(f"P{number}") for number in range(4)]
    session = await host.create(capacity=3)
    path = f"/api/sessions/{session['id']}"
    heard = api.heard(session)
    for _ in range(6):
        await asyncio.gather(
            *(other.post(f"{path}/{chance.choice(['join', 'join', 'leave'])}") for other in others),
            *(host.delete(f"{path}/members/{o.me['id']}") for o in others if chance.random() < 0.05),
        )
        fetched = (await host.call("GET", path))["session"]
        applied = [event["session"] for event in heard if "session" in event]
        assert (applied[-1] if applied else session) == fetched
        assert all(len(state["participants"]) <= 2 for state in applied)
    await host.call("POST", f"{path}/end")
    assert heard[-2]["session"] == (await host.call("GET", path))["session"]


async def test_the_end_waits_for_the_room_to_settle_and_then_closes_it(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    heard = api.heard(session)
    settled: list[tuple[str, bool, list[str]]] = []

    async def settle(ended: Session) -> None:
        await asyncio.sleep(0)
        settled.append((ended.id, ended.active, told(heard)))

    api.sessions.on_ended.append(settle)
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert settled == [(session["id"], False, ["session.ended"])]
    assert told(heard) == ["session.ended", "ended None"]


async def test_a_room_that_cannot_settle_does_not_stop_the_end(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interview_platform.sessions.service.END_SECONDS", 0.01)
    ada = await api.person("Ada")
    after: list[str] = []

    async def fails(_: Session) -> None:
        raise OSError("disk full")

    async def hangs(_: Session) -> None:
        await asyncio.Event().wait()

    async def settles(ended: Session) -> None:
        after.append(ended.id)

    api.sessions.on_ended += [fails, hangs, settles]
    session = await ada.create()
    heard = api.heard(session)
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert after == [session["id"]]
    assert told(heard) == ["session.ended", "ended None"]


async def test_signing_a_browser_out_makes_the_rooms_ask_again(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    active, ended = await ada.create(), await ada.create()
    await ada.call("POST", f"/api/sessions/{ended['id']}/end")
    heard, nothing = api.heard(active), api.heard(ended)
    token = await ada.call("POST", "/api/auth/tokens", {"label": "x"}, status=201)
    await bob.call("POST", "/api/auth/logout", status=204)
    assert heard == []
    await ada.call("DELETE", f"/api/auth/tokens/{token['id']}", status=204)
    await ada.call("PATCH", "/api/auth/me", {"password": "a new password", "currentPassword": PASSWORD})
    await ada.call("POST", "/api/auth/logout", status=204)
    assert told(heard) == [f"signed_out {ada.me['id']}"] * 3
    assert nothing == []


async def test_an_answer_that_comes_late_does_not_turn_the_order_round(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL may answer the first of two changes last: the room must not be left with the older state."""
    ada, bob, cid = await api.person("Ada"), await api.person("Bob"), await api.person("Cid")
    session = await ada.create(capacity=3)
    heard = api.heard(session)
    change, second_is_stored = SqlSessionStore.change, asyncio.Event()
    calls = 0

    async def late(*given: Any, **more: Any) -> Session:
        nonlocal calls
        calls += 1
        if calls == 2:
            after = await change(*given, **more)
            second_is_stored.set()
            return after
        after = await change(*given, **more)
        with suppress(TimeoutError):  # when the second waits for its turn, it is never stored before
            await asyncio.wait_for(second_is_stored.wait(), 0.3)
        return after

    monkeypatch.setattr(SqlSessionStore, "change", late)
    await asyncio.gather(*(browser.post(f"/api/sessions/{session['id']}/join") for browser in (bob, cid)))
    assert [len(event["session"]["participants"]) for event in heard] == [1, 2]
