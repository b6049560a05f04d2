"""A problem of the bank as the product sees it. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from interview_platform.problems.signatures.model import Signature


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class CheckerKind(StrEnum):
    """How an answer is compared with the expected one."""

    LINES = "lines"  # of text: white space at the ends of lines and empty lines at the end do not count
    TOKENS = "tokens"  # of text: only the words between white space count
    EXACT = "exact"  # the same value; of text: to the letter
    UNORDERED = "unordered"  # the same elements of a list (lines of a text) in any order
    FLOAT = "float"  # numbers may differ by `tolerance`, the rest may not
    CUSTOM = "custom"  # the package's own program says


@dataclass(frozen=True, slots=True)
class Checker:
    kind: CheckerKind = CheckerKind.LINES
    tolerance: float = 0.0
    """For FLOAT: absolute up to 1, relative beyond."""
    nested: bool = False
    """For UNORDERED: the lists inside the list are in any order, too."""
    source: str = ""
    """For CUSTOM: Python."""


@dataclass(frozen=True, slots=True)
class Example:
    """Shown with the statement. `input` and `output` are what a program reads and prints, or see TestCase."""

    input: str
    output: str
    explanation: str


@dataclass(frozen=True, slots=True)
class TestCase:
    """`hidden` ones judge but never leave the server.

    Of a problem with a signature `input` has one line of JSON for each parameter, and `expected` is one of the answer.
    """

    name: str
    input: str
    expected: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """For those who interview, to say or to keep to themselves."""

    title: str
    text: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One package under `problems/` (see `docs/problems.md`).

    With a signature people write one function; without, programs read standard input and print the answer.
    """

    slug: str
    title: str
    difficulty: Difficulty
    tags: tuple[str, ...]
    statement: str
    """Markdown, without examples and constraints."""
    examples: tuple[Example, ...]
    constraints: tuple[str, ...]
    starters: Mapping[str, str]
    """Language id -> starter code. Compiles, reads the input, and leaves the thinking to the person."""
    tests: tuple[TestCase, ...]
    references: Mapping[str, str]
    """Language id -> a solution that passes every test. Only those who interview see it."""
    signature: Signature | None = None
    checker: Checker = Checker()
    time_limit_seconds: float | None = None
    """For each test. None: what the language allows any program."""
    hints: tuple[Hint, ...] = ()
    """From the smallest to the largest. Only those who interview see them."""
