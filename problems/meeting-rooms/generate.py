"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from itertools import accumulate
from pathlib import Path

MOST = 6_000
LAST_MINUTE = 1_000_000
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, meetings: list[list[int]], answer: int) -> None:
    assert 1 <= len(meetings) <= MOST
    assert all(0 <= start < end <= LAST_MINUTE for start, end in meetings)
    assert answer == most_at_once(meetings), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(meetings, separators=(',', ':'))}\n")
    path.with_suffix(".out").write_text(f"{answer}\n")


def most_at_once(meetings: list[list[int]]) -> int:
    """As many rooms as there are meetings in the busiest minute; a meeting is over in the minute it ends."""
    changes = [0] * (LAST_MINUTE + 1)
    for start, end in meetings:
        changes[start] += 1
        changes[end] -= 1
    return max(accumulate(changes))


def between(chance: random.Random, last: int) -> list[int]:
    return sorted(chance.sample(range(last + 1), 2))


def main() -> None:
    chance = random.Random(9)

    meetings = [between(chance, LAST_MINUTE) for _ in range(4_000)]
    write("21-large-random", meetings, most_at_once(meetings))

    meetings = [[place, 2 * MOST - place] for place in range(MOST)]
    chance.shuffle(meetings)
    write("22-large-nested", meetings, MOST)

    meetings = [[9 * place, 9 * place + 9] for place in range(3_000)]
    chance.shuffle(meetings)
    write("23-large-one-room", meetings, 1)

    # Each one reaches into the next six: they begin where the seventh before them ends.
    meetings = [[place, place + 7] for place in range(2_500)]
    chance.shuffle(meetings)
    write("24-large-chain", meetings, 7)

    # All day long in one room, and short ones one after the other in the second.
    meetings = [[0, LAST_MINUTE], *([4 * place, 4 * place + 3] for place in range(2_000))]
    write("25-large-one-long-many-short", meetings, 2)

    write("26-large-all-the-same", [[0, LAST_MINUTE]] * 3_000, 3_000)


if __name__ == "__main__":
    main()
