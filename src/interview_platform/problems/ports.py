"""Where problems come from."""

from collections.abc import Sequence
from typing import Protocol

from interview_platform.problems.model import Problem


class ProblemBank(Protocol):
    def all(self) -> Sequence[Problem]:
        """Every problem: easy first, then by title."""

    def get(self, slug: str) -> Problem | None: ...

    def find(self, slug_or_title: str) -> Problem | None:
        """By slug, or by title without regard to case."""
