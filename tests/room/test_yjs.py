"""Plain Yjs clients (node, y-websocket) against the real server: nothing of ours is needed to take part."""

from interview_platform.sessions.model import Role
from tests.room.node import node
from tests.room.world import SEED, World
from tests.room.yjs import eventually, yjs

PATH = "solution.py"
STARTER = SEED.files[0].text


async def test_two_plain_clients_converge(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with node(world.port, session.id, host.headers) as ada, node(world.port, session.id, guest.headers) as ben:
        state = await ada.until(lambda state: state["synced"])
        assert state["texts"] == {file.path: file.text for file in SEED.files}
        assert state["room"] == {"language": "python", "activeFile": PATH}

        await ada.do("insert", path=PATH, at=0, text="# Ada 😀\n")
        await ben.do("type", path=PATH, text="# typed by Ben é\n")
        await ben.do("set", key="language", value="java")
        seen = await ada.until(lambda state: "by Ben é" in state["texts"][PATH])
        both = await ben.until(lambda state: state["texts"] == seen["texts"])
        assert both["texts"][PATH] == f"# Ada 😀\n{STARTER}# typed by Ben é\n"
        await ada.until(lambda state: state["room"]["language"] == "java")

        await ada.do("remove", path=PATH, at=0, length=9)
        await ben.until(lambda state: state["texts"][PATH].startswith(STARTER))

        async with yjs(world.url(session), guest.headers) as late:
            assert late.read() == f"{STARTER}# typed by Ben é\n"


async def test_cursors_of_plain_clients(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with node(world.port, session.id, host.headers) as ada:
        async with node(world.port, session.id, guest.headers) as ben:
            said = {"user": {"name": "Ada", "color": "#30bced"}, "cursor": {"anchor": 1}}
            await ada.do("cursor", state=said)
            await ben.until(lambda state: said in state["cursors"])
            # A plain client repeats what it is told of the others; that must not come back to them.
            await ben.do("cursor", state={"user": {"name": "Ada"}})
            await ada.until(lambda state: {"user": {"name": "Ben"}} in state["cursors"])
        await ada.until(lambda state: state["cursors"] == [])


async def test_a_plain_client_comes_back_with_what_it_wrote_offline(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with node(world.port, session.id, host.headers) as ada, yjs(world.url(session), host.headers) as other:
        await ada.do("disconnect")
        await ada.do("insert", path=PATH, at=0, text="offline ")
        other.text.insert(0, "meanwhile ")
        await ada.do("connect")
        await ada.until(lambda state: "meanwhile" in state["texts"][PATH] and "offline" in state["texts"][PATH])
        await eventually(lambda: "offline" in other.read())
        assert other.read().count("def solve") == 1


async def test_line_ends_and_half_characters_of_a_plain_client(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with node(world.port, session.id, host.headers) as ada, yjs(world.url(session), host.headers) as other:
        await ada.do("insert", path=PATH, at=0, text="a\r\nb\r😀\r\n")
        await ada.until(lambda state: state["texts"][PATH] == "a\nb\n😀\n" + STARTER)
        await eventually(lambda: other.read() == "a\nb\n😀\n" + STARTER)
        await ada.do("remove", path=PATH, at=4, length=1)
        await ada.until(lambda state: state["texts"][PATH] == "a\nb\n\n" + STARTER)
        await eventually(lambda: other.read() == "a\nb\n\n" + STARTER)
        async with node(world.port, session.id, host.headers) as late:
            await late.until(lambda state: state["texts"][PATH] == "a\nb\n\n" + STARTER)


async def test_a_plain_observer_sees_all_and_changes_nothing(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    watcher = await world.admit(session, "Oz", Role.OBSERVER)
    async with (
        node(world.port, session.id, watcher.headers) as oz,
        yjs(world.url(session), host.headers) as ada,
    ):
        ada.text.insert(0, "seen ")
        await oz.until(lambda state: state["texts"][PATH].startswith("seen "))
        await oz.do("insert", path=PATH, at=0, text="vandal ")
        assert ["Permission denied" in problem for problem in await oz.complaints()] == [True]
        async with yjs(world.url(session), host.headers) as fresh:
            assert fresh.read() == "seen " + STARTER


async def test_a_plain_client_survives_the_end(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with node(world.port, session.id, host.headers) as ada:
        await ada.do("insert", path=PATH, at=0, text="final ")
        document = world.rooms.rooms._live[session.id].document
        await eventually(lambda: document.files()[PATH].startswith("final "))
        await world.api.sessions.end(session.id, host.person)
        await ada.until(lambda state: state["closed"] == 4409)
    access = await world.api.sessions.access(session.id, host.person)
    record = await world.rooms.records.of(access)
    assert {file.path: file.text for file in record.files}[PATH] == "final " + STARTER
