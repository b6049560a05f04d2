"""A run as it is kept: who pressed Run, what came of it. No I/O."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from interview_platform.accounts.model import PersonId
from interview_platform.accounts.ports import ERASED_NAME
from interview_platform.execution.model import Execution, Mode, Outcome, Verdict
from interview_platform.execution.typed import Typed
from interview_platform.problems.model import TestCase
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import Entry, EventKind

# What is kept of one stream. The runner lets more through to the screen of the moment; nobody reads more afterwards.
KEPT_STREAM = 200_000
# What is kept of one test's output: enough to see where it went wrong.
KEPT_TEST = 4_000


class RunStatus(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test. The data of a hidden one is not kept: it cannot leak from where it is not."""

    name: str
    hidden: bool
    verdict: Verdict
    time_ms: float
    memory_bytes: int | None
    input: str | None
    expected: str | None
    actual: str | None
    stderr: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    verdict: Verdict
    message: str
    compile_output: str = ""
    stdout: str = ""
    stderr: str = ""
    truncated: bool = False
    exit_code: int | None = None
    signal: str | None = None
    compile_ms: float | None = None
    time_ms: float | None = None
    memory_bytes: int | None = None
    tests: tuple[TestResult, ...] = ()
    total: int = 0
    typed: tuple[Typed, ...] = ()
    """What was typed while it ran, in order."""
    stopped_by: PersonId | None = None
    diagnostics: str | None = ""
    """What a checker of types said afterwards; None: it has not said it (yet)."""


@dataclass(frozen=True, slots=True)
class Run:
    id: str
    session: SessionId | None
    person: PersonId
    name: str
    language: str
    mode: Mode
    source: str
    stdin: str
    status: RunStatus
    created_at: int
    finished_at: int | None = None
    result: Result | None = None
    names: Mapping[PersonId, str] = field(default_factory=dict)
    """Of the others whom the result mentions, as they are called now."""

    @property
    def mentions(self) -> set[PersonId]:
        """Whose names it takes to tell the result, besides that of who pressed Run."""
        if self.result is None:
            return set()
        people = {piece.person for piece in self.result.typed} | {self.result.stopped_by}
        return {person for person in people if person is not None and person != self.person}

    def name_of(self, person: PersonId) -> str:
        return self.name if person == self.person else self.names.get(person, ERASED_NAME)

    def finished(self, result: Result, now: int) -> Self:
        return replace(self, status=RunStatus.FINISHED, result=result, finished_at=now)

    @property
    def begin(self) -> Entry:
        """What stands in the timeline when it is added."""
        payload = {"runId": self.id, "language": self.language, "mode": self.mode.value}
        return Entry(EventKind.RUN_STARTED, self.person, self.created_at, json.dumps(payload).encode())

    @property
    def end(self) -> Entry:
        """What stands in the timeline when it is finished."""
        assert self.result is not None
        assert self.finished_at is not None
        payload = {"runId": self.id, "verdict": self.result.verdict.value}
        return Entry(EventKind.RUN_FINISHED, self.person, self.finished_at, json.dumps(payload).encode())

    def input(self, person: PersonId, text: str, now: int, *, ended: bool) -> Entry:
        """What stands in the timeline when somebody types to it."""
        payload = {"runId": self.id, "text": text, "ended": ended}
        return Entry(EventKind.RUN_INPUT, person, now, json.dumps(payload).encode())

    def stop(self, person: PersonId | None, now: int) -> Entry:
        """What stands in the timeline when somebody stops it."""
        return Entry(EventKind.RUN_STOPPED, person, now, json.dumps({"runId": self.id}).encode())


def result_of_run(outcome: Outcome) -> Result:
    failed = _compile_failed(outcome, 0)
    if failed is not None:
        return failed
    done = outcome.executions[0]
    return Result(
        verdict=done.verdict,
        message=done.message or _sentence(done),
        compile_output=_compile_output(outcome),
        stdout=done.stdout[:KEPT_STREAM],
        stderr=done.stderr[:KEPT_STREAM],
        truncated=done.truncated or max(len(done.stdout), len(done.stderr)) > KEPT_STREAM,
        exit_code=done.exit_code,
        signal=done.signal,
        compile_ms=outcome.compile.wall_ms if outcome.compile else None,
        time_ms=done.wall_ms,
        memory_bytes=done.memory_bytes,
    )


def result_of_tests(outcome: Outcome, cases: tuple[TestCase, ...]) -> Result:
    failed = _compile_failed(outcome, len(cases))
    if failed is not None:
        return failed
    numbered = enumerate(zip(cases, outcome.executions, strict=False), 1)
    tests = tuple(_judged(number, case, done) for number, (case, done) in numbered)
    passed = sum(test.verdict is Verdict.ACCEPTED for test in tests)
    worst = next((test.verdict for test in tests if test.verdict is not Verdict.ACCEPTED), Verdict.ACCEPTED)
    times = [test.time_ms for test in tests]
    memory = [test.memory_bytes for test in tests if test.memory_bytes is not None]
    return Result(
        verdict=worst,
        message=f"Passed {passed} of {len(cases)} tests.",
        compile_output=_compile_output(outcome),
        compile_ms=outcome.compile.wall_ms if outcome.compile else None,
        time_ms=max(times, default=None),
        memory_bytes=max(memory, default=None),
        tests=tests,
        total=len(cases),
    )


def same_output(actual: str, expected: str) -> bool:
    """Whether two outputs say the same: white space at the ends of lines and empty lines at the end do not count."""
    return _lines(actual) == _lines(expected)


def _lines(text: str) -> list[str]:
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip().split("\n")


def _judged(number: int, case: TestCase, done: Execution) -> TestResult:
    verdict = done.verdict
    if verdict is Verdict.OK:
        verdict = Verdict.ACCEPTED if same_output(done.stdout, case.expected) else Verdict.WRONG_ANSWER
    shown = not case.hidden
    return TestResult(
        # The name of a hidden test ("All negative") is half of the answer to why it fails.
        name=f"Hidden test {number}" if case.hidden else case.name,
        hidden=case.hidden,
        verdict=verdict,
        time_ms=done.wall_ms,
        memory_bytes=done.memory_bytes,
        input=case.input[:KEPT_TEST] if shown else None,
        expected=case.expected[:KEPT_TEST] if shown else None,
        actual=done.stdout[:KEPT_TEST] if shown else None,
        stderr=done.stderr[:KEPT_TEST] if shown else None,
        message=done.message or _sentence(done),
    )


def _compile_failed(outcome: Outcome, total: int) -> Result | None:
    step = outcome.compile
    if step is None or step.verdict is Verdict.OK:
        return None
    return Result(
        verdict=step.verdict,
        message=step.message or "The code does not compile.",
        compile_output=_compile_output(outcome),
        truncated=step.truncated,
        exit_code=step.exit_code,
        signal=step.signal,
        compile_ms=step.wall_ms,
        total=total,
    )


def _compile_output(outcome: Outcome) -> str:
    if outcome.compile is None:
        return ""
    return (outcome.compile.stdout + outcome.compile.stderr)[:KEPT_STREAM]


def _sentence(done: Execution) -> str:
    if done.verdict is Verdict.OK:
        return "Ran to the end."
    if done.verdict is Verdict.RUNTIME_ERROR and done.signal:
        return f"The program was ended by {done.signal}."
    if done.verdict is Verdict.RUNTIME_ERROR:
        return f"The program ended with exit status {done.exit_code}."
    return ""
