import json

import pytest

from interview_platform.accounts.limits import FRESH_SECONDS, AccountLimits
from interview_platform.kit.rate_limit import Limit
from interview_platform.storage.database import Database
from tests.accounts.pictures import data_url, png
from tests.api import PASSWORD, Api, Browser, assemble, on_both_databases

NEW = "another good password"


def change_password(current: str | None = PASSWORD, new: str = NEW) -> dict[str, str | None]:
    return {"password": new, "currentPassword": current}


async def guest_of(api: Api) -> Browser:
    host = await api.person("Host")
    return await api.guest(await host.invite(await host.create()))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/auth/me"),
        ("PATCH", "/api/auth/me"),
        ("DELETE", "/api/auth/me"),
        ("GET", "/api/auth/tokens"),
        ("POST", "/api/auth/tokens"),
        ("DELETE", "/api/auth/tokens/x"),
    ],
)
async def test_signed_out_there_is_no_profile(api: Api, method: str, path: str) -> None:
    assert await api.browser().refused(method, path, {"label": "x"}) == (401, "unauthenticated")


async def test_a_new_name_is_seen_by_all(api: Api) -> None:
    ada = await api.person("Ada")
    session = await ada.create()
    user = (await ada.call("PATCH", "/api/auth/me", {"name": " Ada  King "}))["user"]
    assert user["name"] == "Ada King"
    assert user["updatedAt"] >= ada.me["updatedAt"]
    seen = (await api.browser().call("GET", f"/api/sessions/{session['id']}"))["session"]
    assert seen["host"]["name"] == "Ada King"


async def test_only_what_is_sent_changes(api: Api) -> None:
    ada = await api.person("Ada")
    assert (await ada.call("PATCH", "/api/auth/me", {}))["user"] == ada.me
    assert (await ada.call("PATCH", "/api/auth/me", {"email": "x@example.org", "guest": True}))["user"] == ada.me


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\x07b", None])
async def test_a_bad_name_changes_nothing(api: Api, name: str | None) -> None:
    ada = await api.person("Ada")
    assert await ada.refused("PATCH", "/api/auth/me", {"name": name}) == (422, "invalid_name")
    assert (await ada.call("GET", "/api/auth/me"))["user"] == ada.me


async def test_a_guest_may_correct_their_name_and_no_more(api: Api) -> None:
    guest = await guest_of(api)
    assert (await guest.call("PATCH", "/api/auth/me", {"name": "Grace H."}))["user"]["name"] == "Grace H."
    for more in ({"password": NEW, "currentPassword": ""}, {"profileImage": data_url(png())}):
        assert await guest.refused("PATCH", "/api/auth/me", {"name": "X", **more}) == (403, "account_needed")
    assert (await guest.call("GET", "/api/auth/me"))["user"]["name"] == "Grace H."
    assert await guest.refused("POST", "/api/auth/tokens", {"label": "x"}) == (403, "account_needed")


async def test_a_new_password_signs_every_other_browser_and_token_out(api: Api) -> None:
    ada, elsewhere, thief = await api.person("Ada"), api.browser(), api.browser()
    credentials = {"email": ada.me["email"], "password": PASSWORD}
    await elsewhere.call("POST", "/api/auth/login", credentials)
    token = (await ada.call("POST", "/api/auth/tokens", {"label": "script"}, status=201))["token"]
    await ada.call("PATCH", "/api/auth/me", change_password())
    await ada.call("GET", "/api/auth/me")
    assert await elsewhere.refused("GET", "/api/auth/me") == (401, "unauthenticated")
    assert (await thief.get("/api/auth/me", headers={"authorization": f"Bearer {token}"})).status_code == 401
    assert await thief.refused("POST", "/api/auth/login", credentials) == (401, "bad_credentials")
    await thief.call("POST", "/api/auth/login", {**credentials, "password": NEW})


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        (change_password("wrong"), 403, "wrong_password", "currentPassword"),
        (change_password("x" * 1000), 403, "wrong_password", "currentPassword"),
        (change_password(None), 422, "password_needed", "currentPassword"),
        ({"password": NEW}, 422, "password_needed", "currentPassword"),
        (change_password(new="short"), 422, "weak_password", "password"),
        (change_password(new=""), 422, "weak_password", "password"),
        (change_password(new="x" * 257), 422, "weak_password", "password"),
    ],
)
async def test_a_password_is_only_changed_by_who_knows_it(
    api: Api, body: dict[str, str], status: int, code: str, field: str
) -> None:
    ada = await api.person("Ada")
    answer = await ada.patch("/api/auth/me", json={"name": "Changed", **body})
    assert (answer.status_code, answer.json()["code"], list(answer.json()["fields"])) == (status, code, [field])
    assert (await ada.call("GET", "/api/auth/me"))["user"] == ada.me  # the name neither
    await api.browser().call("POST", "/api/auth/login", {"email": ada.me["email"], "password": PASSWORD})


async def test_a_stolen_cookie_cannot_guess_the_password(database: Database) -> None:
    api = assemble(database, account_limits=AccountLimits(own_password=Limit(2, 60)))
    ada = await api.person("Ada")
    for _ in range(2):
        assert await ada.refused("PATCH", "/api/auth/me", change_password("guess")) == (403, "wrong_password")
    assert await ada.refused("PATCH", "/api/auth/me", change_password()) == (429, "too_many_attempts")
    assert await ada.refused("DELETE", "/api/auth/me", {"password": PASSWORD}) == (429, "too_many_attempts")
    await api.close()


async def test_a_bad_picture_keeps_the_old_password(api: Api) -> None:
    ada = await api.person("Ada")
    both = {**change_password(), "profileImage": "nonsense"}
    assert await ada.refused("PATCH", "/api/auth/me", both) == (422, "invalid_image")
    await api.browser().call("POST", "/api/auth/login", {"email": ada.me["email"], "password": PASSWORD})


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (None, (422, "password_needed")),
        ({}, (422, "password_needed")),
        ({"password": ""}, (422, "password_needed")),
        ({"password": "wrong"}, (403, "wrong_password")),
    ],
)
async def test_an_account_is_only_erased_with_its_password(
    api: Api, body: dict[str, str] | None, refusal: tuple[int, str]
) -> None:
    ada = await api.person("Ada")
    api.clock.ahead_ms += (FRESH_SECONDS + 1) * 1000
    assert await ada.refused("DELETE", "/api/auth/me", body) == refusal
    await ada.call("GET", "/api/auth/me")


async def test_signing_in_a_moment_ago_is_as_good_as_the_password(api: Api) -> None:
    ada = await api.person("Ada")
    assert await ada.call("DELETE", "/api/auth/me", status=204) is None
    assert await ada.refused("GET", "/api/auth/me") == (401, "unauthenticated")


async def test_a_token_does_not_erase_its_person(api: Api) -> None:
    ada = await api.person("Ada")
    token = (await ada.call("POST", "/api/auth/tokens", {"label": "ci"}, status=201))["token"]
    bearer = api.browser()
    bearer.headers["authorization"] = f"Bearer {token}"
    assert await bearer.refused("DELETE", "/api/auth/me") == (422, "password_needed")


@on_both_databases
async def test_erasing_removes_the_person_everywhere(api: Api) -> None:
    ada, elsewhere = await api.person("Ada"), api.browser()
    credentials = {"email": ada.me["email"], "password": PASSWORD}
    await elsewhere.call("POST", "/api/auth/login", credentials)
    image = (await ada.call("PATCH", "/api/auth/me", {"profileImage": data_url(png())}))["user"]["profileImage"]
    assert await ada.call("DELETE", "/api/auth/me", {"password": PASSWORD}, status=204) is None
    assert "interview_session" not in ada.cookies
    assert await elsewhere.refused("GET", "/api/auth/me") == (401, "unauthenticated")
    assert await elsewhere.refused("POST", "/api/auth/login", credentials) == (401, "bad_credentials")
    assert (await elsewhere.get(image)).status_code == 404
    again = await elsewhere.call("POST", "/api/auth/register", {"name": "Ada", **credentials}, status=201)
    assert again["user"]["id"] != ada.me["id"]


@on_both_databases
async def test_an_erased_host_leaves_no_session_without_a_host(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    hosted, visited = await ada.create(), await bob.create()
    await bob.call("POST", f"/api/sessions/{hosted['id']}/join")
    await ada.call("POST", f"/api/sessions/{visited['id']}/join")
    heard = api.heard(hosted), api.heard(visited)
    await ada.call("DELETE", "/api/auth/me", {"password": PASSWORD}, status=204)
    hosted, visited = [
        (await bob.call("GET", f"/api/sessions/{session['id']}"))["session"] for session in (hosted, visited)
    ]
    assert (hosted["status"], visited["status"]) == ("completed", "active")
    assert visited["participants"] == []
    assert ada.me["name"] not in json.dumps([hosted, visited])
    assert heard[0][-1] == {"topic": "access", "person": None, "reason": "ended"}
    assert heard[1][-1] == {"topic": "access", "person": ada.me["id"], "reason": "left"}


async def test_a_guest_erases_themselves_without_a_password(api: Api) -> None:
    guest = await guest_of(api)
    await guest.call("DELETE", "/api/auth/me", status=204)
    assert await guest.refused("GET", "/api/auth/me") == (401, "unauthenticated")
