"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from itertools import accumulate
from pathlib import Path

LONGEST = 30_000
LARGEST = 1_000_000_000
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, nums: list[int], answer: int) -> None:
    assert 1 <= len(nums) <= LONGEST
    assert max(map(abs, nums)) <= LARGEST
    assert answer == best_difference(nums), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(nums, separators=(',', ':'))}\n")
    path.with_suffix(".out").write_text(f"{answer}\n")


def best_difference(nums: list[int]) -> int:
    """A stretch's sum is the total up to its end without the total before its start: the smallest one there is."""
    totals = list(accumulate(nums, initial=0))
    smallest = accumulate(totals, min)
    return max(end - before for end, before in zip(totals[1:], smallest, strict=False))


def every_stretch(nums: list[int]) -> int:
    ends = range(1, len(nums) + 1)
    return max(sum(nums[start:end]) for end in ends for start in range(end))


def main() -> None:
    chance = random.Random(53)

    for length in range(1, 60):
        nums = [chance.randint(-20, 20) for _ in range(length)]
        assert best_difference(nums) == every_stretch(nums)

    nums = [chance.randint(-9, 9) for _ in range(LONGEST)]
    write("21-large-random", nums, best_difference(nums))

    nums = [LARGEST] * 4_000
    write("22-large-all-positive", nums, 4_000 * LARGEST)

    nums = [-chance.randint(3, 9_999) for _ in range(6_000)]
    nums[4_987] = -2
    write("23-large-all-negative", nums, -2)

    # Every win is lost on the next day but for one unit: the whole list is best, although half of it is negative.
    nums = [5, -4] * 6_000
    write("24-large-all-but-the-last-one", nums, 6_000 + 4)

    # Ones with one dip each that is as deep as the better side: joining them gains nothing.
    nums = [1] * 4_000 + [-4_000] + [1] * 3_999 + [-4_000] + [1] * 3_998
    write("25-large-dips-that-cost-too-much", nums, 4_000)

    nums = [chance.randint(-LARGEST, LARGEST) for _ in range(3_000)]
    write("26-large-numbers", nums, best_difference(nums))


if __name__ == "__main__":
    main()
