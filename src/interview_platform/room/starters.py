"""What a session's document begins with: a file for every language that the problem has starter code in."""

from collections.abc import Callable, Sequence

from interview_platform.execution.ports import LanguageInfo
from interview_platform.problems.ports import ProblemBank
from interview_platform.room.document import Seed, SeedFile
from interview_platform.sessions.model import Session

FIRST = "python"
PLAIN = "plaintext"


class Starters:
    """`languages`: all that the product knows, in the order to show them; whether they can be run here or not."""

    def __init__(self, bank: ProblemBank, languages: Callable[[], Sequence[LanguageInfo]]) -> None:
        self._bank = bank
        self._languages = languages

    def seed(self, session: Session) -> Seed:
        """Python first. One empty file when there is no starter at all: a room always has something to type in."""
        problem = self._bank.get(session.problem_slug)
        starters = problem.starters if problem else {}
        known = [language for language in self._languages() if language.id in starters]
        known.sort(key=lambda language: language.id != FIRST)
        if not known:
            return Seed((SeedFile("notes.txt", ""),), PLAIN, "notes.txt")
        files = tuple(SeedFile(language.file_name, starters[language.id]) for language in known)
        return Seed(files, known[0].id, known[0].file_name)

    def language_of(self, path: str) -> str:
        """Id of the language that keeps its text under `path`."""
        return next((language.id for language in self._languages() if language.file_name == path), PLAIN)
