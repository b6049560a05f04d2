"""What pressing Run or "Run tests" comes to: one job for the runner, and what its outcome means. No I/O."""

from collections.abc import Sequence
from typing import Protocol

from interview_platform.execution.calling import call_of
from interview_platform.execution.cases import OwnCase, cases_of
from interview_platform.execution.judging import Judging, RunJob
from interview_platform.execution.model import Job, Mode, Outcome
from interview_platform.execution.runs import Result, result_of_run
from interview_platform.kit.errors import invalid
from interview_platform.problems.model import Problem
from interview_platform.problems.signatures import drivers


class Work(Protocol):
    job: Job

    @property
    def watched(self) -> bool:
        """Whether the room sees what is printed as it comes."""

    @property
    def whole_program(self) -> bool:
        """Reads standard input as it likes, so that one can type to it."""

    @property
    def total(self) -> int:
        """How many tests can be passed."""

    async def result(self, outcome: Outcome, run: RunJob) -> Result:
        """`run`: for what has to be run besides."""


class _Program:
    watched = True
    whole_program = True
    total = 0

    def __init__(self, language: str, source: str, stdin: str) -> None:
        self.job = Job(language, source, (stdin,))

    async def result(self, outcome: Outcome, run: RunJob) -> Result:
        del run
        return result_of_run(outcome)


def work_of(
    problem: Problem | None, mode: Mode, language: str, source: str, *, stdin: str, own: Sequence[OwnCase]
) -> Work:
    """Raises Refusal no_tests, no_tests_in_language, too_many_cases, bad_case."""
    if mode is Mode.TESTS:
        return _tests(language, source, problem, own)
    return call_of(problem, language, source, stdin) or _Program(language, source, stdin)


def _tests(language: str, source: str, problem: Problem | None, own: Sequence[OwnCase]) -> Work:
    if problem is None:
        raise invalid("There are no tests to run.", "no_tests", mode="the problem is not in the problem bank")
    if problem.signature is not None and language not in drivers.LANGUAGES_WITH_DRIVERS:
        known = ", ".join(drivers.LANGUAGES_WITH_DRIVERS)
        told = "This problem has no tests in this language, because nothing can call a function in it: only Run works."
        raise invalid(told, "no_tests_in_language", language=f"one of: {known}")
    return Judging(problem, language, source, cases_of(problem, own))
