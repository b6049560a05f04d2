"""Two people in one document, through the real socket."""

import pytest

from interview_platform.room.wire import SYNC, UPDATE
from interview_platform.sessions.model import Role
from tests.room.world import SEED, World
from tests.room.yjs import eventually, yjs

pytestmark = pytest.mark.parametrize("world", ["direct", "asgi"], indirect=True)


async def test_two_clients_see_the_seed_and_each_other(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session)
    async with yjs(url, host.headers) as ada, yjs(url, guest.headers) as ben:
        assert ada.read() == ben.read() == SEED.files[0].text
        assert ada.room["language"] == "python"
        assert ada.room["activeFile"] == "solution.py"
        ada.text.insert(0, "# Ada\n")
        ben.text.insert(len(ben.text), "# Ben 😀\n")
        await eventually(lambda: ada.read() == ben.read() and "😀" in ada.read() and "Ada" in ben.read())


async def test_acks_count_what_is_durable(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with yjs(world.url(session, query="?acks=1"), host.headers) as ada:
        await eventually(lambda: ada.acked == 1, "the answer to the server's first question")
        world.timeline.gate.clear()
        for letter in "typed":
            ada.text.insert(0, letter)
        assert ada.sent == 6
        assert ada.acked == 1
        world.timeline.gate.set()
        await eventually(lambda: ada.acked == 6)


async def test_an_observer_reads_but_is_denied(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    watcher = await world.admit(session, "Oz", Role.OBSERVER)
    url = world.url(session)
    async with yjs(url, host.headers) as ada, yjs(url, watcher.headers) as oz:
        ada.text.insert(0, "seen ")
        await eventually(lambda: oz.read().startswith("seen "))
        oz.text.insert(0, "vandal ")
        await eventually(lambda: bool(oz.denied))
        ada.text.insert(0, "x")
        await eventually(lambda: "x" in oz.read())
        assert "vandal" not in ada.read()


async def test_nobody_is_sent_what_they_wrote(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with (
        yjs(world.url(session, query="?acks=1"), host.headers) as ada,
        yjs(world.url(session), guest.headers) as ben,
    ):
        for letter in "abc":
            ada.text.insert(0, letter)
        ada.show({"cursor": 1})
        await eventually(lambda: ada.acked == 4 and ben.read().startswith("cba") and ben.cursors)
        assert [frame for frame in ada.frames if frame[:2] == bytes((SYNC, UPDATE))] == []
        assert not ada.cursors
