"""JSON shapes of runs."""

from typing import Literal

from pydantic import Field

from interview_platform.execution.model import Mode, Stream, Verdict
from interview_platform.execution.runs import Run, RunStatus, TestResult
from interview_platform.kit.clock import rfc3339
from interview_platform.kit.views import Body, View


class RunnerView(View):
    """Who pressed Run."""

    id: str
    name: str


class TestResultView(View):
    """One test of a run in mode `tests`. A hidden test shows its verdict and time, never its data."""

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

    @classmethod
    def of(cls, test: TestResult) -> "TestResultView":
        return cls(**{name: getattr(test, name) for name in cls.model_fields})


class RunView(View):
    id: str
    session_id: str | None
    by: RunnerView
    language: str
    mode: Mode
    status: RunStatus
    verdict: Verdict | None
    message: str
    """One sentence for people: what happened and, when it went wrong, what that means."""
    compile_output: str
    stdout: str
    stderr: str
    truncated: bool
    """What was printed beyond the limit was thrown away."""
    partial: bool
    """Only the beginning of each text is here: `GET /api/sessions/{id}/runs/{run}` gives all that is kept."""
    exit_code: int | None
    signal: str | None
    compile_ms: float | None
    time_ms: float | None
    memory_bytes: int | None
    tests: list[TestResultView]
    passed: int
    total: int
    created_at: str
    finished_at: str | None

    @classmethod
    def of(cls, run: Run, stdout: str = "", stderr: str = "", compile_output: str = "") -> "RunView":
        """`stdout`, `stderr`, `compile_output`: what a run that goes on has printed so far."""
        result = run.result
        return cls(
            id=run.id,
            session_id=run.session,
            by=RunnerView(id=run.person, name=run.name),
            language=run.language,
            mode=run.mode,
            status=run.status,
            verdict=result.verdict if result else None,
            message=result.message if result else "",
            compile_output=result.compile_output if result else compile_output,
            stdout=result.stdout if result else stdout,
            stderr=result.stderr if result else stderr,
            truncated=result.truncated if result else False,
            partial=False,
            exit_code=result.exit_code if result else None,
            signal=result.signal if result else None,
            compile_ms=result.compile_ms if result else None,
            time_ms=result.time_ms if result else None,
            memory_bytes=result.memory_bytes if result else None,
            tests=[TestResultView.of(test) for test in result.tests] if result else [],
            passed=sum(test.verdict is Verdict.ACCEPTED for test in result.tests) if result else 0,
            total=result.total if result else 0,
            created_at=rfc3339(run.created_at),
            finished_at=rfc3339(run.finished_at) if run.finished_at else None,
        )


class RunAnswer(View):
    run: RunView


class RunsAnswer(View):
    runs: list[RunView]
    """Newest first; all but the newest may be `partial`."""
    before: str | None
    """Ask with `?before=` for the runs before these; null when there are none."""


class RoomRunBody(Body):
    language: str
    source: str = Field(repr=False)
    stdin: str = Field(default="", repr=False)
    mode: Mode = Mode.RUN


class RunBody(RoomRunBody):
    problem: str | None = None
    """Slug or title; needed for mode `tests`."""


class LanguageView(View):
    id: str
    name: str
    version: str
    monaco: str
    file_name: str
    starter: str
    """For a problem that has no starter code in this language."""


class LanguagesAnswer(View):
    languages: list[LanguageView]
    unavailable: str | None
    """Why nothing can be run here, if so."""


class RunStartedEvent(View):
    """Sent when the run begins to wait for a place (status `queued`), and again when it has one (`running`)."""

    type: Literal["run.started"] = "run.started"
    run: RunView


class RunOutputEvent(View):
    type: Literal["run.output"] = "run.output"
    run_id: str
    stream: Stream
    text: str
    """What to append to what this stream showed before, unless the run is `partial`: that would leave a gap."""


class RunFinishedEvent(View):
    type: Literal["run.finished"] = "run.finished"
    run: RunView
