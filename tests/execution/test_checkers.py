"""Which answers are the expected one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_platform.execution.checkers import same_text, same_value
from interview_platform.problems.model import Checker, CheckerKind

EXACT = Checker(CheckerKind.EXACT)
UNORDERED = Checker(CheckerKind.UNORDERED)
NESTED = Checker(CheckerKind.UNORDERED, nested=True)
FLOAT = Checker(CheckerKind.FLOAT, tolerance=0.01)
NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("checker", "expected", "got", "same"),
    [
        (EXACT, [1, 2], [1, 2], True),
        (EXACT, [1, 2], [2, 1], False),
        (EXACT, None, None, True),
        (UNORDERED, [1, 2, 2], [2, 1, 2], True),
        (UNORDERED, [1, 2, 2], [1, 1, 2], False),
        (UNORDERED, [1, 2], [1, 2, 2], False),
        (UNORDERED, [[1, 2], [3]], [[3], [1, 2]], True),
        (UNORDERED, [[1, 2], [3]], [[3], [2, 1]], False),
        (UNORDERED, ["a", "b"], ["b", "a"], True),
        (NESTED, [[1, 2], [3]], [[3], [2, 1]], True),
        (NESTED, [[1, 2], [3]], [[3], [2, 2]], False),
        (NESTED, [[[1, 2]], [[3]]], [[[3]], [[2, 1]]], True),
        (NESTED, [["a,b"]], [["a", "b"]], False),
        (FLOAT, 1.0, 1.009, True),
        (FLOAT, 1.0, 1.02, False),
        (FLOAT, 1000.0, 1009.0, True),
        (FLOAT, 1000.0, 1011.0, False),
        (FLOAT, 0.0, 0.02, False),
        (FLOAT, [1.0, 2.0], [1.0, 2.005], True),
        (FLOAT, [1.0], [1.0, 1.0], False),
        (FLOAT, NAN, NAN, True),
        (FLOAT, NAN, 1.0, False),
        (FLOAT, 1.0, NAN, False),
        (FLOAT, INFINITE, INFINITE, True),
        (FLOAT, INFINITE, 1e308, False),
        (FLOAT, -INFINITE, INFINITE, False),
        (FLOAT, 1.0, INFINITE, False),
        (FLOAT, ["a", "b"], ["a", "b"], True),
    ],
)
def test_values(checker: Checker, expected: Any, got: Any, same: bool) -> None:
    assert same_value(checker, expected, got) is same


@pytest.mark.parametrize(
    ("kind", "expected", "got", "same"),
    [
        (CheckerKind.LINES, "a b\nc\n", "a b  \nc\n\n\n", True),
        (CheckerKind.LINES, "a b\n", "a  b\n", False),
        (CheckerKind.LINES, "a\nb\n", "a\n\nb\n", False),
        (CheckerKind.TOKENS, "a b\nc\n", " a\nb c", True),
        (CheckerKind.TOKENS, "ab\n", "a b\n", False),
        (CheckerKind.EXACT, "a\n", "a\n", True),
        (CheckerKind.EXACT, "a\n", "a", False),
        (CheckerKind.UNORDERED, "a\nb\nb\n", "b\na\nb\n", True),
        (CheckerKind.UNORDERED, "a\nb\nb\n", "a\na\nb\n", False),
        (CheckerKind.FLOAT, "x 1.0\n", "x 1.001\n", True),
        (CheckerKind.FLOAT, "x 1.0\n", "y 1.0\n", False),
        (CheckerKind.FLOAT, "1.0\n", "1.0 1.0\n", False),
        (CheckerKind.FLOAT, "10\n", "1_0\n", False),
        (CheckerKind.FLOAT, "1\n", "one\n", False),
    ],
)
def test_texts(kind: CheckerKind, expected: str, got: str, same: bool) -> None:
    assert same_text(Checker(kind, tolerance=0.01), expected, got) is same


@given(st.lists(st.lists(st.integers() | st.text())), st.randoms())
def test_any_order_is_the_same(value: list[list[Any]], chance: Any) -> None:
    inner = [chance.sample(one, len(one)) for one in value]
    assert same_value(NESTED, value, chance.sample(inner, len(inner)))
    assert same_value(UNORDERED, value, chance.sample(value, len(value)))
    assert not same_value(UNORDERED, value, [*value, []])


@given(st.text(), st.text())
def test_no_text_breaks_a_checker(expected: str, got: str) -> None:
    for kind in CheckerKind:
        if kind is not CheckerKind.CUSTOM:
            checker = Checker(kind, tolerance=0.1)
            assert same_text(checker, expected, expected)
            same_text(checker, expected, got)
