"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from collections import deque
from pathlib import Path

MOST_COMMANDS = 22_000
MOST_ENTRIES = 10_000
LARGEST_KEY = 10_000
LARGEST_VALUE = 1_000_000
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, capacity: int, commands: list[list[int]]) -> list[int]:
    assert 1 <= capacity <= MOST_ENTRIES, name
    assert 1 <= len(commands) <= MOST_COMMANDS, name
    assert all(0 <= key <= LARGEST_KEY for key, *_ in commands), name
    assert all(0 <= value <= LARGEST_VALUE for _, *values in commands for value in values), name
    answer = answers(capacity, commands)
    assert answer, name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{capacity}\n{compact(commands)}\n")
    path.with_suffix(".out").write_text(f"{compact(answer)}\n")
    return answer


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def answers(capacity: int, commands: list[list[int]]) -> list[int]:
    """Writes a diary of all uses. The entry to go is that of the first use in it that was its key's last one."""
    values: dict[int, int] = {}
    last_use: dict[int, int] = {}
    diary: deque[tuple[int, int]] = deque()
    found = []
    for time, (key, *new) in enumerate(commands):
        if new:
            values[key] = new[0]
        else:
            found.append(values.get(key, -1))
        if key in values:
            last_use[key] = time
            diary.append((time, key))
        while len(values) > capacity:
            time_then, oldest = diary.popleft()
            if oldest in values and last_use[oldest] == time_then:
                del values[oldest]
    return found


def at_random(chance: random.Random, commands: int, keys: int, gets: float) -> list[list[int]]:
    return [
        [chance.randrange(keys)] if chance.random() < gets else [chance.randrange(keys), chance.randint(0, LARGEST_VALUE)]
        for _ in range(commands)
    ]


def main() -> None:
    chance = random.Random(17)

    write("22-large-random", 400, at_random(chance, 3_000, 2_500, 0.5))

    # One key more than there are places: each comes back just after it has been thrown out.
    capacity = 9_000
    turn = [[key % (capacity + 1), key % 10] for key in range(21_000)]
    gets = [[key % (capacity + 1)] for key in range(21_000, 21_500)]
    answer = write("23-large-always-just-gone", capacity, turn + gets)
    assert answer == [-1] + [(key - capacity - 1) % 10 for key in range(21_001, 21_500)]

    # Always one of the two that were used last: the oldest ones stay where they are.
    fill = [[key, key % 7] for key in range(2_500)]
    write("24-large-always-the-newest", 2_500, fill + [[2_498 + turn % 2] for turn in range(2_500)])

    # Gets turn the order round, and then half of it is thrown out.
    fill = [[key, 1] for key in range(1_200)]
    turned = [[key] for key in reversed(range(1_200))]
    new = [[key, 2] for key in range(1_200, 1_800)]
    answer = write("25-large-turned-round", 1_200, fill + turned + new + [[key] for key in range(1_200)])
    assert answer == [1] * 1_200 + [1] * 600 + [-1] * 600

    write("26-large-mostly-gets", 1_000, at_random(chance, 4_000, 1_300, 0.8))
    write("27-large-one-place", 1, at_random(chance, 2_000, 3, 0.5))


if __name__ == "__main__":
    main()
