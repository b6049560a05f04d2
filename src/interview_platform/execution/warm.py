"""A process that has booted ahead of the run it is for, in a sandbox of its own, used once.

`Cells` is where they come from. Whatever else gives a `Waiting` can stand in its place.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from interview_platform.execution.languages.base import Installed
from interview_platform.execution.model import Limits
from interview_platform.execution.sandbox.home import place_code
from interview_platform.execution.sandbox.process import OnBytes, Process, Sinks
from interview_platform.execution.sandbox.protocol import Allowance
from interview_platform.execution.sandbox.sandbox import Sandbox
from interview_platform.execution.sandbox.slot import Slot, SlotLost
from interview_platform.execution.sandbox.spec import Spec

_BOOT_SECONDS = 30.0  # at the lowest priority on a busy machine; a JVM alone takes 0.5
_SAID_BYTES = 4096  # of a boot that failed, for the log
_READY = b"ready\n"


class NotReady(Exception):
    """It did not boot. The message is for the log."""


class Source(Protocol):
    """Where waiting processes come from."""

    async def boot(self, installed: Installed) -> "Waiting | None":
        """One that is ready; None when there is no room for one now. Raises NotReady."""

    async def rest(self) -> None:
        """None waits and none will be asked for, for a while: hold nothing for it."""


class Waiting:
    """Ready. `place` its files, then `go`, then it is a process like any other; in any case `release` it."""

    def __init__(self, language: str, slot: Slot, release: Callable[[Slot], None]) -> None:
        self.language = language
        self.process: Process
        self.said = bytearray()
        """What it writes before it goes."""
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._slot = slot
        self._release = release
        self._sinks: Sinks | None = None
        self._channel = bytearray()

    @property
    def dead(self) -> bool:
        return self.process.end.done()

    def sinks(self) -> Sinks:
        """Those of a booting process, which are the run's from `go` on."""
        return Sinks(
            stdout=lambda data: self._heard(data, self._sinks.stdout if self._sinks else None),
            stderr=lambda data: self._heard(data, self._sinks.stderr if self._sinks else None),
            channel=self._told,
        )

    def place(self, contents: Mapping[str, bytes]) -> None:
        for name, content in contents.items():
            place_code(self._slot.code / name, content)

    async def go(self, allowance: Allowance, line: Mapping[str, object], sinks: Sinks) -> Process:
        """`line`: what to run and how, see docs/execution.md."""
        self._sinks = sinks
        await self.process.go(allowance)
        self.process.say(json.dumps(line).encode() + b"\n")
        return self.process

    def release(self) -> None:
        """Whatever it does is ended."""
        self.process.kill()
        self._release(self._slot)

    def _heard(self, data: bytes, sink: OnBytes | None) -> None:
        if sink is not None:
            sink(data)
        else:
            self.said += data[: _SAID_BYTES - len(self.said)]

    def _told(self, data: bytes) -> None:
        if self._sinks is not None:
            if self._sinks.channel is not None:
                self._sinks.channel(data)
            return
        self._channel += data[: len(_READY) + 1 - len(self._channel)]
        if self._channel == _READY and not self.ready.done():
            self.ready.set_result(None)


class Cells:
    """Each in a spare slot of the sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def boot(self, installed: Installed) -> Waiting | None:
        slot = self._sandbox.take_spare()
        if slot is None:
            return None
        waiting = Waiting(installed.language.id, slot, self._sandbox.give_back)
        try:
            await self._boot(installed, slot, waiting)
        except BaseException:
            slot.kill()
            self._sandbox.give_back(slot)
            raise
        return waiting

    async def rest(self) -> None:
        await self._sandbox.rest()

    async def _boot(self, installed: Installed, slot: Slot, waiting: Waiting) -> None:
        spec = spec_of(installed, installed.language.limits)
        try:
            waiting.process = await slot.launch(spec, self._sandbox.host, waiting.sinks(), held=True, background=True)
        except SlotLost as error:
            raise NotReady("the process that starts sandboxes died") from error
        either: list[asyncio.Future[Any]] = [waiting.ready, waiting.process.end]
        await asyncio.wait(either, timeout=_BOOT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.ready.done() or waiting.dead:
            raise NotReady(waiting.said.decode(errors="replace").strip() or "it was not ready in time")


def spec_of(installed: Installed, limits: Limits) -> Spec:
    """Of a warm process. Raises LookupError for a language that has none."""
    warm = installed.language.warm(installed.tools)
    if warm is None:
        raise LookupError(installed.language.id)
    return Spec(
        program=warm.command,
        wall_seconds=limits.wall_seconds,
        cpu_seconds=limits.cpu_seconds,
        memory_bytes=limits.memory_bytes,
        processes=limits.processes,
        files_bytes=limits.files_bytes,
        stack_bytes=installed.language.stack_bytes,
        environment=warm.environment,
        mounts=(*installed.tools.mounts, *warm.mounts),
    )


def available_memory(path: Path = Path("/proc/meminfo")) -> int:
    """Bytes that programs can have without anything being moved out; 0 when that cannot be known."""
    with suppress(OSError):
        for line in path.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return 0
