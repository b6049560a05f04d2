"""The Runner of this host: a queue in front of the sandbox's slots. Essay: docs/execution.md."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import structlog

from interview_platform.execution.attempt import Attempt
from interview_platform.execution.control import Control
from interview_platform.execution.languages.base import Installed
from interview_platform.execution.languages.finding import find_languages
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
from interview_platform.execution.sandbox.sandbox import NoSandbox, Sandbox, place_code
from interview_platform.execution.sandbox.slot import Slot
from interview_platform.execution.self_tests import MARKER, Marker, SelfTests

log = structlog.get_logger()

LOOK_SECONDS = 5.0  # one look at one file; who has installed a language reloads the page, which takes as long

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
        self._installed: Mapping[str, Installed] = {}
        self._broken: dict[str, str] = {}
        self._marker = Marker(folder / MARKER)
        self._sandbox: Sandbox | None = None
        self._report: Report | None = None
        self._waiting = 0
        self._opening: asyncio.Task[None] | None = None
        self._testing: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return "own sandbox (bubblewrap)"

    async def start(self) -> None:
        """Find the tool chains (some 50 ms). The sandbox is opened and tried, and languages tested, on the side."""
        self._installed = await asyncio.to_thread(find_languages, self._folder / "versions.json")
        self._opening = asyncio.create_task(self._open())
        self._testing = asyncio.create_task(self._self_test(self._installed))
        self._watching = asyncio.create_task(self._watch())

    async def close(self) -> None:
        for task in (self._watching, self._testing, self._opening):
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

    def found(self) -> Mapping[str, str]:
        """Languages whose tool chain is on this machine, whether they can be run or not: id -> version."""
        return {id: one.tools.version for id, one in self._installed.items()}

    def broken(self) -> Mapping[str, str]:
        """Languages that have failed their self-test: id -> how."""
        return self._broken

    def unavailable(self) -> str | None:
        """None as well while it is not known yet, in the first second."""
        return None if self._report is None or self._report.available else self._report.reason

    async def protections(self) -> Sequence[Protection]:
        """What protects this machine from the code that is run on it, each tried out; for `doctor`."""
        await self._opened()
        return self._report.protections if self._report else ()

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
        await self._opened()
        installed = self._installed.get(job.language)
        if self._sandbox is None or installed is None or job.language in self._broken:
            raise RunnerUnavailable(self.unavailable() or f"There is no tool chain for {job.language} on this server.")
        async with self._queued(self._sandbox, on_accept) as slot:
            if on_start is not None:
                on_start()
            return await self._run(job, installed, self._sandbox, slot, on_output)

    @asynccontextmanager
    async def _queued(self, sandbox: Sandbox, on_accept: OnAccept | None) -> AsyncIterator[Slot]:
        if self._waiting >= self._queue_max:
            raise QueueFull
        self._waiting += 1
        waiting = True
        try:
            if on_accept is not None:
                await on_accept()
            async with sandbox.slot() as slot:
                self._waiting -= 1
                waiting = False
                yield slot
        finally:
            if waiting:
                self._waiting -= 1

    async def _run(
        self, job: Job, installed: Installed, sandbox: Sandbox, slot: Slot, on_output: OnOutput | None
    ) -> Outcome:
        limits = job.limits or installed.language.limits
        attempt = Attempt(installed, limits, sandbox.host, slot, on_output)
        source = job.source.encode(errors="replace")
        for name, text in installed.language.beside.items():
            await asyncio.to_thread(place_code, slot.code / name, text.encode())
        await asyncio.to_thread(place_code, slot.code / installed.language.file_name, source)
        compiled = await attempt.compile()
        if compiled is not None and compiled.verdict is not Verdict.OK:
            return Outcome(compiled)
        return Outcome(compiled, tuple(await _executed(job, attempt)))

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

    async def _self_test(self, languages: Mapping[str, Installed]) -> None:
        await self._opened()
        if self._sandbox is None:
            return
        tests = SelfTests(self._folder / "self-tests.json")
        for id, found in languages.items():
            if tests.passed(found.language, found.tools):
                continue
            problem = await self._problem(found)
            if problem is None:
                await asyncio.to_thread(tests.remember, found.language, found.tools)
            else:
                self._broken[id] = problem
                log.warning("a language does not work here", language=id, problem=problem)
        if self._report is not None and self._broken.keys() >= self._installed.keys():
            reason = "No language passes its test on this server; its log says what each of them did."
            self._report = replace(self._report, available=False, reason=reason)

    async def _watch(self) -> None:
        """Offer what `interview-platform languages install` has brought meanwhile."""
        await self.ready()
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self._marker.moved():
                found = await asyncio.to_thread(find_languages, self._folder / "versions.json")
                new = {id: one for id, one in found.items() if id in self._broken or one != self._installed.get(id)}
                self._installed = found
                self._broken = {id: why for id, why in self._broken.items() if id in found and id not in new}
                await self._self_test(new)
                log.info("languages installed", languages=sorted(new))

    async def _problem(self, found: Installed) -> str | None:
        test = found.language.self_test
        try:
            outcome = await self.run(Job(found.language.id, test.source, (test.stdin,), lane="self-tests"))
        except QueueFull as full:  # people come first
            await asyncio.sleep(full.retry_after or LOOK_SECONDS)
            return await self._problem(found)
        last = outcome.executions[0] if outcome.executions else outcome.compile
        if last is None or last.verdict is not Verdict.OK or last.stdout != test.expected:
            return f"{last.verdict}: {last.message} {last.stdout!r} {last.stderr[-500:]!r}" if last else "nothing ran"
        return None


async def _executed(job: Job, attempt: Attempt) -> Sequence[Execution]:
    started = time.monotonic()
    executions: list[Execution] = []
    for stdin in job.inputs:
        if executions and job.total_seconds is not None and time.monotonic() - started >= job.total_seconds:
            executions.append(Execution(Verdict.TIME_LIMIT, message="Not run: those before it took too long together."))
            continue
        executions.append(await attempt.run(stdin))
        if job.stop_at_first_failure and executions[-1].verdict is not Verdict.OK:
            break
    return executions
