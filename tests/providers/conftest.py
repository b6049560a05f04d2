from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interview_platform.providers import asking
from tests.api import Browser
from tests.providers.clerk import PUBLISHABLE, SECRET, WEBHOOK_SECRET, Clerk
from tests.providers.openid import CLIENT_ID, CLIENT_SECRET, OpenId
from tests.providers.product import Product, product, stand_in


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SECONDS", 0.5)


@pytest.fixture
async def clerk() -> AsyncIterator[Clerk]:
    made = Clerk()
    async with stand_in(made.app) as made.port:
        yield made


def keys_of(clerk: Clerk) -> dict[str, str]:
    return {
        "clerk_publishable_key": PUBLISHABLE,
        "clerk_secret_key": SECRET,
        "clerk_webhook_signing_secret": WEBHOOK_SECRET,
        "clerk_api_url": clerk.url,
    }


@pytest.fixture
async def clerked(clerk: Clerk, tmp_path: Path) -> AsyncIterator[Product]:
    """The product with Clerk in force, its key set asked for."""
    async with product(tmp_path / "data", **keys_of(clerk)) as made:
        clerk.origin = f"http://localhost:{made.port}"
        yield made


@pytest.fixture
async def openid() -> AsyncIterator[OpenId]:
    made = OpenId()
    async with stand_in(made.app) as made.port:
        yield made


def issuer_of(openid: OpenId) -> dict[str, str]:
    return {"oidc_issuer": openid.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}


@pytest.fixture
async def opened(openid: OpenId, tmp_path: Path) -> AsyncIterator[Product]:
    """The product with sign-in by OpenID in force."""
    async with product(tmp_path / "data", **issuer_of(openid), oidc_name="Example Corp") as made:
        yield made


async def to_provider(browser: Browser, next: str = "/problems") -> str:
    """Begin to sign in; where the provider sends the browser back to."""
    begun = await browser.get("/api/auth/oidc/start", params={"next": next})
    assert begun.status_code == 302, begun.text
    there = await browser.get(begun.headers["location"])
    assert there.status_code == 302, there.text
    return there.headers["location"]


async def signed_in(browser: Browser, next: str = "/problems") -> str:
    """Sign in; the page that the browser ends on."""
    back = await browser.get(await to_provider(browser, next))
    assert back.status_code == 302, back.text
    return back.headers["location"]
