import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from interview_platform.providers.mongo.open import MongoStores, open_mongo
from interview_platform.storage.chat import SqlChatStore
from interview_platform.storage.database import Database
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.insights import SqlInsightsStore
from interview_platform.storage.open import SQLITE_FILE, open_database
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.runs import SqlRunStore
from interview_platform.storage.sessions import SqlSessionStore
from interview_platform.storage.timeline import SqlTimelineStore
from tests.contracts.world import AnotherNode, Stores
from tests.mongo import REAL, MongoServer, mongo_server, real_mongo_server
from tests.postgres import postgres_server, postgres_url, run_apart

__all__ = ["mongo_server", "postgres_server", "postgres_url", "real_mongo_server"]

_REAL = ["real mongodb"] if REAL else []


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")

    async def migrate() -> None:
        await (await open_database(None, folder)).close()

    run_apart(migrate())
    return folder / SQLITE_FILE


@pytest.fixture(params=["sqlite", "postgres", "mongodb", *_REAL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    """An empty database: PostgreSQL, MongoDB, or with None SQLite in `tmp_path`."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        return url
    if "mongodb" in request.param:
        server: MongoServer = request.getfixturevalue(
            "mongo_server" if request.param == "mongodb" else "real_mongo_server"
        )
        return server.fresh_url()
    shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / SQLITE_FILE)
    return None


@pytest_asyncio.fixture
async def another_node(database_url: str | None, tmp_path: Path) -> AsyncIterator[AnotherNode]:
    """Opens the test's database, once or several times."""
    async with AsyncExitStack() as opened:

        async def open_again() -> Stores:
            if database_url is not None and database_url.startswith("mongodb"):
                mongo = await open_mongo(database_url)
                opened.push_async_callback(mongo.close)
                return stores_of_mongo(mongo)
            database = await open_database(database_url, tmp_path)
            opened.push_async_callback(database.close)
            return stores_of(database)

        yield open_again


@pytest_asyncio.fixture
async def stores(another_node: AnotherNode) -> Stores:
    return await another_node()


def stores_of_mongo(mongo: MongoStores) -> Stores:
    return Stores(
        people=mongo.people,
        sessions=mongo.sessions,
        timeline=mongo.timeline,
        chat=mongo.chat,
        runs=mongo.runs,
        insights=mongo.insights,
        events=mongo.events,
    )


def stores_of(database: Database) -> Stores:
    return Stores(
        people=SqlPeopleStore(database),
        sessions=SqlSessionStore(database),
        timeline=SqlTimelineStore(database),
        chat=SqlChatStore(database),
        runs=SqlRunStore(database),
        insights=SqlInsightsStore(database),
        events=SqlEventStore(database),
    )
