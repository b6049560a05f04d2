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
    """One test. Of a hidden one nothing but the verdict is kept: what is not there cannot leak."""

    name: str
    hidden: bool
    verdict: Verdict
    time_ms: float | None = None
    memory_bytes: int | None = None
    input: str | None = None
    expected: str | None = None
    actual: str | None = None
    """What was printed, or of a function what it returned."""
    stderr: str | None = None
    message: str = ""
    own: bool = False
    """Somebody in the room made it."""
    prints: str | None = None
    """Of a function: what it printed besides."""


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
    for_staff: bool = False
    """Begun while its session was prepared: what happens to it is told to the staff alone. Not kept: `created_at` says
    the same.
    """

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
    failed = compile_failed(outcome, 0)
    if failed is not None:
        return failed
    done = outcome.executions[0]
    return Result(
        verdict=done.verdict,
        message=done.message or sentence(done),
        compile_output=compile_output(outcome),
        stdout=done.stdout[:KEPT_STREAM],
        stderr=done.stderr[:KEPT_STREAM],
        truncated=done.truncated or max(len(done.stdout), len(done.stderr)) > KEPT_STREAM,
        exit_code=done.exit_code,
        signal=done.signal,
        compile_ms=outcome.compile.wall_ms if outcome.compile else None,
        time_ms=done.wall_ms,
        memory_bytes=done.memory_bytes,
    )


def compile_failed(outcome: Outcome, total: int) -> Result | None:
    """What came of a run whose code does not compile; None when it does."""
    step = outcome.compile
    if step is None or step.verdict is Verdict.OK:
        return None
    return Result(
        verdict=step.verdict,
        message=step.message or "The code does not compile.",
        compile_output=compile_output(outcome),
        truncated=step.truncated,
        exit_code=step.exit_code,
        signal=step.signal,
        compile_ms=step.wall_ms,
        total=total,
    )


def compile_output(outcome: Outcome) -> str:
    if outcome.compile is None:
        return ""
    return (outcome.compile.stdout + outcome.compile.stderr)[:KEPT_STREAM]


def sentence(done: Execution) -> str:
    """How it ended, in words."""
    if done.verdict is Verdict.OK:
        return "Ran to the end."
    if done.verdict is Verdict.RUNTIME_ERROR and done.signal:
        return f"The program was ended by {done.signal}."
    if done.verdict is Verdict.RUNTIME_ERROR:
        return f"The program ended with exit status {done.exit_code}."
    return ""
