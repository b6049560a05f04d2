"""Writes the large tests: `python generate.py [folder]` (the folder `tests` here when none is given).

They are committed, and tests/problems/test_packages.py checks that they are what this writes.
"""

import json
import random
import string
import sys
from pathlib import Path

LONGEST = 12_000
PRINTABLE = string.ascii_letters + string.digits + string.punctuation + " "
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "tests"


def write(name: str, chars: str) -> None:
    assert len(chars) <= LONGEST
    assert set(chars) <= set(PRINTABLE)
    turned = [chars[len(chars) - place] for place in range(1, len(chars) + 1)]
    assert "".join(turned) == chars[::-1], name
    path = FOLDER / "hidden" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".in").write_text(f"{json.dumps(list(chars), separators=(',', ':'))}\n")
    path.with_suffix(".out").write_text(f"{json.dumps(turned, separators=(',', ':'))}\n")


def main() -> None:
    chance = random.Random(7)

    write("21-large-odd", "".join(chance.choices(PRINTABLE, k=LONGEST - 1)))

    write("22-large-even", "".join(chance.choices("abcde ", k=LONGEST)))

    # As far as equal letters show, nothing happens to it: only the two at the ends change places.
    write("23-large-only-the-ends-differ", "a" + "m" * 2_998 + "z")


if __name__ == "__main__":
    main()
