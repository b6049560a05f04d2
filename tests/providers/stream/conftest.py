from collections.abc import AsyncIterator

import pytest

from interview_platform.storage.database import Database
from tests.api import database, database_url, empty_database
from tests.providers.stream.stand_in import StandIn, standing_in
from tests.providers.stream.world import World, world_of

__all__ = ["database", "database_url", "empty_database"]


@pytest.fixture
async def stream() -> StandIn:
    return StandIn()


@pytest.fixture
async def world(database: Database, stream: StandIn) -> AsyncIterator[World]:
    async with standing_in(stream) as url, world_of(database, stream, url) as made:
        yield made
