"""People of sign-in providers, as every provider's adapter uses them."""

from dataclasses import replace

import pytest

from interview_platform.accounts.external import ExternalAccounts, Seen
from interview_platform.kit.errors import Refusal
from interview_platform.storage.people import SqlPeopleStore
from tests.api import Api, on_both_databases

EVE = Seen("clerk", "user_eve", "Eve Example", "eve@example.org", "https://img.clerk.com/eve")


def accounts_of(api: Api) -> ExternalAccounts:
    return ExternalAccounts(SqlPeopleStore(api.database), api.accounts, clock=api.clock)


@on_both_databases
async def test_who_is_seen_for_the_first_time_is_stored_and_then_kept_in_step(api: Api) -> None:
    external = accounts_of(api)
    eve = await external.seen(EVE)
    assert (eve.name, eve.email, eve.image, eve.guest) == (EVE.name, EVE.email, EVE.image, False)
    assert await external.seen(EVE) == eve
    renamed = await external.seen(replace(EVE, name="Eve Married", image=None))
    assert (renamed.id, renamed.name, renamed.image) == (eve.id, "Eve Married", None)
    assert await external.known("clerk", "user_eve") == renamed
    assert await external.known("oidc", "user_eve") is None


@pytest.mark.parametrize(("name", "shown"), [("", "Somebody"), ("x" * 500, "x" * 80), ("E\x00ve\u202e", "Eve")])
async def test_a_name_that_we_would_refuse_keeps_nobody_out(api: Api, name: str, shown: str) -> None:
    assert (await accounts_of(api).seen(replace(EVE, name=name))).name == shown


async def test_their_profile_and_password_are_their_providers(api: Api) -> None:
    eve = await accounts_of(api).seen(EVE)
    browser = api.browser()
    browser.cookies.set("interview_session", (await api.accounts.open(eve)).secret)
    me = (await browser.call("GET", "/api/auth/me"))["user"]
    assert (me["provider"], me["clerkId"]) == ("clerk", "user_eve")
    for change in ({"name": "Else"}, {"profileImage": None}, {"password": "long enough"}):
        assert await browser.refused("PATCH", "/api/auth/me", change) == (403, "kept_by_provider")


async def test_an_erased_person_does_not_come_back_by_an_old_event(api: Api) -> None:
    external = accounts_of(api)
    host = await external.seen(EVE)
    browser, ada = api.browser(), await api.person("Ada")
    browser.cookies.set("interview_session", (await api.accounts.open(host)).secret)
    session = await browser.create()
    await ada.call("POST", f"/api/sessions/{session['id']}/join")
    await external.erased("clerk", "user_eve")
    await external.erased("clerk", "user_eve")
    read = (await ada.call("GET", f"/api/sessions/{session['id']}"))["session"]
    assert (read["status"], read["host"]["name"]) == ("completed", "Somebody")
    assert (await browser.get("/api/auth/me")).status_code == 401
    with pytest.raises(Refusal, match="has been erased"):
        await external.seen(EVE)


async def test_erasing_oneself_needs_a_fresh_sign_in(api: Api) -> None:
    eve = await accounts_of(api).seen(EVE)
    browser = api.browser()
    browser.cookies.set("interview_session", (await api.accounts.open(eve)).secret)
    api.clock.ahead_ms = 3600_000
    assert await browser.refused("DELETE", "/api/auth/me", {"password": "x"}) == (403, "sign_in_again")
    browser.cookies.set("interview_session", (await api.accounts.open(eve)).secret)
    await browser.call("DELETE", "/api/auth/me", status=204)
