"""Random edits by several people at once, with connections that break: in the end everybody has the same."""

import asyncio
import random
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from pycrdt import Text

from interview_platform.room.limits import RoomLimits
from interview_platform.room.wire import UPDATE, sync_message
from interview_platform.sessions.model import Session
from interview_platform.storage.database import Database
from tests.room.world import QUICK, Somebody, World, world_of
from tests.room.yjs import YClient, eventually, yjs

WORDS = ("x", "def ", "\n", "é", "😀", "print()\r\n", "\r", "long " * 50)


def edit(client: YClient, chance: random.Random) -> None:
    text = client.files[chance.choice(("solution.py", "Main.java"))]
    assert isinstance(text, Text)
    whole = str(text)
    at = len(whole[: chance.randrange(len(whole) + 1)].encode())
    if chance.random() < 0.3 and whole:
        end = len(whole[: min(len(whole), len(whole.encode()[:at].decode()) + chance.randrange(1, 6))].encode())
        if end > at:
            del text[at:end]
    else:
        text.insert(at, chance.choice(WORDS))
    if chance.random() < 0.1:
        client.room["language"] = chance.choice(("python", "java"))


@pytest.mark.parametrize("seed", range(4))
async def test_everybody_has_the_same_in_the_end(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    limits: RoomLimits = replace(QUICK, snapshot_every=40, behind_messages=chance.choice((4, 256)))
    async with world_of(database, limits) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        people = [host, await world.admit(session, "Ben"), await world.admit(session, "Cleo")]
        clients = [YClient() for _ in people]
        for _ in range(4):
            async with AsyncExitStack() as stack:
                for who, client in zip(people, clients, strict=True):
                    await stack.enter_async_context(yjs(world.url(session, query="?acks=1"), who.headers, client))
                for _ in range(60):
                    edit(chance.choice(clients), chance)
                    if chance.random() < 0.2:
                        await asyncio.sleep(0)
                if chance.random() < 0.5:
                    await eventually(lambda: all(client.acked == client.sent for client in clients))
            for client in clients:
                edit(client, chance)  # offline
        await agree(world, session, people, clients)


async def agree(world: World, session: Session, people: list[Somebody], clients: list[YClient]) -> None:
    async with AsyncExitStack() as stack:
        for who, client in zip(people, clients, strict=True):
            await stack.enter_async_context(yjs(world.url(session, query="?acks=1"), who.headers, client))
        fresh = await stack.enter_async_context(yjs(world.url(session), people[0].headers))
        everybody = [*clients, fresh]
        await eventually(lambda: all(client.acked == client.sent for client in clients))
        await eventually(lambda: len({(client.read(), client.read("Main.java")) for client in everybody}) == 1)
        assert "\r" not in fresh.read() + fresh.read("Main.java")
        assert len({str(client.room["language"]) for client in everybody}) == 1
        document = world.rooms.rooms._live[session.id].document
        assert document.files() == {path: fresh.read(path) for path in ("Main.java", "solution.py")}


async def test_half_a_character_deleted_by_a_browser_hurts_nobody(world: World) -> None:
    """Yjs counts in UTF-16 and lets a program delete half of an emoji; the server's library breaks over that."""
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, query="?acks=1")
    # What Yjs 13.6 sends for: insert(0, "a😀b"), delete(1, 1), insert(1, "X")
    sent = [
        "0101baafb7dd0700040101740661f09f98806200",
        "0001baafb7dd07010101",
        "0101baafb7dd0704c4baafb7dd0701baafb7dd0702015800",
    ]
    async with yjs(url, host.headers) as ada, yjs(url, guest.headers) as ben:
        before = len(ada.frames)
        for update in sent:
            ben.send(sync_message(UPDATE, bytes.fromhex(update)))
        await eventually(lambda: ben.acked == 4)
        async with yjs(url, host.headers) as late:
            await eventually(lambda: str(ada.doc.get("t", type=Text)) == "aXb")
            await eventually(lambda: str(late.doc.get("t", type=Text)) == "aXb")
        told = [frame for frame in ada.frames[before:] if frame[:2] == bytes((0, UPDATE))]
        assert told[1].endswith(b"\x01\x01\x02"), "the server took both halves out"
    await world.rooms.rooms.close()
    async with yjs(url, host.headers) as again:
        assert str(again.doc.get("t", type=Text)) == "aXb"
