"""What many rooms do at the same moment; acknowledgements that ride on what goes to a browser anyway."""

import asyncio

from structlog.testing import capture_logs

from interview_platform.room.beats import Beats
from interview_platform.room.limits import RoomLimits
from interview_platform.storage.database import Database
from tests.room.world import world_of
from tests.room.yjs import eventually, yjs


async def test_what_is_due_by_one_beat_is_done_together_and_never_late() -> None:
    loop, beats = asyncio.get_running_loop(), Beats(0.05)
    begin = (loop.time() // 0.05 + 2) * 0.05
    done: list[str] = []
    beats.by(begin + 0.01, lambda: done.append("first"))
    beats.by(begin + 0.04, lambda: done.append("second"))
    beats.by(begin + 0.06, lambda: done.append("next beat"))
    assert len(beats._due) == 2
    await eventually(lambda: done == ["first", "second", "next beat"])
    assert not beats._due


async def test_what_is_overdue_is_done_at_once() -> None:
    beats, done = Beats(60.0), asyncio.Event()
    beats.by(asyncio.get_running_loop().time(), done.set)
    await done.wait()


async def test_one_room_that_fails_does_not_hold_up_the_others() -> None:
    beats, done = Beats(60.0), asyncio.Event()

    def fails() -> None:
        raise RuntimeError("this one is broken")

    now = asyncio.get_running_loop().time()
    with capture_logs() as logs:
        beats.by(now, fails)
        beats.by(now, done.set)
        await done.wait()
    assert [line["event"] for line in logs] == ["beat.failed"]


async def test_an_acknowledgement_goes_with_the_next_thing(database: Database) -> None:
    """Nothing but what the other one types can bring it: alone, it would wait for a minute."""
    async with world_of(database, RoomLimits(gather_seconds=0.005, ack_seconds=60.0)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session, query="?acks=1")
        async with yjs(url, host.headers) as ada, yjs(url, guest.headers) as ben:
            await eventually(lambda: ada.acked == ben.acked == 1)
            ada.text.insert(0, "Z")
            journal = world.rooms.rooms._live[session.id].journal
            await eventually(lambda: "Z" in ben.read() and journal.idle)
            assert ada.acked == 1
            ben.text.insert(0, "Q")
            await eventually(lambda: ada.acked == 2)
            assert "Q" in ada.read()
