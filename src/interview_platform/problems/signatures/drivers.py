"""Starter code and whole programs of function problems, for every language that has a driver.

A driver reads arguments, calls the candidate's function and answers as `kit/exchange.py` says. What candidates see and
what runs come from the same file of each language. See docs/problems.md.
"""

from typing import Literal, Protocol

from interview_platform.problems.signatures import cpp, golang, java, javascript, python, typescript
from interview_platform.problems.signatures.model import Signature
from interview_platform.problems.signatures.parts import Program

Mode = Literal["judge", "call"]
"""`judge`: answers over the channel. `call`: one call with arguments from standard input (a line of JSON for each
parameter; what is none ends the program with status 2), and the result as the last line of standard output."""


class _Language(Protocol):
    def starter(self, signature: Signature, summary: str) -> str: ...

    def program(self, signature: Signature, source: str, mode: str) -> Program: ...


_LANGUAGES: dict[str, _Language] = {
    "python": python,
    "javascript": javascript,
    "typescript": typescript,
    "java": java,
    "cpp": cpp,
    "go": golang,
}
LANGUAGES_WITH_DRIVERS = tuple(_LANGUAGES)


def starter(language: str, signature: Signature, summary: str = "") -> str:
    """What the editor begins with. `summary`: a sentence of plain text that says what the function does."""
    return _LANGUAGES[language].starter(signature, summary)


def program(language: str, signature: Signature, source: str, mode: Mode = "judge") -> Program:
    """The candidate's `source` with its driver."""
    return _LANGUAGES[language].program(signature, source, mode)
