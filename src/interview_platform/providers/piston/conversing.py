"""A job with `exchange` on a server whose socket ends a program's input when told to, as ours does: compiled once, one
program answers input after input. Any other Piston gets a request for every input (attempt.py).

As in the embedded sandbox (execution/conversation.py): inputs are said one at a time, a program that dies or has to be
stopped costs only the case in flight its verdict, and the next case gets a new one.
"""

import asyncio
from dataclasses import replace

from interview_platform.execution.control import Control
from interview_platform.execution.model import Execution, Job, Outcome, Stream, Verdict
from interview_platform.execution.output import Batches, Captured
from interview_platform.execution.verdicts import stopped
from interview_platform.kit.exchange import hello, new_secret
from interview_platform.providers.piston.answered import ANSWER_BYTES, NOT_ANSWERED, Answers
from interview_platform.providers.piston.answers import Answer, Event, Stage
from interview_platform.providers.piston.asking import Asking
from interview_platform.providers.piston.client import SERVER, PistonFailed
from interview_platform.providers.piston.outcome import (
    COMPILER_OUTPUT_BYTES,
    NOT_THE_PROGRAM,
    TOO_LATE,
    Terms,
    compiled,
    executed,
)
from interview_platform.providers.piston.socket import Session

# After an answer: what was printed before it on the other stream may come up to a batch of output (0.05 s) later.
_SETTLE_SECONDS = 0.06
_LEAVE_SECONDS = 1.0  # for a program that has answered everything; only what is said of its memory depends on it

_SILENT = Batches(None)


async def conversed(asking: Asking, job: Job, batches: Batches, control: Control) -> Outcome:
    """Raises PistonFailed when the server failed before anything was answered."""
    talks = _Talks(asking, job, batches, control)
    try:
        await talks.through()
    finally:
        await talks.close()
    return Outcome(talks.compiling, tuple(talks.done))


class _Talks:
    """One conversation after the other, through all inputs."""

    def __init__(self, asking: Asking, job: Job, batches: Batches, control: Control) -> None:
        self.done: list[Execution] = []
        self.compiling: Execution | None = None
        self._asking = asking
        self._job = job
        self._batches = batches
        self._control = control
        self._talk: _Talk | None = None
        self._first = 0

    async def through(self) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        total = self._job.total_seconds
        for number, line in enumerate(self._job.inputs):
            if self.done and total is not None and loop.time() - started >= total:
                self.done.append(TOO_LATE)
                continue
            done = await self._asked(number, line)
            if done is None:  # it does not compile
                return
            self.done.append(done)
            if done.verdict is Verdict.STOPPED or (self._job.stop_at_first_failure and done.verdict is not Verdict.OK):
                break
        await self._leave()

    async def close(self) -> None:
        if self._talk is not None:
            await self._talk.close()

    async def _asked(self, number: int, line: str) -> Execution | None:
        try:
            while True:
                talk = self._talk or await self._begun(number)
                if talk is None:
                    return None
                with self._control.until_stopped(talk.stop):
                    done = await talk.ask(line)
                if done is None or done.answer is None:
                    await self._leave()
                if done is not None:
                    return done
        except PistonFailed as error:
            if not self.done:
                raise
            return Execution(Verdict.INTERNAL_ERROR, message=f"{error.message} {NOT_THE_PROGRAM}")

    async def _begun(self, number: int) -> "_Talk | None":
        if self._control.stopped:
            self.done.append(stopped())
            return None
        session, terms = await self._asking.session(cases=len(self._job.inputs) - number)
        talk = self._talk = _Talk(session, terms, self._asking, self._batches)
        self._first = number
        with self._control.until_stopped(talk.stop):
            ready = await talk.begin()
        if self.compiling is None or self.compiling.verdict is Verdict.OK:
            self.compiling = talk.compiling or self.compiling
        return talk if ready else None

    async def _leave(self) -> None:
        """There is nothing more for this one. What it said of its memory is believed up to what it has really used."""
        talk, self._talk = self._talk, None
        if talk is None:
            return
        used = await talk.end()
        for number in range(self._first, len(self.done)):
            if self.done[number].answer is not None:
                claimed = self.done[number].memory_bytes or used
                self.done[number] = replace(self.done[number], memory_bytes=min(claimed, used) or None)


class _Talk:
    def __init__(self, session: Session, terms: Terms, asking: Asking, batches: Batches) -> None:
        self.compiling: Execution | None = None
        self._session = session
        self._terms = terms
        self._wall = asking.limits.wall_seconds
        self._batches = batches
        self._loop = asyncio.get_running_loop()
        self._compiler = Captured(COMPILER_OUTPUT_BYTES, lambda text: batches.add(Stream.COMPILE, text), lambda: None)
        self._secret = new_secret()
        self._asked = 0
        self._answers = Answers(self._secret, self._printed)
        self._out = self._err = self._captured(Stream.STDOUT)
        self._stage = ""
        self._exit: Stage | None = None
        self._stopped = False
        self._ready = asyncio.Event()
        self._heard = asyncio.Event()
        self._seconds = asking.seconds(terms)
        self._reading = asyncio.create_task(self._read())

    async def begin(self) -> bool:
        """Whether there is a program to talk to. Raises PistonFailed."""
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait({ready, self._reading}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if not self._ready.is_set():
            self._fail_unless_told()
            return False
        self._session.say(type="data", stream="stdin", data=hello(self._secret))
        return True

    async def ask(self, line: str) -> Execution | None:
        """Answer OK, or how the program ended, or None: it ended for what was no fault of this input. Raises
        PistonFailed.
        """
        self._out, self._err = self._captured(Stream.STDOUT), self._captured(Stream.STDERR)
        self._answers.expect(self._asked)
        began = self._loop.time()
        self._session.say(type="data", stream="stdin", data=line.replace("\n", " ") + "\n")
        answer = await self._answer(began + self._wall)
        took = round((self._loop.time() - began) * 1000, 1)
        if answer is not None:
            await asyncio.wait([self._reading], timeout=_SETTLE_SECONDS)
        if answer is None or self._out.full or self._err.full:
            return await self._failed(took)
        self._asked += 1
        self._batches.flush()
        texts = self._out.text(), self._err.text()
        return Execution(Verdict.OK, *texts, wall_ms=took, memory_bytes=self._answers.memory, answer=answer)

    async def end(self) -> int:
        """Bytes that it has used at most."""
        self._session.say(type="end", stream="stdin")
        await asyncio.wait([self._reading], timeout=_LEAVE_SECONDS)
        await self.close()
        used = self._exit.memory if self._exit is not None else None
        return int(used or self._terms.memory)

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.wait([self._reading])
        await self._session.close()

    def stop(self) -> None:
        self._stopped = True
        self._session.abort()

    async def _answer(self, deadline: float) -> str | None:
        while self._answers.found is None and not self._reading.done():
            left = deadline - self._loop.time()
            if left <= 0:
                return None
            self._heard.clear()
            news = asyncio.create_task(self._heard.wait())
            await asyncio.wait({news, self._reading}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
        return self._answers.found

    async def _failed(self, took: float) -> Execution | None:
        out_of_time = not self._reading.done()
        self._session.abort()
        await asyncio.wait([self._reading])
        self._answers.end()
        self._batches.flush()
        flooded = self._out.full or self._err.full
        if self._stopped:
            return replace(stopped(), stdout=self._out.text(), stderr=self._err.text(), wall_ms=took)
        if not (out_of_time or flooded):
            self._fail_unless_told()
        if out_of_time and not flooded:
            ending, terms = Stage(signal="SIGKILL", status="TO"), replace(self._terms, wall=round(self._wall * 1000))
        else:
            ending, terms = self._exit or Stage(signal="SIGKILL"), self._terms
            if ending.status == "TO" and self._asked and took < self._wall * 1000 and not flooded:
                return None  # those before it used up what the server gives to all of them together
        said = {"stdout": self._out.text(), "stderr": self._err.text(), "wall_time": took}
        answer = Answer(run=ending.model_copy(update=said))
        done = executed(answer, terms.with_elapsed(took), _SILENT, overflowed=flooded)
        if done.verdict is Verdict.OK:
            return replace(done, verdict=Verdict.RUNTIME_ERROR, message=NOT_ANSWERED)
        return done

    def _fail_unless_told(self) -> None:
        """Raises PistonFailed when the connection ended before the program did."""
        if not self._reading.cancelled():
            error = self._reading.exception()
            if error is not None:
                raise error
        if self._exit is None and not self._stopped and (self.compiling is None or self._ready.is_set()):
            raise PistonFailed(f"{SERVER} broke off the connection.")
        if self._stopped and self.compiling is None and not self._ready.is_set():
            self.compiling = stopped()

    async def _read(self) -> None:
        async for event in self._session:
            match event.type:
                case "stage":
                    self._stage = event.stage or ""
                    if self._stage == "run":
                        self._ready.set()
                case "data":
                    self._take(event)
                case "exit" if event.stage == "compile":
                    said = event.ending.model_copy(update={"stderr": self._compiler.text()})
                    self.compiling = compiled(Answer(run=said, compile=said), self._terms, _SILENT)
                case "exit":
                    self._exit = event.ending

    def _take(self, event: Event) -> None:
        if self._stage == "compile":
            self._compiler.feed(event.data.encode(errors="replace"))
        elif event.stream == "stderr":
            self._err.feed(event.data.encode(errors="replace"))
        else:
            self._answers.feed(event.data)
            if self._answers.unfinished > ANSWER_BYTES:
                self._session.abort()
        self._heard.set()

    def _printed(self, text: str) -> None:
        self._out.feed(text.encode(errors="replace"))

    def _captured(self, stream: Stream) -> Captured:
        return Captured(self._terms.output, lambda text: self._batches.add(stream, text), self._session.abort)
