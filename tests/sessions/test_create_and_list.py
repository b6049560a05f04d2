import json
import re
from typing import Any

import pytest

from interview_platform.kit.rate_limit import Limit
from interview_platform.sessions.limits import PAGE, SessionLimits
from interview_platform.storage.database import Database
from tests.api import Api, assemble, on_both_databases

FIELDS = {
    "id",
    "problem",
    "problemSlug",
    "difficulty",
    "host",
    "participant",
    "participants",
    "status",
    "visibility",
    "capacity",
    "callId",
    "createdAt",
    "updatedAt",
    "endedAt",
    "lobby",
    "startedAt",
    "locked",
    "timer",
    "quietUntil",
    "aiPolicy",
    "aiNote",
    "replayFor",
    "toAdmit",
    "waiting",
}


async def test_a_session_is_what_the_contract_says(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    assert session.keys() == FIELDS
    assert session["host"] == {"id": ada.me["id"], "name": "Ada", "profileImage": None}
    assert {k: session[k] for k in ("problem", "problemSlug", "difficulty", "status", "visibility", "capacity")} == {
        "problem": "Two Sum",
        "problemSlug": "two-sum",
        "difficulty": "easy",
        "status": "active",
        "visibility": "open",
        "capacity": 2,
    }
    assert (session["participant"], session["participants"], session["endedAt"]) == (None, [], None)
    assert re.fullmatch(r"session_\d{13}_[a-z0-9]{10}", session["callId"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", session["createdAt"])
    assert (await ada.call("GET", f"/api/sessions/{session['id']}"))["session"] == session


@pytest.mark.parametrize("problem", ["two-sum", "Two Sum", "two sum"])
async def test_a_problem_is_known_by_slug_and_title(api: Api, problem: str) -> None:
    assert (await (await api.person()).create(problem=problem))["problemSlug"] == "two-sum"


async def test_the_difficulty_is_the_problems_or_the_hosts(api: Api) -> None:
    ada = await api.person()
    medium = await ada.create(problem="container-with-most-water")
    hard = await ada.create(problem="container-with-most-water", difficulty="hard", visibility="private", capacity=4)
    assert medium["difficulty"] == "medium"
    assert (hard["difficulty"], hard["visibility"], hard["capacity"]) == ("hard", "private", 4)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"problem": "three-sum"}, "unknown_problem", "problem"),
        ({"problem": ""}, "unknown_problem", "problem"),
        ({"problem": "\x00"}, "unknown_problem", "problem"),
        ({"problem": "x" * 100_000}, "unknown_problem", "problem"),
        ({"problem": None}, "invalid", "problem"),
        ({"difficulty": "extreme"}, "invalid", "difficulty"),
        ({"visibility": "secret"}, "invalid", "visibility"),
        ({"capacity": 1}, "invalid", "capacity"),
        ({"capacity": 5}, "invalid", "capacity"),
        ({"capacity": -2}, "invalid", "capacity"),
        ({"capacity": 10**40}, "invalid", "capacity"),
        ({"capacity": 2.5}, "invalid", "capacity"),
        ({"capacity": "many"}, "invalid", "capacity"),
    ],
)
async def test_bad_input_is_refused_by_the_fields_name(api: Api, given: dict[str, Any], code: str, field: str) -> None:
    ada = await api.person()
    answer = await ada.post("/api/sessions", json={"problem": "two-sum", **given})
    assert (answer.status_code, answer.json()["code"], list(answer.json()["fields"])) == (422, code, [field])
    assert (await ada.call("GET", "/api/sessions"))["sessions"] == []


async def test_who_may_create(api: Api) -> None:
    assert await api.browser().refused("POST", "/api/sessions", {"problem": "two-sum"}) == (401, "unauthenticated")
    host = await api.person()
    guest = await api.guest(await host.invite(await host.create()))
    assert await guest.refused("POST", "/api/sessions", {"problem": "two-sum"}) == (403, "account_needed")


async def test_creating_is_limited_for_each_person(database: Database) -> None:
    api = assemble(database, session_limits=SessionLimits(create=Limit(2, 60)))
    ada, bob = await api.person("Ada"), await api.person("Bob")
    for _ in range(2):
        await ada.create()
    assert await ada.refused("POST", "/api/sessions", {"problem": "two-sum"}) == (429, "too_fast")
    await bob.create()
    await api.close()


async def test_the_list_shows_what_is_active_and_open_newest_first_to_anyone(api: Api) -> None:
    ada = await api.person("Ada")
    ended, private, first, second = [
        await ada.create(visibility=visibility) for visibility in ("open", "private", "open", "open")
    ]
    await ada.call("POST", f"/api/sessions/{ended['id']}/end")
    for browser in (ada, await api.person("Bob"), api.browser()):
        listed = await browser.call("GET", "/api/sessions")
        assert listed.keys() == {"sessions", "nextCursor"}
        ids = [session["id"] for session in listed["sessions"]]
        assert set(ids) == {first["id"], second["id"]}
        created = [session["createdAt"] for session in listed["sessions"]]
        assert created == sorted(created, reverse=True)
        assert all(session.keys() == FIELDS for session in listed["sessions"])
    assert private["id"] not in json.dumps(listed)


@on_both_databases
async def test_every_session_is_on_exactly_one_page(api: Api) -> None:
    ada = await api.person("Ada")
    made = {(await ada.create())["id"] for _ in range(2 * PAGE + 3)}
    seen: list[str] = []
    cursor: str | None = None
    sizes = []
    while True:
        page = await api.browser().call("GET", "/api/sessions" + (f"?cursor={cursor}" if cursor else ""))
        seen += [session["id"] for session in page["sessions"]]
        sizes.append(len(page["sessions"]))
        await ada.create()  # what is new meanwhile comes before the pages to follow
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert sizes == [PAGE, PAGE, 3]
    assert len(seen) == len(set(seen))
    assert set(seen) == made


async def test_an_empty_cursor_is_the_first_page(api: Api) -> None:
    ada = await api.person()
    await ada.create()
    assert await ada.call("GET", "/api/sessions?cursor=") == await ada.call("GET", "/api/sessions")


@on_both_databases
@pytest.mark.parametrize("cursor", ["nonsense", "%00", "é", "MTIzIABh", "A" * 9000, "LTEgeA"])
async def test_a_made_up_cursor_is_refused(api: Api, cursor: str) -> None:
    ada = await api.person()
    for path in ("/api/sessions", "/api/sessions/my-sessions"):
        answer = await ada.get(f"{path}?cursor={cursor}")
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["cursor"])


@on_both_databases
async def test_my_sessions_are_those_i_was_in(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    hosted, taken, left, others = await ada.create(), await bob.create(), await bob.create(), await bob.create()
    for session in (taken, left):
        await ada.call("POST", f"/api/sessions/{session['id']}/join")
    await ada.call("POST", f"/api/sessions/{left['id']}/leave")

    async def mine(query: str = "") -> list[str]:
        listed = await ada.call("GET", f"/api/sessions/my-sessions{query}")
        return [session["id"] for session in listed["sessions"]]

    assert await mine() == []
    assert set(await mine("?status=active")) == {hosted["id"], taken["id"]}
    await ada.call("POST", f"/api/sessions/{hosted['id']}/end")
    for session in (taken, left, others):
        await bob.call("POST", f"/api/sessions/{session['id']}/end")
    assert await mine("?status=active") == []
    assert set(await mine()) == set(await mine("?status=completed")) == {hosted["id"], taken["id"], left["id"]}
    assert await ada.refused("GET", "/api/sessions/my-sessions?status=x") == (422, "invalid")
    assert await api.browser().refused("GET", "/api/sessions/my-sessions") == (401, "unauthenticated")


async def test_a_private_session_does_not_exist_for_strangers(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create(visibility="private")
    missing = await bob.get("/api/sessions/doesnotexist")
    for browser in (bob, api.browser()):
        answer = await browser.get(f"/api/sessions/{session['id']}")
        assert (answer.status_code, answer.content) == (404, missing.content)
    for method, path, body in (
        ("POST", "join", None),
        ("POST", "leave", None),
        ("POST", "end", None),
        ("POST", "invites", {"role": "candidate"}),
        ("DELETE", "invites", None),
        ("DELETE", f"members/{ada.me['id']}", None),
        ("GET", "messages", None),
        ("POST", "messages", {"text": "hi"}),
    ):
        assert await bob.refused(method, f"/api/sessions/{session['id']}/{path}", body) == (404, "not_found")
    await ada.call("GET", f"/api/sessions/{session['id']}")


@on_both_databases
@pytest.mark.parametrize("id", ["x", "%00", "é", "A" * 5000, "..", "my-sessions%00"])
async def test_an_id_that_is_none_is_not_found(api: Api, id: str) -> None:
    ada = await api.person()
    for method, path in (("GET", ""), ("POST", "/join"), ("POST", "/end"), ("GET", "/messages"), ("POST", "/invites")):
        assert await ada.refused(method, f"/api/sessions/{id}{path}") == (404, "not_found")


async def test_no_address_of_anybody_is_ever_shown_to_others(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create()
    invite = await ada.invite(session)
    heard = api.heard(session)
    await bob.call("POST", f"/api/invites/{invite}/accept")
    await bob.call("POST", f"/api/sessions/{session['id']}/messages", {"text": "hello"}, status=201)
    shown = [
        await browser.get(path)
        for browser in (ada, bob, api.browser())
        for path in (
            "/api/sessions",
            f"/api/sessions/{session['id']}",
            f"/api/sessions/{session['id']}/messages",
            f"/api/invites/{invite}",
            "/api/sessions/my-sessions?status=active",
            "/api/chat/token",
            "/api/dashboard",
        )
    ]
    shown += [await ada.post(f"/api/sessions/{session['id']}/end")]
    assert len(heard) >= 3
    for text in [answer.text for answer in shown] + [json.dumps(heard)]:
        assert "@" not in text
        assert "email" not in text.lower()
