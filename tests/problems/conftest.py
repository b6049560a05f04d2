from collections.abc import Callable
from pathlib import Path

import pytest

from interview_platform.problems.embedded import EmbeddedBank, load_bank

BUNDLED = Path(__file__).parents[2] / "problems"

MANIFEST = """\
format: 1
title: Sum of Two
difficulty: easy
tags: [array, hash-map]
constraints:
  - Both numbers lie between 0 and `9`.
examples:
  - input: |
      1 2
    output: |
      3
    explanation: 1 + 2 = 3.
"""
STATEMENT = "Add up.\n\n## Input\n\nTwo numbers.\n\n## Output\n\nTheir sum.\n"

GOOD = {
    "problem.yaml": MANIFEST,
    "statement.md": STATEMENT,
    "starters/solution.py": "print(0)\n",
    "solutions/solution.py": "print(sum(map(int, input().split())))\n",
    "tests/visible/01-small-numbers.in": "1 2\n",
    "tests/visible/01-small-numbers.out": "3\n",
    "tests/hidden/02-zeros.in": "0 0\n",
    "tests/hidden/02-zeros.out": "0\n",
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write(**changes)` makes a good package, with the changes (None: without the file)."""

    def written(slug: str = "sum-of-two", **changes: str | bytes | None) -> Path:
        for name, text in {**GOOD, **changes}.items():
            path = tmp_path / slug / name
            if text is None:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return written


@pytest.fixture(scope="session")
def bundled() -> EmbeddedBank:
    return load_bank(BUNDLED)
