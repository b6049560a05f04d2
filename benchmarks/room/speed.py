"""CPU of the server per 1,000 letters that arrived, and how late they came: ours beside its rivals."""

import asyncio
import statistics
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass

import uvloop

from benchmarks.room.client import Result, percentile
from benchmarks.room.contenders import Contender
from benchmarks.room.crowd import gathered, leave, type_for
from benchmarks.room.process import alone, cpu_seconds

HEAD = (
    f"{'':<16}{'rooms':>6}{'clients':>8}{'CPU ms/1k':>11}{'range':>10}{'p50 ms':>8}{'p99 ms':>8}{'lost':>6}{'ratio':>7}"
)
WARM_SECONDS = 2.0  # compilers of the rivals, caches of ours
LATE_SECONDS = 0.005  # a crowd that is later than this cannot measure anybody

Open = Callable[[int], AbstractContextManager[Contender]]
"""Starts a server for so many rooms."""


@dataclass(frozen=True)
class Round:
    cpu: float
    """Milliseconds per 1,000 deliveries."""
    p50: float
    p99: float
    lost: int
    late: float
    """Seconds: p99 of how late the crowd was."""


@dataclass(frozen=True)
class Row:
    name: str
    rounds: Sequence[Round]

    def median(self, of: Callable[[Round], float]) -> float:
        return statistics.median(map(of, self.rounds))


def compare(
    servers: Sequence[Open],
    rooms: int,
    clients: int,
    seconds: float,
    rounds: int,
    *,
    cursors: bool,
    undisturbed: bool = False,
) -> list[Row]:
    """All servers stand at the same time and take turns, so that whatever the machine does falls on each."""
    rows: list[list[Round]] = [[] for _ in servers]
    with ExitStack() as stack:
        contenders = [stack.enter_context(server(rooms)) for server in servers]
        names = [one.name for one in contenders]
        for _ in range(rounds):
            for contender, row in zip(contenders, rows, strict=True):
                with alone(contender.pid) if undisturbed else nullcontext():
                    row.append(measured(contender, rooms, clients, seconds, cursors=cursors))
    return [Row(name, row) for name, row in zip(names, rows, strict=True)]


def measured(contender: Contender, rooms: int, clients: int, seconds: float, *, cursors: bool) -> Round:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        cpu, result = runner.run(_round(contender, rooms, clients, seconds, cursors=cursors))
    per_thousand = cpu * 1e6 / max(1, result.delivered)
    return Round(
        per_thousand, result.percentile(0.5), result.percentile(0.99), result.lost, percentile(result.late, 0.99)
    )


async def _round(
    contender: Contender, rooms: int, clients: int, seconds: float, *, cursors: bool
) -> tuple[float, Result]:
    typists = await gathered(contender.target, rooms, clients)
    try:
        await type_for(typists, WARM_SECONDS, cursors=cursors)
        before = cpu_seconds(contender.pid)
        result = await type_for(typists, seconds, cursors=cursors)
        return cpu_seconds(contender.pid) - before, result
    finally:
        leave(typists)


def _cpu(one: Round) -> float:
    return one.cpu


def print_table(rows: Sequence[Row], clients: int, rooms: int) -> None:
    """The first row is what the others are compared with."""
    base = rows[0].median(_cpu)
    for row in rows:
        cpu, lost = row.median(_cpu), sum(one.lost for one in row.rounds)
        spread = f"{min(one.cpu for one in row.rounds):.0f}-{max(one.cpu for one in row.rounds):.0f}"
        late = "  the crowd was late" if row.median(lambda one: one.late) > LATE_SECONDS else ""
        print(
            f"{row.name:<16}{rooms:>6}{clients:>8}{cpu:>11.1f}{spread:>10}{row.median(lambda one: one.p50):>8.2f}"
            f"{row.median(lambda one: one.p99):>8.2f}{lost:>6}{base / cpu:>7.2f}{late}"
        )
