"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from pathlib import Path

MOST = 90_000
HIGHEST = 10_000
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, heights: list[int]) -> None:
    assert 2 <= len(heights) <= MOST, name
    assert all(0 <= height <= HIGHEST for height in heights), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(heights, separators=(',', ':'))}\n")
    path.with_suffix(".out").write_text(f"{most_water(heights)}\n")


def most_water(heights: list[int]) -> int:
    """From the highest wall down: the farthest of those at least as high is the first or the last of them."""
    best, first, last = 0, len(heights), -1
    for position in sorted(range(len(heights)), key=lambda place: -heights[place]):
        first, last = min(first, position), max(last, position)
        best = max(best, heights[position] * max(position - first, last - position))
    return best


def main() -> None:
    chance = random.Random(12)

    write("22-large-random", [chance.randint(0, HIGHEST) for _ in range(8_000)])

    side = [height // 10 for height in range(4_000)]
    write("23-large-one-peak", side + side[::-1])

    heights = [chance.randint(0, 9) for _ in range(MOST)]
    heights[0] = heights[-1] = HIGHEST
    assert most_water(heights) == (MOST - 1) * HIGHEST
    write("24-large-largest-answer", heights)

    # Low at both ends, and nothing gained for a long way in.
    heights = [1] * 20_000
    heights[8_000] = heights[12_000] = 9
    assert most_water(heights) == 9 * 4_000
    write("25-large-nearly-all-equal", heights)

    write("26-large-rising", list(range(0, HIGHEST, 2)))


if __name__ == "__main__":
    main()
