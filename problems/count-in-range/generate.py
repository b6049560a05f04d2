"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from pathlib import Path

MOST_READINGS = 50_000
MOST_QUESTIONS = 8_000
LARGEST = 1_000_000_000
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, readings: list[int], questions: list[list[int]]) -> None:
    assert readings == sorted(readings), name
    assert 1 <= len(readings) <= MOST_READINGS, name
    assert 1 <= len(questions) <= MOST_QUESTIONS, name
    assert all(-LARGEST <= low <= high <= LARGEST for low, high in questions), name
    answer = counts(readings, questions)
    for position in range(0, len(questions), 500):
        low, high = questions[position]
        assert answer[position] == sum(low <= reading <= high for reading in readings), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{compact(readings)}\n{compact(questions)}\n")
    path.with_suffix(".out").write_text(f"{compact(answer)}\n")


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def counts(readings: list[int], questions: list[list[int]]) -> list[int]:
    """All bounds in ascending order, and one walk through the readings: no searching."""
    below: dict[int, int] = {}
    passed = 0
    for bound in sorted({edge for low, high in questions for edge in (low, high + 1)}):
        while passed < len(readings) and readings[passed] < bound:
            passed += 1
        below[bound] = passed
    return [below[high + 1] - below[low] for low, high in questions]


def between(chance: random.Random, least: int, most: int) -> list[int]:
    return sorted(chance.randint(least, most) for _ in range(2))


def main() -> None:
    chance = random.Random(15)

    readings = sorted(chance.randint(0, 9) for _ in range(MOST_READINGS))
    write("20-large-ten-values", readings, [between(chance, 0, 9) for _ in range(MOST_QUESTIONS)])

    readings = sorted(chance.randint(-LARGEST, LARGEST) for _ in range(2_000))
    write("21-large-far-apart", readings, [between(chance, -LARGEST, LARGEST) for _ in range(800)])

    readings = sorted(chance.randint(-999, 999) for _ in range(5_000))
    write("22-large-random", readings, [between(chance, -999, 999) for _ in range(1_500)])

    write("23-large-all-equal", [7] * 8_000, [between(chance, 5, 9) for _ in range(1_500)])

    readings = list(range(0, 9_000, 2))
    write("24-large-between-the-readings", readings, [[odd, odd] for odd in chance.sample(range(1, 9_000, 2), 1_200)])

    write("25-large-always-everything", sorted(chance.choices(range(10), k=8_000)), [[0, 9]] * 1_500)


if __name__ == "__main__":
    main()
