"""A job with `exchange`: one program answers input after input. The protocol is in kit/exchange.py.

What decides is certain: an answer counts only for the case in flight, prints are those up to the answer, the time is
that from saying the input to its answer. A program that dies or has to be stopped costs only the case in flight its
verdict; the next case gets a new program.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interview_platform.execution.attempt import LOST, TOO_LATE, Attempt, Hand
from interview_platform.execution.model import Execution, Stream, Verdict
from interview_platform.execution.output import Captured
from interview_platform.execution.sandbox.process import Process, Sinks
from interview_platform.execution.sandbox.protocol import Cause
from interview_platform.execution.sandbox.slot import SlotLost
from interview_platform.execution.sandbox.spec import MB
from interview_platform.execution.verdicts import size, stopped
from interview_platform.kit.exchange import answer_in, hello, new_secret

ANSWER_BYTES = 2 * MB  # of one line: a list of 200,000 numbers. It is read on the event loop, in some 20 ms
NOISE_BYTES = 64 * 1024  # for one case, of lines on the channel that are no answer: nobody writes there by accident
_BOOT_SECONDS = 10.0  # until the program has read the hello: a JVM on a busy machine takes 2
_LEAVE_SECONDS = 0.5  # for a program that has answered everything: a JVM takes 0.05. Nothing depends on it


async def converse(attempt: Attempt) -> Sequence[Execution]:
    """An execution for every input that was asked, in order."""
    job = attempt.job
    started = time.monotonic()
    done: list[Execution] = []
    talk: _Talk | None = None
    try:
        for number, line in enumerate(job.inputs):
            if attempt.control.stopped:
                done.append(stopped())
                break
            if done and job.total_seconds is not None and time.monotonic() - started >= job.total_seconds:
                done.append(TOO_LATE)
                continue
            talk = talk or _Talk(attempt, first=number)
            done.append(await talk.ask(line))
            if done[-1].answer is not None and job.apart:
                await talk.end()
            if done[-1].answer is None or job.apart:
                _tell_memory(done, talk)
                talk = None
            if done[-1].verdict is Verdict.STOPPED or (
                job.stop_at_first_failure and done[-1].verdict is not Verdict.OK
            ):
                break
        if talk is not None:
            await talk.end()
            _tell_memory(done, talk)
    finally:
        if talk is not None:
            talk.kill()
        attempt.control.detach()
    return done


def _tell_memory(done: list[Execution], talk: "_Talk") -> None:
    """What a program says of the memory of a case is believed up to what it has really used; if nothing, all of it."""
    for number in range(talk.first, len(done)):
        if done[number].answer is not None:
            claimed = done[number].memory_bytes or talk.memory_bytes
            done[number] = replace(done[number], memory_bytes=min(claimed, talk.memory_bytes) or None)


class _Case:
    """What one input has brought so far. `number` counts within the process."""

    def __init__(self, number: int, stdout: Captured, stderr: Captured) -> None:
        self.number = number
        self.stdout = stdout
        self.stderr = stderr
        self.noise = 0
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.memory: int | None = None
        self.wall_ms: float | None = None
        self.started = time.monotonic()

    def take(self, answer: str) -> bool:
        """False when it is no answer to this case."""
        try:
            said = json.loads(answer)
        except (ValueError, RecursionError):
            return False
        number = said.get("n") if isinstance(said, dict) else None
        if self.answer.done() or type(number) is not int or number != self.number:
            return False
        self.wall_ms = self.took()
        memory = said.get("memory")
        self.memory = memory if type(memory) is int and memory > 0 else None
        self.answer.set_result(answer)
        return True

    def took(self) -> float:
        return round((time.monotonic() - self.started) * 1000, 2)  # most take less than 0.1


class _Talk:
    """The conversation with one process, from its first input (`first` among the job's) to its end."""

    def __init__(self, attempt: Attempt, first: int) -> None:
        self.first = first
        self.memory_bytes = 0
        """What all of it has used at most, once it has ended."""
        self._attempt = attempt
        self._secret = new_secret()
        self._line = bytearray()
        self._asked = 0
        self._case: _Case
        self._process: Process | None = None
        self._hand: Hand | None = None
        self._too_much: str | None = None
        """What it was ended for, when we had to, for people."""

    async def ask(self, line: str) -> Execution:
        """Verdict OK: there is an answer. Else the process is gone."""
        case = self._case = self._next()
        try:
            process = self._process or await self._begin()
            case.started = time.monotonic()
            process.say(line.replace("\n", " ").encode(errors="replace") + b"\n")
            await self._until_answered(process, self._attempt.limits.wall_seconds)
            process.drain()
            if case.answer.done() and self._too_much is None:
                return self._answered(case, case.answer.result())
            return await self._failed(process, case)
        except SlotLost:
            return LOST
        finally:
            self._attempt.batches.flush()

    async def end(self) -> None:
        """There are no more inputs."""
        process = self._process
        if process is None:
            return
        process.end_channel()
        await asyncio.wait([process.end], timeout=_LEAVE_SECONDS)
        process.kill()
        try:
            self.memory_bytes = (await process.ended()).memory_bytes
        except SlotLost:
            self.memory_bytes = self._attempt.limits.memory_bytes

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _next(self) -> _Case:
        limit = self._attempt.limits.output_bytes
        streams = [self._attempt.captured(which, limit, self._flooded) for which in (Stream.STDOUT, Stream.STDERR)]
        case = _Case(self._asked, *streams)
        self._asked += 1
        return case

    async def _begin(self) -> Process:
        """Start the program, and wait until it is there: booting is not the first case's time."""
        sinks = Sinks(self._printed, self._complained, self._heard)
        process = await self._attempt.begin(sinks, cases=len(self._attempt.job.inputs) - self.first)
        self._process = process
        self._hand = Hand(process)
        self._attempt.control.attach(self._hand)
        process.end_input()
        process.say(hello(self._secret).encode())
        await process.until_heard(_BOOT_SECONDS)
        return process

    async def _until_answered(self, process: Process, seconds: float) -> None:
        either: list[asyncio.Future[Any]] = [self._case.answer, process.end]
        await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    def _answered(self, case: _Case, answer: str) -> Execution:
        return Execution(
            Verdict.OK,
            stdout=case.stdout.text(),
            stderr=case.stderr.text(),
            wall_ms=case.wall_ms or 0.0,
            memory_bytes=case.memory,
            answer=answer,
        )

    async def _failed(self, process: Process, case: _Case) -> Execution:
        out_of_time = not process.end.done() and self._too_much is None
        wall_ms = case.took()
        process.kill()
        ended = await process.ended()
        self.memory_bytes = ended.memory_bytes
        if out_of_time and ended.cause is Cause.KILLED:
            ended = replace(ended, cause=Cause.TIME)
        overflowed = case.stdout.full or case.stderr.full
        done = self._attempt.judged(ended, case.stdout.text(), case.stderr.text(), overflowed=overflowed)
        done = self._hand.judged(ended, done) if self._hand else done
        if self._too_much and not overflowed:
            done = replace(done, verdict=Verdict.OUTPUT_LIMIT, message=self._too_much)
        elif done.verdict is Verdict.OK:
            done = replace(done, verdict=Verdict.RUNTIME_ERROR, message="The program ended before it had answered.")
        return replace(done, wall_ms=wall_ms)

    def _printed(self, data: bytes) -> None:
        self._case.stdout.feed(data)

    def _complained(self, data: bytes) -> None:
        self._case.stderr.feed(data)

    def _heard(self, data: bytes) -> None:
        """What the program writes on the channel."""
        if self._too_much is not None:
            return
        searched = len(self._line)
        self._line += data
        while (end := self._line.find(b"\n", searched)) >= 0:
            line, searched = self._line[:end], 0
            del self._line[: end + 1]
            self._take(line.decode(errors="replace"))
        if len(self._line) > ANSWER_BYTES:
            self._give_up(f"Stopped: its answer is longer than {size(ANSWER_BYTES)}.")

    def _take(self, line: str) -> None:
        answer = answer_in(line, self._secret)
        if answer is None or not self._case.take(answer):
            self._case.noise += len(line) + 1
            if self._case.noise > NOISE_BYTES:
                self._give_up("Stopped: it writes where only answers belong.")

    def _flooded(self) -> None:
        self._give_up("Stopped: it printed too much.")

    def _give_up(self, why: str) -> None:
        self._too_much = self._too_much or why
        self.kill()
