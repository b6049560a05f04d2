"""The problem bank that comes with the product: packages in a folder, read once at start."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from interview_platform.problems.loader import BadPackage, load_packages
from interview_platform.problems.model import Difficulty, Problem

__all__ = ["BadPackage", "EmbeddedBank", "load_bank"]

_ORDER = {difficulty: place for place, difficulty in enumerate(Difficulty)}


class EmbeddedBank:
    """Implements ports.ProblemBank from memory."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._all = tuple(sorted(problems, key=lambda one: (_ORDER[one.difficulty], one.title)))
        self._by_slug = {problem.slug: problem for problem in self._all}
        self._by_title = {problem.title.casefold(): problem for problem in self._all}

    def all(self) -> Sequence[Problem]:
        return self._all

    def get(self, slug: str) -> Problem | None:
        return self._by_slug.get(slug)

    def find(self, slug_or_title: str) -> Problem | None:
        return self._by_slug.get(slug_or_title) or self._by_title.get(slug_or_title.strip().casefold())


def load_bank(folder: Path) -> EmbeddedBank:
    """The packages under `folder`. Raises BadPackage, which names everything that is wrong with any of them."""
    return EmbeddedBank(load_packages(folder))
