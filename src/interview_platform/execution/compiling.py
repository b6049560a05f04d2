"""The step before a run: in a sandbox, with limits of its own; or what a warm process says of having done it."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from interview_platform.execution import artifacts
from interview_platform.execution.artifacts import ARTIFACT_BYTES
from interview_platform.execution.languages.base import COMPILE_MEMORY, OUT, PROCESSES, Installed, Step
from interview_platform.execution.model import Execution, Limits, Verdict
from interview_platform.execution.output import Captured
from interview_platform.execution.sandbox.command import Host
from interview_platform.execution.sandbox.process import OnBytes, Sinks
from interview_platform.execution.sandbox.protocol import Cause, Ended
from interview_platform.execution.sandbox.slot import Slot
from interview_platform.execution.sandbox.spec import MB, Spec
from interview_platform.execution.verdicts import failed_compile

COMPILER_OUTPUT_BYTES = 64 * 1024  # the first errors are what people need; one wrong template says megabytes
_FILES_BYTES = 128 * MB  # temporary files of the compiler and its artifacts
_STACK_BYTES = 64 * MB  # gcc recurses over nested expressions
_REPORT_BYTES = 8 * COMPILER_OUTPUT_BYTES  # one line of JSON, in which a strange character is six bytes


class NotCompiled(Exception):
    """There is nothing to run."""

    def __init__(self, execution: Execution) -> None:
        super().__init__(execution.message)
        self.execution = execution


def compile_spec(installed: Installed, limits: Limits, step: Step) -> Spec:
    return Spec(
        program=["/bin/sh", "-c", artifacts.SCRIPT, "sh", OUT, *step.command],
        wall_seconds=limits.compile_seconds,
        cpu_seconds=limits.compile_seconds,
        memory_bytes=COMPILE_MEMORY,
        processes=PROCESSES,
        files_bytes=_FILES_BYTES,
        stack_bytes=_STACK_BYTES,
        environment=step.environment,
        mounts=installed.tools.mounts,
    )


async def compiled(
    installed: Installed, limits: Limits, step: Step, *, slot: Slot, host: Host, said: Captured
) -> Execution:
    """Verdict OK: the artifacts are in the slot's folder. Raises SlotLost."""
    archive = bytearray()
    too_large = False

    def on_archive(data: bytes) -> None:
        nonlocal too_large
        if len(archive) + len(data) > ARTIFACT_BYTES:
            too_large = True
            slot.kill()
        elif not too_large:
            archive.extend(data)

    ended = await slot.run(compile_spec(installed, limits, step), host, b"", on_archive, said.feed)
    text = said.text()
    if ended.cause is Cause.ITSELF and ended.status == 0 and not too_large:
        try:
            artifacts.unpack(bytes(archive), slot.code)
        except ValueError:
            too_large = True
        else:
            wanted = installed.language.artifact
            if wanted is None or (slot.code / wanted).exists():
                return _worked(ended, text, cut=said.full)
    return failed_compile(ended, limits, installed.language, text, truncated=said.full, too_large=too_large)


def _worked(ended: Ended, said: str, *, cut: bool) -> Execution:
    return Execution(
        Verdict.OK,
        stderr=said,
        exit_code=0,
        wall_ms=round(ended.wall_ms, 1),
        cpu_ms=round(ended.cpu_ms, 1),
        memory_bytes=ended.memory_bytes or None,
        truncated=cut,
    )


@dataclass(frozen=True, slots=True)
class Report:
    """What a warm process says before it runs what it has compiled."""

    compiled: bool
    output: str
    ms: float

    @classmethod
    def of(cls, line: bytes) -> "Report | None":
        """None when it is none."""
        try:
            said = json.loads(line)
            return cls(bool(said["compiled"]), str(said["output"]), float(said["ms"]))
        except (ValueError, KeyError, TypeError):
            return None

    def worked(self) -> Execution:
        return Execution(Verdict.OK, stderr=self.output, exit_code=0, wall_ms=round(self.ms, 1))

    def failed(self, ended: Ended, limits: Limits, installed: Installed) -> Execution:
        said = self.output[:COMPILER_OUTPUT_BYTES]
        cut = len(said) < len(self.output)
        failed = failed_compile(ended, limits, installed.language, said, truncated=cut, too_large=False)
        return replace(failed, exit_code=1, wall_ms=round(self.ms, 1))


class Reporter:
    """Takes the first line off a channel, and the compiler's words in it to `said`."""

    def __init__(self, said: Captured) -> None:
        self.report: asyncio.Future[Report | None] = asyncio.get_running_loop().create_future()
        self._said = said
        self._start = bytearray()

    def sinks(self, rest: Sinks, drain_channel: Callable[[], None]) -> Sinks:
        """What comes after the report goes to `rest`, and it stays in order, though it comes on other pipes."""

        def after(sink: OnBytes) -> OnBytes:
            def feed(data: bytes) -> None:
                if not self.report.done():
                    drain_channel()
                sink(data)

            return feed

        return Sinks(after(rest.stdout), after(rest.stderr), lambda data: self._feed(data, rest.channel))

    def _feed(self, data: bytes, rest: OnBytes | None) -> None:
        if self.report.done():
            if rest is not None:
                rest(data)
            return
        self._start += data
        line, end, after = self._start.partition(b"\n")
        if end or len(self._start) > _REPORT_BYTES:
            report = Report.of(bytes(line))
            self._said.feed((report.output if report else "").encode(errors="replace"))
            self.report.set_result(report)
            self._feed(bytes(after), rest)
