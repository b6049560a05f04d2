"""One peer stops reading while its room is noisy: what the others notice, what it costs, and what becomes of it."""

import asyncio
import tempfile
import time
from pathlib import Path

import uvloop

from benchmarks.room.client import Result, Typist
from benchmarks.room.contenders import Sessions, our_server
from benchmarks.room.crowd import connect, gathered, leave, type_for
from benchmarks.room.process import memory_bytes

ROOMS = 50
_STALLED_BUFFER = 4_096  # what its kernel takes; the rest is the server's to hold
_NOISE_BYTES, _NOISE_GAP = 15_000, 0.05  # a cursor message near the limit, 20 a second: 0.3 MB/s for the stalled peer
_MB = 1024**2
_ESTABLISHED = "01"


async def _noise(typist: Typist) -> None:
    padding = b',"x":"%b"' % (b"x" * _NOISE_BYTES)
    for clock in range(1 << 30, 1 << 31):
        typist.show_cursor(clock, padding)
        await asyncio.sleep(_NOISE_GAP)


async def _seconds_open(transport: asyncio.Transport) -> float:
    """Until the server has closed it. The client's own kernel learns of that only behind what nobody reads."""
    began, port = time.perf_counter(), transport.get_extra_info("sockname")[1]
    while _established(port):  # noqa: ASYNC110 - no event for it
        await asyncio.sleep(0.1)
    return time.perf_counter() - began


def _established(client_port: int) -> bool:
    """Whether the server's end of the connection from this port is open."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return any(remote.endswith(f":{client_port:04X}") and state == _ESTABLISHED for _, _, remote, state, *_ in rows)


async def _peak(pid: int) -> int:
    """Runs until cancelled; the most that was seen."""
    most = 0
    try:
        while True:
            most = max(most, memory_bytes(pid))
            await asyncio.sleep(0.1)
    except asyncio.CancelledError:
        return most


async def _typed(pid: int, typists: list[Typist], seconds: float, name: str) -> Result:
    peak = asyncio.create_task(_peak(pid))
    result = await type_for(typists, seconds)
    peak.cancel()
    print(
        f"{name:<22}p50 {result.percentile(0.5):6.2f} ms   p99 {result.percentile(0.99):6.2f} ms   "
        f"peak {await peak / _MB:5.0f} MB"
    )
    return result


async def _measure(pid: int, sessions: Sessions, seconds: float) -> None:
    typists = await gathered(sessions.target, ROOMS, 2)
    await _typed(pid, typists, seconds, "all read")
    noisy = await connect(sessions.target(0, 2), {})
    noise = asyncio.create_task(_noise(noisy))
    await _typed(pid, typists, seconds, "one room is noisy")
    stalled = await connect(sessions.target(0, 3), {}, receive_buffer=_STALLED_BUFFER)
    assert stalled.transport is not None
    stalled.transport.pause_reading()
    lasted = asyncio.create_task(_seconds_open(stalled.transport))
    await _typed(pid, typists, seconds, "and one there stalls")
    print("the stalled one: " + (f"closed after {lasted.result():.1f} s" if lasted.done() else "still open"))
    lasted.cancel()
    noise.cancel()
    leave((*typists, noisy, stalled))


def stall(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder, our_server(Path(folder) / "data") as server:
        sessions = Sessions(server)
        sessions.add(ROOMS)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_measure(server.pid, sessions, seconds))
