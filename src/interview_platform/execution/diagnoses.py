"""What a checker of types says after a run: on the side, and never on the way of one."""

import asyncio
from dataclasses import replace

import structlog

from interview_platform.execution.going import Going
from interview_platform.execution.model import Job, Verdict
from interview_platform.execution.ports import Runner, RunStore
from interview_platform.execution.runs import Run
from interview_platform.execution.views import RunDiagnosticsEvent
from interview_platform.kit.errors import Refusal

DIAGNOSED = frozenset({"typescript"})  # the others' compilers check before they run
KEPT_DIAGNOSTICS = 20_000  # characters: a hundred remarks

_SAID_NOTHING = frozenset({Verdict.COMPILE_ERROR, Verdict.INTERNAL_ERROR})  # what is wrong was said, or is not theirs

log = structlog.get_logger()


class Diagnoses:
    """One at a time for each lane: the newest wins."""

    def __init__(self, runner: Runner, store: RunStore, going: Going) -> None:
        self._runner = runner
        self._store = store
        self._going = going
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._runs: dict[str, str] = {}

    def wanted(self, run: Run, verdict: Verdict) -> bool:
        return run.language in DIAGNOSED and verdict not in _SAID_NOTHING and not self._going.crowded

    def begin(self, run: Run, lane: str) -> None:
        """For a run that has ended."""
        before = self._tasks.get(lane)
        if before is not None:
            before.cancel()
        self._runs[run.id] = lane
        self._tasks[lane] = task = asyncio.create_task(self._diagnose(run, lane))

        def ended(_: asyncio.Task[None]) -> None:
            self._runs.pop(run.id, None)
            if self._tasks.get(lane) is task:
                del self._tasks[lane]

        task.add_done_callback(ended)

    def expected(self, run: str) -> bool:
        """Whether there will be an event of it yet."""
        return run in self._runs

    async def close(self) -> None:
        for task in tuple(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _diagnose(self, run: Run, lane: str) -> None:
        text = ""
        try:
            text = (await self._runner.diagnose(Job(run.language, run.source, lane=lane)))[:KEPT_DIAGNOSTICS]
            assert run.result is not None
            await self._store.revise(replace(run, result=replace(run.result, diagnostics=text)))
        except Refusal as refusal:
            log.info("run.not_diagnosed", run=run.id, reason=refusal.code)
        except Exception:
            log.exception("run.not_diagnosed", run=run.id)
        finally:
            if text or run.session is None:  # who follows it alone waits for this
                self._going.publish(run, RunDiagnosticsEvent(run_id=run.id, text=text))
