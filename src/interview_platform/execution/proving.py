"""Whether a package's tests find what they should: its solutions pass, what is wrong fails as it says."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from interview_platform.execution.cases import cases_of
from interview_platform.execution.judging import Judging
from interview_platform.execution.model import Execution, Outcome, Verdict
from interview_platform.execution.ports import Runner
from interview_platform.problems.model import Problem
from interview_platform.problems.wrong import WrongSolution

MARGIN = 2.0  # between a solution's slowest test and the limit, and between the limit and a program that is too slow
SHOWN = 200  # characters of a wrong answer


@dataclass(frozen=True, slots=True)
class Proof:
    program: str
    language: str
    wanted: Verdict
    verdict: Verdict
    worst_ms: float
    """Of the slowest test."""
    limit_ms: float
    """That holds for each."""
    fault: str
    """What is not as it should be; empty when all is."""


async def proofs(runner: Runner, problem: Problem, wrong: Sequence[WrongSolution]) -> AsyncIterator[Proof]:
    """Of everything that `runner` has a language for, one after the other: side by side they slow each other down."""
    there = {language.id for language in runner.languages()} & set(problem.starters)
    for language, source in problem.references.items():
        if language in there:
            yield await prove_right(runner, problem, language, source)
    for one in wrong:
        if one.language in there:
            yield await prove_wrong(runner, problem, one)


async def prove_right(runner: Runner, problem: Problem, language: str, source: str) -> Proof:
    tests = _tests(problem, language, source)
    outcome = await runner.run(tests.job)
    result = await tests.result(outcome, runner.run)
    worst, limit = _worst(outcome.executions), _limit(tests)
    fault = ""
    if result.verdict is not Verdict.ACCEPTED:
        fault = f"{result.message} {_first_failure(tests, problem, outcome)}"
    elif outcome.compile is not None and outcome.compile.stdout + outcome.compile.stderr:
        fault = f"the compiler complains: {outcome.compile.stdout}{outcome.compile.stderr}"
    elif worst * MARGIN > limit:
        fault = f"needs {worst / limit:.0%} of the time limit; {1 / MARGIN:.0%} are allowed"
    return Proof("solution", language, Verdict.ACCEPTED, result.verdict, worst, limit, fault)


async def prove_wrong(runner: Runner, problem: Problem, one: WrongSolution) -> Proof:
    tests = _tests(problem, one.language, one.source)
    wanted, limit = Verdict(one.verdict), _limit(tests)
    job = tests.job
    if wanted is Verdict.TIME_LIMIT and job.limits is not None:
        # Not just slower than the limit: so much slower that a faster machine does not let it pass.
        limits = replace(job.limits, wall_seconds=job.limits.wall_seconds * MARGIN)
        job = replace(job, limits=limits, stop_at_first_failure=True)
    outcome = await runner.run(job)
    result = await tests.result(outcome, runner.run)
    fault = "" if result.verdict is wanted else f"ended with {result.verdict} instead of {wanted}. {result.message}"
    return Proof(f"wrong/{one.name}", one.language, wanted, result.verdict, _worst(outcome.executions), limit, fault)


def _tests(problem: Problem, language: str, source: str) -> Judging:
    return Judging(problem, language, source, cases_of(problem, ()))


def _limit(tests: Judging) -> float:
    assert tests.job.limits is not None
    return tests.job.limits.wall_seconds * 1000


def _worst(executions: Sequence[Execution]) -> float:
    return max((done.wall_ms for done in executions), default=0.0)


def _first_failure(tests: Judging, problem: Problem, outcome: Outcome) -> str:
    """For who writes the package, hidden or not."""
    if outcome.compile is not None and outcome.compile.verdict is not Verdict.OK:
        return outcome.compile.stderr
    for case, given, done in zip(tests.cases, problem.tests, outcome.executions, strict=False):
        judged = tests.judge(case, done)
        if judged.verdict is not Verdict.ACCEPTED and judged.question is None:
            got = f"got {judged.got[:SHOWN]!r}" if judged.got else ""
            return f"First: {given.name}: {judged.verdict} {judged.message} {got} {judged.trace}".strip()
    return ""
