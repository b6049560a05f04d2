"""A run of the tests: what the runner is asked, and what follows for each case from what came back.

Expected answers never enter the sandbox of the program. What comes out of it is a stranger's, and so are the answers of
a driver that runs in one process with it (`answers.py`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from interview_platform.execution import answers, own_checker
from interview_platform.execution.cases import Case
from interview_platform.execution.checkers import same_text, same_value
from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.model import Execution, File, Job, Outcome, Verdict
from interview_platform.execution.own_checker import CheckerFailed, Question
from interview_platform.execution.runs import (
    KEPT_TEST,
    Result,
    TestResult,
    compile_failed,
    compile_output,
    sentence,
)
from interview_platform.kit.errors import Refusal
from interview_platform.problems.model import CheckerKind, Problem
from interview_platform.problems.signatures import drivers
from interview_platform.problems.signatures.model import Signature
from interview_platform.problems.values import arguments_line, read_answer, read_arguments, written

TESTS_SECONDS = 30.0  # for all tests of a run: one that never ends must not hold a place for 10 s times their number
APART_SECONDS = 10.0  # for those that failed and are run again, together: somebody waits
APART_FIRST = 3  # as many as tell a program that is wrong from one whose cases disturb each other

_LIMITS = {language.id: language.limits for language in LANGUAGES}
# Their drivers cannot fork: all cases share one process.
_ONE_PROCESS = frozenset({"javascript", "typescript", "java", "go"})
_GOOD = (Verdict.ACCEPTED, Verdict.OK)
_NONE = (Verdict.STOPPED, Verdict.INTERNAL_ERROR)  # says nothing of the program
# What another case can be the cause of.
_FAILED = (
    *(Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR, Verdict.TIME_LIMIT),
    *(Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT, Verdict.PROCESS_LIMIT),
)

RunJob = Callable[[Job], Awaitable[Outcome]]
"""`Runner.run` of one job that nobody watches."""


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: Verdict
    message: str = ""
    got: str | None = None
    trace: str = ""
    question: Question | None = None
    """For the package's own checker, while it has not been asked."""
    missing: bool = False
    """There was nothing to call: that is said once, not for every case."""


@dataclass(frozen=True, slots=True)
class _Pair:
    case: Case
    done: Execution
    judged: Judged


class _Stopped(Exception):
    """Somebody pressed Stop while the package's own checker ran."""


class Judging:
    """`job` is for the runner; `result` makes of its outcome what is kept."""

    watched = False  # judged, not watched: a hidden test's output would show its input
    whole_program = False

    def __init__(self, problem: Problem, language: str, source: str, cases: Sequence[Case]) -> None:
        self._problem = problem
        self.cases = cases
        self._language = language
        self.total = sum(case.expected is not None for case in cases)
        self.job = _job(problem, language, source, cases)

    async def result(self, outcome: Outcome, run: RunJob) -> Result:
        """`run`: for what has to be run besides."""
        failed = compile_failed(outcome, self.total)
        if failed is not None:
            return failed
        try:
            pairs = await self._judged(list(zip(self.cases, outcome.executions, strict=False)), run)
            pairs = await self._again_apart(pairs, run)
        except _Stopped:
            return Result(Verdict.STOPPED, "Stopped.", total=self.total)
        except CheckerFailed as error:
            return Result(Verdict.INTERNAL_ERROR, str(error), total=self.total)
        return _result(outcome, pairs, self.total, function=self._problem.signature is not None)

    async def _judged(self, done: list[tuple[Case, Execution]], run: RunJob) -> list[_Pair]:
        """Raises CheckerFailed."""
        # Megabytes of a stranger's JSON: not on the event loop.
        pairs = await asyncio.to_thread(lambda: [_Pair(case, one, self.judge(case, one)) for case, one in done])
        questions = [pair.judged.question for pair in pairs if pair.judged.question is not None]
        if not questions:
            return pairs
        said = iter(await self._asked(questions, run))
        return [pair if pair.judged.question is None else _answered(pair, next(said)) for pair in pairs]

    async def _asked(self, questions: list[Question], run: RunJob) -> list[own_checker.Opinion]:
        slug = self._problem.slug
        try:
            outcome = await run(own_checker.checking(self._problem.checker.source, questions))
        except Refusal as error:
            raise CheckerFailed(f"The checker of the problem {slug} could not be run: {error.message}") from error
        if any(one.verdict is Verdict.STOPPED for one in outcome.executions):
            raise _Stopped
        return own_checker.opinions(slug, outcome, len(questions))

    async def _again_apart(self, pairs: list[_Pair], run: RunJob) -> list[_Pair]:
        """Where one process works through all cases, what one leaves behind may make the next fail.

        So those that failed, and were not the first in their process, are run again, each in a process of its own, and
        that counts. When the first few fail all the same, it is the program, and the rest is left as it is: somebody
        waits. (One that passes because of an earlier one stays passed: who writes such a program has solved it.)
        """
        if self._problem.signature is None or self._language not in _ONE_PROCESS:
            return pairs
        after = list(pairs)
        failed = [place for place, pair in enumerate(pairs) if _may_be_anothers_fault(pair, pairs[:place])]
        left = min(APART_SECONDS, TESTS_SECONDS - _seconds(pairs))
        for places in (failed[:APART_FIRST], failed[APART_FIRST:]):
            again = await self._apart(places, run, left)
            left -= _seconds(again.values())
            for place, pair in again.items():
                after[place] = pair
            if all(pair.judged.verdict not in _GOOD for pair in again.values()):
                break
        return after

    async def _apart(self, places: list[int], run: RunJob, seconds: float) -> dict[int, _Pair]:
        """Place -> what came of it in a process of its own."""
        if not places or seconds <= 0:
            return {}
        inputs = tuple(self.job.inputs[place] for place in places)
        try:
            outcome = await run(replace(self.job, inputs=inputs, apart=True, total_seconds=seconds))
        except Refusal:
            return {}  # too much to do here: the first verdicts are as good as it gets
        done = [(self.cases[place], one) for place, one in zip(places, outcome.executions, strict=False)]
        pairs = zip(places, await self._judged(done, run), strict=False)
        return {place: pair for place, pair in pairs if pair.judged.verdict not in _NONE and not _not_run(pair)}

    def judge(self, case: Case, done: Execution) -> Judged:
        """By itself: a custom checker has not been asked."""
        signature = self._problem.signature
        if signature is None:
            return self._judge_text(case, done)
        if done.verdict is not Verdict.OK:
            return Judged(done.verdict, done.message or sentence(done))
        match answers.read(done.answer, signature):
            case answers.Returned(value):
                return replace(self._compared(case, signature, value), got=written(value))
            case answers.WrongType(message):
                return Judged(Verdict.WRONG_ANSWER, message)
            case answers.Missing(message):
                return Judged(Verdict.RUNTIME_ERROR, message, missing=True)
            case answers.Failed(message, trace):
                return Judged(Verdict.RUNTIME_ERROR, message, trace=trace)

    def _judge_text(self, case: Case, done: Execution) -> Judged:
        if done.verdict is not Verdict.OK:
            return Judged(done.verdict, done.message or sentence(done), done.stdout)
        return replace(self._compared(case, None, done.stdout), got=done.stdout)

    def _compared(self, case: Case, signature: Signature | None, got: object) -> Judged:
        checker = self._problem.checker
        if case.expected is None:
            return Judged(Verdict.OK)
        expected = case.expected if signature is None else read_answer(signature, case.expected)
        if checker.kind is CheckerKind.CUSTOM:
            given = case.input if signature is None else read_arguments(signature, case.input)
            return Judged(Verdict.WRONG_ANSWER, question=Question(given, expected, got))
        same = same_value(checker, expected, got) if signature else same_text(checker, case.expected, str(got))
        return Judged(Verdict.ACCEPTED if same else Verdict.WRONG_ANSWER)


def _may_be_anothers_fault(pair: _Pair, before: list[_Pair]) -> bool:
    shared = bool(before) and before[-1].done.answer is not None
    return shared and not pair.judged.missing and pair.judged.verdict in _FAILED


def _not_run(pair: _Pair) -> bool:
    """There was no time left for it."""
    return pair.done.verdict is Verdict.TIME_LIMIT and pair.done.wall_ms == 0


def _seconds(pairs: Iterable[_Pair]) -> float:
    return sum(pair.done.wall_ms for pair in pairs) / 1000


def _answered(pair: _Pair, said: own_checker.Opinion) -> _Pair:
    verdict = Verdict.ACCEPTED if said.right else Verdict.WRONG_ANSWER
    return replace(pair, judged=replace(pair.judged, verdict=verdict, message=said.message, question=None))


def _job(problem: Problem, language: str, source: str, cases: Sequence[Case]) -> Job:
    limits = _LIMITS[language]
    if problem.time_limit_seconds is not None:
        limits = replace(limits, wall_seconds=problem.time_limit_seconds)
    if problem.signature is None:
        inputs = tuple(case.input for case in cases)
        return Job(language, source, inputs, limits=limits, total_seconds=TESTS_SECONDS)
    program = drivers.program(language, problem.signature, source)
    return Job(
        language,
        program.source,
        tuple(arguments_line(case.input) for case in cases),
        tuple(File(name, text.encode()) for name, text in program.files),
        exchange=True,
        limits=limits,
        total_seconds=TESTS_SECONDS,
    )


def _result(outcome: Outcome, pairs: list[_Pair], total: int, *, function: bool) -> Result:
    compiled = outcome.compile.wall_ms if outcome.compile else None
    missing = next((pair.judged.message for pair in pairs if pair.judged.missing), None)
    if missing is not None:
        return Result(Verdict.RUNTIME_ERROR, missing, compile_output(outcome), compile_ms=compiled, total=total)
    tests = tuple(_test(pair, function=function) for pair in pairs)
    passed = sum(test.verdict is Verdict.ACCEPTED for test in tests)
    worst = next((test.verdict for test in tests if test.verdict not in _GOOD), Verdict.ACCEPTED)
    times = [test.time_ms for test in tests if test.time_ms is not None]
    memory = [test.memory_bytes for test in tests if test.memory_bytes is not None]
    return Result(
        verdict=worst,
        message=f"Passed {passed} of {total} tests.",
        compile_output=compile_output(outcome),
        compile_ms=compiled,
        time_ms=max(times, default=None),
        memory_bytes=max(memory, default=None),
        tests=tests,
        total=total,
    )


def _test(pair: _Pair, *, function: bool) -> TestResult:
    case, done, judged = pair.case, pair.done, pair.judged
    if case.hidden:
        # What is not kept cannot leak. Time, memory and the program's words would tell of the input, too.
        return TestResult(case.name, hidden=True, verdict=judged.verdict)
    return TestResult(
        name=case.name,
        hidden=False,
        own=case.own,
        verdict=judged.verdict,
        time_ms=done.wall_ms,
        memory_bytes=done.memory_bytes,
        input=case.input[:KEPT_TEST],
        expected=None if case.expected is None else case.expected[:KEPT_TEST],
        actual=None if judged.got is None else judged.got[:KEPT_TEST],
        prints=done.stdout[:KEPT_TEST] if function else None,
        stderr=(done.stderr + judged.trace)[:KEPT_TEST],
        message=judged.message,
    )
