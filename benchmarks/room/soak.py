"""Rooms that are used for an hour: does the server's memory stay where it is?"""

import asyncio
import gc
import statistics
import tempfile
import time
from pathlib import Path

import uvloop

from benchmarks.room.client import Typist
from benchmarks.room.contenders import Sessions, our_server
from benchmarks.room.crowd import connect, gathered, leave, type_for
from benchmarks.room.process import memory_bytes

ROOMS = 50
_SLICES_A_MINUTE = 6
_WARM_SHARE = 0.2  # of the time: caches fill up, each document gets its first snapshots
_RELOADS = 10  # people who reload the page after each slice
_MB = 1024**2


async def _reload(sessions: Sessions, typists: list[Typist], number: int) -> None:
    """Some leave and come back, each as a Yjs client of a new id, as a page does."""
    for index in range(number * _RELOADS, (number + 1) * _RELOADS):
        at = index % len(typists)
        old = typists[at]
        old.close()
        peers = dict(old.peers)
        del peers[old.id]
        new = await connect(sessions.target(at % ROOMS, at // ROOMS), peers)
        for other in peers.values():
            other.peers = peers
        typists[at] = new


async def _measure(pid: int, sessions: Sessions, minutes: float) -> None:
    typists = await gathered(sessions.target, ROOMS, 2)
    slices, samples = max(5, round(minutes * _SLICES_A_MINUTE)), []
    began, lost, letters, slow = time.perf_counter(), 0, 0, []
    for number in range(slices):
        result = await type_for(typists, 60 / _SLICES_A_MINUTE, cursors=True)
        lost, letters = lost + result.lost, letters + result.sent
        slow.append(result.percentile(0.99))
        samples.append(((time.perf_counter() - began) / 3600, memory_bytes(pid) / _MB))
        if number % _SLICES_A_MINUTE == 0:
            print(f"{samples[-1][0] * 60:6.1f} min {samples[-1][1]:7.1f} MB   p99 {slow[-1]:6.2f} ms", flush=True)
        await _reload(sessions, typists, number)
        gc.collect()
    leave(typists)
    steady = samples[int(slices * _WARM_SHARE) :]
    slope = statistics.linear_regression(*zip(*steady, strict=True)).slope
    print(
        f"{letters} letters, {lost} lost; p99 median {statistics.median(slow):.2f} ms\n"
        f"memory {steady[0][1]:.1f} MB after the first fifth, {steady[-1][1]:.1f} MB at the end: "
        f"{slope:+.1f} MB an hour"
    )


def soak(minutes: float) -> None:
    with tempfile.TemporaryDirectory() as folder, our_server(Path(folder) / "data") as server:
        sessions = Sessions(server)
        sessions.add(ROOMS, seated=2)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_measure(server.pid, sessions, minutes))
