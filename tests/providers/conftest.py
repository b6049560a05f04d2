from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interview_platform.providers import asking
from tests.providers.clerk import PUBLISHABLE, SECRET, WEBHOOK_SECRET, Clerk
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
