"""The Runner of this host: a queue in front of the sandbox's slots. Essay: docs/execution.md."""

import asyncio
import os
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import structlog

from interview_platform.execution.attempt import Attempt
from interview_platform.execution.control import Control
from interview_platform.execution.diagnosis import diagnosed
from interview_platform.execution.ground import Ground
from interview_platform.execution.inputs import worked
from interview_platform.execution.interactive import places_of
from interview_platform.execution.languages.base import Installed
from interview_platform.execution.languages.python import Python
from interview_platform.execution.model import Job, Outcome
from interview_platform.execution.offered import Offered
from interview_platform.execution.ports import (
    LanguageInfo,
    OnAccept,
    OnOutput,
    OnQueue,
    OnStart,
    RunnerUnavailable,
)
from interview_platform.execution.queue import QUEUE_MAX, Queue
from interview_platform.execution.sandbox.probe import Protection, Report, probe
from interview_platform.execution.sandbox.protocol import ARGUMENTS_BYTES
from interview_platform.execution.sandbox.requirements import NoSandbox
from interview_platform.execution.sandbox.sandbox import Sandbox
from interview_platform.execution.sandbox.spec import Forker
from interview_platform.execution.verdicts import stopped
from interview_platform.execution.warm import Cells
from interview_platform.execution.warm_pool import WarmPool

log = structlog.get_logger()

# Processes that wait for a run: a burst of that many is quick. What they hold is bounded by memory as well (pool.py).
WAITING_PER_PLACE = 4
WAITING_MIN = 8  # on a small machine as well one for every language that can be booted ahead


class EmbeddedRunner:
    """Implements ports.Runner. `start` before use, `close` at the end.

    `slots`: runs at the same time; default one per core, so that a run's time says something about the program.
    `warm`: boot processes ahead of runs. `forks`: and Python's as copies of one, where that can be had.
    `weak`: rather run programs without namespaces than not at all, where this machine allows none (RUNNER_WEAK).
    `prepares`: languages for which to make what makes runs quicker (headers, caches), on the side; None: all.
    """

    def __init__(
        self,
        folder: Path,
        *,
        slots: int | None = None,
        queue_max: int = QUEUE_MAX,
        groups: bool = True,
        proc: bool = True,
        warm: bool = True,
        forks: bool = True,
        weak: bool = False,
        prepares: Collection[str] | None = None,
    ) -> None:
        folder = folder.absolute()  # compilers that prepare something work in another one
        self._folder = folder
        self._queue = Queue(slots or len(os.sched_getaffinity(0)), most=queue_max)
        self._attended = Queue(places_of(slots), most=queue_max)
        self._waiting_max = max(WAITING_MIN, WAITING_PER_PLACE * self._queue.places) if warm else 0
        self._groups = groups
        self._proc = proc
        self._forks = forks and proc and warm
        self._weak = weak
        self._offered = Offered(folder, self.run, self._warm, prepares)
        self._sandbox: Sandbox | None = None
        self._pool: WarmPool | None = None
        self._report: Report | None = None
        self._opening: asyncio.Task[None] | None = None
        self._testing: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return f"own sandbox ({'WEAK' if self._warning else 'bubblewrap'})"

    @property
    def _warning(self) -> str:
        return self._sandbox.warning if self._sandbox else ""

    async def start(self) -> None:
        """Find the tool chains (some 50 ms). The sandbox is opened and tried, and languages tested, on the side."""
        await self._offered.find()
        self._opening = asyncio.create_task(self._open())
        self._testing = asyncio.create_task(self._self_test())
        self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        for task in (self._keeping, self._testing, self._opening):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])
        if self._pool is not None:
            await self._pool.close()
        if self._sandbox is not None:
            await self._sandbox.close()

    async def ready(self) -> None:
        """When the sandbox has been tried and every language tested."""
        if self._testing is not None:
            await asyncio.shield(self._testing)

    async def prepared(self) -> None:
        """When every language runs as quickly as it can. Seconds, at a first start."""
        await self.ready()
        await self._offered.prepared.wait()

    async def check(self) -> str | None:
        """For the operator: why nothing can be run here, now that everything has been tried."""
        await self.ready()
        return self.unavailable()

    def languages(self) -> Sequence[LanguageInfo]:
        if self.unavailable() is not None:
            return []
        return self._offered.infos()

    def notes(self) -> Sequence[str]:
        """For the operator: what could be better, though it works."""
        return [*filter(None, (self._warning,)), *self._offered.notes()]

    def found(self) -> Mapping[str, str]:
        """Languages whose tool chain is on this machine, whether they can be run or not: id -> version."""
        return {id: one.tools.version for id, one in self._offered.installed.items()}

    def broken(self) -> Mapping[str, str]:
        """Languages that have failed their self-test: id -> how."""
        return self._offered.broken

    def unavailable(self) -> str | None:
        """None as well while it is not known yet, in the first second."""
        return None if self._report is None or self._report.available else self._report.reason

    async def protections(self) -> Sequence[Protection]:
        """What protects this machine from the code that is run on it, each tried out; for `doctor`."""
        await self._opened()
        return self._report.protections if self._report else ()

    async def diagnose(self, job: Job) -> str:
        installed, sandbox = await self._able(job)
        return await diagnosed(installed, job, sandbox, self._queue)

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
        installed, sandbox = await self._able(job)
        control = control or Control()
        async with self._turn(job, on_accept, on_queue, control):
            if control.stopped:
                return Outcome(None, (stopped(),))
            if on_start is not None:
                on_start()
            async with Ground(sandbox, self._pool, attended=job.interactive) as ground:
                return await worked(Attempt(installed, job, ground, on_output=on_output, control=control))

    async def _able(self, job: Job) -> tuple[Installed, Sandbox]:
        """Raises RunnerUnavailable, and ValueError for a job that cannot be as it is."""
        await self._opened()
        installed = self._offered.get(job.language)
        if self._sandbox is None or installed is None:
            raise RunnerUnavailable(self.unavailable() or f"There is no tool chain for {job.language} on this server.")
        if any(file.name == installed.language.file_name for file in job.files):
            raise ValueError(f"{installed.language.file_name} is the source's own name")
        # Each has its end in a packet as well.
        if sum(len(argument.encode(errors="replace")) + 1 for argument in job.arguments) > ARGUMENTS_BYTES:
            raise ValueError(f"arguments are longer than {ARGUMENTS_BYTES} bytes together")
        return installed, self._sandbox

    @asynccontextmanager
    async def _turn(
        self, job: Job, on_accept: OnAccept | None, on_queue: OnQueue | None, control: Control
    ) -> AsyncIterator[None]:
        """A place, or the end of waiting for one because it was stopped."""
        queue = self._attended if job.interactive else self._queue
        ticket = queue.admit(job.lane)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def come() -> None:
            if not turn.done():
                turn.set_result(None)

        try:
            if on_accept is not None:
                await on_accept()
            with control.until_stopped(come):
                queue.line_up(ticket, come, on_queue)
                await turn
            yield
        finally:
            queue.leave(ticket)
            if self._pool is not None:
                self._pool.look()

    async def _opened(self) -> None:
        if self._opening is None:
            raise RuntimeError("start() comes first")
        await asyncio.shield(self._opening)

    async def _open(self) -> None:
        mounts = self._offered.mounts()
        places = self._queue.places
        # What waits, what waited and is in use, what waits for people; and one that diagnoses.
        spare = (self._waiting_max + places if self._waiting_max else 0) + self._attended.places + 1
        try:
            sandbox = await Sandbox.open(
                *(self._folder, places, mounts),
                spare=spare,
                groups=self._groups,
                new_proc=self._proc,
                forker=self._forker(),
                weak=self._weak,
            )
        except (NoSandbox, OSError) as error:
            self._report = Report.none(str(error))
        else:
            self._report = await probe(sandbox)
            if self._report.available:
                self._sandbox = sandbox
            else:
                await sandbox.close()
        if self._warning:
            log.warning(self._warning)
        elif self._sandbox is not None and self._waiting_max:
            self._pool = WarmPool(Cells(self._sandbox), self._queue, self._waiting_max)
            self._sandbox.on_spare = self._pool.look
        if not self._report.available:
            log.warning("code cannot be run here", reason=self._report.reason)

    def _forker(self) -> Forker | None:
        python = self._offered.installed.get(Python.id)
        return Python().forking(python.tools) if python is not None and self._forks else None

    def _warm(self, found: Installed) -> None:
        """Processes of it may wait: it works."""
        by_copies = self._sandbox is not None and self._sandbox.forks and found.language.id == Python.id
        if self._pool is not None and not by_copies:
            self._pool.allow(found)

    async def _self_test(self) -> None:
        await self._opened()
        if self._sandbox is None:
            self._offered.prepared.set()
            return
        await self._offered.test(self._offered.installed)
        if self._report is not None and not self._offered.infos():
            reason = "No language passes its test on this server; its log says what each of them did."
            self._report = replace(self._report, available=False, reason=reason)

    async def _keep(self) -> None:
        """Make what languages prepare, then offer what `interview-platform languages install` brings."""
        await self.ready()
        if self._sandbox is None:
            return
        await self._offered.prepare()
        while True:
            await self._offered.news(before_tests=self._show)

    def _show(self) -> None:
        if self._sandbox is not None:
            self._sandbox.show(self._offered.mounts())
