import asyncio

import pytest

from tests.api import Api, on_both_databases


async def test_joining_takes_the_candidates_seat(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    joined = (await bob.call("POST", f"/api/sessions/{session['id']}/join"))["session"]
    person = {"id": bob.me["id"], "name": "Bob", "profileImage": None, "role": "candidate"}
    assert (joined["participant"], joined["participants"]) == (person, [person])
    assert joined["updatedAt"] >= session["updatedAt"]
    assert (await bob.call("POST", f"/api/sessions/{session['id']}/join"))["session"] == joined  # twice is no error
    assert (await api.browser().call("GET", f"/api/sessions/{session['id']}"))["session"] == joined


async def test_every_refusal_of_joining(api: Api) -> None:
    ada, bob, eve = await api.person("Ada"), await api.person("Bob"), await api.person("Eve")
    session = await ada.create()
    join = f"/api/sessions/{session['id']}/join"
    assert await api.browser().refused("POST", join) == (401, "unauthenticated")
    assert await ada.refused("POST", join) == (400, "host_cannot_join")
    await bob.call("POST", join)
    assert await eve.refused("POST", join) == (409, "session_full")
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    for browser in (ada, bob, eve):
        assert await browser.refused("POST", join) == (400, "session_completed")


@on_both_databases
@pytest.mark.parametrize("capacity", [2, 3, 4])
async def test_eight_who_race_for_the_seats_get_exactly_those_there_are(api: Api, capacity: int) -> None:
    host = await api.person("Host")
    session = await host.create(capacity=capacity)
    racers = [await api.person(f"Racer {number}") for number in range(8)]
    answers = await asyncio.gather(*(racer.post(f"/api/sessions/{session['id']}/join") for racer in racers))
    got = sorted(answer.status_code for answer in answers)
    assert got == [200] * (capacity - 1) + [409] * (9 - capacity)
    after = (await host.call("GET", f"/api/sessions/{session['id']}"))["session"]
    winners = {r.me["id"] for r, answer in zip(racers, answers, strict=True) if answer.status_code == 200}
    assert {p["id"] for p in after["participants"]} == winners


@on_both_databases
async def test_joining_and_ending_at_once_leave_a_whole_session(api: Api) -> None:
    host, bob = await api.person("Host"), await api.person("Bob")
    for _ in range(10):
        session = await host.create()
        path = f"/api/sessions/{session['id']}"
        joined, ended = await asyncio.gather(bob.post(f"{path}/join"), host.post(f"{path}/end"))
        assert ended.status_code == 200
        after = (await host.call("GET", path))["session"]
        assert after["status"] == "completed"
        assert joined.status_code == (200 if after["participants"] else 400)
        assert ended.json()["session"] == after


async def test_leaving_frees_the_seat(api: Api) -> None:
    ada, bob, eve = await api.person("Ada"), await api.person("Bob"), await api.person("Eve")
    session = await ada.create()
    path = f"/api/sessions/{session['id']}"
    await bob.call("POST", f"{path}/join")
    left = (await bob.call("POST", f"{path}/leave"))["session"]
    assert (left["participant"], left["participants"]) == (None, [])
    assert (await bob.call("POST", f"{path}/leave"))["session"] == left  # twice is no error
    assert await bob.refused("GET", f"{path}/messages") == (403, "forbidden")
    await eve.call("POST", f"{path}/join")
    assert await bob.refused("POST", f"{path}/join") == (409, "session_full")
    await eve.call("POST", f"{path}/leave")
    back = (await bob.call("POST", f"{path}/join"))["session"]
    assert back["participant"]["id"] == bob.me["id"]


async def test_every_refusal_of_leaving(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    leave = f"/api/sessions/{session['id']}/leave"
    assert await api.browser().refused("POST", leave) == (401, "unauthenticated")
    assert await ada.refused("POST", leave) == (400, "host_cannot_leave")
    assert await bob.refused("POST", leave) == (403, "not_member")
    await bob.call("POST", f"/api/sessions/{session['id']}/join")
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert await bob.refused("POST", leave) == (400, "session_completed")


async def test_who_left_an_interviewers_seat_comes_back_to_it(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    await bob.call("POST", f"/api/invites/{await ada.invite(session, 'interviewer')}/accept")
    await bob.call("POST", f"/api/sessions/{session['id']}/leave")
    back = (await bob.call("POST", f"/api/sessions/{session['id']}/join"))["session"]
    assert back["participants"][0]["role"] == "interviewer"


async def test_a_guest_is_only_where_they_were_invited(api: Api) -> None:
    ada = await api.person("Ada")
    invited, other = await ada.create(), await ada.create()
    guest = await api.guest(await ada.invite(invited))
    assert await guest.refused("POST", f"/api/sessions/{other['id']}/join") == (403, "account_needed")
    await guest.call("POST", f"/api/sessions/{invited['id']}/join")
    await guest.call("POST", f"/api/sessions/{invited['id']}/leave")
    await guest.call("POST", f"/api/sessions/{invited['id']}/join")


@on_both_databases
async def test_the_host_shows_somebody_out_and_they_stay_out(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    path = f"/api/sessions/{session['id']}"
    old = await ada.invite(session)
    await bob.call("POST", f"{path}/join")
    after = (await ada.call("DELETE", f"{path}/members/{bob.me['id']}"))["session"]
    assert after["participants"] == []
    assert await bob.refused("POST", f"{path}/join") == (403, "removed")
    assert await bob.refused("POST", f"/api/invites/{old}/accept") == (403, "removed")
    assert await ada.refused("DELETE", f"{path}/members/{bob.me['id']}") == (404, "not_found")
    await bob.call("POST", f"/api/invites/{await ada.invite(session)}/accept")  # the host thought again
    await ada.call("DELETE", f"{path}/members/{bob.me['id']}")
    await ada.call("POST", f"{path}/end")
    assert await bob.refused("GET", f"{path}/messages") == (403, "forbidden")
    assert (await bob.call("GET", "/api/sessions/my-sessions"))["sessions"] == []


async def test_every_refusal_of_showing_out(api: Api) -> None:
    ada, bob, eve = await api.person("Ada"), await api.person("Bob"), await api.person("Eve")
    session = await ada.create(capacity=3)
    path = f"/api/sessions/{session['id']}"
    await bob.call("POST", f"/api/invites/{await ada.invite(session, 'interviewer')}/accept")
    await eve.call("POST", f"{path}/join")
    member = f"{path}/members/{eve.me['id']}"
    assert await api.browser().refused("DELETE", member) == (401, "unauthenticated")
    assert await bob.refused("DELETE", f"{path}/members/{ada.me['id']}") == (403, "not_host")
    assert await eve.refused("DELETE", member) == (403, "not_host")
    assert await ada.refused("DELETE", f"{path}/members/{ada.me['id']}") == (400, "host_cannot_leave")
    for nobody in ("nobody", "%00", "é"):
        assert await ada.refused("DELETE", f"{path}/members/{nobody}") == (404, "not_found")
    await ada.call("POST", f"{path}/end")
    assert await ada.refused("DELETE", member) == (400, "session_completed")


async def test_interviewers_show_out_whom_they_interview_and_who_watches_but_not_each_other(api: Api) -> None:
    ada, bob, eve, dan = [await api.person(name) for name in ("Ada", "Bob", "Eve", "Dan")]
    session = await ada.create(capacity=4)
    path = f"/api/sessions/{session['id']}"
    for one, role in ((bob, "interviewer"), (eve, "interviewer"), (dan, "observer")):
        await one.call("POST", f"/api/invites/{await ada.invite(session, role)}/accept")
    assert await bob.refused("DELETE", f"{path}/members/{eve.me['id']}") == (403, "not_host")
    assert await dan.refused("DELETE", f"{path}/members/{eve.me['id']}") == (403, "not_host")
    left = await bob.call("DELETE", f"{path}/members/{dan.me['id']}")
    assert [one["name"] for one in left["session"]["participants"]] == ["Bob", "Eve"]


async def test_ending(api: Api) -> None:
    ada, bob, eve = await api.person("Ada"), await api.person("Bob"), await api.person("Eve")
    session = await ada.create()
    end = f"/api/sessions/{session['id']}/end"
    await bob.call("POST", f"/api/sessions/{session['id']}/join")
    assert await api.browser().refused("POST", end) == (401, "unauthenticated")
    assert await bob.refused("POST", end) == (403, "not_host")
    assert await eve.refused("POST", end) == (403, "not_host")
    ended = await ada.call("POST", end)
    assert ended.keys() == {"session", "message"}
    assert ended["message"]
    assert ended["session"]["status"] == "completed"
    assert ended["session"]["endedAt"] == ended["session"]["updatedAt"]
    assert ended["session"]["participant"]["id"] == bob.me["id"]
    assert await ada.refused("POST", end) == (400, "session_completed")


@on_both_databases
async def test_two_ends_at_once_are_one_end(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    heard = api.heard(session)
    answers = await asyncio.gather(*(ada.post(f"/api/sessions/{session['id']}/end") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400]
    assert [event.get("type") for event in heard].count("session.ended") == 1
