import asyncio

import pytest

from interview_platform.accounts.limits import AccountLimits
from interview_platform.kit.rate_limit import Limit
from interview_platform.storage.database import Database
from tests.api import PASSWORD, Api, assemble, on_both_databases

GIVEN = {"name": "Ada Lovelace", "email": "ada@example.org", "password": PASSWORD}


async def test_registering_signs_in_with_exactly_the_contracts_user(api: Api) -> None:
    browser = api.browser()
    user = (await browser.call("POST", "/api/auth/register", GIVEN, status=201))["user"]
    added = {"guest", "provider"}
    assert user.keys() == {"id", "name", "email", "profileImage", "clerkId", "createdAt", "updatedAt"} | added
    assert (user["name"], user["email"], user["profileImage"], user["guest"]) == (
        "Ada Lovelace",
        "ada@example.org",
        None,
        False,
    )
    assert user["createdAt"].endswith("Z")
    assert (await browser.call("GET", "/api/auth/me"))["user"] == user


@pytest.mark.parametrize(("base", "secure"), [("http://interview.test", False), ("https://interview.test", True)])
async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(api: Api, base: str, secure: bool) -> None:
    answer = await api.browser(base=base).post("/api/auth/register", json=GIVEN)
    name_value, *flags = [part.strip() for part in answer.headers["set-cookie"].split(";")]
    name, _, secret = name_value.partition("=")
    assert name == "interview_session"
    assert len(secret) >= 43  # 256 bits
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"} <= set(flags)
    assert ("Secure" in flags) is secure
    assert answer.headers["cache-control"] == "no-store"


async def test_behind_https_the_cookie_is_for_https_alone(database: Database) -> None:
    """Also when the proxy in front does not say so; who comes past the proxy can sign in all the same."""
    api = assemble(database, client_url="https://public.example")
    for number, (base, secure) in enumerate([("http://public.example", True), ("http://127.0.0.1:3000", False)]):
        given = {**GIVEN, "email": f"{number}@example.org"}
        answer = await api.browser(base=base).post("/api/auth/register", json=given)
        assert ("; Secure" in answer.headers["set-cookie"]) is secure
    await api.close()


@pytest.mark.parametrize("name", ["محمد\u200cرضا", "क्\u200dष", "👩\u200d💻 Ann"])
async def test_a_name_is_written_as_its_language_writes_it(api: Api, name: str) -> None:
    user = (await api.browser().call("POST", "/api/auth/register", {**GIVEN, "name": name}, status=201))["user"]
    assert user["name"] == name


async def test_name_and_address_are_cleaned(api: Api) -> None:
    given = {**GIVEN, "name": "  Ada \t Lovelace ", "email": " Ada@Example.ORG "}
    user = (await api.browser().call("POST", "/api/auth/register", given, status=201))["user"]
    assert (user["name"], user["email"]) == ("Ada Lovelace", "ada@example.org")


@pytest.mark.parametrize("email", ["ada@example.org", "ADA@example.org", " ada@example.ORG"])
async def test_one_account_per_address(api: Api, email: str) -> None:
    await api.browser().call("POST", "/api/auth/register", GIVEN, status=201)
    other = api.browser()
    assert await other.refused("POST", "/api/auth/register", {**GIVEN, "email": email}) == (409, "email_taken")
    assert not other.cookies


@on_both_databases
async def test_eight_registrations_of_one_address_at_once_make_one_account(api: Api) -> None:
    answers = await asyncio.gather(*(api.browser().post("/api/auth/register", json=GIVEN) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7


@on_both_databases
@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"name": ""}, "invalid_name", "name"),
        ({"name": " \t "}, "invalid_name", "name"),
        ({"name": "x" * 81}, "invalid_name", "name"),
        ({"name": "Ada\x00"}, "invalid_name", "name"),
        ({"name": "\u200d"}, "invalid_name", "name"),  # nothing to be seen
        ({"name": "Ada\u200c"}, "invalid_name", "name"),  # another Ada
        ({"name": "A\u200d\u200dda"}, "invalid_name", "name"),
        ({"name": "Ada\u202eecila"}, "invalid_name", "name"),  # right-to-left override: spoofs
        ({"email": "ada"}, "invalid_email", "email"),
        ({"email": "@example.org"}, "invalid_email", "email"),
        ({"email": "a da@example.org"}, "invalid_email", "email"),
        ({"email": "ada\x00@example.org"}, "invalid_email", "email"),
        ({"email": "a" * 250 + "@example.org"}, "invalid_email", "email"),
        ({"password": "short"}, "weak_password", "password"),
        ({"password": "x" * 257}, "weak_password", "password"),
        ({"name": None}, "invalid", "name"),
        ({"email": 7}, "invalid", "email"),
        ({"password": ["x"]}, "invalid", "password"),
    ],
)
async def test_bad_input_is_refused_by_the_fields_name(
    api: Api, change: dict[str, object], code: str, field: str
) -> None:
    answer = await api.browser().post("/api/auth/register", json={**GIVEN, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["fields"].keys() == {field}
    assert PASSWORD not in answer.text


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid"),
        (b"{", 400, "malformed_json"),
        (b"\xff\xfe", 400, "malformed_json"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b'"x"', 422, "invalid"),
        (b'{"name": "\\ud800", "email": "a@b.c", "password": "12345678"}', 422, "invalid"),
        (b'{"name": "Ada", "email": "a@b.c", "password": "1234567\\udfff"}', 422, "invalid"),
        (b"[" * 100_000, 400, "bad_request"),
        (b"x" * 8_000_001, 413, "too_large"),
    ],
)
async def test_a_body_that_is_no_registration_is_refused(api: Api, body: bytes, status: int, code: str) -> None:
    answer = await api.browser().post("/api/auth/register", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@on_both_databases
async def test_a_guest_who_registers_keeps_their_sessions(api: Api) -> None:
    host = await api.person("Host")
    session = await host.create(visibility="private")
    guest = await api.guest(await host.invite(session), "Grace")
    old_cookie = guest.cookies["interview_session"]
    user = (await guest.call("POST", "/api/auth/register", {**GIVEN, "name": "Grace Hopper"}, status=201))["user"]
    assert (user["id"], user["guest"], user["name"]) == (guest.me["id"], False, "Grace Hopper")
    seen = (await guest.call("GET", f"/api/sessions/{session['id']}"))["session"]
    assert seen["participant"]["name"] == "Grace Hopper"
    await host.call("POST", f"/api/sessions/{session['id']}/end")
    past = await guest.call("GET", "/api/sessions/my-sessions")
    assert [s["id"] for s in past["sessions"]] == [session["id"]]
    # As an account they sign in, and the guest's cookie opens nothing any more.
    elsewhere = api.browser()
    await elsewhere.call("POST", "/api/auth/login", {"email": GIVEN["email"], "password": PASSWORD})
    stale = api.browser()
    stale.cookies.set("interview_session", old_cookie)
    assert await stale.refused("GET", "/api/auth/me") == (401, "unauthenticated")


async def test_a_guest_cannot_take_the_address_of_an_account(api: Api) -> None:
    host = await api.person("Host")
    guest = await api.guest(await host.invite(await host.create()))
    taken = {**GIVEN, "email": host.me["email"]}
    assert await guest.refused("POST", "/api/auth/register", taken) == (409, "email_taken")
    assert (await guest.call("GET", "/api/auth/me"))["user"]["guest"] is True


async def test_an_account_that_registers_again_is_a_second_account(api: Api) -> None:
    browser = await api.person("Ada")
    other = (await browser.call("POST", "/api/auth/register", GIVEN, status=201))["user"]
    assert other["id"] != browser.me["id"]
    assert (await browser.call("GET", "/api/auth/me"))["user"]["id"] == other["id"]


async def test_registrations_from_one_address_are_limited(database: Database) -> None:
    api = assemble(database, account_limits=AccountLimits(register=Limit(2, 60)))
    await api.person("Ada")
    await api.person("Bob")
    answer = await api.browser().post("/api/auth/register", json=GIVEN)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    elsewhere = api.browser(address="192.0.2.7")
    await elsewhere.call("POST", "/api/auth/register", GIVEN, status=201)
    await api.close()
