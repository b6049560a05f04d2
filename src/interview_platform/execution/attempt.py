"""One job on its ground: compile, then run for each input."""

import asyncio
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from interview_platform.execution.compiling import (
    COMPILER_OUTPUT_BYTES,
    NotCompiled,
    Report,
    Reporter,
    compiled,
)
from interview_platform.execution.control import Control
from interview_platform.execution.ground import Ground
from interview_platform.execution.languages.base import Installed
from interview_platform.execution.model import Execution, Job, Stream, Verdict
from interview_platform.execution.output import Batches, Captured
from interview_platform.execution.patience import patient
from interview_platform.execution.ports import OnOutput
from interview_platform.execution.sandbox import command
from interview_platform.execution.sandbox.home import place_code
from interview_platform.execution.sandbox.process import Process, Sinks
from interview_platform.execution.sandbox.protocol import Cause, Ended
from interview_platform.execution.sandbox.slot import Slot, SlotLost
from interview_platform.execution.sandbox.spec import MB, Spec
from interview_platform.execution.verdicts import execution, failed_compile, size, stopped
from interview_platform.execution.warm import Waiting

# Typed input that the program does not read. Nobody types this much, and a hole in the input would be a lie.
TYPED_BYTES = 1 * MB

_AT_ONCE_BYTES = 64 * 1024  # of source and files, written without a thread: that takes longer than the writing

_LINE_SECONDS = 5.0  # for a process that waited to read what it is to run: it does so at once

LOST = Execution(
    Verdict.INTERNAL_ERROR, message="The sandbox broke down. This is not the program's fault: run it again."
)
TOO_LATE = Execution(Verdict.TIME_LIMIT, message="Not run: those before it took too long together.")


class Hand:
    """control.Handle on a process. Remembers why it ended it."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.said = ""
        """Why the process was stopped, for people; empty when it was not, or not by this hand."""

    def write(self, text: str) -> None:
        self._process.write(text.encode(errors="replace"))
        if self._process.input_waiting > TYPED_BYTES:
            self._stop(f"Stopped: it has not read {size(TYPED_BYTES)} of input.")

    def end_input(self) -> None:
        self._process.end_input()

    def send(self, number: signal.Signals) -> None:
        self._process.send(number)

    def stop(self) -> None:
        self._stop("Stopped.")

    def judged(self, ended: Ended, execution: Execution) -> Execution:
        """What became of it, this hand considered."""
        if self.said and ended.cause is Cause.KILLED:
            return replace(execution, verdict=Verdict.STOPPED, message=self.said)
        return execution

    def _stop(self, why: str) -> None:
        self.said = self.said or why
        self._process.kill()


class Attempt:
    """`run` and `begin` raise NotCompiled when there is nothing to run."""

    def __init__(
        self, installed: Installed, job: Job, ground: Ground, *, on_output: OnOutput | None, control: Control
    ) -> None:
        self._installed = installed
        self._language = installed.language
        self._ground = ground
        self._live = on_output is not None or job.interactive
        self._slot: Slot | None = None
        self._process: Process | None = None
        self.job = job
        own = installed.language.limits
        self.limits = job.limits or (patient(own) if job.interactive else own)
        self.control = control
        self.batches = Batches(on_output)
        self.compiled: Execution | None = None
        """Once it is; None for languages without that step."""

    async def run(self, stdin: str) -> Execution:
        stdout = self.captured(Stream.STDOUT, self.limits.output_bytes, self._kill)
        stderr = self.captured(Stream.STDERR, self.limits.output_bytes, self._kill)
        try:
            process = await self.begin(Sinks(stdout.feed, stderr.feed))
            process.write(stdin.encode(errors="replace"))
            if not self.job.interactive:
                process.end_input()
            hand = Hand(process)
            self.control.attach(hand)
            ended = await process.ended()
        except SlotLost:
            return LOST
        finally:
            self.control.detach()
            texts = stdout.text(), stderr.text()
            self.batches.flush()
        return hand.judged(ended, self.judged(ended, *texts, overflowed=stdout.full or stderr.full))

    async def begin(self, sinks: Sinks, *, cases: int = 1) -> Process:
        """Start the program; it has the time of `cases` together. Raises SlotLost."""
        # The one limit that cannot be changed any more when a process has booted.
        fits = self.limits.files_bytes == self._language.limits.files_bytes
        waiting = self._ground.warm(self._language.id) if fits and self._slot is None else None
        if waiting is not None:
            self._process = await self._gone(waiting, sinks, cases)
        else:
            slot = await self._cold()
            step = self._language.run(self._installed.tools, live=self._live)
            spec = self._spec(cases)
            spec = replace(
                spec,
                program=[*step.command, *self.job.arguments],
                environment=step.environment,
                script=step.script,
                live=self._live,
            )
            self._process = await slot.launch(spec, self._ground.host, sinks)
        return self._process

    def judged(self, ended: Ended, stdout: str, stderr: str, *, overflowed: bool) -> Execution:
        return execution(ended, self.limits, self._language, stdout, stderr, overflowed=overflowed)

    def captured(self, stream: Stream, limit: int, on_full: Callable[[], None]) -> Captured:
        return Captured(limit, lambda text: self.batches.add(stream, text), on_full)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _contents(self) -> Mapping[str, bytes]:
        source = self.job.source.encode(errors="replace")
        beside = {name: text.encode() for name, text in self._language.beside.items()}
        return {**beside, **{file.name: file.content for file in self.job.files}, self._language.file_name: source}

    def _spec(self, cases: int) -> Spec:
        """Of the program, which is not named yet."""
        limits = self.limits
        return Spec(
            program=(),
            wall_seconds=limits.wall_seconds * cases,
            cpu_seconds=limits.cpu_seconds * cases,
            memory_bytes=limits.memory_bytes,
            processes=limits.processes,
            files_bytes=limits.files_bytes,
            stack_bytes=self._language.stack_bytes,
            mounts=self._installed.tools.mounts,
        )

    async def _placed(self, place: Callable[[Mapping[str, bytes]], None]) -> None:
        contents = self._contents()
        if sum(map(len, contents.values())) <= _AT_ONCE_BYTES:
            place(contents)
        else:
            await asyncio.to_thread(place, contents)

    async def _cold(self) -> Slot:
        """The job's own slot, with everything in its folder that a run needs."""
        if self._slot is None:
            slot = await self._ground.slot()

            def place(contents: Mapping[str, bytes]) -> None:
                for name, content in contents.items():
                    place_code(slot.code / name, content)

            await self._placed(place)
            await self._compile(slot)
            self._slot = slot
        return self._slot

    async def _compile(self, slot: Slot) -> None:
        step = self._language.compile(self._installed.tools)
        if step is None:
            return
        said = self.captured(Stream.COMPILE, COMPILER_OUTPUT_BYTES, lambda: None)
        try:
            with self.control.until_stopped(slot.kill):
                done = await compiled(self._installed, self.limits, step, slot=slot, host=self._ground.host, said=said)
        except SlotLost:
            done = LOST
        finally:
            self.batches.flush()
        if done.verdict is not Verdict.OK:
            if self.control.stopped:
                done = replace(stopped(), stderr=done.stderr)
            raise NotCompiled(done)
        self.compiled = self.compiled or done

    async def _gone(self, waiting: Waiting, sinks: Sinks, cases: int) -> Process:
        """A process that has waited, on its way."""
        await self._placed(waiting.place)
        spec, host = self._spec(cases), self._ground.host
        line = {
            "path": self._language.path,
            "arguments": self.job.arguments,
            "live": self._live,
            "exchange": self.job.exchange,
        }
        if self._language.compile(self._installed.tools) is None:
            process = await waiting.go(command.allowance(spec, host), line, sinks)
        else:
            said = self.captured(Stream.COMPILE, COMPILER_OUTPUT_BYTES, lambda: None)
            reporter = Reporter(said)
            sinks = reporter.sinks(sinks, waiting.process.drain_channel)
            seconds = self.limits.compile_seconds
            both = replace(spec, wall_seconds=seconds, cpu_seconds=seconds + spec.cpu_seconds)
            process = await waiting.go(command.allowance(both, host), line, sinks)
            await self._reported(process, reporter)
            await process.go(command.allowance(spec, host))  # compiling was not its time
        if self.job.exchange:  # so that what is said next is not read together with the line
            await process.until_heard(_LINE_SECONDS)
        return process

    async def _reported(self, process: Process, reporter: Reporter) -> None:
        either: list[asyncio.Future[Any]] = [reporter.report, process.end]
        try:
            with self.control.until_stopped(process.kill):
                await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            process.kill()
            raise
        report = reporter.report.result() if reporter.report.done() else None
        self.batches.flush()
        if report is not None and report.compiled:
            self.compiled = self.compiled or report.worked()
            return
        process.kill()
        raise NotCompiled(await self._not_compiled(process, report))

    async def _not_compiled(self, process: Process, report: Report | None) -> Execution:
        try:
            ended = await process.ended()
        except SlotLost:
            return LOST
        if self.control.stopped:
            return stopped()
        if report is not None:
            return report.failed(replace(ended, cause=Cause.ITSELF), self.limits, self._installed)
        return failed_compile(ended, self.limits, self._language, "", truncated=False, too_large=False)
