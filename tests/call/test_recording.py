"""Nobody is recorded unseen, whatever else is away."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from interview_platform.call.recording import Recordings
from interview_platform.kit.errors import StorageUnavailable
from interview_platform.sessions.model import Session, SessionId
from interview_platform.sessions.ports import session_topic
from interview_platform.storage.open import open_database
from interview_platform.timeline.model import Event, EventKind
from tests.room.world import TroubledTimeline, world_of


class Recorder:
    async def start(self, session: Session) -> str:
        return f"recording of {session.id}"

    async def stop(self, session: Session) -> list[str]:
        return [f"recording of {session.id}"]


class Away(TroubledTimeline):
    async def read(
        self, session: SessionId, *, after: int = 0, kinds: Sequence[EventKind] | None = None, limit: int = 1000
    ) -> list[Event]:
        raise StorageUnavailable


async def test_the_room_is_told_though_nothing_can_be_written_down(tmp_path: Path) -> None:
    database = await open_database(None, tmp_path)
    async with world_of(database, served=False) as world:
        timeline = Away(world.timeline)
        timeline.failures, timeline.failure = 9, StorageUnavailable()
        recordings = Recordings(Recorder(), world.api.sessions, timeline, world.api.bus)
        host = await world.somebody("Ada")
        session = await world.session(host)
        heard: list[bool] = []
        world.api.bus.subscribe(session_topic(session.id), lambda said: heard.append(json.loads(said)["recording"]))
        with pytest.raises(StorageUnavailable):
            await recordings.start(session.id, host.person)
        assert heard == [True]
        with pytest.raises(StorageUnavailable):
            await recordings.stop(session.id, host.person)
        assert heard == [True, False]
    await database.close()
