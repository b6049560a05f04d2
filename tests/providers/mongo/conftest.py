import gc
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from interview_platform.providers.mongo import client
from interview_platform.providers.mongo.open import MongoStores, open_mongo
from tests.contracts.world import Stores
from tests.mongo import MongoServer, mongo_server
from tests.storage.conftest import stores_of_mongo

__all__ = ["mongo_server"]


# PyMongo closes no socket whose connecting is cancelled, which is what closing a client does that finds nobody.
sockets_left_by_the_driver = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is listening where these tests look: no need to wait for an election."""
    monkeypatch.setattr(client, "SELECT_MS", 300)
    yield
    gc.collect()  # now, while the mark above is in force


@pytest.fixture
def url(mongo_server: MongoServer) -> str:
    """Of an empty database."""
    return mongo_server.fresh_url()


@pytest_asyncio.fixture
async def mongo(url: str) -> AsyncIterator[MongoStores]:
    opened = await open_mongo(url)
    yield opened
    await opened.close()


@pytest.fixture
def stores(mongo: MongoStores) -> Stores:
    return stores_of_mongo(mongo)
