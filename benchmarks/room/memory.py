"""What an idle room and an idle connection cost in resident memory, with many rooms open on one process."""

import asyncio
import tempfile
from pathlib import Path

import uvloop

from benchmarks.room.contenders import Sessions, our_server
from benchmarks.room.crowd import gathered, leave
from benchmarks.room.process import memory_bytes

WARM_ROOMS = 20  # opened first: what is loaded and compiled once is nobody's cost
_KB = 1024


async def _measure(pid: int, sessions: Sessions, rooms: int) -> None:
    warm = await gathered(sessions.target, WARM_ROOMS, 2)
    empty = memory_bytes(pid)
    first = await gathered(lambda room, _: sessions.target(WARM_ROOMS + room, 0), rooms, 1)
    opened = memory_bytes(pid)
    second = await gathered(lambda room, _: sessions.target(WARM_ROOMS + room, 1), rooms, 1)
    full = memory_bytes(pid)
    connection = (full - opened) / rooms / _KB
    print(f"before                 {empty / _KB**2:7.0f} MB")
    print(f"{rooms} rooms of 2 open {full / _KB**2:7.0f} MB")
    print(f"an idle connection     {connection:7.1f} KB")
    print(f"an idle room           {(opened - empty) / rooms / _KB - connection:7.1f} KB with its starter files")
    leave((*warm, *first, *second))


def memory(rooms: int) -> None:
    with tempfile.TemporaryDirectory() as folder, our_server(Path(folder) / "data") as server:
        sessions = Sessions(server)
        sessions.add(WARM_ROOMS + rooms, seated=2)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_measure(server.pid, sessions, rooms))
