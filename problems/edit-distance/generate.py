"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from pathlib import Path

LONGEST = 500
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, source: str, target: str, *, at_most: int = LONGEST) -> None:
    assert len(source) <= LONGEST, name
    assert len(target) <= LONGEST, name
    answer = distance(source, target)
    assert answer == distance(target, source), name
    assert abs(len(source) - len(target)) <= answer <= at_most, name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(source)}\n{json.dumps(target)}\n")
    path.with_suffix(".out").write_text(f"{answer}\n")


def distance(source: str, target: str) -> int:
    """No table: how far one gets in source with 0 changes, with 1, with 2, … on each diagonal (target is so much ahead)."""
    changes, reached = 0, {0: slide(source, target, 0, 0)}
    while reached.get(len(target) - len(source)) != len(source):
        changes += 1
        further = {}
        for ahead in range(max(-changes, -len(source)), min(changes, len(target)) + 1):
            replaced, deleted = reached.get(ahead, -2) + 1, reached.get(ahead + 1, -2) + 1
            inserted = reached.get(ahead - 1, -1)
            at = min(max(replaced, deleted, inserted), len(source), len(target) - ahead)
            further[ahead] = slide(source, target, at, at + ahead)
        reached = further
    return changes


def slide(source: str, target: str, at: int, to: int) -> int:
    """How far one gets from there with equal letters."""
    while at < len(source) and to < len(target) and source[at] == target[to]:
        at, to = at + 1, to + 1
    return at


def word(chance: random.Random, letters: str, length: int) -> str:
    return "".join(chance.choice(letters) for _ in range(length))


def changed(chance: random.Random, source: str, letters: str, times: int) -> str:
    target = list(source)
    for _ in range(times):
        at = chance.randrange(len(target))
        match chance.choice("idr"):
            case "i":
                target.insert(at, chance.choice(letters))
            case "d":
                del target[at]
            case _:
                target[at] = chance.choice(letters)
    return "".join(target)


def main() -> None:
    chance = random.Random(16)
    write("22-large-random", word(chance, LETTERS, LONGEST), word(chance, LETTERS, LONGEST))
    write("23-large-two-letters", word(chance, "ab", LONGEST), word(chance, "ab", LONGEST))

    source = word(chance, "abcd", 480)
    write("24-large-nearly-equal", source, changed(chance, source, "abcd", 40), at_most=40)
    write("25-large-equal", source, source, at_most=0)
    write("26-large-long-and-short", word(chance, "abc", LONGEST), word(chance, "abc", 30))
    write("27-large-nothing-in-common", "a" * LONGEST, "b" * LONGEST)
    write("28-large-from-nothing", "", word(chance, LETTERS, LONGEST))

    source = word(chance, LETTERS, LONGEST)
    write("29-large-shifted", source, source[7:] + source[:7], at_most=14)
    write("30-large-reversed", source, source[::-1])


if __name__ == "__main__":
    main()
