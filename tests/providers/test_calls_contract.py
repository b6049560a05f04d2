"""The contract of calls on every provider: the browsers themselves, LiveKit, Stream (against its stand-in)."""

from collections.abc import AsyncIterator

import pytest

from interview_platform.call.turn import MeshCalls, Turn
from interview_platform.providers.livekit.access import LiveKitCalls, LiveKitKeys
from interview_platform.storage.database import Database
from tests.api import assemble, database, database_url, empty_database
from tests.contracts.calls import CallProviderContract, Provided
from tests.providers.livekit.standin import KEY, SECRET
from tests.providers.stream.stand_in import SECRET as STREAM_SECRET
from tests.providers.stream.stand_in import StandIn, standing_in
from tests.providers.stream.world import world_of

__all__ = ["database", "database_url", "empty_database"]


class TestMesh(CallProviderContract):
    @pytest.fixture
    async def provided(self, database: Database) -> AsyncIterator[Provided]:
        api = assemble(database)
        yield Provided(api, MeshCalls((), Turn(("turn:relay:3478",), "north")), "mesh", ("north",))
        await api.close()


class TestLiveKit(CallProviderContract):
    @pytest.fixture
    async def provided(self, database: Database) -> AsyncIterator[Provided]:
        """LiveKit itself is not even asked: its tokens are made here."""
        api = assemble(database)
        yield Provided(api, LiveKitCalls(LiveKitKeys("ws://127.0.0.1:9", KEY, SECRET)), "livekit", (SECRET,))
        await api.close()


class TestStream(CallProviderContract):
    @pytest.fixture
    async def provided(self, database: Database) -> AsyncIterator[Provided]:
        async with standing_in(StandIn()) as url, world_of(database, StandIn(), url) as world:
            yield Provided(world.api, world.calls, "stream", (STREAM_SECRET,))
