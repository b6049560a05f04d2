"""A program in a sandbox, as the server sees it: types into it, signals it, ends it, hears how it ended."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from interview_platform.execution.sandbox.protocol import KILL, Allowance, Ended, go_packet, signal_packet
from interview_platform.execution.sandbox.pumps import InputPump, OutputPump

_LOOK_SECONDS = 0.001  # between two looks whether a pipe has been read, which nothing tells
_SIGNALS_MAX = 100  # to one program: more than anybody presses a button, fewer than fill the slot's socket

OnBytes = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Sinks:
    """Where what the program writes goes, called on the event loop. `channel`: there is one, see kit/exchange.py."""

    stdout: OnBytes
    stderr: OnBytes
    channel: OnBytes | None = None


class Pipes:
    """Our ends of a program's pipes, being read; `theirs` in the order in which the slot process takes them."""

    def __init__(self, sinks: Sinks) -> None:
        stdin_theirs, stdin_ours = os.pipe()
        self.stdin = InputPump(stdin_ours)
        self.theirs = [stdin_theirs]
        self.outputs = [self._output(sinks.stdout), self._output(sinks.stderr)]
        self.channel: InputPump | None = None
        if sinks.channel is not None:
            channel_theirs, channel_ours = os.pipe()
            self.channel = InputPump(channel_ours)
            self.theirs.append(channel_theirs)
            self.outputs.append(self._output(sinks.channel))

    def _output(self, sink: OnBytes) -> OutputPump:
        ours, theirs = os.pipe()
        self.theirs.append(theirs)
        return OutputPump(ours, sink)

    def hand_over(self) -> None:
        """Theirs are with the slot process, or with nobody."""
        for fd in self.theirs:
            os.close(fd)
        self.theirs.clear()

    def drain(self) -> None:
        """Take what has been written up to now."""
        for output in self.outputs:
            output.drain()

    def close(self) -> None:
        self.stdin.close()
        if self.channel is not None:
            self.channel.close()
        for output in self.outputs:
            output.close()


class Process:
    """Made by `Slot.launch`. Once `settled` answers, nothing of it is alive, and its slot is free.

    A *held* one waits: its wall clock and processor time count from `go`.
    """

    def __init__(
        self,
        pipes: Pipes,
        tell: Callable[[bytes], None],
        working: asyncio.Task[Ended],
        *,
        went: asyncio.Event,
        buried: asyncio.Event,
    ) -> None:
        self._pipes = pipes
        self._tell = tell
        self._went = went
        self._buried = buried
        self._signals = 0
        self._killed = False
        self.end: asyncio.Future[Ended] = working
        """To wait for it together with something else; whoever wants to know how it ended asks `ended`."""

    @property
    def input_waiting(self) -> int:
        """Bytes of standard input that do not even fit into the pipe, because the program does not read."""
        return self._pipes.stdin.waiting

    def write(self, data: bytes) -> None:
        """Into its standard input. Without a limit: callers look at `input_waiting`."""
        self._pipes.stdin.write(data)

    def end_input(self) -> None:
        self._pipes.stdin.end()

    def say(self, data: bytes) -> None:
        """Over the channel."""
        if self._pipes.channel is not None:
            self._pipes.channel.write(data)

    def end_channel(self) -> None:
        if self._pipes.channel is not None:
            self._pipes.channel.end()

    async def until_heard(self, seconds: float) -> None:
        """Until it has read all that was said, has ended, or has had its time."""
        deadline = time.monotonic() + seconds
        while not (self._heard() or self.end.done() or time.monotonic() > deadline):
            await asyncio.wait([self.end], timeout=_LOOK_SECONDS)

    def drain(self) -> None:
        """Take what it has written up to now, on all of its outputs."""
        self._pipes.drain()

    def drain_channel(self) -> None:
        if self._pipes.channel is not None:
            self._pipes.outputs[-1].drain()

    async def go(self, allowance: Allowance) -> None:
        """For a held one: its clocks start and its limits hold when this returns. Once more: they start anew."""
        self._went.clear()
        self._send(go_packet(allowance))
        waiting = asyncio.ensure_future(self._went.wait())
        either: list[asyncio.Future[Any]] = [waiting, self.end]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()

    def send(self, number: signal.Signals) -> None:
        """To the program itself, not to what watches over it."""
        self._signals += 1
        if self._signals <= _SIGNALS_MAX:
            self._send(signal_packet(number))

    def kill(self) -> None:
        """With all that it has started."""
        if not self._killed:
            self._killed = True
            self._send(KILL)

    async def ended(self) -> Ended:
        """How the program ended, when all that it wrote is here. Raises SlotLost.

        When the caller is cancelled the program is killed; `settled` tells when it is gone.
        """
        try:
            return await asyncio.shield(self.end)
        except asyncio.CancelledError:
            self.kill()
            raise

    async def settled(self) -> None:
        """When nothing of it is left."""
        await asyncio.wait([self.end])
        if not self.end.cancelled():
            self.end.exception()  # the caller has it; asked for here in case the caller was cancelled
        await self._buried.wait()

    def _send(self, packet: bytes) -> None:
        if not self.end.done():
            self._tell(packet)

    def _heard(self) -> bool:
        """Whether it has read all that was said."""
        return self._pipes.channel is None or self._pipes.channel.taken()
