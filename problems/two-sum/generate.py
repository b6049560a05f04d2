"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from collections import Counter
from pathlib import Path

LARGEST = 30_000
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, nums: list[int], target: int, answer: list[int]) -> None:
    first, second = answer
    assert first < second
    assert nums[first] + nums[second] == target
    assert pairs(nums, target) == 1, name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(nums, separators=(',', ':'))}\n{target}\n")
    path.with_suffix(".out").write_text(f"{json.dumps(answer)}\n")


def pairs(nums: list[int], target: int) -> int:
    """How many pairs of positions add up to the target."""
    count = Counter(nums)
    apart = sum(many * count[target - num] for num, many in count.items() if target - num != num)
    half = count[target // 2] if target % 2 == 0 else 0
    return apart // 2 + half * (half - 1) // 2


def even(chance: random.Random, length: int, most: int) -> list[int]:
    """Even numbers: an odd target needs an odd one."""
    return [2 * int((chance.random() - 0.5) * most) for _ in range(length)]


def main() -> None:
    chance = random.Random(4)

    # One odd number among even ones, and its partner once: an odd sum has one pair.
    nums = even(chance, LARGEST, 1000)
    nums[-2:] = [1_001, 4_000]
    write("21-large-pair-at-the-end", nums, 5_001, [LARGEST - 2, LARGEST - 1])

    nums = even(chance, LARGEST, 1000)
    nums[0], nums[-1] = 1_001, 4_000
    write("22-large-pair-far-apart", nums, 5_001, [0, LARGEST - 1])

    nums = [2 * position for position in range(20_000)]
    write("23-large-increasing", nums, 4 * 19_999 - 2, [19_998, 19_999])

    nums = [5] * LARGEST
    nums[12_345], nums[29_000] = -7, 11
    write("24-large-nearly-all-equal", nums, 4, [12_345, 29_000])

    nums = even(chance, 14_000, 1_000_000_000)
    nums[7_000], nums[7_001] = 999_999_999, -1_000_000_000
    write("25-large-numbers", nums, -1, [7_000, 7_001])


if __name__ == "__main__":
    main()
