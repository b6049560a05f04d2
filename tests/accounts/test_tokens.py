from typing import Any

import httpx
import pytest

from tests.api import Api, Browser

DAY_MS = 24 * 3600 * 1000


async def made(browser: Browser, **given: Any) -> dict[str, Any]:
    token: dict[str, Any] = await browser.call("POST", "/api/auth/tokens", {"label": "script", **given}, status=201)
    return token


async def bearer(api: Api, token: str, method: str = "GET", path: str = "/api/auth/me") -> httpx.Response:
    return await api.browser().request(method, path, headers={"authorization": f"Bearer {token}"})


async def test_a_token_signs_a_script_in(api: Api) -> None:
    ada = await api.person()
    token = await made(ada)
    answer = await bearer(api, token["token"])
    assert answer.json()["user"] == ada.me
    assert "set-cookie" not in answer.headers
    created = await bearer(api, token["token"], "GET", "/api/sessions/my-sessions")
    assert created.status_code == 200


async def test_it_is_shown_once_and_listed_without_its_secret(api: Api) -> None:
    ada = await api.person()
    first, second = await made(ada, label=" CI  box "), await made(ada, days=1)
    listed = await ada.get("/api/auth/tokens")
    assert {token["label"] for token in listed.json()["tokens"]} == {"CI box", "script"}
    for token in (first, second):
        assert token["token"] not in listed.text
        assert {k: v for k, v in token.items() if k != "token"} in listed.json()["tokens"]


async def test_a_revoked_token_is_dead_and_the_others_live(api: Api) -> None:
    ada = await api.person()
    first, second = await made(ada), await made(ada)
    await ada.call("DELETE", f"/api/auth/tokens/{first['id']}", status=204)
    assert (await bearer(api, first["token"])).status_code == 401
    assert (await bearer(api, second["token"])).status_code == 200
    assert await ada.refused("DELETE", f"/api/auth/tokens/{first['id']}") == (404, "not_found")


@pytest.mark.parametrize("part", ["", "x", "0", "%00"])
async def test_nobody_revokes_by_guessing(api: Api, part: str) -> None:
    ada, eve = await api.person("Ada"), await api.person("Eve")
    token = await made(ada)
    for browser, id in ((ada, token["id"][:8]), (eve, token["id"]), (ada, part or token["id"] + "0")):
        assert await browser.refused("DELETE", f"/api/auth/tokens/{id}") == (404, "not_found")
    assert (await bearer(api, token["token"])).status_code == 200


async def test_a_token_ends_on_its_day(api: Api) -> None:
    token = await made(await api.person(), days=2)
    api.clock.ahead_ms = 2 * DAY_MS - 60_000
    assert (await bearer(api, token["token"])).status_code == 200
    api.clock.ahead_ms = 2 * DAY_MS + 60_000
    assert (await bearer(api, token["token"])).status_code == 401


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": " \n "}, "label"),
        ({"label": "x" * 81}, "label"),
        ({"label": "a\x00"}, "label"),
        ({"days": 0}, "days"),
        ({"days": -1}, "days"),
        ({"days": 366}, "days"),
        ({"days": 10**30}, "days"),
        ({"days": "soon"}, "days"),
        ({"label": None}, "label"),
    ],
)
async def test_a_token_needs_a_name_and_an_end(api: Api, given: dict[str, Any], field: str) -> None:
    answer = await (await api.person()).post("/api/auth/tokens", json={"label": "script", **given})
    assert (answer.status_code, answer.json()["code"], list(answer.json()["fields"])) == (422, "invalid", [field])


async def test_one_person_keeps_fifty_at_most(api: Api) -> None:
    ada = await api.person()
    for _ in range(50):
        last = await made(ada)
    assert await ada.refused("POST", "/api/auth/tokens", {"label": "x"}) == (409, "too_many_tokens")
    await ada.call("DELETE", f"/api/auth/tokens/{last['id']}", status=204)
    await made(ada)


async def test_signing_out_with_a_token_revokes_it(api: Api) -> None:
    token = (await made(await api.person()))["token"]
    assert (await bearer(api, token, "POST", "/api/auth/logout")).status_code == 204
    assert (await bearer(api, token)).status_code == 401
