"""Sign-in by OpenID, as a browser goes through it, against a provider on loopback."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from interview_platform.app.compose import CannotStart, compose
from interview_platform.app.settings import Settings
from interview_platform.providers.oidc import openid as adapter
from interview_platform.providers.oidc.flow import Flows, local_path
from tests.api import Browser
from tests.providers.conftest import issuer_of, signed_in, to_provider
from tests.providers.openid import CLIENT_ID, CLIENT_SECRET, OpenId
from tests.providers.product import Product, product
from tests.providers.signer import Signer, confused, tampered, unsigned
from tests.providers.trouble import TROUBLES, Trouble

ME = "/api/auth/me"
FAILED = "/sign-in?error=oidc_failed"
EXPIRED = "/sign-in?error=oidc_expired"
UNAVAILABLE = "/sign-in?error=oidc_unavailable"
NOW = int(time.time())


async def nobody_is_in(opened: Product, browser: Browser, openid: OpenId) -> None:
    """Neither signed in nor stored."""
    assert (await browser.get(ME)).status_code == 401
    stored = opened.platform.stores.people
    assert await stored.by_external("oidc", f"{openid.issuer}#s-ada") is None


async def test_somebody_signs_in_and_comes_back(opened: Product, openid: OpenId) -> None:
    browser = opened.browser()
    assert await signed_in(browser, "/session/abc?x=1#top") == "/session/abc?x=1#top"
    user = (await browser.call("GET", ME))["user"]
    assert (user["name"], user["email"], user["provider"], user["guest"]) == (
        "Ada Open",
        "ada@openid.example",
        "oidc",
        False,
    )
    assert user["clerkId"] is None
    openid.person["name"] = "Ada Married"
    again = opened.browser()
    await signed_in(again)
    seen = (await again.call("GET", ME))["user"]
    assert (seen["id"], seen["name"]) == (user["id"], "Ada Married")
    openid.be("bob")
    await signed_in(again)
    assert (await again.call("GET", ME))["user"]["id"] != user["id"]
    assert (await browser.call("GET", ME))["user"]["id"] == user["id"]


async def test_what_the_browser_is_given(opened: Product) -> None:
    browser = opened.browser()
    begun = await browser.get("/api/auth/oidc/start")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    assert asked["redirect_uri"] == f"{opened.url}/api/auth/oidc/callback"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert min(len(asked[word]) for word in ("state", "nonce", "code_challenge")) >= 43
    cookie = begun.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/api/auth/oidc", "max-age=600"))
    assert asked["state"] not in cookie
    assert begun.headers["cache-control"] == "no-store"
    config = (await browser.call("GET", "/api/config"))["signIn"]
    assert config == {"embedded": True, "clerk": None, "oidc": {"name": "Example Corp"}}


WRONG_TOKENS: dict[str, Callable[[OpenId, dict[str, Any]], str]] = {
    "alg none": lambda op, claims: unsigned(claims, op.signer.kid),
    "HS256 with the public key": lambda op, claims: confused(claims, op.signer),
    "another's key": lambda op, claims: Signer("op_two").token(claims, kid=op.signer.kid),
    "an unknown key": lambda _, claims: Signer("op_two").token(claims),
    "tampered": lambda op, claims: tampered(op.signer.token(claims | {"sub": "s-eve"}), sub="s-ada"),
    "cut short": lambda op, claims: op.signer.token(claims)[:-9],
    "garbage": lambda *_: "a.b.c",
}
WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "somebody else"},
    "another audience, but our name in azp": {"aud": ["somebody else"], "azp": CLIENT_ID},
    "no audience": {"aud": None},
    "an empty audience": {"aud": []},
    "for two, made for the other": {"aud": [CLIENT_ID, "other"], "azp": "other"},
    "for two, and it does not say for whom": {"aud": [CLIENT_ID, "other"]},
    "another nonce": {"nonce": "overheard"},
    "no nonce": {"nonce": None},
    "expired": {"exp": NOW - 60},
    "without an end": {"exp": None},
    "from the future": {"iat": NOW + 1_000_000},
    "of nobody": {"sub": None},
    "of an empty name": {"sub": ""},
    "of a number": {"sub": 7},
    "with a name too long": {"sub": "x" * 256},
    "another access token's": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


async def test_an_id_token_that_is_not_good_lets_nobody_in(opened: Product, openid: OpenId) -> None:
    browser = opened.browser()
    for what, change in WRONG_CLAIMS.items():
        openid.change = change
        assert await signed_in(browser) == FAILED, what
    openid.change = {}
    for what, sign in WRONG_TOKENS.items():
        openid.sign = sign
        assert await signed_in(browser) == FAILED, what
    await nobody_is_in(opened, browser, openid)


async def test_a_callback_counts_once_and_in_its_browser(opened: Product, openid: OpenId) -> None:
    browser, other = opened.browser(), opened.browser()
    back = await to_provider(browser)
    assert (await other.get(back)).headers["location"] == EXPIRED, "another's address, followed by mistake"
    await to_provider(other)
    assert (await other.get(back)).headers["location"] == EXPIRED
    await nobody_is_in(opened, other, openid)
    jar = dict(browser.cookies)
    assert (await browser.get(back)).headers["location"] == "/problems"
    browser.cookies.update(jar)
    assert (await browser.get(back)).headers["location"] == EXPIRED
    for address in (back.replace("state=", "state=x"), "/api/auth/oidc/callback", "/api/auth/oidc/callback?code=x"):
        assert (await other.get(address)).headers["location"] == EXPIRED


async def test_the_same_code_under_a_new_state(opened: Product, openid: OpenId) -> None:
    """The provider refuses the code, and had it not, the nonce would be another."""
    first, second = opened.browser(), opened.browser()
    stolen = parse_qs(urlsplit(await to_provider(first)).query)["code"][0]
    openid.callback = {"code": stolen}
    assert await signed_in(second) == FAILED
    await nobody_is_in(opened, second, openid)


async def test_two_tabs_sign_in_at_the_same_time(opened: Product) -> None:
    browser = opened.browser()
    one, two = await to_provider(browser, "/one"), await to_provider(browser, "/two")
    assert (await browser.get(one)).headers["location"] == "/one"
    assert (await browser.get(two)).headers["location"] == "/two"
    assert [name for name in browser.cookies if "oidc" in name] == []


async def test_a_sign_in_takes_ten_minutes_at_most() -> None:
    now = [0.0]
    flows = Flows(lambda: now[0])
    flow = flows.begin("http://here/callback", None)
    now[0] = 600.0
    assert flows.end(flow.state, flow.binding) is None
    later = flows.begin("http://here/callback", None)
    assert flows.end(later.state, "wrong") is None
    assert flows.end(later.state, None) is None
    assert flows.end(later.state, later.binding) == later
    assert flow.verifier not in repr(flow)


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ({"error": "access_denied"}, "/sign-in?error=oidc_denied"),
        ({"error": "server_error"}, FAILED),
        ({"code": ""}, FAILED),
        ({"code": "made-up"}, FAILED),
        ({"iss": "https://evil.example"}, FAILED),
    ],
)
async def test_what_the_provider_sends_back(opened: Product, openid: OpenId, said: dict[str, str], page: str) -> None:
    openid.callback = said
    browser = opened.browser()
    assert await signed_in(browser) == page
    await nobody_is_in(opened, browser, openid)


@pytest.mark.parametrize("path", ["/.well-known", "/token", "/keys", "/about"])
@pytest.mark.parametrize("trouble", TROUBLES)
async def test_the_provider_is_away(opened: Product, openid: OpenId, path: str, trouble: Trouble) -> None:
    del openid.person["name"]  # so that the user-info endpoint is asked
    openid.app.trouble, openid.app.only = trouble, path
    browser = opened.browser()
    begun = await browser.get("/api/auth/oidc/start")
    if path == "/.well-known":
        assert begun.headers["location"] == UNAVAILABLE
    else:
        # A user-info endpoint of another shape is an answer, and about nobody.
        known = path == "/about" and trouble == "other shape"
        assert await signed_in(browser) == (FAILED if known else UNAVAILABLE)
    await nobody_is_in(opened, browser, openid)
    openid.app.trouble = "none"
    keys: Any = opened.platform.sign_in.oidc
    keys._keys._not_before = 0.0  # as if the pause after the failure were over
    assert await signed_in(browser) == "/problems"


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
)
async def test_a_discovery_that_is_not_to_be_trusted(opened: Product, openid: OpenId, said: dict[str, Any]) -> None:
    openid.metadata = said
    assert (await opened.browser().get("/api/auth/oidc/start")).headers["location"] == UNAVAILABLE
    problem = await opened.platform.sign_in.checks["Example Corp"]()
    assert problem
    assert CLIENT_SECRET not in problem
    openid.metadata = {}
    assert await opened.platform.sign_in.checks["Example Corp"]() is None


async def test_a_provider_that_is_away_later_is_still_known(
    opened: Product, openid: OpenId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "FRESH_SECONDS", -1.0)
    browser = opened.browser()
    await signed_in(browser)
    openid.app.trouble, openid.app.only = "500", "/.well-known"
    assert await signed_in(browser) == "/problems"


async def test_what_only_the_user_info_endpoint_says(opened: Product, openid: OpenId) -> None:
    openid.person = {"sub": "s-ada"}
    openid.about = {"preferred_username": "ada99", "email": "ada@openid.example", "email_verified": False}
    browser = opened.browser()
    await signed_in(browser)
    user = (await browser.call("GET", ME))["user"]
    assert (user["name"], user["email"]) == ("ada99", None), "an address that nobody has checked is nobody's"
    openid.about = {"sub": "s-eve", "name": "Eve"}
    assert await signed_in(browser) == FAILED


async def test_the_secret_may_go_into_the_form(opened: Product, openid: OpenId) -> None:
    openid.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert await signed_in(opened.browser()) == "/problems"


async def test_a_wrong_secret(openid: OpenId, tmp_path: Path) -> None:
    settings = issuer_of(openid) | {"oidc_client_secret": "wrong"}
    async with product(tmp_path / "data", **settings) as made:
        assert await signed_in(made.browser()) == FAILED


async def test_a_guest_who_signs_in_keeps_their_seat(opened: Product) -> None:
    host = await opened.account("Hostess")
    session = await host.create(visibility="private")
    guest = opened.browser()
    await guest.call("POST", f"/api/invites/{await host.invite(session)}/accept", {"name": "Gus"})
    before = (await guest.call("GET", ME))["user"]
    old = dict(guest.cookies)
    await signed_in(guest)
    after = (await guest.call("GET", ME))["user"]
    assert (after["id"], after["guest"], after["name"]) == (before["id"], False, "Ada Open")
    seen = (await guest.call("GET", f"/api/sessions/{session['id']}"))["session"]
    assert seen["participant"]["name"] == "Ada Open"
    stale = opened.browser()
    stale.cookies.update(old)
    assert (await stale.get(ME)).status_code == 401, "the guest's cookie was replaced"
    other = opened.browser()
    await other.call("POST", f"/api/invites/{await host.invite(await host.create())}/accept", {"name": "Gil"})
    gil = (await other.call("GET", ME))["user"]
    await signed_in(other)
    assert (await other.call("GET", ME))["user"]["id"] == before["id"] != gil["id"], "one person, whoever asks"


async def test_an_erased_person_is_told_so(opened: Product) -> None:
    browser = opened.browser()
    await signed_in(browser)
    await browser.call("DELETE", ME, status=204)
    assert await signed_in(browser) == "/sign-in?error=account_erased"
    assert (await browser.get(ME)).status_code == 401


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/session/abc", "/session/abc"),
        ("/problems?q=a&x=%20", "/problems?q=a&x=%20"),
        *((bad, "/dashboard") for bad in (None, "", "//evil.example", "/\\evil.example", "https://evil.example")),
        *((bad, "/dashboard") for bad in ("/\t/evil.example", "/a\r\nset-cookie: x", "evil", "/a b", "/é", "/a\\b")),
        *((bad, "/dashboard") for bad in ("/api/auth/oidc/start", "/" + "x" * 600)),
    ],
)
def test_only_our_own_pages_come_next(given: str | None, path: str) -> None:
    assert local_path(given) == path


@pytest.mark.parametrize("issuer", ["http://accounts.example.org", "accounts.example.org", "ftp://x", "gitlab"])
async def test_an_issuer_that_is_none_stops_the_start(tmp_path: Path, issuer: str) -> None:
    keys: Any = {"oidc_issuer": issuer, "oidc_client_id": "x", "oidc_client_secret": "hush"}
    with pytest.raises(CannotStart, match="OIDC_ISSUER"):
        await compose(Settings(_env_file=None, data_dir=tmp_path, **keys))


async def test_behind_a_proxy_the_public_address_counts(openid: OpenId, tmp_path: Path) -> None:
    public = "https://interviews.example.org"
    async with product(tmp_path / "data", **issuer_of(openid), client_url=public) as made:
        begun = await made.browser().get("/api/auth/oidc/start")
        assert "redirect_uri=https%3A%2F%2Finterviews.example.org%2Fapi" in begun.headers["location"]
        assert "; Secure" in begun.headers["set-cookie"]
