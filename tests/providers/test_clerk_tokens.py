"""Clerk's session tokens over HTTP: who is let in, who is not, and what happens when Clerk is away."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview_platform.app.compose import CannotStart, compose
from interview_platform.app.settings import Settings
from interview_platform.app.sign_in import sign_in_of, words_of
from interview_platform.events.service import EventService
from interview_platform.providers import jwks
from interview_platform.providers.clerk.keys import host_of, public_key_of
from interview_platform.providers.clerk.users import ClerkUser, image_hosts
from tests.providers.clerk import HOST, PUBLISHABLE, SECRET, Clerk, user_object
from tests.providers.conftest import keys_of
from tests.providers.product import Product, product
from tests.providers.signer import Signer, confused, tampered, unsigned
from tests.providers.trouble import TROUBLES, Trouble

ME = "/api/auth/me"


async def me(product: Product, token: str) -> tuple[int, Any]:
    answer = await product.browser().get(ME, headers={"authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


async def test_who_comes_first_is_stored_and_clerk_is_not_asked_again(clerked: Product, clerk: Clerk) -> None:
    clerk.add("user_eve")
    status, said = await me(clerked, clerk.token("user_eve"))
    assert status == 200
    eve = said["user"]
    assert (eve["provider"], eve["clerkId"], eve["guest"]) == ("clerk", "user_eve", False)
    assert (eve["name"], eve["email"]) == ("Eve Example", "eve@example.org")
    assert eve["profileImage"] == "https://img.clerk.com/user_eve"
    clerk.app.trouble = "500"
    assert await me(clerked, clerk.token("user_eve")) == (200, said)
    assert clerk.app.asked == ["/v1/jwks", "/v1/users/user_eve"]


@pytest.mark.parametrize("spelling", [lambda pem: pem, lambda pem: pem.replace("\n", "\\n"), lambda pem: pem.strip()])
async def test_with_the_public_key_no_key_set_is_asked_for(
    clerk: Clerk, tmp_path: Path, spelling: Callable[[str], str]
) -> None:
    key = spelling(clerk.signer.pem)
    async with product(tmp_path / "data", **keys_of(clerk), clerk_jwt_key=key) as made:
        clerk.origin = f"http://127.0.0.1:{made.port}"
        clerk.add("user_eve")
        assert (await me(made, clerk.token("user_eve")))[0] == 200
        assert (await me(made, Signer("ins_two").token(clerk.claims("user_eve"))))[0] == 401
        assert clerk.app.asked == ["/v1/users/user_eve"]


NOW = int(time.time())
FORGED: dict[str, Callable[[Clerk], str]] = {
    "expired": lambda clerk: clerk.token("user_eve", exp=NOW - 10),
    "without an end": lambda clerk: clerk.token("user_eve", exp=None),
    "not yet": lambda clerk: clerk.token("user_eve", nbf=NOW + 1_000_000),
    "from the future": lambda clerk: clerk.token("user_eve", iat=NOW + 1_000_000),
    "another instance": lambda clerk: clerk.token("user_eve", iss="https://clerk.evil.example"),
    "no instance": lambda clerk: clerk.token("user_eve", iss=None),
    "for another page": lambda clerk: clerk.token("user_eve", azp="https://evil.example"),
    "for no page": lambda clerk: clerk.token("user_eve", azp=None),
    "for a page with our name in it": lambda clerk: clerk.token("user_eve", azp=f"{clerk.origin}.evil.example"),
    "of nobody": lambda clerk: clerk.token("user_eve", sub=None),
    "of a path": lambda clerk: clerk.token("../jwks"),
    "of a number": lambda clerk: clerk.token("user_eve", sub=7),
    "an OAuth token": lambda clerk: clerk.signer.token(clerk.claims("user_eve"), typ="at+jwt"),
    "another's key": lambda clerk: _as(clerk, Signer("ins_two"), "ins_one"),
    "an unknown key": lambda clerk: _as(clerk, Signer("ins_two"), "ins_two"),
    "tampered": lambda clerk: tampered(clerk.token("user_bob"), sub="user_eve"),
    "alg none": lambda clerk: unsigned(clerk.claims("user_eve"), clerk.signer.kid),
    "HS256 with the public key": lambda clerk: confused(clerk.claims("user_eve"), clerk.signer),
    "cut short": lambda clerk: clerk.token("user_eve")[:-20],
    "garbage": lambda _: "a.b.c",
    "not base64": lambda _: "e30.é.e30",
    "deep": lambda _: f"e30.{'W1tb' * 3000}.e30",
    "endless": lambda clerk: clerk.token("user_eve", more="x" * 20_000),
}


def _as(clerk: Clerk, signer: Signer, kid: str) -> str:
    return signer.token(clerk.claims("user_eve"), kid=kid)


async def test_forged_and_expired_tokens_let_nobody_in(clerked: Product, clerk: Clerk) -> None:
    clerk.add("user_eve")
    for what, forge in FORGED.items():
        token = forge(clerk)
        answer = await clerked.browser().get(ME, headers={b"authorization": f"Bearer {token}".encode()})
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), what
    assert "/v1/users/user_eve" not in clerk.app.asked
    assert clerk.app.asked.count("/v1/jwks") == 1, "made-up key ids do not make us ask again and again"
    assert (await me(clerked, clerk.token("user_eve", exp=int(time.time()) - 3)))[0] == 200, "clocks differ a little"


async def test_a_wrong_token_is_not_made_up_for_by_a_cookie(clerked: Product, clerk: Clerk) -> None:
    ada = await clerked.account("Ada")
    assert (await ada.get(ME, headers=clerk.bearer("user_eve", exp=NOW - 10))).status_code == 401


async def test_a_session_that_is_not_finished_is_refused(clerked: Product, clerk: Clerk) -> None:
    clerk.add("user_eve")
    status, said = await me(clerked, clerk.token("user_eve", sts="pending"))
    assert (status, said["code"]) == (401, "sign_in_pending")


async def test_a_new_key_is_fetched_and_the_old_one_no_longer_counts(
    clerked: Product, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jwks, "UNKNOWN_SECONDS", 0.0)
    clerk.add("user_eve")
    old = clerk.token("user_eve")
    assert (await me(clerked, old))[0] == 200
    clerk.signer = Signer("ins_two")
    assert (await me(clerked, clerk.token("user_eve")))[0] == 200
    assert (await me(clerked, old))[0] == 401


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_clerk_is_away_when_somebody_comes_first(clerked: Product, clerk: Clerk, trouble: Trouble) -> None:
    clerk.add("user_eve")
    clerk.app.trouble = trouble
    assert (await me(clerked, clerk.token("user_eve")))[1]["code"] == "clerk_unavailable"
    clerk.app.only = "/v1/users"
    await _keys_known(clerked, clerk)
    answer = await clerked.browser().get(ME, headers=clerk.bearer("user_eve"))
    assert (answer.status_code, answer.json()["code"]) == (503, "clerk_unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert SECRET not in answer.text
    assert await clerked.platform.stores.people.by_external("clerk", "user_eve") is None
    clerk.app.trouble = "none"
    assert (await me(clerked, clerk.token("user_eve")))[0] == 200


async def _keys_known(clerked: Product, clerk: Clerk) -> None:
    """As if the pause after the failure were over."""
    tokens: Any = clerked.platform.sign_in.verifiers[0]
    tokens._keys._not_before = 0.0


async def test_a_wrong_secret_key_is_no_ones_fault_who_signs_in(clerk: Clerk, tmp_path: Path) -> None:
    keys = keys_of(clerk) | {"clerk_secret_key": "sk_test_wrong"}
    async with product(tmp_path / "data", **keys) as made:
        clerk.origin = f"http://localhost:{made.port}"
        assert (await me(made, clerk.token("user_eve")))[1]["code"] == "clerk_unavailable"
        said = await made.platform.sign_in.checks["Clerk"]()
        assert said
        assert "CLERK_SECRET_KEY" in said
        assert "sk_test_wrong" not in said


async def test_the_check_says_what_is_wrong(clerked: Product, clerk: Clerk) -> None:
    check = clerked.platform.sign_in.checks["Clerk"]
    assert await check() is None
    for trouble in TROUBLES[:-1]:
        clerk.app.trouble = trouble
        assert "Clerk cannot be asked" in (await check() or "")


async def test_a_pages_first_requests_are_one_question(clerked: Product, clerk: Clerk) -> None:
    clerk.add("user_eve")
    token = clerk.token("user_eve")
    answers = await asyncio.gather(*(me(clerked, token) for _ in range(10)))
    assert {status for status, _ in answers} == {200}
    assert len({said["user"]["id"] for _, said in answers}) == 1
    assert clerk.app.asked.count("/v1/users/user_eve") == 1


async def test_a_user_whom_clerk_no_longer_has(clerked: Product, clerk: Clerk) -> None:
    assert (await me(clerked, clerk.token("user_gone")))[0] == 401


async def test_a_ticket_opens_a_socket_for_a_page_without_a_cookie(clerked: Product, clerk: Clerk) -> None:
    clerk.add("user_eve")
    page = clerked.browser(**clerk.bearer("user_eve"))
    said = await page.call("POST", "/api/auth/ticket")
    assert said.keys() == {"ticket", "expiresIn"}
    assert said["expiresIn"] == 60
    assert await clerked.browser().refused("POST", "/api/auth/ticket") == (401, "unauthenticated")


async def test_the_browser_learns_what_is_in_force(clerked: Product) -> None:
    answer = await clerked.browser().get("/api/config")
    assert answer.json()["signIn"] == {"embedded": True, "clerk": {"publishableKey": PUBLISHABLE}, "oidc": None}
    assert SECRET not in answer.text
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["script-src"].startswith(f"'self' https://{HOST} https://challenges.cloudflare.com")
    assert policy["connect-src"].startswith(f"'self' https://{HOST} ")
    assert "unsafe" not in policy["script-src"]
    assert "https://img.clerk.com" in policy["img-src"]
    assert policy["worker-src"] == "'self' blob:"
    assert policy["default-src"] == "'none'"


async def test_inngest_alone_may_tell_us_of_clerks_users(tmp_path: Path) -> None:
    """Its integration with Clerk sends the same events, whichever way people sign in here."""
    nothing: Any = None  # neither is asked
    keys: Any = {"inngest_event_key": "x", "inngest_signing_key": "signkey-test-00"}
    for given, there in ((keys, True), ({}, False)):
        settings = Settings(_env_file=None, data_dir=tmp_path, **given)
        events = EventService(nothing)
        sign_in_of(settings, nothing, events)
        triggers = {str(function.trigger) for function in events.functions}
        assert ({"clerk/user.created", "clerk/user.updated", "clerk/user.deleted"} <= triggers) is there


async def test_the_terminal_says_what_is_in_force(clerked: Product) -> None:
    words = words_of(clerked.platform.settings)
    assert words == "e-mail and password, Clerk (key set, webhooks); guests by invite"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"clerk_publishable_key": "pk_test_hush"}, "CLERK_PUBLISHABLE_KEY"),
        ({"clerk_publishable_key": "sk_test_" + PUBLISHABLE[8:]}, "CLERK_PUBLISHABLE_KEY"),
        ({"clerk_jwt_key": "hush"}, "CLERK_JWT_KEY"),
        ({"clerk_webhook_signing_secret": "hush-hush"}, "CLERK_WEBHOOK_SIGNING_SECRET"),
    ],
)
async def test_a_key_that_is_none_stops_the_start(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    keys: Any = {"clerk_publishable_key": PUBLISHABLE, "clerk_secret_key": "hush"} | wrong
    with pytest.raises(CannotStart) as caught:
        await compose(Settings(_env_file=None, data_dir=tmp_path, **keys))
    assert said in str(caught.value)
    assert "hush" not in str(caught.value)


def test_what_the_keys_say() -> None:
    assert host_of(PUBLISHABLE) == HOST
    assert host_of("pk_live_Y2xlcmsuZXhhbXBsZS5vcmck") == HOST
    for bad in ("", "pk_test_", "pk_test_Y2xlcms", "pk_test_ZXZpbC5leGFtcGxlOyBzY3JpcHQtc3JjICok"):
        with pytest.raises(ValueError, match="CLERK_PUBLISHABLE_KEY"):
            host_of(bad)
    with pytest.raises(ValueError, match="CLERK_JWT_KEY"):
        public_key_of("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://img.clerk.com/eyJ0eXBlIjoi", True),
        (f"https://{HOST}/eve.png", True),
        ("http://img.clerk.com/eve", False),
        ("https://img.clerk.com.evil.example/eve", False),
        ("https://img.clerk.com@evil.example/eve", False),
        ("https://img.clerk.com:444/eve", False),
        ("https://evil.example/?https://img.clerk.com/", False),
        ("https://img.clerk.com/a b\n", False),
        ("javascript:alert(1)", False),
        ("https://[", False),
        ("https:///img.clerk.com/eve", False),
        ("https://img.clerk.com/" + "x" * 3000, False),
        (None, False),
    ],
)
def test_pictures_come_from_clerk_alone(url: str | None, kept: bool) -> None:
    user = ClerkUser.model_validate(user_object("user_eve", image_url=url))
    assert user.seen(image_hosts(HOST)).image == (url if kept else None)


@pytest.mark.parametrize(
    ("change", "name", "email"),
    [
        ({"first_name": None, "last_name": None, "username": "evee"}, "evee", "eve@example.org"),
        ({"first_name": "", "last_name": " ", "username": None}, "eve", "eve@example.org"),
        ({"last_name": None, "primary_email_address_id": None}, "Eve", None),
        ({"primary_email_address_id": "idn_9", "email_addresses": []}, "Eve Example", None),
    ],
)
def test_name_and_address(change: dict[str, Any], name: str, email: str | None) -> None:
    seen = ClerkUser.model_validate(user_object("user_eve", **change)).seen(image_hosts(HOST))
    assert (seen.name, seen.email) == (name, email)
