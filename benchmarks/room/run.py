"""The room's server beside its rivals, and alone where they have nothing to compare. See README.md.

make bench-room     (or: python -m benchmarks.room.run [--cursors | --memory | --join | --stall | --soak]; --alone)
"""

import argparse
import gc
import os
import resource

from benchmarks.room.contenders import hocuspocus, ours, rivals_installed, y_websocket
from benchmarks.room.join import join
from benchmarks.room.memory import memory
from benchmarks.room.process import LOAD_CORE
from benchmarks.room.soak import soak
from benchmarks.room.speed import HEAD, Open, compare, print_table
from benchmarks.room.stall import stall

ROOMS = {2: 60, 5: 20}  # by people a room; far below what any of them can do: CPU is compared, not saturation
CURSOR_ROOMS = {2: 100}
MEMORY_ROOMS = 2_000
SECONDS, ROUNDS = 6.0, 5
STALL_SECONDS = 20.0  # longer than a stalled peer is let be (`RoomLimits.stall_seconds` and a quarter)
SOAK_MINUTES = 60.0


def speed(seconds: float, rounds: int, *, cursors: bool, undisturbed: bool) -> None:
    servers: list[Open] = [hocuspocus, y_websocket, ours] if rivals_installed() else [ours]
    print(HEAD)
    for clients, rooms in (CURSOR_ROOMS if cursors else ROOMS).items():
        rows = compare(servers, rooms, clients, seconds, rounds, cursors=cursors, undisturbed=undisturbed)
        print_table(rows, clients, rooms)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--cursors", action="store_true", help="a cursor message with every letter, as editors send")
    what.add_argument("--memory", action="store_true", help="of an idle room, of an idle connection")
    what.add_argument("--join", action="store_true", help="a document of 100,000 edits, warm and cold")
    what.add_argument("--stall", action="store_true", help="one peer that stops reading")
    what.add_argument("--soak", action="store_true", help="50 rooms for an hour: is memory flat?")
    parser.add_argument("--alone", action="store_true", help="nobody else on the server's core (root; CPU only)")
    parser.add_argument("--seconds", type=float, help="of a round")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--rooms", type=int, default=MEMORY_ROOMS, help="of --memory")
    parser.add_argument("--minutes", type=float, default=SOAK_MINUTES, help="of --soak")
    return parser.parse_args()


def main() -> None:
    chosen = options()
    os.sched_setaffinity(0, {LOAD_CORE})
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))  # of the servers, too
    gc.disable()  # its pauses would be the servers'
    if chosen.memory:
        memory(chosen.rooms)
    elif chosen.join:
        join()
    elif chosen.stall:
        stall(chosen.seconds or STALL_SECONDS)
    elif chosen.soak:
        soak(chosen.minutes)
    else:
        speed(chosen.seconds or SECONDS, chosen.rounds, cursors=chosen.cursors, undisturbed=chosen.alone)


if __name__ == "__main__":
    main()
