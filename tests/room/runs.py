"""Stands in for the execution feature: keeps runs in memory and publishes what happens to them, as the service does."""

from interview_platform.accounts.model import Person
from interview_platform.execution.model import Mode, Stream, Verdict
from interview_platform.execution.runs import RunStatus
from interview_platform.execution.typed import RunFinished
from interview_platform.execution.views import (
    RunFinishedEvent,
    RunInputEvent,
    RunnerView,
    RunOutputEvent,
    RunQueuedEvent,
    RunStartedEvent,
    RunView,
    TypedView,
)
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms, rfc3339
from interview_platform.kit.ids import new_id
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Access
from interview_platform.sessions.ports import session_topic


class Runs:
    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._runs: dict[SessionId, list[RunView]] = {}
        self.failure: Exception | None = None
        """What reading them raises."""

    async def recent(self, access: Access) -> list[RunView]:
        if self.failure is not None:
            raise self.failure
        since = rfc3339(access.since)
        return [run for run in self._runs.get(access.session.id, ()) if run.created_at >= since]

    def start(self, session: SessionId, person: str, name: str) -> str:
        run = RunView(
            id=new_id(),
            session_id=session,
            by=RunnerView(id=person, name=name),
            language="python",
            mode=Mode.RUN,
            status=RunStatus.QUEUED,
            verdict=None,
            message="",
            compile_output="",
            stdout="",
            stderr="",
            truncated=False,
            partial=False,
            exit_code=None,
            signal=None,
            compile_ms=None,
            time_ms=None,
            memory_bytes=None,
            tests=[],
            passed=0,
            total=0,
            typed=[],
            takes_input=False,
            queue_position=None,
            diagnostics="",
            created_at=rfc3339(now_ms()),
            finished_at=None,
        )
        self._runs.setdefault(session, []).insert(0, run)
        self._bus.publish(session_topic(session), RunStartedEvent(run=run).to_json())
        return run.id

    def queue(self, session: SessionId, run: str, position: int) -> None:
        self._change(session, run, lambda _: {"queue_position": position})
        self._bus.publish(session_topic(session), RunQueuedEvent(run_id=run, position=position).to_json())

    def begin(self, session: SessionId, run: str) -> None:
        """It has a place now."""
        running = self._change(session, run, lambda _: {"status": RunStatus.RUNNING})
        self._bus.publish(session_topic(session), RunStartedEvent(run=running).to_json())

    def output(self, session: SessionId, run: str, text: str) -> None:
        self._change(session, run, lambda old: {"stdout": old.stdout + text})
        event = RunOutputEvent(run_id=run, stream=Stream.STDOUT, text=text)
        self._bus.publish(session_topic(session), event.to_json())

    def typed(self, session: SessionId, person: Person, id: str, text: str, *, end: bool = False) -> None:
        if all(run.id != id for run in self._runs.get(session, ())):
            raise RunFinished
        by = RunnerView(id=person.id, name=person.name)

        def noted(old: RunView) -> dict[str, object]:
            piece = TypedView(by=by, text=text, ended=end, stdout_at=len(old.stdout), stderr_at=len(old.stderr))
            return {"typed": [*old.typed, piece]}

        self._change(session, id, noted)
        event = RunInputEvent(run_id=id, by=by, text=text, ended=end)
        self._bus.publish(session_topic(session), event.to_json())

    def finish(self, session: SessionId, run: str) -> None:
        done = self._change(
            session, run, lambda _: {"status": RunStatus.FINISHED, "verdict": Verdict.OK, "exit_code": 0}
        )
        self._bus.publish(session_topic(session), RunFinishedEvent(run=done).to_json())

    def _change(self, session: SessionId, run: str, change: object) -> RunView:
        runs = self._runs[session]
        at = next(i for i, old in enumerate(runs) if old.id == run)
        assert callable(change)
        runs[at] = runs[at].model_copy(update=change(runs[at]))
        return runs[at]
