"""A Runner that does what the test says, for tests of who may run, what others see and what is kept."""

import asyncio
from collections.abc import Sequence

from interview_platform.execution.control import Control
from interview_platform.execution.model import Execution, Job, Outcome, Stream, Verdict
from interview_platform.execution.ports import LanguageInfo, OnAccept, OnOutput, OnQueue, OnStart

PYTHON = LanguageInfo("python", "Python", "3.11", "python", "solution.py")


class FakeRunner:
    """Prints the source, or for tests each input, in upper case. `hold()` makes runs wait for `go`."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
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
        self.ended = 0

    def hold(self) -> None:
        self.go.clear()

    def languages(self) -> Sequence[LanguageInfo]:
        return [] if self.why_not else [PYTHON]

    def unavailable(self) -> str | None:
        return self.why_not

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
        self.jobs.append(job)
        if self.refusal is not None:
            raise self.refusal
        if on_accept is not None:
            await on_accept()
        await self.place.wait()
        if self.trouble is not None:
            raise self.trouble
        if on_start is not None:
            on_start()
        if on_output is not None:
            for text in self.prints:
                on_output(Stream.STDOUT, text)
        try:
            await self.go.wait()
        finally:
            self.ended += 1
        if on_output is not None:
            on_output(Stream.STDOUT, "second")
            return self.outcome or Outcome(None, (Execution(Verdict.OK, "first second", exit_code=0, wall_ms=5.0),))
        done = tuple(Execution(Verdict.OK, stdin.upper(), exit_code=0, wall_ms=5.0) for stdin in job.inputs)
        return self.outcome or Outcome(None, done)
