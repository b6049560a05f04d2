"""Writes the tests with tall stairs: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import math
import random
import sys
from itertools import pairwise
from pathlib import Path

TALLEST = 70
LARGEST = 2**53 - 1  # that JavaScript has exactly
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, n: int, broken: list[int]) -> None:
    assert 1 <= n <= TALLEST
    assert broken == sorted(set(broken)), name
    assert all(1 <= step < n for step in broken), name
    answer = ways(n, broken)
    assert 0 <= answer <= LARGEST, name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{n}\n{json.dumps(broken)}\n")
    path.with_suffix(".out").write_text(f"{answer}\n")


def ways(n: int, broken: list[int]) -> int:
    """By counting twos, not step by step: a broken step is stepped over, so it cuts the stairs into pieces of their own."""
    if any(upper - lower == 1 for lower, upper in pairwise(broken)):
        return 0
    edges = [-1, *broken, n + 1]
    return math.prod(whole(upper - lower - 2) for lower, upper in pairwise(edges))


def whole(steps: int) -> int:
    """The ways up stairs without a broken step: with so many twos among the moves, wherever they stand."""
    return sum(math.comb(steps - twos, twos) for twos in range(steps // 2 + 1))


def main() -> None:
    chance = random.Random(14)
    write("18-thirty-steps", 30, [])
    write("19-forty-steps", 40, [])
    write("20-just-fits-into-32-bits", 45, [])
    write("21-just-beyond-32-bits", 46, [])
    write("22-seventy-steps", TALLEST, [])
    write("23-seventy-steps-first-broken", TALLEST, [1])
    write("24-seventy-steps-last-but-one-broken", TALLEST, [TALLEST - 1])
    write("25-seventy-steps-middle-broken", TALLEST, [35])
    write("26-seventy-steps-some-broken", TALLEST, [6, 23, 50, 64])
    write("27-seventy-steps-one-way-up", TALLEST, list(range(1, TALLEST, 2)))
    write("28-seventy-steps-gap-near-the-top", TALLEST, [30, 67, 68])
    write("29-seventy-steps-at-random", TALLEST, sorted(3 * place + 1 for place in chance.sample(range(23), 8)))


if __name__ == "__main__":
    main()
