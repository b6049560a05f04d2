"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from pathlib import Path

LONGEST = 150_000
PARTNERS = {"(": ")", "[": "]", "{": "}"}
OTHERS = "abxyz =+;"
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, code: str, *, answer: bool) -> None:
    assert len(code) <= LONGEST, name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(code)}\n")
    path.with_suffix(".out").write_text(f"{json.dumps(answer)}\n")


def correct(chance: random.Random, pairs: int) -> str:
    """Balanced by the way it is made: only what is open is closed, and all of it in the end."""
    code, open_now = [], []
    while pairs or open_now:
        if chance.random() < 0.3:
            code.append(chance.choice(OTHERS))
        if pairs and (not open_now or chance.random() < 0.5):
            pairs -= 1
            code.append(chance.choice("([{"))
            open_now.append(code[-1])
        else:
            code.append(PARTNERS[open_now.pop()])
    return "".join(code)


def closing(openers: str) -> str:
    return "".join(PARTNERS[opener] for opener in reversed(openers))


def two_swapped(code: str, start: int) -> str:
    """Two closing brackets of different kinds side by side change places: then the first one meets the wrong partner."""
    for position in range(start, len(code) - 1):
        first, second = code[position : position + 2]
        if first != second and {first, second} <= set(PARTNERS.values()):
            return code[:position] + second + first + code[position + 2 :]
    raise AssertionError


def main() -> None:
    chance = random.Random(13)
    write("25-large-correct", correct(chance, 6_000), answer=True)

    openers = "([{" * 3_000
    write("26-large-deep", openers + closing(openers), answer=True)
    write("27-large-very-deep", "(" * (LONGEST // 2) + ")" * (LONGEST // 2), answer=True)

    code = correct(chance, 6_000)
    write("28-large-two-swapped", two_swapped(code, len(code) * 2 // 3), answer=False)
    write("29-large-never-closed", "(" * 20_000, answer=False)
    write("30-large-last-one-missing", openers + closing(openers)[:-1], answer=False)
    write("31-large-wrong-in-the-middle", openers + two_swapped(closing(openers), 0), answer=False)


if __name__ == "__main__":
    main()
