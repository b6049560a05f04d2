import asyncio
from typing import Any

import pytest

from interview_platform.accounts.limits import AccountLimits
from interview_platform.kit.rate_limit import Limit
from interview_platform.sessions.limits import SessionLimits
from interview_platform.storage.database import Database
from tests.api import Api, assemble, on_both_databases

DAY_MS = 24 * 3600 * 1000


async def people(database: Database) -> int:
    return await database.read(lambda c: int(c.exec_driver_sql("SELECT count(*) FROM people").scalar_one()))


async def test_an_invite_is_a_link_with_a_role_and_an_end(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    answer = await ada.call("POST", f"/api/sessions/{session['id']}/invites", {"role": "observer"}, status=201)
    invite = answer["invite"]
    assert answer.keys() == {"invite"}
    assert invite.keys() == {"token", "url", "role", "expiresAt"}
    assert invite["url"] == f"http://interview.test/join/{invite['token']}"
    assert invite["role"] == "observer"
    assert invite["expiresAt"].endswith("Z")
    assert len(invite["token"]) >= 43


async def test_the_link_begins_with_the_public_address(database: Database) -> None:
    api = assemble(database, client_url="https://interviews.example.org")
    ada = await api.person("Ada")
    session = await ada.create()
    invite = (await ada.call("POST", f"/api/sessions/{session['id']}/invites", status=201))["invite"]
    assert invite["url"].startswith("https://interviews.example.org/join/")
    assert invite["role"] == "candidate"  # the one mostly wanted
    await api.close()


async def test_the_token_is_not_in_the_database(api: Api) -> None:
    ada = await api.person("Ada")
    token = await ada.invite(await ada.create())
    rows = await api.database.read(lambda c: repr(c.exec_driver_sql("SELECT * FROM invites").all()))
    assert token not in rows


async def test_who_may_invite(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create(capacity=4)
    path = f"/api/sessions/{session['id']}/invites"
    by = {role: await api.guest(await ada.invite(session, role)) for role in ("interviewer", "candidate", "observer")}
    by["stranger"] = await api.person("Eve")
    got = {who: (await browser.post(path, json={"role": "candidate"})).status_code for who, browser in by.items()}
    assert got == {"interviewer": 201, "candidate": 403, "observer": 403, "stranger": 403}
    got = {who: (await browser.delete(path)).status_code for who, browser in by.items()}
    assert got == {"interviewer": 204, "candidate": 403, "observer": 403, "stranger": 403}
    assert await api.browser().refused("POST", path) == (401, "unauthenticated")
    for role in ("host", "admin", None):
        assert await ada.refused("POST", path, {"role": role}) == (422, "invalid")
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert await ada.refused("POST", path) == (400, "session_completed")


async def test_the_preview_tells_what_one_is_invited_to(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create(visibility="private")
    token = await ada.invite(session)
    shown = {
        "problem": "Two Sum",
        "difficulty": "easy",
        "hostName": "Ada",
        "role": "candidate",
        "lobby": False,
        "aiPolicy": "unset",
        "aiNote": "",
        "sessionId": None,
    }
    assert await api.browser().call("GET", f"/api/invites/{token}") == shown
    assert await bob.call("GET", f"/api/invites/{token}") == shown
    assert (await ada.call("GET", f"/api/invites/{token}"))["sessionId"] == session["id"]
    await bob.call("POST", f"/api/invites/{token}/accept")
    assert (await bob.call("GET", f"/api/invites/{token}"))["sessionId"] == session["id"]
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert (await bob.call("GET", f"/api/invites/{token}"))["sessionId"] == session["id"]  # leads to the record
    assert await api.browser().refused("GET", f"/api/invites/{token}") == (400, "session_completed")


async def test_a_guest_comes_in_by_name(api: Api) -> None:
    ada, browser = await api.person("Ada"), api.browser()
    session = await ada.create(visibility="private")
    token = await ada.invite(session)
    answer = await browser.post(f"/api/invites/{token}/accept", json={"name": " Grace  Hopper "})
    accepted = answer.json()
    assert accepted.keys() == {"session", "role"}
    assert (answer.status_code, accepted["role"]) == (200, "candidate")
    assert accepted["session"]["participant"]["name"] == "Grace Hopper"
    for flag in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in answer.headers["set-cookie"]
    me = (await browser.call("GET", "/api/auth/me"))["user"]
    assert (me["name"], me["guest"], me["email"]) == ("Grace Hopper", True, None)
    assert me["id"] == accepted["session"]["participant"]["id"]
    assert (await browser.call("GET", f"/api/sessions/{session['id']}"))["session"] == accepted["session"]
    # The link again, in the same browser: the same guest, whatever name is typed.
    again = await browser.call("POST", f"/api/invites/{token}/accept", {"name": "Somebody Else"})
    assert again == accepted


@pytest.mark.parametrize("body", [None, {}, {"name": None}, {"name": ""}, {"name": "x" * 81}, {"name": "a\x00b"}])
async def test_a_guest_needs_a_name(api: Api, body: dict[str, Any] | None) -> None:
    ada = await api.person("Ada")
    token = await ada.invite(await ada.create())
    before = await people(api.database)
    assert await api.browser().refused("POST", f"/api/invites/{token}/accept", body) == (422, "invalid_name")
    assert await people(api.database) == before


async def test_who_is_signed_in_comes_in_as_themselves(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    answer = await bob.post(f"/api/invites/{await ada.invite(session, 'observer')}/accept", json={"name": "Eve"})
    assert answer.json()["role"] == "observer"
    assert answer.json()["session"]["participants"] == [
        {"id": bob.me["id"], "name": "Bob", "profileImage": None, "role": "observer"}
    ]
    assert answer.json()["session"]["participant"] is None
    assert "set-cookie" not in answer.headers


async def test_a_guest_goes_on_to_another_session_as_themselves(api: Api) -> None:
    ada = await api.person("Ada")
    first, second = await ada.create(), await ada.create()
    guest = await api.guest(await ada.invite(first))
    accepted = await guest.call("POST", f"/api/invites/{await ada.invite(second)}/accept", {"name": "New Name"})
    assert (accepted["session"]["participant"]["id"], accepted["session"]["participant"]["name"]) == (
        guest.me["id"],
        "Grace",
    )


async def test_who_is_in_keeps_their_role(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    assert (await ada.call("POST", f"/api/invites/{await ada.invite(session)}/accept"))["role"] == "host"
    await bob.call("POST", f"/api/sessions/{session['id']}/join")
    accepted = await bob.call("POST", f"/api/invites/{await ada.invite(session, 'interviewer')}/accept")
    assert accepted["role"] == "candidate"


@on_both_databases
async def test_an_invite_is_refused_alike_when_revoked_old_or_unknown(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    revoked = await ada.invite(session)
    await ada.call("DELETE", f"/api/sessions/{session['id']}/invites", status=204)
    old = await ada.invite(session)
    api.clock.ahead_ms = 7 * DAY_MS - 60_000
    await api.browser().call("GET", f"/api/invites/{old}")
    api.clock.ahead_ms = 7 * DAY_MS + 60_000
    said = set()
    for token in (revoked, old, "unknown", "%00", "x" * 5000):
        for method, path in (("GET", ""), ("POST", "/accept")):
            answer = await api.browser().request(method, f"/api/invites/{token}{path}", json={"name": "Eve"})
            assert (answer.status_code, answer.json()["code"]) == (404, "invite_not_found")
            said.add(answer.text)
    assert len(said) == 1


async def test_one_link_is_revoked_and_the_others_work(api: Api) -> None:
    ada, eve = await api.person("Ada"), await api.person("Eve")
    session, other = await ada.create(), await ada.create()
    one, second = await ada.invite(session), await ada.invite(session)
    path = f"/api/sessions/{session['id']}/invites/{one}"
    assert (await eve.refused("DELETE", path))[0] == 403
    elsewhere = f"/api/sessions/{other['id']}/invites/{one}"
    assert await ada.refused("DELETE", elsewhere) == (404, "invite_not_found")
    await ada.call("DELETE", path, status=204)
    assert await ada.refused("DELETE", path) == (404, "invite_not_found")
    assert await api.browser().refused("GET", f"/api/invites/{one}") == (404, "invite_not_found")
    await api.guest(second)


async def test_revoking_leaves_who_is_in_and_other_sessions_alone(api: Api) -> None:
    ada = await api.person("Ada")
    session, other = await ada.create(), await ada.create()
    token, of_other = await ada.invite(session), await ada.invite(other)
    guest = await api.guest(token)
    await ada.call("DELETE", f"/api/sessions/{session['id']}/invites", status=204)
    await guest.call("GET", f"/api/sessions/{session['id']}/messages")
    await api.guest(of_other)


@on_both_databases
async def test_a_full_or_ended_session_leaves_no_guest_behind(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    token = await ada.invite(session)
    await api.guest(token)
    before = await people(api.database)
    late = api.browser()
    accept = f"/api/invites/{token}/accept"
    assert await late.refused("POST", accept, {"name": "Late"}) == (409, "session_full")
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert await late.refused("POST", accept, {"name": "Late"}) == (400, "session_completed")
    assert await ada.refused("POST", accept) == (400, "session_completed")
    assert await people(api.database) == before
    assert not late.cookies


@on_both_databases
async def test_of_eight_guests_who_race_for_the_last_seat_one_gets_it(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    token = await ada.invite(session)
    before = await people(api.database)
    racers = [api.browser() for _ in range(8)]
    answers = await asyncio.gather(
        *(
            racer.post(f"/api/invites/{token}/accept", json={"name": f"Guest {number}"})
            for number, racer in enumerate(racers)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert [("interview_session" in r.cookies) for r in racers] == [a.status_code == 200 for a in answers]
    assert await people(api.database) == before + 1
    winner = next(answer.json() for answer in answers if answer.status_code == 200)
    seen = (await ada.call("GET", f"/api/sessions/{session['id']}"))["session"]
    assert seen["participants"] == winner["session"]["participants"]


async def test_an_erased_hosts_link_is_dead(api: Api) -> None:
    ada = await api.person("Ada")
    token = await ada.invite(await ada.create())
    await ada.call("DELETE", "/api/auth/me", {"password": "correct horse battery"}, status=204)
    assert await api.browser().refused("POST", f"/api/invites/{token}/accept", {"name": "X"}) == (
        404,
        "invite_not_found",
    )


async def test_guests_and_invites_are_limited(database: Database) -> None:
    api = assemble(
        database, account_limits=AccountLimits(guests=Limit(1, 60)), session_limits=SessionLimits(invite=Limit(2, 60))
    )
    ada = await api.person("Ada")
    session = await ada.create(capacity=4)
    token = await ada.invite(session)
    await ada.invite(session)
    assert await ada.refused("POST", f"/api/sessions/{session['id']}/invites") == (429, "too_fast")
    await api.guest(token)
    accept = f"/api/invites/{token}/accept"
    assert await api.browser().refused("POST", accept, {"name": "Second"}) == (429, "too_many_attempts")
    await api.browser(address="192.0.2.7").call("POST", accept, {"name": "Elsewhere"})
    await api.close()


async def test_a_foreign_page_cannot_accept(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    token = await ada.invite(await ada.create())
    answer = await bob.post(f"/api/invites/{token}/accept", headers={"origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
