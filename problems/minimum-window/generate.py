"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import string
import sys
from bisect import bisect_left
from collections import Counter
from pathlib import Path

LONGEST = 50_000
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, text: str, letters: str, answer: str) -> None:
    assert 1 <= len(text) <= LONGEST
    assert 1 <= len(letters) <= LONGEST
    assert set(text + letters) <= set(string.ascii_letters)
    assert answer == from_each_start(text, letters), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(text)}\n{json.dumps(letters)}\n")
    path.with_suffix(".out").write_text(f"{json.dumps(answer)}\n")


def from_each_start(text: str, letters: str) -> str:
    """From each start, a piece reaches to where the last of the needed letters has come often enough."""
    places: dict[str, list[int]] = {letter: [] for letter in letters}
    for place, letter in enumerate(text):
        if letter in places:
            places[letter].append(place)
    best = ""
    for start in range(len(text)):
        end = start
        for letter, times in Counter(letters).items():
            last = bisect_left(places[letter], start) + times - 1
            if last >= len(places[letter]):
                return best
            end = max(end, places[letter][last] + 1)
        if not best or end - start < len(best):
            best = text[start:end]
    return best


def every_piece(text: str, letters: str) -> str:
    pieces = (text[i : i + length] for length in range(len(text) + 1) for i in range(len(text) - length + 1))
    return next((piece for piece in pieces if Counter(letters) <= Counter(piece)), "")


def main() -> None:
    chance = random.Random(76)

    for length in range(1, 40):
        text = "".join(chance.choices("aAbc", k=length))
        letters = "".join(chance.choices("aAbc", k=chance.randint(1, 6)))
        assert from_each_start(text, letters) == every_piece(text, letters)

    text = "".join(chance.choices(string.ascii_letters, k=LONGEST))
    letters = "".join(chance.choices(string.ascii_letters, k=100))
    write("21-large-random", text, letters, from_each_start(text, letters))

    write("22-large-all-the-same", "a" * 20_000, "a" * 9_000, "a" * 9_000)

    write("23-large-letters-far-apart", "b" * 9_999 + "a" + "b" * 12_000 + "c" + "b" * 50, "ac", f"a{'b' * 12_000}c")

    # Every piece has as many of both as it can, and never enough.
    write("24-large-not-there", "ab" * 25_000, "a" * 5 + "c", "")

    # Equally short ones all over: the leftmost one counts.
    write("25-large-many-equally-short", "abcd" * 6_000, "dcba", "abcd")

    write("26-large-needs-the-whole-text", "z" + "y" * 14_998 + "x", "x" + "y" * 14_998 + "z", "z" + "y" * 14_998 + "x")


if __name__ == "__main__":
    main()
