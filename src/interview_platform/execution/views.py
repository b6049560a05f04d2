"""JSON shapes of runs."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from interview_platform.execution.model import Mode, Stream, Verdict
from interview_platform.execution.runs import Run, RunStatus, TestResult
from interview_platform.execution.typed import Typed
from interview_platform.kit.clock import rfc3339
from interview_platform.kit.views import Body, View


class RunnerView(View):
    """Who pressed Run."""

    id: str
    name: str


class TestResultView(View):
    """One case of a run in mode `tests`. Of a hidden one there is the verdict and nothing else."""

    name: str
    hidden: bool
    own: bool
    """Came with the request. Verdict `ok` when nothing was expected."""
    verdict: Verdict
    time_ms: float | None
    memory_bytes: int | None
    input: str | None
    expected: str | None
    actual: str | None
    """What was printed or, of a function, what it returned."""
    prints: str | None
    """Of a function: what it printed besides."""
    stderr: str | None
    message: str

    @classmethod
    def of(cls, test: TestResult) -> "TestResultView":
        return cls(**{name: getattr(test, name) for name in cls.model_fields})


class TypedView(View):
    """What somebody typed, and how much of the two streams stood before it: in UTF-16 units, as JavaScript counts."""

    by: RunnerView
    text: str
    ended: bool
    """The input ended after it."""
    stdout_at: int
    stderr_at: int


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
    typed: list[TypedView]
    takes_input: bool
    """What is typed now reaches the program."""
    queue_position: int | None
    """While it waits for a place: 1 for the next to get one."""
    diagnostics: str | None
    """What a checker of types says to the source; null when that is not known (yet)."""
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
            message=_message(run),
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
            typed=[_typed(run, piece) for piece in result.typed] if result else [],
            takes_input=False,
            queue_position=None,
            diagnostics=result.diagnostics if result else "",
            created_at=rfc3339(run.created_at),
            finished_at=rfc3339(run.finished_at) if run.finished_at else None,
        )

    def with_typing(self, run: Run, typed: Iterable[Typed]) -> "RunView":
        """While it goes on."""
        return self.model_copy(update={"typed": [_typed(run, piece) for piece in typed]})


def _message(run: Run) -> str:
    if run.result is None:
        return ""
    if run.result.stopped_by is None:
        return run.result.message
    return f"Stopped by {run.name_of(run.result.stopped_by)}."


def _typed(run: Run, piece: Typed) -> TypedView:
    return TypedView(
        by=RunnerView(id=piece.person, name=run.name_of(piece.person)),
        text=piece.text,
        ended=piece.ended,
        stdout_at=piece.stdout_at,
        stderr_at=piece.stderr_at,
    )


class RunAnswer(View):
    run: RunView


class RunsAnswer(View):
    runs: list[RunView]
    """Newest first; all but the newest may be `partial`."""
    before: str | None
    """Ask with `?before=` for the runs before these; null when there are none."""


class OwnCaseBody(Body):
    """As a problem's visible tests are written."""

    input: str
    expected: str | None = None
    """None: it is only run."""


class RunFileBody(Body):
    """Lies beside the source when it is compiled and run."""

    name: str
    """Without a folder."""
    content: str = Field(repr=False)


class RoomRunBody(Body):
    language: str
    source: str = Field(repr=False)
    stdin: str = Field(default="", repr=False)
    mode: Mode = Mode.RUN
    interactive: bool = False
    """Mode `run`: the input stays open after `stdin`, and what is typed meanwhile goes on there."""
    cases: list[OwnCaseBody] = Field(default=[], repr=False)
    """Mode `tests`: cases of one's own, judged besides those of the problem."""
    files: list[RunFileBody] = Field(default=[], repr=False)


class SessionRunBody(RoomRunBody):
    pad: str = ""
    """Whose problem's tests judge the code, or whose function is called; empty is the session's first."""


class RunBody(RoomRunBody):
    problem: str | None = None
    """Slug or title; needed for mode `tests`."""


class InputBody(Body):
    """What is typed to a run, and whether the input ends there."""

    text: str = Field(default="", repr=False)
    end: bool = False


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


class RunQueuedEvent(View):
    """The run waits for a place, and now stands there."""

    type: Literal["run.queued"] = "run.queued"
    run_id: str
    position: int


class RunInputEvent(View):
    """Somebody typed to the program: it stands after all that the streams have shown so far."""

    type: Literal["run.input"] = "run.input"
    run_id: str
    by: RunnerView
    text: str
    ended: bool


class RunDiagnosticsEvent(View):
    """After `run.finished`: what a checker of types says to the source. Not sent when it has nothing to say, except to
    who follows a run outside a room.
    """

    type: Literal["run.diagnostics"] = "run.diagnostics"
    run_id: str
    text: str


class RunInputFrame(Body):
    """From the browser: type to a program. What is refused is told in an `error`."""

    type: Literal["run.input"]
    run_id: str
    text: str = Field(repr=False)


class RunInputEndFrame(Body):
    """From the browser: the program's input ends here."""

    type: Literal["run.input_end"]
    run_id: str
