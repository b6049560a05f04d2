"""Whether an answer is the expected one. No I/O: the package's own checkers run in the sandbox (`own_checker.py`).

Values come from a stranger's program. They have been checked against the declared type before they get here
(`answers.py`), so `True == 1` and the like cannot happen, and how deep they are nested is known.
"""

import json
import math
from collections import Counter
from collections.abc import Callable
from typing import Any

from interview_platform.problems.model import Checker, CheckerKind


def same_value(checker: Checker, expected: Any, got: Any) -> bool:
    """Of two values of one declared type; any checker but CUSTOM."""
    match checker.kind:
        case CheckerKind.UNORDERED:
            written = _unordered if checker.nested else _written
            return Counter(map(written, expected)) == Counter(map(written, got))
        case CheckerKind.FLOAT:
            return _near(expected, got, checker.tolerance)
        case _:
            return bool(expected == got)


def same_text(checker: Checker, expected: str, got: str) -> bool:
    """Of two outputs; any checker but CUSTOM."""
    compared: Callable[[str], object]
    match checker.kind:
        case CheckerKind.EXACT:
            return expected == got
        case CheckerKind.FLOAT:
            return _near_tokens(expected.split(), got.split(), checker.tolerance)
        case CheckerKind.TOKENS:
            compared = str.split
        case CheckerKind.UNORDERED:
            compared = _counted_lines
        case _:
            compared = _lines
    return compared(expected) == compared(got)


def _written(value: Any) -> str:
    return json.dumps(value)


def _unordered(value: Any) -> str:
    """The same text for two values that differ only in the order of lists."""
    if isinstance(value, list):
        return f"[{','.join(sorted(map(_unordered, value)))}]"
    return json.dumps(value)


def _near(expected: Any, got: Any, tolerance: float) -> bool:
    if isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            return False
        return all(_near(one, other, tolerance) for one, other in zip(expected, got, strict=True))
    if isinstance(expected, float) and isinstance(got, float):
        return _near_numbers(expected, got, tolerance)
    return bool(expected == got)


def _near_numbers(expected: float, got: float, tolerance: float) -> bool:
    if math.isnan(expected) or math.isinf(expected):
        return expected == got or (math.isnan(expected) and math.isnan(got))
    return abs(expected - got) <= tolerance * max(1.0, abs(expected))


def _near_tokens(expected: list[str], got: list[str], tolerance: float) -> bool:
    if len(expected) != len(got):
        return False
    return all(one == other or _near_written(one, other, tolerance) for one, other in zip(expected, got, strict=True))


def _near_written(expected: str, got: str, tolerance: float) -> bool:
    try:
        # Python reads 1_000 as a number, nobody else does.
        return "_" not in got and _near_numbers(float(expected), float(got), tolerance)
    except ValueError:
        return False


def _lines(text: str) -> list[str]:
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip().split("\n")


def _counted_lines(text: str) -> Counter[str]:
    return Counter(_lines(text))
