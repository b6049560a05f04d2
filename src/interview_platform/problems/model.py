"""A problem of the bank as the product sees it. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Example:
    """Shown with the statement. `input` and `output` are what a program reads and prints."""

    input: str
    output: str
    explanation: str


@dataclass(frozen=True, slots=True)
class TestCase:
    """`hidden` ones judge but never leave the server."""

    name: str
    input: str
    expected: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """One package under `problems/`: programs read standard input and print the answer (see `docs/problems.md`)."""

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
    """Language id -> a solution that passes every test. Never leaves the server."""
