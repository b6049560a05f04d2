"""From opening the connection to having the whole document, when the document has many edits."""

import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import uvloop
from pycrdt import Doc, Text

from benchmarks.room.client import Target, Typist
from benchmarks.room.contenders import Sessions, hocuspocus, our_server, rivals_installed
from benchmarks.room.crowd import connect
from benchmarks.room.process import pin

EDITS = 100_000
_JUMP = 0.1  # of the letters are typed somewhere else than after the one before
_LETTERS_A_TURN = 1_000
_JOINS = 20
_COLD_ROUNDS = 5
_ATTEMPTS = 100


def document(edits: int) -> bytes:
    """One Yjs update with so many letters, typed here and there. The same each time."""
    dice, doc = random.Random(5), Doc[Any](client_id=7)
    text = doc.get("bench", type=Text)
    at = length = 0
    while length < edits:
        with doc.transaction():
            for _ in range(min(_LETTERS_A_TURN, edits - length)):
                at = dice.randrange(length + 1) if dice.random() < _JUMP else at
                text.insert(at, dice.choice("abcdefgh \n"))
                at, length = at + 1, length + 1
    return doc.get_update()


async def _joined(target: Target) -> tuple[float, int, Typist]:
    """Milliseconds, bytes."""
    started = time.perf_counter()
    typist = await connect(target, {})
    return (time.perf_counter() - started) * 1000, typist.ready.result(), typist


async def _fill(target: Target, update: bytes) -> Typist:
    """Until somebody who joins is given all of it. While the writer stays, the document stays in memory."""
    _, _, writer = await _joined(target)
    writer.send_update(update)
    for _ in range(_ATTEMPTS):
        _, size, reader = await _joined(target)
        reader.close()
        if size >= len(update):
            break
        await asyncio.sleep(0.1)  # between two looks, not instead of one
    else:
        raise AssertionError("the document did not arrive")
    return writer


async def _warm(target: Target) -> tuple[float, int]:
    times, size = [], 0
    for _ in range(_JOINS):
        took, size, typist = await _joined(target)
        typist.close()
        times.append(took)
    return statistics.median(times), size


async def _cold(small: Target, target: Target) -> float:
    """The process has been used, the room has not."""
    _, _, other = await _joined(small)
    took, _, typist = await _joined(target)
    other.close()
    typist.close()
    return took


def join(edits: int = EDITS) -> None:
    update = document(edits)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        if rivals_installed():
            with hocuspocus(1) as rival:
                writer = runner.run(_fill(rival.target(0, 0), update))
                took, size = runner.run(_warm(rival.target(0, 0)))
                writer.close()
                print(f"{rival.name:<16}{'warm':>6}{took:>8.1f} ms{size / 1000:>8.0f} kB")
        with tempfile.TemporaryDirectory() as folder, our_server(Path(folder) / "data") as server:
            sessions = Sessions(server)
            sessions.add(2)
            writer = runner.run(_fill(sessions.target(1, 0), update))
            took, size = runner.run(_warm(sessions.target(1, 0)))
            writer.close()
            print(f"{'ours (durable)':<16}{'warm':>6}{took:>8.1f} ms{size / 1000:>8.0f} kB")
            cold = []
            for _ in range(_COLD_ROUNDS):
                server.stop()
                server.start()
                pin(server.pid)
                cold.append(runner.run(_cold(sessions.target(0, 0), sessions.target(1, 0))))
            print(f"{'ours (durable)':<16}{'cold':>6}{statistics.median(cold):>8.1f} ms{size / 1000:>8.0f} kB")
