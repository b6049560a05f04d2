import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from interview_platform.accounts.limits import AccountLimits
from interview_platform.accounts.passwords import Passwords
from interview_platform.kit.rate_limit import Limit
from interview_platform.storage.database import Database
from tests.api import PASSWORD, Api, Browser, assemble, on_both_databases


def given(browser: Browser, password: str = PASSWORD) -> dict[str, str]:
    return {"email": browser.me["email"], "password": password}


async def test_signing_in_and_out(api: Api) -> None:
    ada = await api.person("Ada")
    browser = api.browser()
    assert (await browser.call("POST", "/api/auth/login", given(ada)))["user"] == ada.me
    secret = browser.cookies["interview_session"]
    assert await browser.call("POST", "/api/auth/logout", status=204) is None
    assert "interview_session" not in browser.cookies
    # The secret itself is dead, not just forgotten by the browser.
    for headers in ({"cookie": f"interview_session={secret}"}, {"authorization": f"Bearer {secret}"}):
        assert (await api.browser().get("/api/auth/me", headers=headers)).status_code == 401
    await ada.call("GET", "/api/auth/me")  # others stay signed in


async def test_signing_out_twice_is_no_error(api: Api) -> None:
    assert await api.browser().call("POST", "/api/auth/logout", status=204) is None


async def test_the_address_is_found_whatever_its_case(api: Api) -> None:
    ada = await api.person("Ada")
    await api.browser().call("POST", "/api/auth/login", {"email": f" {ada.me['email'].upper()} ", "password": PASSWORD})


class CountingHasher(Argon2Hasher):
    """Knows which hash each verification worked on, and that it did the work."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[str] = []

    def verify(self, password: str | bytes, hash: str | bytes) -> bool:
        self.verified.append(str(hash).rpartition("$")[0].rpartition("$")[0])  # algorithm and costs, without the salt
        return super().verify(password, hash)


@on_both_databases
@pytest.mark.parametrize(
    "unknown",
    [
        {"email": "nobody@example.org", "password": PASSWORD},
        {"email": "no address", "password": PASSWORD},
        {"email": "x\x00@example.org", "password": PASSWORD},
        {"email": "a" * 1000 + "@example.org", "password": PASSWORD},
        {"email": "", "password": ""},
    ],
)
async def test_unknown_address_and_wrong_password_get_one_answer_after_the_same_work(
    database: Database, unknown: dict[str, str]
) -> None:
    hasher = CountingHasher()
    api = assemble(database, passwords=Passwords(hasher))
    ada = await api.person("Ada")
    wrong = await api.browser().post("/api/auth/login", json=given(ada, "not the password"))
    nobody = await api.browser().post("/api/auth/login", json=unknown)
    assert (wrong.status_code, wrong.json()["code"]) == (401, "bad_credentials")
    assert (nobody.status_code, nobody.content, nobody.headers) == (wrong.status_code, wrong.content, wrong.headers)
    first, second = hasher.verified
    assert first == second
    await api.close()


async def test_an_overlong_password_is_just_wrong(api: Api) -> None:
    ada = await api.person("Ada")
    refused = await api.browser().refused("POST", "/api/auth/login", given(ada, PASSWORD + "x" * 1000))
    assert refused == (401, "bad_credentials")


async def test_a_guest_has_no_password_to_sign_in_with(api: Api) -> None:
    host = await api.person()
    guest = await api.guest(await host.invite(await host.create()))
    for email in ("", "none", "null", guest.me["id"]):
        refused = await api.browser().refused("POST", "/api/auth/login", {"email": email, "password": ""})
        assert refused == (401, "bad_credentials")


async def test_guessing_is_stopped_and_only_where_it_comes_from(database: Database) -> None:
    api = assemble(database, account_limits=AccountLimits(login=Limit(3, 60)))
    ada, bob = await api.person("Ada"), await api.person("Bob")
    for _ in range(3):
        assert await api.browser().refused("POST", "/api/auth/login", given(ada, "guess")) == (401, "bad_credentials")
    answer = await api.browser().post("/api/auth/login", json=given(ada))  # even the right one, or the limit is none
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    await api.browser().call("POST", "/api/auth/login", given(bob))
    await api.browser(address="192.0.2.7").call("POST", "/api/auth/login", given(ada))  # Ada herself, at home
    await api.close()


async def test_an_unknown_address_is_limited_like_a_known_one(database: Database) -> None:
    api = assemble(database, account_limits=AccountLimits(login=Limit(1, 60)))
    body = {"email": "nobody@example.org", "password": "guess"}
    assert await api.browser().refused("POST", "/api/auth/login", body) == (401, "bad_credentials")
    assert await api.browser().refused("POST", "/api/auth/login", body) == (429, "too_many_attempts")
    await api.close()


async def test_one_address_cannot_try_everybody(database: Database) -> None:
    api = assemble(database, account_limits=AccountLimits(login_address=Limit(3, 60)))
    for number in range(3):
        body = {"email": f"somebody{number}@example.org", "password": "guess"}
        assert await api.browser().refused("POST", "/api/auth/login", body) == (401, "bad_credentials")
    body = {"email": "somebody9@example.org", "password": "guess"}
    assert await api.browser().refused("POST", "/api/auth/login", body) == (429, "too_many_attempts")
    await api.close()


async def test_right_passwords_do_not_use_the_limit_up(database: Database) -> None:
    api = assemble(database, account_limits=AccountLimits(login=Limit(2, 60), login_address=Limit(2, 60)))
    ada = await api.person("Ada")
    for _ in range(5):
        await api.browser().call("POST", "/api/auth/login", given(ada))
    await api.close()


async def test_signing_in_again_retires_the_cookie_it_replaces(api: Api) -> None:
    ada = await api.person("Ada")
    before = ada.cookies["interview_session"]
    await ada.call("POST", "/api/auth/login", given(ada))
    assert ada.cookies["interview_session"] != before
    stale = await api.browser().get("/api/auth/me", headers={"cookie": f"interview_session={before}"})
    assert stale.status_code == 401


async def test_a_failed_sign_in_keeps_who_was_signed_in(api: Api) -> None:
    ada = await api.person("Ada")
    await ada.refused("POST", "/api/auth/login", given(ada, "wrong"))
    await ada.call("GET", "/api/auth/me")


async def test_the_cookie_ends_after_thirty_days(api: Api) -> None:
    ada = await api.person("Ada")
    api.clock.ahead_ms = 30 * 24 * 3600 * 1000 - 60_000
    await ada.call("GET", "/api/auth/me")
    api.clock.ahead_ms += 120_000
    assert await ada.refused("GET", "/api/auth/me") == (401, "unauthenticated")


@on_both_databases
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cookie": "interview_session="},
        {"cookie": "interview_session=nonsense"},
        {"cookie": "other=1; interview_session"},
        {"authorization": "Bearer"},
        {"authorization": "Bearer nonsense"},
        {"authorization": "Basic YTpi"},
        {"authorization": "Bearer \xff"},
        {"cookie": "interview_session=\xff\x01"},
    ],
)
async def test_credentials_that_are_none_are_signed_out(api: Api, headers: dict[str, str]) -> None:
    raw = [(key.encode(), value.encode("latin-1")) for key, value in headers.items()]
    answer = await api.browser().get("/api/auth/me", headers=raw)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_a_wrong_bearer_does_not_fall_back_to_the_cookie(api: Api) -> None:
    ada = await api.person("Ada")
    for wrong in ("Bearer nonsense", "bearer nonsense", "Bearer", "Bearer "):
        answer = await ada.get("/api/auth/me", headers={"authorization": wrong})
        assert answer.status_code == 401


async def test_a_proxys_own_password_does_not_get_in_the_way_of_the_cookie(api: Api) -> None:
    ada = await api.person("Ada")
    answer = await ada.get("/api/auth/me", headers={"authorization": "Basic c3RhZ2luZzp4"})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/api/auth/register", "/api/auth/login", "/api/auth/logout"])
async def test_a_foreign_page_can_change_nothing(api: Api, path: str) -> None:
    ada = await api.person("Ada")
    answer = await ada.post(path, json={}, headers={"origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    await ada.call("GET", "/api/auth/me")
