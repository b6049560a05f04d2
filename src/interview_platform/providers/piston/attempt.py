"""One job on a Piston server: a request for every input, because Piston keeps nothing between two."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.languages.base import COMPILE_MEMORY
from interview_platform.execution.model import Execution, Job, Limits, Outcome, Verdict
from interview_platform.execution.output import Batches
from interview_platform.execution.ports import OnOutput, RunnerUnavailable
from interview_platform.providers.piston.answers import Answer
from interview_platform.providers.piston.client import Busy, LimitTooHigh, PistonClient, PistonFailed, TooLarge
from interview_platform.providers.piston.outcome import NOT_THE_PROGRAM, Terms, compiled, executed
from interview_platform.providers.piston.runtimes import Offered

# Requests of one job at the same time: each compiles anew, so waiting for one after the other is long, and many at once
# on one machine make each other's times worse.
INPUTS_AT_ONCE = 2
BUSY_SECONDS = 10.0  # a job waits so long altogether for a server that says 429; longer looks broken

_LIMITS = {language.id: language.limits for language in LANGUAGES}


@dataclass
class Server:
    """What is known of the server and holds for every job."""

    client: PistonClient
    grace_seconds: float
    """Added to what a program may take, for the way there and back and for Piston's own queue."""
    ceilings: dict[tuple[str, str], int] = field(default_factory=dict)
    """(Piston's language, limit) -> the most that it takes, found out by a refusal."""
    busy_until: float = 0.0
    """On the event loop's clock: it asked to be left alone so long."""


class Attempt:
    def __init__(self, job: Job, offered: Offered, server: Server, on_output: OnOutput | None) -> None:
        self._job = job
        self._offered = offered
        self._server = server
        self._limits: Limits = job.limits or _LIMITS[job.language]
        self._batches = Batches(on_output)
        self._loop = asyncio.get_running_loop()
        self._patience = self._loop.time() + BUSY_SECONDS
        self._lost: str | None = None
        """Why the server can be asked for nothing more."""

    async def outcome(self) -> Outcome:
        """Raises RunnerUnavailable when the server failed before anything had run."""
        started = self._loop.time()
        waiting = iter(range(len(self._job.inputs)))
        done: dict[int, Execution] = {}
        try:
            compiling = await self._first(waiting, done)
        except PistonFailed as error:
            raise RunnerUnavailable(f"{error.message} {NOT_THE_PROGRAM}") from error
        if compiling is not None and compiling.verdict is not Verdict.OK:
            return Outcome(compiling)
        at_once = 1 if self._job.stop_at_first_failure else INPUTS_AT_ONCE
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(self._work(waiting, done, started))
        return Outcome(compiling, tuple(done[number] for number in sorted(done)))

    @property
    def lost(self) -> bool:
        return self._lost is not None

    async def _first(self, waiting: Iterator[int], done: dict[int, Execution]) -> Execution | None:
        """How compiling went, by the first input that can be sent; alone, so that a mistake is not compiled often."""
        for number in waiting:
            try:
                answer, terms = await self._answer(self._job.inputs[number])
            except TooLarge as error:
                done[number] = _failed(error.message)
                continue
            compiling = compiled(answer, terms, self._batches)
            if compiling is None or compiling.verdict is Verdict.OK:
                done[number] = executed(answer, terms, self._batches)
            self._batches.flush()
            return compiling
        return None

    async def _work(self, waiting: Iterator[int], done: dict[int, Execution], started: float) -> None:
        total = self._job.total_seconds
        if self._job.stop_at_first_failure and any(one.verdict is not Verdict.OK for one in done.values()):
            return
        for number in waiting:
            if self._lost is not None:
                done[number] = _failed(f"Not run. {self._lost}")
            elif total is not None and self._loop.time() - started >= total:
                told = "Not run: those before it took too long together."
                done[number] = Execution(Verdict.TIME_LIMIT, message=told)
            else:
                done[number] = await self._next(self._job.inputs[number])
                if self._job.stop_at_first_failure and done[number].verdict is not Verdict.OK:
                    return

    async def _next(self, stdin: str) -> Execution:
        try:
            answer, terms = await self._answer(stdin)
        except TooLarge as error:
            return _failed(error.message)
        except PistonFailed as error:
            self._lost = error.message
            return _failed(error.message)
        if answer.compile is not None and answer.compile.code != 0:
            return _failed("It compiled for the inputs before this one, and not this time.")
        done = executed(answer, terms, self._batches)
        self._batches.flush()
        return done

    async def _answer(self, stdin: str) -> tuple[Answer, Terms]:
        """Asks again where the server says how. Raises PistonFailed."""
        while True:
            limits = self._asked()
            terms = Terms(
                language=self._job.language,
                wall=limits["run_timeout"],
                cpu=limits["run_cpu_time"],
                compiling=limits["compile_timeout"],
                memory=limits["run_memory_limit"],
                output=self._limits.output_bytes,
            )
            await asyncio.sleep(max(0.0, self._server.busy_until - self._loop.time()))
            began = self._loop.time()
            try:
                answer = await self._execute(stdin, limits)
            except LimitTooHigh as error:
                key = (self._offered.language, error.name)
                if error.allowed >= limits.get(error.name, 0):  # lowered already, or none of ours
                    raise
                self._server.ceilings[key] = error.allowed
            except Busy as error:
                self._server.busy_until = max(self._server.busy_until, self._loop.time() + error.retry_after)
                if self._server.busy_until > self._patience:
                    raise
            else:
                return answer, replace(terms, elapsed=(self._loop.time() - began) * 1000)

    async def _execute(self, stdin: str, limits: dict[str, int]) -> Answer:
        request = {
            "language": self._offered.language,
            "version": self._offered.version,
            "files": self._offered.files(self._job.source),
            "stdin": stdin,
            "args": [],
            **limits,
        }
        seconds = (limits["compile_timeout"] + limits["run_timeout"]) / 1000 + self._server.grace_seconds
        return await self._server.client.execute(request, seconds)

    def _asked(self) -> dict[str, int]:
        """Our limits, no higher than the server takes."""
        wanted = {
            "compile_timeout": round(self._limits.compile_seconds * 1000),
            "compile_cpu_time": round(self._limits.compile_seconds * 1000),
            "compile_memory_limit": COMPILE_MEMORY,  # without one `#include "/dev/random"` takes all the machine has
            "run_timeout": round(self._limits.wall_seconds * 1000),
            "run_cpu_time": round(self._limits.cpu_seconds * 1000),
            "run_memory_limit": self._limits.memory_bytes,
        }
        ceilings = self._server.ceilings
        return {name: min(most, ceilings.get((self._offered.language, name), most)) for name, most in wanted.items()}


def _failed(message: str) -> Execution:
    return Execution(Verdict.INTERNAL_ERROR, message=f"{message} {NOT_THE_PROGRAM}")
