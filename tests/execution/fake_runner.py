"""A Runner that does what the test says, for tests of who may run, what others see and what is kept."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace

from interview_platform.execution.control import Control
from interview_platform.execution.model import Execution, Job, Outcome, Stream, Verdict
from interview_platform.execution.ports import LanguageInfo, OnAccept, OnOutput, OnQueue, OnStart

TYPESCRIPT = LanguageInfo("typescript", "TypeScript", "5", "typescript", "solution.ts")
PYTHON = LanguageInfo("python", "Python", "3.11", "python", "solution.py")


DONE = Execution(Verdict.OK, exit_code=0, wall_ms=5.0)
STOPPED = Execution(Verdict.STOPPED, message="Stopped.")


class Program:
    """What is attached to a Control: says what it is told in upper case, and ends with its input."""

    def __init__(self, says: Callable[[str], None]) -> None:
        self.done = asyncio.Event()
        self._says = says

    def write(self, text: str) -> None:
        if not self.done.is_set():
            self._says(text.upper())

    def end_input(self) -> None:
        self.done.set()

    def send(self, number: signal.Signals) -> None:
        raise AssertionError(number)

    def stop(self) -> None:
        self.done.set()


class FakeRunner:
    """Prints the source, or for tests each input, in upper case. `hold()` makes runs wait for `go`.

    An interactive job runs a `Program`. A stopped one leaves the queue, or ends, as in every runner.
    """

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.offers = [PYTHON]
        self.refusal: Exception | None = None
        """Raised before the job is accepted."""
        self.trouble: Exception | None = None
        """Raised afterwards."""
        self.why_not: str | None = None
        self.outcome: Outcome | None = None
        self.prints = ["first "]
        """Before it waits for `go`."""
        self.go = asyncio.Event()
        self.go.set()
        self.place = asyncio.Event()
        """Accepted jobs wait for it."""
        self.place.set()
        self.stopped: Outcome | None = None
        """Of a run that is stopped while it goes on; None: what it has printed, and STOPPED."""
        self.ended = 0
        self.positions: list[int] = []
        """In the queue; told to those who wait for their place."""
        self.remarks = ""
        """Of the checker of types."""
        self.check = asyncio.Event()
        """Diagnosing waits for it."""
        self.check.set()
        self.diagnosed: list[Job] = []

    def hold(self) -> None:
        self.go.clear()

    def languages(self) -> Sequence[LanguageInfo]:
        return [] if self.why_not else self.offers

    def unavailable(self) -> str | None:
        return self.why_not

    async def diagnose(self, job: Job) -> str:
        self.diagnosed.append(job)
        await self.check.wait()
        return self.remarks

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
        self.jobs.append(job)
        if self.refusal is not None:
            raise self.refusal
        if on_accept is not None:
            await on_accept()
        if on_queue is not None:
            for position in self.positions:
                on_queue(position)
        control = control or Control()
        stopped = asyncio.Event()
        with control.until_stopped(stopped.set):
            await _first(self.place, stopped)
        if control.stopped:
            return Outcome(None, ())
        if self.trouble is not None:
            raise self.trouble
        if on_start is not None:
            on_start()
        printed: list[str] = []

        def says(text: str) -> None:
            printed.append(text)
            if on_output is not None:
                on_output(Stream.STDOUT, text)

        try:
            await self._go(job, control, says)
        finally:
            self.ended += 1
        if control.stopped:
            return self.stopped or Outcome(None, (replace(STOPPED, stdout="".join(printed)),))
        if on_output is not None:
            says("second")
            return self.outcome or Outcome(None, (replace(DONE, stdout="".join(printed)),))
        return self.outcome or Outcome(None, tuple(replace(DONE, stdout=stdin.upper()) for stdin in job.inputs))

    async def _go(self, job: Job, control: Control, says: Callable[[str], None]) -> None:
        for text in self.prints:
            says(text)
        program = Program(says)
        control.attach(program)
        await (program.done.wait() if job.interactive else _first(self.go, program.done))


async def _first(one: asyncio.Event, other: asyncio.Event) -> None:
    waits = [asyncio.create_task(event.wait()) for event in (one, other)]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
