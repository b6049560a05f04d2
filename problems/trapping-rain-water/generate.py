"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from pathlib import Path

LONGEST = 30_000
HIGHEST = 10_000
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, heights: list[int], answer: int) -> None:
    assert 1 <= len(heights) <= LONGEST
    assert min(heights) >= 0
    assert max(heights) <= HIGHEST
    assert answer == layers(heights), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(heights, separators=(',', ':'))}\n")
    path.with_suffix(".out").write_text(f"{answer}\n")


def layers(heights: list[int]) -> int:
    """Layer by layer from the top: whatever is no block between the first and the last block of a layer is water."""
    places: dict[int, list[int]] = {}
    for place, height in enumerate(heights):
        places.setdefault(height, []).append(place)
    water = blocks = 0
    first, last = len(heights), -1
    for layer in range(max(heights), 0, -1):
        for place in places.get(layer, []):
            blocks += 1
            first, last = min(first, place), max(last, place)
        water += last - first + 1 - blocks
    return water


def both_sides(heights: list[int]) -> int:
    levels = [min(max(heights[: i + 1]), max(heights[i:])) for i in range(len(heights))]
    return sum(levels) - sum(heights)


def main() -> None:
    chance = random.Random(42)

    for length in range(1, 60):
        heights = [chance.randint(0, 12) for _ in range(length)]
        assert layers(heights) == both_sides(heights)

    heights = [chance.randint(0, HIGHEST) for _ in range(12_000)]
    write("21-large-random", heights, layers(heights))

    heights = [chance.randint(0, 9) for _ in range(LONGEST)]
    write("22-large-low-and-long", heights, layers(heights))

    # Down by one to the bottom and up again: every column but the two at the ends is under water in the end.
    down = list(range(3_000, 0, -1))
    write("23-large-valley", [*down, 0, *reversed(down)], 3_000 + 2 * sum(range(3_000)))

    write("24-large-hill", [*reversed(down), *down], 0)

    write("25-large-largest-answer", [HIGHEST, *[0] * (LONGEST - 2), HIGHEST], HIGHEST * (LONGEST - 2))

    # Pools that lie in one another: each step down to the middle holds back less than the one before.
    teeth = [height for step in range(2_000, 0, -1) for height in (step, 0)]
    write("26-large-teeth-that-get-lower", teeth, sum(range(1, 2_000)))


if __name__ == "__main__":
    main()
