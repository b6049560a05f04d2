"""`kill -9` of a real server process in the middle of typing: what was acknowledged is there afterwards."""

import asyncio
import random
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.room.notes import NotesClient
from tests.room.process import process
from tests.room.yjs import YClient, eventually, yjs

ROUNDS = 2


def url_of(server: dict[str, Any], socket: str = "doc") -> str:
    return f"ws://127.0.0.1:{server['port']}/api/sessions/{server['session']}/{socket}?acks=1"


async def typing(client: YClient, mark: str, chance: random.Random) -> None:
    """Types until the connection is gone; every word says who typed it and how many messages were sent before."""
    while client.close_code is None:
        client.text.insert(chance.choice((0, len(client.text))), f"[{mark}{client.sent}]")
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_nothing_acknowledged_is_lost(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    ada, ben = YClient(), YClient()
    async with (
        process(tmp_path) as (server, told),
        yjs(url_of(told), told["ada"], ada),
        yjs(url_of(told), told["ben"], ben),
    ):
        typists = [asyncio.create_task(typing(ada, "a", chance)), asyncio.create_task(typing(ben, "b", chance))]
        await eventually(lambda: min(ada.acked, ben.acked) > 20 + chance.randrange(60))
        server.send_signal(signal.SIGKILL)
        await asyncio.gather(ada.closed(), ben.closed(), *typists)
    acked = {f"[{mark}{number}]" for mark, one in (("a", ada), ("b", ben)) for number in range(1, one.acked)}
    assert len(acked) > 40
    async with process(tmp_path) as (_, told):
        async with yjs(url_of(told), told["ben"]) as fresh:
            words = set(fresh.read().replace("[", " [").replace("]", "] ").split())
            assert not acked - words, "acknowledged, and not there"
        # Both come back with what was not written down, and everybody has the same.
        async with (
            yjs(url_of(told), told["ada"], ada),
            yjs(url_of(told), told["ben"], ben),
            yjs(url_of(told), told["ben"]) as fresh,
        ):
            await eventually(lambda: ada.read() == ben.read() == fresh.read())
            assert ada.read().count("def solve") == 1


async def noting(client: NotesClient, mark: str) -> None:
    """Begins notes and goes on with them until the connection is gone, one message for each word."""
    text = None
    while client.close_code is None:
        word = f"[{mark}{client.sent}]"
        if text is None or client.sent % 4 == 0:
            text = client.add(word, mark, word)
        else:
            text += word
        await asyncio.sleep(0.001)


def words_of(client: NotesClient) -> list[str]:
    return "".join(client.texts()).replace("]", "] ").split()


@pytest.mark.parametrize("seed", range(ROUNDS))
async def test_nothing_acknowledged_is_lost_of_the_notes(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    ada, cleo = NotesClient(), NotesClient()
    async with (
        process(tmp_path) as (server, told),
        yjs(url_of(told, "staff"), told["ada"], ada),
        yjs(url_of(told, "staff"), told["cleo"], cleo),
    ):
        writers = [asyncio.create_task(noting(ada, "a")), asyncio.create_task(noting(cleo, "c"))]
        await eventually(lambda: min(ada.acked, cleo.acked) > 20 + chance.randrange(60))
        server.send_signal(signal.SIGKILL)
        await asyncio.gather(ada.closed(), cleo.closed(), *writers)
    acked = {f"[{mark}{number}]" for mark, one in (("a", ada), ("c", cleo)) for number in range(1, one.acked)}
    assert len(acked) > 40
    async with process(tmp_path) as (_, told):
        async with yjs(url_of(told, "staff"), told["cleo"], fresh := NotesClient()):
            assert not acked - set(words_of(fresh)), "acknowledged, and not there"
        # Both come back with what was not written down; nothing stands twice.
        async with (
            yjs(url_of(told, "staff"), told["ada"], ada),
            yjs(url_of(told, "staff"), told["cleo"], cleo),
            yjs(url_of(told, "staff"), told["ada"], last := NotesClient()),
        ):
            await eventually(lambda: ada.texts() == cleo.texts() == last.texts())
            assert len(words_of(last)) == len(set(words_of(last)))
