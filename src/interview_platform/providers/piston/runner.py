"""The Runner of a Piston server elsewhere. What it cannot do that the embedded one does: docs/providers.md."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import structlog

from interview_platform.execution.control import Control
from interview_platform.execution.model import Job, Outcome
from interview_platform.execution.ports import (
    LanguageInfo,
    OnAccept,
    OnOutput,
    OnQueue,
    OnStart,
    QueueFull,
    RunnerUnavailable,
)
from interview_platform.execution.queue import QUEUE_MAX, Queue
from interview_platform.execution.verdicts import stopped
from interview_platform.providers.piston.asking import Server
from interview_platform.providers.piston.attempt import Attempt
from interview_platform.providers.piston.client import Busy, PistonClient, PistonFailed
from interview_platform.providers.piston.runtimes import Offered, offered

log = structlog.get_logger()

JOBS_AT_ONCE = 8  # two requests each (attempt.INPUTS_AT_ONCE): a quarter of the 64 that Piston takes at once by default
GRACE_SECONDS = 15.0
START_SECONDS = 1.0  # a server that is there has answered by then, and what `serve` prints of it is true
LOOK_SECONDS = 300.0  # languages that were installed meanwhile, limits that were raised
LOOK_AGAIN_SECONDS = 2.0  # after a failure, doubled with each
LOOK_AGAIN_MAX_SECONDS = 60.0

_NOT_YET = "The Piston server has not answered yet. Try again in a moment."
_NOTHING = (
    "The Piston server has none of our languages. Install some there: cli/index.js ppman install python "
    "(and node, typescript, java, gcc)."
)


class PistonRunner:
    """Implements execution/ports.Runner. `start` before use, `close` at the end."""

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        jobs_at_once: int = JOBS_AT_ONCE,
        queue_max: int = QUEUE_MAX,
        grace_seconds: float = GRACE_SECONDS,
        look_again_seconds: float = LOOK_AGAIN_SECONDS,
    ) -> None:
        """Raises ValueError when `url` or `key` cannot be right."""
        self._client = PistonClient(url, key)
        self._server = Server(self._client, grace_seconds)
        self._queue = Queue(jobs_at_once, most=queue_max)
        self._look_again_seconds = look_again_seconds
        self._offered: dict[str, Offered] = {}
        self._trouble: str | None = _NOT_YET
        self._looked = asyncio.Event()
        self._look_now = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return f"Piston at {self._client.address}"

    async def start(self) -> None:
        """Ask for the languages, again and again; wait for the first answer only a moment."""
        self._looking = asyncio.create_task(self._keep_looking())
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                await self.ready()

    async def close(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])
        await self._client.close()

    async def ready(self) -> None:
        """When the server has been asked once, whatever came of it."""
        await self._looked.wait()

    async def check(self) -> str | None:
        """For the operator: ask now, and say what is wrong."""
        await self._look()
        return self._trouble

    def languages(self) -> Sequence[LanguageInfo]:
        return [] if self._trouble is not None else [one.info for one in self._offered.values()]

    def unavailable(self) -> str | None:
        return self._trouble

    async def diagnose(self, job: Job) -> str:
        """Nothing: Piston runs its checkers as a part of compiling."""
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
        if self._trouble is not None:
            raise RunnerUnavailable(self._trouble)
        language = self._offered.get(job.language)
        if language is None:
            raise RunnerUnavailable(f"The Piston server has nothing that runs {job.language}.")
        if any(file.name == language.info.file_name for file in job.files):
            raise ValueError(f"{language.info.file_name} is the source's own name")
        control = control or Control()
        async with self._turn(job.lane, on_accept, on_queue, control):
            if control.stopped:
                return Outcome(None, (stopped(),))
            if on_start is not None:
                on_start()
            attempt = Attempt(job, language, self._server, on_output, control)
            try:
                return await attempt.outcome()
            except RunnerUnavailable:
                self._look_now.set()
                raise
            finally:
                if attempt.lost:
                    self._look_now.set()

    @asynccontextmanager
    async def _turn(
        self, lane: str, on_accept: OnAccept | None, on_queue: OnQueue | None, control: Control
    ) -> AsyncIterator[None]:
        """A place, or the end of waiting for one because it was stopped."""
        loop = asyncio.get_running_loop()
        busy = self._server.busy_until - loop.time()
        if busy > 1:
            raise QueueFull(busy)  # it would only be told the same
        ticket = self._queue.admit(lane)
        turn: asyncio.Future[None] = loop.create_future()

        def come() -> None:
            if not turn.done():
                turn.set_result(None)

        try:
            if on_accept is not None:
                await on_accept()
            with control.until_stopped(come):
                self._queue.line_up(ticket, come, on_queue)
                await turn
            yield
        finally:
            self._queue.leave(ticket)

    async def _keep_looking(self) -> None:
        again = self._look_again_seconds
        while True:
            try:
                await self._look()
            except Exception:
                log.exception("piston.look_broken")
            well = self._trouble is None
            wait, again = (
                (LOOK_SECONDS, self._look_again_seconds) if well else (again, min(again * 2, LOOK_AGAIN_MAX_SECONDS))
            )
            # Not `wait_for`: in Python 3.11 it swallows a cancellation that comes together with what it waits for.
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._look_now.wait()
            self._look_now.clear()

    async def _look(self) -> None:
        before = self._trouble
        try:
            found = offered(await self._client.runtimes())
        except Busy as error:
            if not self._offered:
                self._trouble = error.message
        except PistonFailed as error:
            self._trouble = error.message
        else:
            self._offered = found
            self._trouble = None if found else _NOTHING
            self._server.ceilings.clear()  # the server's operator may have raised them
        finally:
            self._looked.set()
        if self._trouble is not None and self._trouble != before:
            log.warning("code cannot be run on Piston", reason=self._trouble)
        elif self._trouble is None and before is not None:
            log.info("piston.answers", languages=list(self._offered))
