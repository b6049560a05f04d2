"""One job on a Piston server: a request for every input, because Piston keeps nothing between two; or over its socket
when somebody attends to it, or when the server is one of ours, whose programs answer input after input.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

from interview_platform.execution.control import Control
from interview_platform.execution.model import Execution, Job, Outcome, Verdict
from interview_platform.execution.output import Batches
from interview_platform.execution.ports import OnOutput, RunnerUnavailable
from interview_platform.execution.verdicts import stopped
from interview_platform.kit.exchange import hello, new_secret
from interview_platform.providers.piston.answered import answered
from interview_platform.providers.piston.asking import Asking, Server
from interview_platform.providers.piston.attended import Attended, attended
from interview_platform.providers.piston.client import PistonFailed, TooLarge
from interview_platform.providers.piston.conversing import conversed
from interview_platform.providers.piston.outcome import NOT_THE_PROGRAM, TOO_LATE, compiled, executed
from interview_platform.providers.piston.runtimes import Offered

# Requests of one job at the same time: each compiles anew, so waiting for one after the other is long, and many at once
# on one machine make each other's times worse.
INPUTS_AT_ONCE = 2


class Attempt:
    def __init__(
        self, job: Job, offered: Offered, server: Server, on_output: OnOutput | None, control: Control
    ) -> None:
        self._job = job
        self._asking = Asking(job, offered, server)
        self._batches = Batches(on_output)
        self._control = control
        self._loop = asyncio.get_running_loop()
        self._secret = new_secret()
        self._attended = job.interactive or (on_output is not None and self._asking.attends)
        self._compiled: Execution | None = None
        self._done: dict[int, Execution] = {}
        self._lost: str | None = None
        """Why the server can be asked for nothing more."""

    async def outcome(self) -> Outcome:
        """Raises RunnerUnavailable when the server failed before anything had run."""
        working = asyncio.create_task(self._through())
        try:
            if self._attended or self._converses:  # they end by themselves, and know what was printed
                return await working
            with self._control.until_stopped(working.cancel):
                await asyncio.wait([working])
            if not working.cancelled():
                return working.result()
            return Outcome(self._compiled, (*(self._done[number] for number in sorted(self._done)), stopped()))
        except PistonFailed as error:
            raise RunnerUnavailable(f"{error.message} {NOT_THE_PROGRAM}") from error
        finally:
            working.cancel()
            await asyncio.wait([working])

    @property
    def lost(self) -> bool:
        return self._lost is not None

    @property
    def _converses(self) -> bool:
        return self._job.exchange and self._asking.attends

    async def _through(self) -> Outcome:
        if self._converses:
            return await conversed(self._asking, self._job, self._batches, self._control)
        started = self._loop.time()
        waiting = iter(range(len(self._job.inputs)))
        done = self._done
        compiling = self._compiled = await self._first(waiting, done)
        if compiling is not None and compiling.verdict is not Verdict.OK:
            return Outcome(compiling)
        at_once = 1 if self._job.stop_at_first_failure or self._attended else INPUTS_AT_ONCE
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(self._work(waiting, done, started))
        return Outcome(compiling, tuple(done[number] for number in sorted(done)))

    async def _first(self, waiting: Iterator[int], done: dict[int, Execution]) -> Execution | None:
        """How compiling went, by the first input that can be sent; alone, so that a mistake is not compiled often."""
        for number in waiting:
            try:
                told = await self._told(number)
            except TooLarge as error:
                done[number] = _failed(error.message)
                continue
            compiling = self._compiling(told)
            if compiling is None or compiling.verdict is Verdict.OK:
                done[number] = self._executed(told)
            self._batches.flush()
            return compiling
        return None

    async def _work(self, waiting: Iterator[int], done: dict[int, Execution], started: float) -> None:
        total = self._job.total_seconds
        if self._over(done):
            return
        for number in waiting:
            if self._lost is not None:
                done[number] = _failed(f"Not run. {self._lost}")
            elif total is not None and self._loop.time() - started >= total:
                done[number] = TOO_LATE
            else:
                done[number] = await self._next(number)
                if self._over(done):
                    return

    def _over(self, done: dict[int, Execution]) -> bool:
        if any(one.verdict is Verdict.STOPPED for one in done.values()):
            return True
        return self._job.stop_at_first_failure and any(one.verdict is not Verdict.OK for one in done.values())

    async def _next(self, number: int) -> Execution:
        try:
            told = await self._told(number)
        except TooLarge as error:
            return _failed(error.message)
        except PistonFailed as error:
            self._lost = error.message
            return _failed(error.message)
        compiling = told.answer.compile
        if compiling is not None and compiling.code != 0 and not told.stopped:
            return _failed("It compiled for the inputs before this one, and not this time.")
        done = self._executed(told)
        self._batches.flush()
        return done

    async def _told(self, number: int) -> Attended:
        """Raises PistonFailed."""
        stdin = self._job.inputs[number]
        if self._job.exchange:
            stdin = hello(self._secret) + stdin.replace("\n", " ") + "\n"
        if self._attended:
            return await attended(self._asking, self._job, stdin, self._batches, self._control)
        return Attended(*await self._asking.execute(stdin))

    def _compiling(self, told: Attended) -> Execution | None:
        if told.stopped and told.answer.compile is not None and told.answer.compile.code != 0:
            return stopped()
        return compiled(told.answer, told.terms, self._saying)

    def _executed(self, told: Attended) -> Execution:
        done = executed(told.answer, told.terms, self._saying, overflowed=told.overflowed)
        if told.stopped:
            return replace(done, verdict=Verdict.STOPPED, message=stopped().message)
        return answered(done, self._secret) if self._job.exchange else done

    @property
    def _saying(self) -> Batches:
        """For what has not been heard yet."""
        return Batches(None) if self._attended else self._batches


def _failed(message: str) -> Execution:
    return Execution(Verdict.INTERNAL_ERROR, message=f"{message} {NOT_THE_PROGRAM}")
