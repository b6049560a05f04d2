"""People of sign-in providers, as every provider's adapter uses them."""

import asyncio
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


async def test_what_is_older_than_what_we_have_is_no_news(api: Api) -> None:
    external = accounts_of(api)
    second = await external.seen(replace(EVE, name="Second", at=2_000))
    assert (second.created_at, second.updated_at) == (2_000, 2_000)
    assert await external.seen(replace(EVE, name="First", at=1_000)) == second
    same = await external.seen(replace(EVE, name="Second", at=3_000))
    assert await external.seen(replace(EVE, name="Late", at=2_500)) == same
    assert await external.known("clerk", "user_eve") == same


@on_both_databases
async def test_of_two_who_come_first_at_once_the_newer_word_stays(api: Api) -> None:
    external = accounts_of(api)
    await asyncio.gather(*(external.seen(replace(EVE, name=f"Word {at}", at=at)) for at in (3, 1, 5, 2, 4)))
    eve = await external.known("clerk", "user_eve")
    assert eve
    assert eve.name == "Word 5"


async def test_whoever_was_deleted_before_we_saw_them_never_comes(api: Api) -> None:
    external = accounts_of(api)
    await external.erased("clerk", "user_eve")
    with pytest.raises(Refusal, match="has been erased"):
        await external.seen(EVE)
    assert await external._people.by_external("clerk", "user_eve") is None


async def test_a_guest_becomes_the_person_they_sign_in_as(api: Api) -> None:
    external = accounts_of(api)
    host = await api.person("Ada")
    browser = await api.guest(await host.invite(await host.create()))
    visitor = await external._people.person(browser.me["id"])
    eve = await external.seen(EVE, visitor)
    assert (eve.id, eve.guest, eve.name) == (browser.me["id"], False, EVE.name)
    other = await api.guest(await host.invite(await host.create()))
    again = await external.seen(EVE, await external._people.person(other.me["id"]))
    assert again.id == eve.id
    assert await external._people.person(other.me["id"])
