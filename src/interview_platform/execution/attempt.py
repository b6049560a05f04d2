"""One job in one slot: compile, then run for each input."""

from collections.abc import Sequence

from interview_platform.execution import artifacts
from interview_platform.execution.artifacts import ARTIFACT_BYTES
from interview_platform.execution.languages.base import COMPILE_MEMORY, OUT, PROCESSES, Installed, Step
from interview_platform.execution.model import Execution, Limits, Stream, Verdict
from interview_platform.execution.output import Batches, Captured
from interview_platform.execution.ports import OnOutput
from interview_platform.execution.sandbox.command import Host
from interview_platform.execution.sandbox.protocol import Cause, Ended
from interview_platform.execution.sandbox.slot import Slot, SlotLost
from interview_platform.execution.sandbox.spec import MB, Spec
from interview_platform.execution.verdicts import execution, failed_compile

_COMPILER_OUTPUT_BYTES = 64 * 1024  # the first errors are what people need; one wrong template says megabytes
_COMPILE_FILES_BYTES = 128 * MB  # temporary files of the compiler and its artifacts
_COMPILE_STACK_BYTES = 64 * MB  # gcc recurses over nested expressions

_LOST = Execution(
    Verdict.INTERNAL_ERROR, message="The sandbox broke down. This is not the program's fault: run it again."
)


class Attempt:
    def __init__(
        self, installed: Installed, limits: Limits, host: Host, slot: Slot, on_output: OnOutput | None
    ) -> None:
        self._language = installed.language
        self._tools = installed.tools
        self._limits = limits
        self._host = host
        self._slot = slot
        self._batches = Batches(on_output)
        self._live = on_output is not None

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

        said = self._captured(Stream.COMPILE, _COMPILER_OUTPUT_BYTES, kill=False)
        spec = self._spec(["/bin/sh", "-c", artifacts.SCRIPT, "sh", OUT, *step.command], step, compiling=True)
        try:
            ended = await self._slot.run(spec, self._host, b"", on_archive, said.feed)
        except SlotLost:
            return _LOST
        finally:
            self._batches.flush()
        return self._compiled(ended, said.text(), said.full, bytes(archive), too_large=too_large)

    async def run(self, stdin: str) -> Execution:
        step = self._language.run(self._tools, live=self._live)
        stdout = self._captured(Stream.STDOUT, self._limits.output_bytes, kill=True)
        stderr = self._captured(Stream.STDERR, self._limits.output_bytes, kill=True)
        spec = self._spec(step.command, step)
        try:
            ended = await self._slot.run(spec, self._host, stdin.encode(errors="replace"), stdout.feed, stderr.feed)
        except SlotLost:
            return _LOST
        finally:
            texts = stdout.text(), stderr.text()
            self._batches.flush()
        return execution(ended, self._limits, self._language, *texts, overflowed=stdout.full or stderr.full)

    def _captured(self, stream: Stream, limit: int, *, kill: bool) -> Captured:
        on_full = self._slot.kill if kill else lambda: None
        return Captured(limit, lambda text: self._batches.add(stream, text), on_full)

    def _spec(self, program: Sequence[str], step: Step, *, compiling: bool = False) -> Spec:
        limits = self._limits
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
        return failed_compile(ended, self._limits, self._language, said, truncated=cut, too_large=too_large)
