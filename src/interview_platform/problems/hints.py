"""`hints.md` of a package: each section is one hint, from the smallest to the largest."""

import re

from interview_platform.problems.model import Hint

_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_TITLE_LENGTH_MAX = 80  # as of a problem: it has to fit into a line of a narrow panel
_HINTS_MAX = 12  # more than that nobody finds while somebody waits for an answer


def read_hints(text: str) -> tuple[tuple[Hint, ...], tuple[str, ...]]:
    """The hints, and what is wrong with the file: one sentence each."""
    before, *parts = _HEADING.split(text)
    hints = tuple(Hint(title, body.strip()) for title, body in zip(parts[::2], parts[1::2], strict=True))
    return hints, tuple(_faults(before, hints))


def _faults(before: str, hints: tuple[Hint, ...]) -> list[str]:
    faults = []
    if before.strip():
        faults.append("begins before the first heading of level 2: every hint stands below one, like `## The idea`")
    if not 1 <= len(hints) <= _HINTS_MAX:
        faults.append(f"has {len(hints)} hints; 1 to {_HINTS_MAX} are allowed")
    for number, hint in enumerate(hints, 1):
        if not 1 <= len(hint.title) <= _TITLE_LENGTH_MAX:
            faults.append(f"the title of hint {number} has to have 1 to {_TITLE_LENGTH_MAX} characters")
        if not hint.text:
            faults.append(f"hint {number} ({hint.title}) says nothing")
    return faults
