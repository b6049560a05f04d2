"""Sign-in by GitHub, as a browser goes through it, against a stand-in on loopback."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from interview_platform.app.settings import Settings
from interview_platform.app.sign_in import oidc_name
from interview_platform.providers.oidc import github as adapter
from tests.providers.conftest import signed_in, to_provider
from tests.providers.github import GitHub
from tests.providers.openid import CLIENT_ID, CLIENT_SECRET
from tests.providers.product import Product, product, stand_in
from tests.providers.trouble import TROUBLES, Trouble

ME = "/api/auth/me"


@pytest.fixture
async def github() -> AsyncIterator[GitHub]:
    made = GitHub()
    async with stand_in(made.app) as made.port:
        yield made


@pytest.fixture
async def opened(github: GitHub, tmp_path: Path) -> AsyncIterator[Product]:
    keys = {"oidc_issuer": "github", "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
    async with product(tmp_path / "data", **keys) as made:
        provider: Any = made.platform.sign_in.oidc
        provider._places = adapter.GitHubPlaces(github.url, github.url)
        yield made


async def test_somebody_signs_in_and_comes_back(opened: Product, github: GitHub) -> None:
    browser = opened.browser()
    assert await signed_in(browser) == "/problems"
    user = (await browser.call("GET", ME))["user"]
    assert (user["name"], user["email"], user["provider"]) == ("octo", "octo@example.org", "oidc")
    assert await opened.platform.stores.people.by_external("oidc", "https://github.com#583231")
    github.user |= {"login": "renamed", "name": "Octo Cat"}
    again = opened.browser()
    await signed_in(again)
    seen = (await again.call("GET", ME))["user"]
    assert (seen["id"], seen["name"]) == (user["id"], "Octo Cat"), "the number is who it is, not the login"
    assert (await browser.call("GET", "/api/config"))["signIn"]["oidc"] == {"name": "GitHub"}


@pytest.mark.parametrize("emails", [None, [], [{"email": "octo@example.org", "primary": True, "verified": False}]])
async def test_an_address_that_github_has_not_checked_is_nobodys(opened: Product, github: GitHub, emails: Any) -> None:
    github.emails = emails
    browser = opened.browser()
    assert await signed_in(browser) == "/problems"
    assert (await browser.call("GET", ME))["user"]["email"] is None


async def test_a_callback_counts_once_and_in_its_browser(opened: Product) -> None:
    browser, other = opened.browser(), opened.browser()
    back = await to_provider(browser)
    assert (await other.get(back)).headers["location"] == "/sign-in?error=oidc_expired"
    assert (await browser.get(back.replace("c-1", "c-2"))).headers["location"] == "/sign-in?error=oidc_failed"
    assert (await browser.get(back)).headers["location"] == "/sign-in?error=oidc_expired"
    assert (await browser.get(ME)).status_code == 401


@pytest.mark.parametrize("path", ["/login/oauth/access_token", "/user"])
@pytest.mark.parametrize("trouble", TROUBLES)
async def test_github_is_away(opened: Product, github: GitHub, path: str, trouble: Trouble) -> None:
    github.app.trouble, github.app.only = trouble, path
    browser = opened.browser()
    refused = path.endswith("token") and trouble == "other shape"  # an answer without a token is a refusal
    assert await signed_in(browser) == f"/sign-in?error=oidc_{'failed' if refused else 'unavailable'}"
    assert (await browser.get(ME)).status_code == 401
    assert await opened.platform.stores.people.by_external("oidc", "https://github.com#583231") is None


async def test_the_check_says_what_is_wrong(opened: Product, github: GitHub) -> None:
    check = opened.platform.sign_in.checks["GitHub"]
    assert await check() is None
    github.app.trouble = "500"
    assert "GitHub cannot be asked" in (await check() or "")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"oidc_issuer": "google"}, "Google"),
        ({"oidc_issuer": "https://login.example.org/realms/x"}, "login.example.org"),
        ({"oidc_issuer": "github", "oidc_name": "Octo"}, "Octo"),
    ],
)
def test_what_stands_on_the_button(given: dict[str, Any], name: str) -> None:
    assert oidc_name(Settings(_env_file=None, oidc_client_id="x", oidc_client_secret="y", **given)) == name
