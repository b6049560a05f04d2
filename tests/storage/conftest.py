import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

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
from tests.postgres import postgres_server, postgres_url, run_apart

__all__ = ["postgres_server", "postgres_url"]

Opener = Callable[[], Awaitable[Database]]


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")

    async def migrate() -> None:
        await (await open_database(None, folder)).close()

    run_apart(migrate())
    return folder / SQLITE_FILE


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    """An empty database: PostgreSQL, or with None SQLite in `tmp_path`."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        return url
    shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / SQLITE_FILE)
    return None


@pytest_asyncio.fixture
async def opener(database_url: str | None, tmp_path: Path) -> AsyncIterator[Opener]:
    """Opens the test's database, once or several times."""
    async with AsyncExitStack() as opened:

        async def opener() -> Database:
            database = await open_database(database_url, tmp_path)
            opened.push_async_callback(database.close)
            return database

        yield opener


@pytest_asyncio.fixture
async def database(opener: Opener) -> Database:
    return await opener()


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


@pytest_asyncio.fixture
async def stores(database: Database) -> Stores:
    return stores_of(database)


@pytest_asyncio.fixture
async def another_node(opener: Opener) -> AnotherNode:
    async def open_again() -> Stores:
        return stores_of(await opener())

    return open_again
