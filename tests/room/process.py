"""A room server as a process of its own, to be killed: `python -m tests.room.process <folder>`.

Its first line of output is JSON: the port, a session, and a cookie for each of its three people.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvloop

from interview_platform.kit.clock import now_ms
from interview_platform.sessions.model import Role
from interview_platform.storage.open import open_database
from tests.room.world import QUICK, server_of, world_of

START_SECONDS = 30.0
# Small enough that it is also killed while it takes a snapshot.
LIMITS = replace(QUICK, snapshot_every=40)


@asynccontextmanager
async def process(folder: Path) -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, Any]]]:
    """The server over the data in `folder`, killed in the end if it is not dead by then."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.room.process", str(folder), stdout=asyncio.subprocess.PIPE
    )
    assert started.stdout is not None
    try:
        async with asyncio.timeout(START_SECONDS):
            line = await started.stdout.readline()
        yield started, json.loads(line)
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


async def serve(folder: Path) -> None:
    database = await open_database(None, folder)
    known = folder / "people.json"
    async with world_of(database, LIMITS, served=False) as world:
        if not known.exists():
            host = await world.somebody("Ada")
            session = await world.session(host)
            guest = await world.admit(session, "Ben")
            staff = await world.admit(session, "Cleo", Role.INTERVIEWER)
            people = {"ada": host.headers, "ben": guest.headers, "cleo": staff.headers}
            known.write_text(json.dumps({"session": session.id, **people}))
        server = server_of(world.rooms.sockets)
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        print(json.dumps({"port": port, "at": now_ms(), **json.loads(known.read_text())}), flush=True)
        await serving
    await database.close()


if __name__ == "__main__":
    uvloop.run(serve(Path(sys.argv[1])))
