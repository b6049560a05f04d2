"""Random edits over servers that are killed or stopped at random moments: in the end the log, replayed into a fresh
document, is the document, and is what everybody has.
"""

import asyncio
import random
import signal
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from interview_platform.room.wire import read_state_vector
from interview_platform.sessions.model import SessionId
from interview_platform.storage.open import open_database
from interview_platform.storage.timeline import SqlTimelineStore
from tests.room.log import authors, files, replayed
from tests.room.process import process
from tests.room.test_convergence import edit
from tests.room.test_killed import url_of
from tests.room.yjs import YClient, eventually, yjs

LIVES = 4
HOW = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)


@pytest.mark.parametrize("seed", range(3))
async def test_the_log_is_the_document_and_what_everybody_has(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    clients = {name: YClient() for name in ("ada", "ben")}
    for _ in range(LIVES):
        async with process(tmp_path) as (server, told), AsyncExitStack() as stack:
            for name, client in clients.items():
                if chance.random() < 0.8 or not len(client.files):
                    await stack.enter_async_context(yjs(url_of(told), told[name], client))
            for _ in range(chance.randrange(20, 150)):
                edit(chance.choice([*clients.values()]), chance)
                if chance.random() < 0.2:
                    await asyncio.sleep(chance.choice((0, 0.003)))
            server.send_signal(chance.choice(HOW))
            await server.wait()
    async with process(tmp_path) as (_, told), AsyncExitStack() as stack:
        for name, client in clients.items():
            await stack.enter_async_context(yjs(url_of(told), told[name], client))
        fresh = await stack.enter_async_context(yjs(url_of(told), told["ben"]))
        everybody = [*clients.values(), fresh]
        await eventually(lambda: all(client.acked == client.sent for client in everybody))
        await eventually(lambda: all(files(client) == files(fresh) for client in everybody))
        assert fresh.read().count("def solve") <= 1, "the seed is there once"
        # Beside the server, as it is at this moment: all was acknowledged, so all of it is there.
        database = await open_database(None, tmp_path)
        store, session = SqlTimelineStore(database), SessionId(told["session"])
        log = await replayed(store, session)
        assert files(log) == files(fresh)
        assert read_state_vector(log.doc.get_state()) == read_state_vector(fresh.doc.get_state())
        assert len(await authors(store, session)) == 3, "the two, and the server's own"
        await database.close()
