"""What every `SignInProvider` does, as a browser goes through it. An adapter's suite has `opened` and `at_provider`."""

import pytest

from tests.providers.conftest import signed_in, to_provider
from tests.providers.openid import CLIENT_SECRET
from tests.providers.product import Product
from tests.providers.trouble import Troubled

ME = "/api/auth/me"


class SignInContract:
    async def test_one_comes_back_to_where_one_wanted_to_go_as_the_same_person(self, opened: Product) -> None:
        one, again = opened.browser(), opened.browser()
        for browser in (one, again):
            assert await signed_in(browser, "/session/abc?x=1") == "/session/abc?x=1"
        first, second = [(await browser.call("GET", ME))["user"] for browser in (one, again)]
        assert first["id"] == second["id"]
        assert (first["provider"], first["guest"], first["clerkId"]) == ("oidc", False, None)

    async def test_the_way_back_counts_once_and_in_its_browser(self, opened: Product) -> None:
        browser, other = opened.browser(), opened.browser()
        back = await to_provider(browser)
        assert (await other.get(back)).headers["location"] == "/sign-in?error=oidc_expired"
        assert (await other.get(ME)).status_code == 401
        assert (await browser.get(back)).headers["location"] == "/problems"
        assert (await browser.get(back)).headers["location"] == "/sign-in?error=oidc_expired"

    @pytest.mark.parametrize("trouble", ["slow", "429", "500", "not json"])
    async def test_a_provider_that_is_away_lets_nobody_in_and_the_next_try_goes_well(
        self, opened: Product, at_provider: Troubled, trouble: str
    ) -> None:
        browser = opened.browser()
        back = await to_provider(browser)
        at_provider.trouble = trouble  # type: ignore[assignment]
        assert (await browser.get(back)).headers["location"] == "/sign-in?error=oidc_unavailable"
        assert (await browser.get(ME)).status_code == 401
        at_provider.trouble = "none"
        assert await signed_in(browser) == "/problems"

    async def test_the_operator_is_told_whether_it_answers(self, opened: Product, at_provider: Troubled) -> None:
        provider = opened.platform.sign_in.oidc
        assert provider is not None
        assert await provider.check() is None
        at_provider.trouble = "500"
        said = await provider.check()
        assert said
        assert CLIENT_SECRET not in said
