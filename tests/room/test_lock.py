"""A lock that falls while somebody types: what was under way is neither lost nor taken in behind the lock."""

import asyncio
from functools import partial
from typing import Any

from pycrdt import Doc, Map

from interview_platform.sessions.model import Session
from interview_platform.timeline.model import EventKind
from tests.room.test_live_access import set_to
from tests.room.world import World
from tests.room.yjs import YClient, eventually, yjs

ROUNDS = 6
WORDS = 30


async def typed(client: YClient, round_: int) -> None:
    """Types at the end, one message for each word, without waiting for anything."""
    for number in range(WORDS):
        client.text.insert(len(client.text), f"[{round_}-{number}]")
        await asyncio.sleep(0)


async def is_denied(client: YClient, word: str) -> None:
    """Types until the lock has fallen, and then `word`, which certainly comes after it."""
    before = len(client.denied)
    while len(client.denied) == before:
        client.text.insert(len(client.text), ".")
        await asyncio.sleep(0.005)
    client.text.insert(len(client.text), word)
    sent, before = client.sent, len(client.denied)
    await eventually(lambda: len(client.denied) > before)
    assert client.acked < sent


def both_have_it(mark: str, ada: YClient, ben: YClient) -> bool:
    return mark in ben.read() and ada.acked == ada.sent


async def replayed(world: World, session: Session) -> str:
    """The text as the log alone gives it."""
    doc: Doc[Any] = Doc()
    files = doc.get("files", type=Map)
    for event in await world.timeline.read(session.id, kinds=[EventKind.DOCUMENT], limit=10_000):
        doc.apply_update(event.entry.payload)
    return str(files["solution.py"])


async def test_what_is_under_way_when_it_falls(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, query="?acks=1")
    async with yjs(url, host.headers) as ada, yjs(url, guest.headers) as ben:
        for round_ in range(ROUNDS):
            typing = asyncio.create_task(typed(ben, round_))
            await world.api.sessions.change(session.id, set_to(locked=True))
            await typing
            await is_denied(ben, f"[{round_}-denied]")
            accepted, mark = ada.read(), f"({round_})"
            ada.text.insert(0, mark)
            await eventually(partial(both_have_it, mark, ada, ben))
            # Nothing came in behind the lock: not for the others, not for who comes now, not into the log.
            assert f"[{round_}-denied]" not in accepted
            async with yjs(url, host.headers) as fresh:
                assert fresh.read() == ada.read() == mark + accepted == await replayed(world, session)
            await world.api.sessions.change(session.id, set_to(locked=False))
            await eventually(lambda: ada.read() == ben.read() and ben.acked == ben.sent)
        words = [f"[{n}-{w}]" for n in range(ROUNDS) for w in (*range(WORDS), "denied")]
        assert [ada.read().count(word) for word in words] == [1] * len(words)
        assert ada.read() == await replayed(world, session)
        assert ben.close_code is None


async def test_a_session_that_ends_locked_ends_without_it(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with yjs(world.url(session), host.headers) as ada, yjs(world.url(session), guest.headers) as ben:
        await world.api.sessions.change(session.id, set_to(locked=True))
        await is_denied(ben, "too late")
        await world.api.sessions.end(session.id, host.person)
        assert [await ada.closed(), await ben.closed()] == [4409, 4409]
    ended = await world.api.sessions.looked_at(session.id, host.person)
    await world.rooms.rooms.close()
    assert "too late" not in (await world.rooms.rooms.read(ended)).files()["solution.py"]
