"""The contract of sign-in by a provider's page on both adapters, each against its stand-in on loopback."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from interview_platform.providers.oidc import github as github_adapter
from tests.contracts.sign_in import SignInContract
from tests.providers.github import GitHub
from tests.providers.openid import CLIENT_ID, CLIENT_SECRET, OpenId
from tests.providers.product import Product, product, stand_in
from tests.providers.trouble import Troubled


class TestOpenId(SignInContract):
    @pytest.fixture
    def at_provider(self, openid: OpenId) -> Troubled:
        return openid.app


class TestGitHub(SignInContract):
    @pytest.fixture
    async def github(self) -> AsyncIterator[GitHub]:
        made = GitHub()
        async with stand_in(made.app) as made.port:
            yield made

    @pytest.fixture
    def at_provider(self, github: GitHub) -> Troubled:
        return github.app

    @pytest.fixture
    async def opened(self, github: GitHub, tmp_path: Path) -> AsyncIterator[Product]:
        keys = {"oidc_issuer": "github", "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
        async with product(tmp_path / "data", **keys) as made:
            provider: Any = made.platform.sign_in.oidc
            provider._places = github_adapter.GitHubPlaces(github.url, github.url)
            yield made
