"""The room's server beside its rivals, and alone where they have nothing to compare. See README.md.

    make bench-room            (or: python -m benchmarks.room.run [--cursors | --memory | --join | --stall | --soak])
"""

import argparse
import gc
import os

from benchmarks.room.contenders import hocuspocus, ours, rivals_installed, y_websocket
from benchmarks.room.process import LOAD_CORE
from benchmarks.room.speed import Open, compare, print_table

ROOMS = {2: 60, 5: 20}  # far below what any of the servers can do: CPU is compared, not saturation
CURSOR_ROOMS = 100
SECONDS, ROUNDS = 6.0, 5


def speed(seconds: float, rounds: int, *, cursors: bool) -> None:
    servers: list[Open] = [hocuspocus, y_websocket, ours] if rivals_installed() else [ours]
    print(
        f"{'':<16}{'rooms':>6}{'clients':>8}{'CPU ms/1k':>11}{'range':>10}{'p50 ms':>8}{'p99 ms':>8}{'lost':>6}{'ratio':>7}"
    )
    for clients, rooms in {2: CURSOR_ROOMS}.items() if cursors else ROOMS.items():
        print_table(compare(servers, rooms, clients, seconds, rounds, cursors=cursors), clients, rooms)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--cursors", action="store_true", help="a cursor message with every letter, as editors send")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    gc.disable()  # its pauses would be the servers'
    speed(chosen.seconds, chosen.rounds, cursors=chosen.cursors)


if __name__ == "__main__":
    main()
