"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import sys
from bisect import bisect_left
from itertools import product
from pathlib import Path

MOST = 15_000  # words, and prefixes
LONGEST = 20
AFTER_Z = "{"  # the character that follows z
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, words: list[str], prefixes: list[str]) -> None:
    for text in (words, prefixes):
        assert 1 <= len(text) <= MOST, name
        assert all(1 <= len(one) <= LONGEST for one in text), name
    answer = counts(words, prefixes)
    for position in range(0, len(prefixes), 500):
        assert answer[position] == sum(word.startswith(prefixes[position]) for word in words), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{compact(words)}\n{compact(prefixes)}\n")
    path.with_suffix(".out").write_text(f"{compact(answer)}\n")


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def counts(words: list[str], prefixes: list[str]) -> list[int]:
    """Words with the same beginning stand side by side when they are sorted."""
    ordered = sorted(words)
    return [bisect_left(ordered, prefix + AFTER_Z) - bisect_left(ordered, prefix) for prefix in prefixes]


def some(chance: random.Random, letters: str, shortest: int, longest: int) -> str:
    return "".join(chance.choice(letters) for _ in range(chance.randint(shortest, longest)))


def main() -> None:
    chance = random.Random(11)

    # All different, so that counting equal words or equal prefixes only once saves nothing.
    triples = ["".join(letters) for letters in product("abcdefghijklmnopqrstuvwxyz", repeat=3)]
    write("19-large-all-different", chance.sample(triples, MOST), chance.sample(triples, MOST))

    words = [some(chance, "abcdefgh", 2, 7) for _ in range(2_000)]
    prefixes = [some(chance, "abcdefgh", 1, 4) for _ in range(2_000)]
    write("20-large-random", words, prefixes)

    words = ["a" * chance.randint(1, LONGEST) for _ in range(1_000)]
    prefixes = ["a" * chance.randint(1, LONGEST) for _ in range(1_000)]
    write("21-large-one-letter", words, prefixes)

    words = ["interview" + some(chance, "xyz", 0, 6) for _ in range(1_000)]
    prefixes = ["interview" + some(chance, "xyz", 0, 3) for _ in range(1_000)]
    write("22-large-shared-beginning", words, prefixes)

    words = [some(chance, "abcdefghijklmnopqrstuvwxyz", LONGEST, LONGEST) for _ in range(800)]
    prefixes = [word[: chance.randint(1, LONGEST)] for word in chance.choices(words, k=800)]
    write("23-large-long-words", words, prefixes)

    words = [some(chance, "lmnopq", 3, 6) for _ in range(2_000)]
    prefixes = [word + chance.choice("abcdefgh") for word in chance.choices(words, k=2_000)]
    write("24-large-no-match", words, prefixes)


if __name__ == "__main__":
    main()
