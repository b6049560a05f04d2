"""The Runner of this host: a queue in front of the sandbox's slots. Essay: docs/execution.md."""

import asyncio
import os
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import structlog

from interview_platform.execution.attempt import TOO_LATE, Attempt
from interview_platform.execution.control import Control
from interview_platform.execution.conversation import converse
from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.languages.base import Installed
from interview_platform.execution.model import Execution, Job, Outcome, Verdict
from interview_platform.execution.ports import (
    LanguageInfo,
    OnAccept,
    OnOutput,
    OnQueue,
    OnStart,
    QueueFull,
    RunnerUnavailable,
)
from interview_platform.execution.sandbox.probe import Protection, Report, probe
from interview_platform.execution.sandbox.sandbox import NoSandbox, Sandbox
from interview_platform.execution.sandbox.slot import Slot
from interview_platform.execution.self_tests import SelfTests
from interview_platform.execution.verdicts import stopped

log = structlog.get_logger()

QUEUE_MAX = 50  # runs waiting; at the time limit of 10 s the last one has waited minutes, more would be a lie


class EmbeddedRunner:
    """Implements ports.Runner. `start` before use, `close` at the end.

    `slots`: runs at the same time; default one per core, so that a run's time says something about the program.
    """

    def __init__(
        self,
        folder: Path,
        *,
        slots: int | None = None,
        queue_max: int = QUEUE_MAX,
        groups: bool = True,
        proc: bool = True,
    ) -> None:
        self._folder = folder
        self._slots = slots or len(os.sched_getaffinity(0))
        self._queue_max = queue_max
        self._groups = groups
        self._proc = proc
        self._installed: dict[str, Installed] = {}
        self._broken: set[str] = set()
        self._sandbox: Sandbox | None = None
        self._report: Report | None = None
        self._waiting = 0
        self._opening: asyncio.Task[None] | None = None
        self._testing: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return "own sandbox (bubblewrap)"

    async def start(self) -> None:
        """Find the tool chains (some 50 ms). The sandbox is opened and tried, and languages tested, on the side."""
        self._installed = await asyncio.to_thread(_find_languages)
        self._opening = asyncio.create_task(self._open())
        self._testing = asyncio.create_task(self._self_test())

    async def close(self) -> None:
        for task in (self._testing, self._opening):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])
        if self._sandbox is not None:
            await self._sandbox.close()

    async def ready(self) -> None:
        """When the sandbox has been tried and every language tested."""
        if self._testing is not None:
            await asyncio.shield(self._testing)

    async def check(self) -> str | None:
        """For the operator: why nothing can be run here, now that everything has been tried."""
        await self.ready()
        return self.unavailable()

    def languages(self) -> Sequence[LanguageInfo]:
        if self.unavailable() is not None:
            return []
        return [found.info for id, found in self._installed.items() if id not in self._broken]

    def unavailable(self) -> str | None:
        """None as well while it is not known yet, in the first second."""
        return None if self._report is None or self._report.available else self._report.reason

    async def protections(self) -> Sequence[Protection]:
        """What protects this machine from the code that is run on it, each tried out; for `doctor`."""
        await self._opened()
        return self._report.protections if self._report else ()

    async def diagnose(self, job: Job) -> str:
        del job
        return ""

    async def run(
        self,
        job: Job,
        on_output: OnOutput | None = None,
        on_start: OnStart | None = None,
        on_accept: OnAccept | None = None,
        *,
        on_queue: OnQueue | None = None,
        control: Control | None = None,
    ) -> Outcome:
        del on_queue
        await self._opened()
        installed = self._installed.get(job.language)
        if self._sandbox is None or installed is None or job.language in self._broken:
            raise RunnerUnavailable(self.unavailable() or f"There is no tool chain for {job.language} on this server.")
        if any(file.name == installed.language.file_name for file in job.files):
            raise ValueError(f"{installed.language.file_name} is the source's own name")
        control = control or Control()
        async with self._queued(self._sandbox, on_accept, control) as slot:
            if slot is None:
                return Outcome(None, (stopped(),))
            if on_start is not None:
                on_start()
            return await _worked(
                Attempt(installed, job, self._sandbox.host, slot, on_output=on_output, control=control)
            )

    @asynccontextmanager
    async def _queued(
        self, sandbox: Sandbox, on_accept: OnAccept | None, control: Control
    ) -> AsyncIterator[Slot | None]:
        """None when it was stopped before its turn came."""
        if self._waiting >= self._queue_max:
            raise QueueFull
        self._waiting += 1
        waiting = True
        try:
            if on_accept is not None:
                await on_accept()
            async with AsyncExitStack() as stack:
                turn = asyncio.create_task(stack.enter_async_context(sandbox.slot()))
                try:
                    with control.until_stopped(turn.cancel):
                        await asyncio.wait([turn])
                finally:
                    turn.cancel()
                    await asyncio.wait([turn])
                self._waiting -= 1
                waiting = False
                yield None if turn.cancelled() or control.stopped else turn.result()
        finally:
            if waiting:
                self._waiting -= 1

    async def _opened(self) -> None:
        if self._opening is None:
            raise RuntimeError("start() comes first")
        await asyncio.shield(self._opening)

    async def _open(self) -> None:
        mounts = [mount for found in self._installed.values() for mount in found.tools.mounts]
        try:
            sandbox = await Sandbox.open(self._folder, self._slots, mounts, groups=self._groups, new_proc=self._proc)
        except (NoSandbox, OSError) as error:
            self._report = Report.none(str(error))
        else:
            self._report = await probe(sandbox)
            if self._report.available:
                self._sandbox = sandbox
            else:
                await sandbox.close()
        if not self._report.available:
            log.warning("code cannot be run here", reason=self._report.reason)

    async def _self_test(self) -> None:
        await self._opened()
        if self._sandbox is None:
            return
        tests = SelfTests(self._folder / "self-tests.json")
        for id, found in self._installed.items():
            if tests.passed(found.language, found.tools):
                continue
            problem = await self._problem(found)
            if problem is None:
                await asyncio.to_thread(tests.remember, found.language, found.tools)
            else:
                self._broken.add(id)
                log.warning("a language does not work here", language=id, problem=problem)
        if self._report is not None and self._broken >= self._installed.keys():
            reason = "No language passes its test on this server; its log says what each of them did."
            self._report = replace(self._report, available=False, reason=reason)

    async def _problem(self, found: Installed) -> str | None:
        test = found.language.self_test
        outcome = await self.run(Job(found.language.id, test.source, (test.stdin,)))
        last = outcome.executions[0] if outcome.executions else outcome.compile
        if last is None or last.verdict is not Verdict.OK or last.stdout != test.expected:
            return f"{last.verdict}: {last.message} {last.stdout!r} {last.stderr[-500:]!r}" if last else "nothing ran"
        return None


async def _worked(attempt: Attempt) -> Outcome:
    await attempt.place()
    compiled = await attempt.compile()
    if compiled is not None and compiled.verdict is not Verdict.OK:
        return Outcome(compiled)
    return Outcome(compiled, tuple(await (converse if attempt.job.exchange else _executed)(attempt)))


async def _executed(attempt: Attempt) -> Sequence[Execution]:
    job = attempt.job
    started = time.monotonic()
    executions: list[Execution] = []
    for stdin in job.inputs:
        if attempt.control.stopped:
            executions.append(stopped())
            break
        if executions and job.total_seconds is not None and time.monotonic() - started >= job.total_seconds:
            executions.append(TOO_LATE)
            continue
        executions.append(await attempt.run(stdin))
        failed = executions[-1].verdict is not Verdict.OK
        if executions[-1].verdict is Verdict.STOPPED or (failed and job.stop_at_first_failure):
            break
    return executions


def _find_languages() -> dict[str, Installed]:
    found: dict[str, Installed] = {}
    for language in LANGUAGES:
        try:
            tools = language.find()
        except (OSError, subprocess.SubprocessError):
            log.exception("a tool chain could not be looked at", language=language.id)
            continue
        if tools is not None:
            found[language.id] = Installed(language, tools)
    return found
