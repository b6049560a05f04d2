import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest
import uvloop

from interview_platform.storage.database import Database
from interview_platform.storage.open import SQLITE_FILE, open_database
from tests.room.world import World, world_of


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """What the product runs on."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, made once: the tests copy it."""
    folder = tmp_path_factory.mktemp("room")

    async def made() -> None:
        await (await open_database(None, folder)).close()

    asyncio.run(made())
    return folder / SQLITE_FILE


@pytest.fixture
async def database(empty_database: Path, tmp_path: Path) -> AsyncIterator[Database]:
    shutil.copy(empty_database, tmp_path / SQLITE_FILE)
    opened = await open_database(None, tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def world(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[World]:
    async with world_of(database, direct=getattr(request, "param", "direct") == "direct") as made:
        yield made
