"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import re
import string
import sys
from pathlib import Path

LONGEST = 50_000
COUNT = string.ascii_letters + string.digits
SKIPPED = " .,;:!?'-_()"
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, text: str, *, answer: bool) -> None:
    assert len(text) <= LONGEST
    assert re.fullmatch("[ -~]*", text)
    kept = re.sub("[^a-z0-9]", "", text.lower())
    assert answer == (kept == "".join(reversed(kept))), name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(text)}\n")
    path.with_suffix(".out").write_text(f"{json.dumps(answer)}\n")


def mirrored(chance: random.Random, length: int) -> str:
    """A palindrome that does not look like one: either half has its own upper case."""
    half = "".join(chance.choices(COUNT, k=length // 2))
    return half + half[::-1].swapcase()


def scattered(chance: random.Random, text: str) -> str:
    """With skipped characters in between, about two after three that count."""
    return "".join(char + "".join(chance.choices(SKIPPED, k=chance.choice([0, 0, 2]))) for char in text)


def main() -> None:
    chance = random.Random(11)

    text = mirrored(chance, 28_000)
    write("21-large-palindrome", scattered(chance, text), answer=True)

    middle = len(text) // 2
    changed = text[: middle - 1] + "x" + text[middle - 1 : middle + 1] + "y" + text[middle + 1 :]
    write("22-large-false-in-the-middle", changed, answer=False)

    write("23-large-one-letter", "a" * LONGEST, answer=True)

    write("24-large-one-letter-but-the-last", "a" * 29_999 + "b", answer=False)

    write("25-large-only-signs", "".join(chance.choices(SKIPPED, k=30_000)), answer=True)

    write("26-large-gap-in-the-middle", "Z" + " " * 29_998 + "z", answer=True)


if __name__ == "__main__":
    main()
