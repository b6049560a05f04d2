"""Those who lead a session: start, roles, lobby, host, settings, and the links that people come by."""

import asyncio
import json
from typing import Any

import pytest

from tests.api import Api, Browser, on_both_databases

DAY_MS = 24 * 3600 * 1000


async def log(api: Api, session: dict[str, Any]) -> list[tuple[str, str | None, Any]]:
    rows = await api.database.read(
        lambda c: c.exec_driver_sql(
            f"SELECT kind, person_id, payload FROM timeline WHERE session_id = '{session['id']}' ORDER BY seq"
        ).all()
    )
    return [(kind, person, json.loads(payload) if payload else None) for kind, person, payload in rows]


async def seen(browser: Browser, session: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = (await browser.call("GET", f"/api/sessions/{session['id']}"))["session"]
    return answer


def path(session: dict[str, Any], *more: str) -> str:
    return "/".join((f"/api/sessions/{session['id']}", *more))


async def test_what_is_prepared_is_seen_by_nobody_else_before_the_start(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(visibility="private", prepare=True, aiPolicy="ask", aiNote=" Say so.\x00 ")
    assert (session["startedAt"], session["problem"], session["aiNote"]) == (None, "Two Sum", "Say so.")
    token = await ada.invite(session)
    preview = await api.browser().call("GET", f"/api/invites/{token}")
    assert (preview["problem"], preview["aiPolicy"], preview["aiNote"]) == ("", "ask", "Say so.")
    grace = await api.guest(token)
    for answer in (await seen(grace, session), (await grace.call("GET", "/api/sessions/my-sessions?status=active"))):
        assert "two-sum" not in json.dumps(answer).lower().replace(" ", "-")
    assert await grace.refused("GET", path(session, "messages")) == (403, "not_admitted")
    assert await grace.refused("POST", path(session, "start")) == (403, "not_admitted")
    assert (await ada.call("POST", path(session, "start")))["session"]["startedAt"] is not None
    assert (await seen(grace, session))["problemSlug"] == "two-sum"
    await grace.call("GET", path(session, "messages"))
    assert await ada.refused("POST", path(session, "start")) == (400, "already_started")
    assert (await log(api, session))[-1] == ("started", ada.me["id"], None)


async def test_who_comes_waits_until_somebody_lets_them_in(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(lobby=True)
    token = await ada.invite(session)
    assert (await api.browser().call("GET", f"/api/invites/{token}"))["lobby"] is True
    first, second = await api.guest(token, "First"), await api.guest(token, "Second")  # waiting takes no seat
    assert (await seen(ada, session))["waiting"] == [first.me["id"], second.me["id"]]
    assert (await seen(first, session))["participants"] == []
    assert await first.refused("GET", path(session, "messages")) == (403, "not_admitted")
    heard = api.heard(session)
    await ada.call("PATCH", path(session, "members", first.me["id"]), {"admitted": True})
    assert {"topic": "access", "person": first.me["id"], "reason": "changed"} in heard
    await first.call("GET", path(session, "messages"))
    admit_second = ("PATCH", path(session, "members", second.me["id"]), {"admitted": True})
    assert await ada.refused(*admit_second) == (409, "session_full")
    await ada.call("PATCH", path(session, "members", first.me["id"]), {"admitted": False})
    assert {"topic": "access", "person": first.me["id"], "reason": "sent_back"} in heard
    assert await first.refused("GET", path(session, "messages")) == (403, "not_admitted")
    await ada.call(*admit_second)
    by = {"by": ada.me["id"]}
    assert (await log(api, session))[-5:] == [
        ("joined", first.me["id"], {"role": "candidate", "waiting": True}),
        ("joined", second.me["id"], {"role": "candidate", "waiting": True}),
        ("admitted", first.me["id"], by),
        ("sent_back", first.me["id"], by),
        ("admitted", second.me["id"], by),
    ]


async def test_the_lobby_holds_so_many_and_joining_an_open_session_waits_too(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create(lobby=True)
    await bob.call("POST", path(session, "join"))
    assert await bob.refused("GET", path(session, "record")) == (404, "not_found")  # no such route here
    assert await bob.refused("GET", path(session, "messages")) == (403, "not_admitted")
    token = await ada.invite(session)
    for number in range(19):
        await api.guest(token, f"Guest {number}")
    accept = f"/api/invites/{token}/accept"
    assert await api.browser().refused("POST", accept, {"name": "Late"}) == (409, "session_full")
    await ada.call("PATCH", path(session), {"lobby": False})
    assert len((await seen(ada, session))["waiting"]) == 20  # who waits is let in by hand, not by a switch


async def test_a_role_is_changed_by_the_host_only(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(capacity=3)
    iris = await api.guest(await ada.invite(session, "interviewer"), "Iris")
    grace = await api.guest(await ada.invite(session), "Grace")
    oz = await api.guest(await ada.invite(session, "observer"), "Oz")
    grace_is = path(session, "members", grace.me["id"])
    assert await iris.refused("PATCH", grace_is, {"role": "observer"}) == (403, "not_host")
    assert await grace.refused("PATCH", grace_is, {"role": "interviewer"}) == (403, "not_host")
    assert await ada.refused("PATCH", path(session, "members", oz.me["id"]), {"role": "candidate"}) == (
        409,
        "session_full",
    )
    for body in ({"role": "host"}, {"role": "king"}, {}, {"role": None}, {"admitted": "perhaps"}):
        assert (await ada.refused("PATCH", grace_is, body))[0] == 422
    assert await ada.refused("PATCH", path(session, "members", ada.me["id"]), {"role": "observer"}) == (400, "is_host")
    assert await ada.refused("PATCH", path(session, "members", "nobody"), {"role": "observer"}) == (404, "not_found")
    await ada.call("PATCH", grace_is, {"role": "observer"})
    assert await grace.refused("POST", path(session, "messages"), {"text": "hi"}) == (403, "forbidden")
    await ada.call("PATCH", path(session, "members", oz.me["id"]), {"role": "candidate"})  # the seat is free now
    assert (await log(api, session))[-2] == ("role", grace.me["id"], {"role": "observer", "by": ada.me["id"]})
    assert await iris.refused("PATCH", path(session, "members", ada.me["id"]), {"admitted": False}) == (400, "is_host")
    await iris.call("PATCH", path(session, "members", oz.me["id"]), {"admitted": False})


async def test_who_interviews_is_sent_back_by_the_host_only(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(capacity=4)
    token = await ada.invite(session, "interviewer")
    iris, ivo = await api.guest(token, "Iris"), await api.guest(token, "Ivo")
    ivo_is = path(session, "members", ivo.me["id"])
    assert await iris.refused("PATCH", ivo_is, {"admitted": False}) == (403, "not_host")
    await ada.call("PATCH", ivo_is, {"admitted": False})
    assert await ivo.refused("POST", path(session, "invites")) == (403, "not_admitted")
    await iris.call("PATCH", ivo_is, {"admitted": True})


async def test_a_session_is_handed_over_and_its_host_may_leave(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(capacity=3)
    iris = await api.guest(await ada.invite(session, "interviewer"), "Iris")
    grace = await api.guest(await ada.invite(session), "Grace")
    host = path(session, "host")
    assert await ada.refused("POST", path(session, "leave")) == (400, "host_cannot_leave")
    for who in (grace.me["id"], ada.me["id"], "nobody"):
        assert await ada.refused("POST", host, {"personId": who}) == (409, "not_interviewer")
    assert await iris.refused("POST", host, {"personId": iris.me["id"]}) == (403, "host_is_here")
    assert await iris.refused("POST", host, {"personId": grace.me["id"]}) == (403, "not_host")
    assert await grace.refused("POST", host, {"personId": iris.me["id"]}) == (403, "not_host")
    after = (await ada.call("POST", host, {"personId": iris.me["id"]}))["session"]
    assert after["host"]["id"] == iris.me["id"]
    assert [(one["name"], one["role"]) for one in after["participants"]] == [
        ("Ada", "interviewer"),
        ("Grace", "candidate"),
    ]
    assert await ada.refused("POST", path(session, "end")) == (403, "not_host")
    await ada.call("POST", path(session, "leave"))
    assert (await log(api, session))[-2:] == [
        ("host", iris.me["id"], {"from": ada.me["id"]}),
        ("left", ada.me["id"], None),
    ]
    await iris.call("POST", path(session, "end"))
    mine = (await ada.call("GET", "/api/sessions/my-sessions"))["sessions"]
    assert [one["id"] for one in mine] == [session["id"]]


async def test_settings_are_set_by_the_servers_clock_and_what_is_left_out_stays(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    grace = await api.guest(await ada.invite(session))

    async def set_to(**body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (await ada.call("PATCH", path(session), body))["session"]
        return answer

    assert await grace.refused("PATCH", path(session), {"locked": False}) == (403, "forbidden")
    assert (await set_to(locked=True, aiPolicy="forbidden"))["locked"] is True
    after = await set_to(timer={"running": True, "remainingMs": 60_000}, replayFor="everyone")
    assert (after["locked"], after["aiPolicy"], after["replayFor"]) == (True, "forbidden", "everyone")
    assert after["timer"]["running"] is True
    api.clock.ahead_ms += 20_000
    held = (await set_to(timer={"running": False}))["timer"]
    assert held["endsAt"] is None
    assert 30_000 < held["remainingMs"] <= 40_000
    api.clock.ahead_ms += 20_000
    assert (await set_to(timer={"running": True}))["timer"]["remainingMs"] == held["remainingMs"]
    assert (await set_to(timer=None))["timer"] is None
    assert (await set_to(quietMinutes=5))["quietUntil"] is not None
    assert (await set_to(quietMinutes=None, locked=None))["quietUntil"] is None
    assert (await seen(grace, session))["locked"] is True
    before = await log(api, session)
    await set_to()
    await set_to(locked=True)
    assert await log(api, session) == before  # nothing has changed, nothing is told
    assert before[1] == ("settings", ada.me["id"], {"locked": True, "aiPolicy": "forbidden"})


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"timer": {"running": True}}, 422, "invalid"),
        ({"timer": {"running": True, "remainingMs": -1}}, 422, "invalid"),
        ({"timer": {"running": True, "remainingMs": 10**12}}, 422, "invalid"),
        ({"quietMinutes": 10_000}, 422, "invalid"),
        ({"aiPolicy": "maybe"}, 422, "invalid"),
        ({"aiNote": "x" * 501}, 422, "invalid"),
        ({"capacity": 1}, 422, "invalid"),
        ({"capacity": 5}, 422, "invalid"),
        ({"capacity": 2}, 409, "seats_taken"),
    ],
)
async def test_settings_that_cannot_be(api: Api, body: dict[str, Any], status: int, code: str) -> None:
    ada = await api.person("Ada")
    session = await ada.create(capacity=3)
    token = await ada.invite(session)
    await api.guest(token, "One")
    await api.guest(token, "Two")
    assert await ada.refused("PATCH", path(session), body) == (status, code)
    assert await seen(ada, session) == await seen(ada, session) | {"locked": False, "timer": None, "capacity": 3}


async def test_links_are_listed_with_who_came_and_revoked_with_them(api: Api) -> None:
    ada = await api.person("Ada")
    session, other = await ada.create(capacity=4), await ada.create()
    token, staff = await ada.invite(session), await ada.invite(session, "interviewer")
    grace, iris, _ivo = await api.guest(token), await api.guest(staff, "Iris"), await api.guest(staff, "Ivo")
    listed = (await iris.call("GET", path(session, "invites")))["invites"]
    by_role = {one["role"]: one for one in listed}
    candidates = by_role["candidate"]
    assert candidates.keys() == {"id", "role", "createdAt", "expiresAt", "createdBy", "used", "people"}
    assert (candidates["createdBy"]["name"], candidates["used"]) == ("Ada", 1)
    assert [one["id"] for one in candidates["people"]] == [grace.me["id"]]
    assert token not in json.dumps(listed)
    assert await grace.refused("GET", path(session, "invites")) == (403, "forbidden")
    accept = f"/api/invites/{candidates['id']}/accept"
    assert await api.browser().refused("POST", accept, {"name": "X"}) == (
        404,
        "invite_not_found",
    )  # an id opens nothing
    elsewhere = path(other, "invites", candidates["id"])
    assert await ada.refused("DELETE", elsewhere) == (404, "invite_not_found")
    of_staff = path(session, "invites", by_role["interviewer"]["id"]) + "?people=true"
    assert await iris.refused("DELETE", of_staff) == (403, "not_host")
    heard = api.heard(session)
    await iris.call("DELETE", path(session, "invites", candidates["id"]) + "?people=true", status=204)
    assert {"topic": "access", "person": grace.me["id"], "reason": "removed"} in heard
    assert await grace.refused("GET", path(session, "messages")) == (403, "forbidden")
    assert await api.browser().refused("GET", f"/api/invites/{token}") == (404, "invite_not_found")
    assert (await log(api, session))[-1] == ("left", grace.me["id"], {"by": iris.me["id"]})
    assert [one["role"] for one in (await ada.call("GET", path(session, "invites")))["invites"]] == ["interviewer"]
    await ada.call("DELETE", of_staff, status=204)
    assert (await seen(ada, session))["participants"] == []


async def test_a_link_ends_when_it_was_said_to(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    invites = path(session, "invites")
    for hours in (0, 721, -1, "soon"):
        assert await ada.refused("POST", invites, {"expiresInHours": hours}) == (422, "invalid")
    token = (await ada.call("POST", invites, {"expiresInHours": 1}, status=201))["invite"]["token"]
    await ada.call("POST", invites, {"expiresInHours": 720}, status=201)
    api.clock.ahead_ms = 3_700_000
    assert await api.browser().refused("GET", f"/api/invites/{token}") == (404, "invite_not_found")
    assert len((await ada.call("GET", invites))["invites"]) == 1
    api.clock.ahead_ms = 29 * DAY_MS
    assert len((await ada.call("GET", invites))["invites"]) == 1


@on_both_databases
async def test_who_accepts_a_link_while_it_is_revoked_with_its_people_is_out_either_way(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(capacity=4, visibility="private")
    for _ in range(5):
        token = await ada.invite(session, "observer")
        racer = api.browser()
        revoke = ada.delete(path(session, "invites", token) + "?people=true")
        accept = racer.post(f"/api/invites/{token}/accept", json={"name": "Racer"})
        await asyncio.gather(accept, revoke)
        assert (await seen(ada, session))["participants"] == []


@on_both_databases
async def test_of_two_who_are_let_in_at_once_one_gets_the_last_seat(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(lobby=True)
    token = await ada.invite(session)
    guests = [await api.guest(token, f"Guest {number}") for number in range(4)]
    answers = await asyncio.gather(
        *(ada.patch(path(session, "members", one.me["id"]), json={"admitted": True}) for one in guests)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_an_interviewer_takes_over_from_a_host_who_stays_away(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(capacity=4)
    iris = await api.guest(await ada.invite(session, "interviewer"), "Iris")
    ben = await api.guest(await ada.invite(session), "Ben")
    said = await iris.call("POST", path(session, "host"), {"personId": iris.me["id"]}, status=403)
    assert said["code"] == "host_is_here"
    api.away[ada.me["id"]] = 119.0
    await iris.call("POST", path(session, "host"), {"personId": iris.me["id"]}, status=403)
    api.away[ada.me["id"]] = 120.0
    await ben.call("POST", path(session, "host"), {"personId": ben.me["id"]}, status=403)
    await iris.call("POST", path(session, "host"), {"personId": ben.me["id"]}, status=403)
    taken = (await iris.call("POST", path(session, "host"), {"personId": iris.me["id"]}))["session"]
    assert taken["host"]["id"] == iris.me["id"]
    assert {one["id"]: one["role"] for one in taken["participants"]}[ada.me["id"]] == "interviewer"
    assert ("host", iris.me["id"], {"from": ada.me["id"]}) in await log(api, session)
    await iris.call("POST", path(session, "host"), {"personId": iris.me["id"]}, status=409)  # they are it
    await ada.call("POST", path(session, "end"), status=403)


@on_both_databases
async def test_of_two_handovers_at_once_one_holds(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(capacity=4)
    token = await ada.invite(session, "interviewer")
    heirs = [await api.guest(token, name) for name in ("Iris", "Ivo")]
    answers = await asyncio.gather(
        *(ada.post(path(session, "host"), json={"personId": heir.me["id"]}) for heir in heirs)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 403]
    after = await seen(ada, session)
    assert after["host"]["id"] in {heir.me["id"] for heir in heirs}
    assert len(after["participants"]) == 2


@on_both_databases
async def test_letting_in_and_the_end_at_once_agree_on_one_order(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(lobby=True)
    grace = await api.guest(await ada.invite(session))
    admitted, ended = await asyncio.gather(
        ada.patch(path(session, "members", grace.me["id"]), json={"admitted": True}), ada.post(path(session, "end"))
    )
    assert ended.status_code == 200
    kinds = [kind for kind, _, _ in await log(api, session)]
    if admitted.status_code == 200:
        assert kinds[-2:] == ["admitted", "ended"]
        await grace.call("GET", path(session, "messages"))
    else:
        assert (admitted.status_code, kinds[-1]) == (400, "ended")
        assert "admitted" not in kinds
        assert await grace.refused("GET", path(session, "messages")) == (403, "not_admitted")
