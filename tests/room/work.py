"""How much work something is, on any machine the same."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

T = TypeVar("T")


def work(of: Callable[[], T]) -> tuple[T, int]:
    """What `of` returns, and how many calls it took, those of C functions included."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        result = of()
    finally:
        sys.setprofile(None)
    return result, calls
