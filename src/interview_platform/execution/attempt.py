"""One job in one slot: compile, then run for each input."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace

from interview_platform.execution import artifacts
from interview_platform.execution.artifacts import ARTIFACT_BYTES
from interview_platform.execution.control import Control
from interview_platform.execution.languages.base import COMPILE_MEMORY, OUT, PROCESSES, Installed, Step
from interview_platform.execution.model import Execution, Job, Stream, Verdict
from interview_platform.execution.output import Batches, Captured
from interview_platform.execution.ports import OnOutput
from interview_platform.execution.sandbox.command import Host
from interview_platform.execution.sandbox.process import Process, Sinks
from interview_platform.execution.sandbox.protocol import Cause, Ended
from interview_platform.execution.sandbox.sandbox import place_code
from interview_platform.execution.sandbox.slot import Slot, SlotLost
from interview_platform.execution.sandbox.spec import MB, Spec
from interview_platform.execution.verdicts import execution, failed_compile, size, stopped

_COMPILER_OUTPUT_BYTES = 64 * 1024  # the first errors are what people need; one wrong template says megabytes
_COMPILE_FILES_BYTES = 128 * MB  # temporary files of the compiler and its artifacts
_COMPILE_STACK_BYTES = 64 * MB  # gcc recurses over nested expressions

# Typed input that the program does not read. Nobody types this much, and a hole in the input would be a lie.
TYPED_BYTES = 1 * MB

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
    def __init__(
        self, installed: Installed, job: Job, host: Host, slot: Slot, *, on_output: OnOutput | None, control: Control
    ) -> None:
        self._language = installed.language
        self._tools = installed.tools
        self.job = job
        self.limits = job.limits or installed.language.limits
        self.control = control
        self._host = host
        self._slot = slot
        self.batches = Batches(on_output)
        self._live = on_output is not None or job.interactive

    async def place(self) -> None:
        """Write source and files."""
        source = self.job.source.encode(errors="replace")
        contents = {**{file.name: file.content for file in self.job.files}, self._language.file_name: source}

        def write() -> None:
            for name, content in contents.items():
                place_code(self._slot.code / name, content)

        await asyncio.to_thread(write)

    async def compile(self) -> Execution | None:
        """None when there is nothing to compile. Verdict OK: the artifacts are in the slot's folder."""
        step = self._language.compile(self._tools)
        if step is None:
            return None
        archive = bytearray()
        too_large = False

        def on_archive(data: bytes) -> None:
            nonlocal too_large
            if len(archive) + len(data) > ARTIFACT_BYTES:
                too_large = True
                self._slot.kill()
            elif not too_large:
                archive.extend(data)

        said = self.captured(Stream.COMPILE, _COMPILER_OUTPUT_BYTES, lambda: None)
        spec = self._spec(["/bin/sh", "-c", artifacts.SCRIPT, "sh", OUT, *step.command], step, compiling=True)
        try:
            with self.control.until_stopped(self._slot.kill):
                ended = await self._slot.run(spec, self._host, b"", on_archive, said.feed)
        except SlotLost:
            return LOST
        finally:
            self.batches.flush()
        if self.control.stopped and ended.cause is Cause.KILLED:
            return replace(stopped(), stderr=said.text())
        return self._compiled(ended, said.text(), said.full, bytes(archive), too_large=too_large)

    async def run(self, stdin: str) -> Execution:
        stdout = self.captured(Stream.STDOUT, self.limits.output_bytes, self._slot.kill)
        stderr = self.captured(Stream.STDERR, self.limits.output_bytes, self._slot.kill)
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
        """Start the program; with a channel it has the limits of `cases` together. Raises SlotLost."""
        step = self._language.run(self._tools, live=self._live)
        spec = self._spec([*step.command, *self.job.arguments], step)
        spec = replace(spec, wall_seconds=spec.wall_seconds * cases, cpu_seconds=spec.cpu_seconds * cases)
        return await self._slot.launch(spec, self._host, sinks)

    def judged(self, ended: Ended, stdout: str, stderr: str, *, overflowed: bool) -> Execution:
        return execution(ended, self.limits, self._language, stdout, stderr, overflowed=overflowed)

    def captured(self, stream: Stream, limit: int, on_full: Callable[[], None]) -> Captured:
        return Captured(limit, lambda text: self.batches.add(stream, text), on_full)

    def _spec(self, program: Sequence[str], step: Step, *, compiling: bool = False) -> Spec:
        limits = self.limits
        return Spec(
            program=program,
            wall_seconds=limits.compile_seconds if compiling else limits.wall_seconds,
            cpu_seconds=limits.compile_seconds if compiling else limits.cpu_seconds,
            memory_bytes=COMPILE_MEMORY if compiling else limits.memory_bytes,
            processes=PROCESSES if compiling else limits.processes,
            files_bytes=_COMPILE_FILES_BYTES if compiling else limits.files_bytes,
            stack_bytes=_COMPILE_STACK_BYTES if compiling else self._language.stack_bytes,
            environment=step.environment,
            mounts=self._tools.mounts,
            script=step.script,
            script_arguments=self.job.arguments,
            live=self._live,
        )

    def _compiled(self, ended: Ended, said: str, cut: bool, archive: bytes, *, too_large: bool) -> Execution:
        if ended.cause is Cause.ITSELF and ended.status == 0 and not too_large:
            try:
                artifacts.unpack(archive, self._slot.code)
            except ValueError:
                too_large = True
            else:
                wanted = self._language.artifact
                if wanted is None or (self._slot.code / wanted).exists():
                    return Execution(
                        Verdict.OK,
                        stderr=said,
                        exit_code=0,
                        wall_ms=round(ended.wall_ms, 1),
                        cpu_ms=round(ended.cpu_ms, 1),
                        memory_bytes=ended.memory_bytes or None,
                        truncated=cut,
                    )
        return failed_compile(ended, self.limits, self._language, said, truncated=cut, too_large=too_large)
