"""What a session's document begins with: a file for every language, so that all can be switched to at any time."""

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from interview_platform.execution.ports import LanguageInfo
from interview_platform.problems.ports import ProblemBank
from interview_platform.room.seed import Seed, SeedFile
from interview_platform.sessions.model import Session

FIRST = "python"
PLAIN = "plaintext"


class Starters:
    """`languages`: all that the product knows, in the order to show them; whether they can be run here or not."""

    def __init__(self, bank: ProblemBank, languages: Callable[[], Sequence[LanguageInfo]]) -> None:
        self._bank = bank
        self._languages = languages

    def seed(self, session: Session) -> Seed:
        return self.seed_of(session.problem_slug)

    def seed_of(self, slug: str) -> Seed:
        """Python first, then what else the problem has starter code in, then the rest, each as it usually begins.

        `slug` may be empty: no problem, so nothing has starter code of its own.
        """
        problem = self._bank.get(slug)
        own = problem.starters if problem else {}
        languages = sorted(self._languages(), key=lambda one: (one.id not in own, one.id != FIRST))
        if not languages:
            return Seed((SeedFile("notes.txt", ""),), PLAIN, "notes.txt")
        files = tuple(SeedFile(one.file_name, own.get(one.id, one.starter)) for one in languages)
        return Seed(files, languages[0].id, languages[0].file_name)

    def untouched(self, path: str, text: str) -> bool:
        """Whether nobody has written in this file, and it is none of the problem's."""
        return any(one.file_name == path and one.starter == text for one in self._languages())

    def language_of(self, path: str) -> str:
        """Id of the language that a file is in: the one that keeps its text under this name, else by the ending."""
        name = PurePosixPath(path).name
        ending = PurePosixPath(name).suffix
        known = self._languages()
        exact = (one.id for one in known if one.file_name == name)
        alike = (one.id for one in known if ending and one.file_name.endswith(ending))
        return next(exact, None) or next(alike, PLAIN)
