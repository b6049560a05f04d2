"""The server's side of one slot: hands runs to the slot process, moves bytes, and can kill."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from interview_platform.execution.sandbox import command
from interview_platform.execution.sandbox.command import Host
from interview_platform.execution.sandbox.protocol import (
    KILL,
    PACKET_MAX,
    Ended,
    Setup,
    encode,
    ended_of,
    hello_of,
)
from interview_platform.execution.sandbox.pumps import InputPump, OutputPump
from interview_platform.execution.sandbox.spec import CODE, Spec

_PACKAGES = Path(__file__).resolve().parents[3]

# -I -S: nothing of the environment, no site-packages; the slot process needs the standard library and this folder.
_BOOT = """
import sys
sys.path.insert(0, sys.argv[3])
from interview_platform.execution.sandbox.slot_process import main
main()
"""


class SlotLost(Exception):
    """The slot process is gone. The next run gets a new one."""


OnBytes = Callable[[bytes], None]


class Slot:
    """`code` is the folder that sandboxes of this slot see as /code. One run at a time."""

    def __init__(self, code: Path, setup: Setup) -> None:
        self.code = code
        self._setup = setup
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._staged: Mapping[str, str] = {}
        self._working: asyncio.Task[Ended] | None = None

    async def start(self) -> None:
        """Raises SlotLost."""
        await self.stop()  # what an earlier one left
        try:
            await self._begin()
        except BaseException:
            await self.stop()
            raise

    async def _begin(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        self._channel = ours
        with theirs:
            spawning = asyncio.create_task(asyncio.to_thread(self._spawn, theirs))
            try:
                await asyncio.shield(spawning)
            finally:
                # Also when nobody wants it any more: what is not known cannot be ended and waited for.
                self._process = await spawning
        self._staged = hello_of(await self._packet()).staged

    def _spawn(self, channel: socket.socket) -> subprocess.Popen[bytes]:
        fds = (channel.fileno(), self._setup.seccomp_fd)
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", "-S", "-c", _BOOT, str(fds[0]), self._setup.to_json(), str(_PACKAGES)],
            pass_fds=fds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            cwd="/",
            env={},
        )

    async def run(self, spec: Spec, host: Host, stdin: bytes, on_stdout: OnBytes, on_stderr: OnBytes) -> Ended:
        """Raises SlotLost. When the caller is cancelled the program is killed; `idle` tells when it is gone."""
        self._working = asyncio.create_task(self._run(spec, host, stdin, on_stdout, on_stderr))
        try:
            return await asyncio.shield(self._working)
        except asyncio.CancelledError:
            self.kill()
            raise

    def kill(self) -> None:
        """End the run now, if there is one."""
        if self._channel is not None and self._working is not None and not self._working.done():
            with suppress(OSError):
                self._channel.send(KILL)

    async def idle(self) -> None:
        """When nothing of a run is left."""
        working = self._working
        if working is not None:
            await asyncio.wait([working])
            working.exception()  # the caller has it; asked for here in case the caller was cancelled

    async def stop(self) -> None:
        """End the slot process and whatever it runs."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            await asyncio.to_thread(self._process.wait)
            self._process = None

    async def _run(self, spec: Spec, host: Host, stdin: bytes, on_stdout: OnBytes, on_stderr: OnBytes) -> Ended:
        if self._channel is None:
            await self.start()
        (stdin_ours, stdin_theirs), outputs, theirs = _pipes(on_stdout, on_stderr)
        pump = InputPump(stdin_ours, stdin)
        try:
            try:
                code = self._staged.get(CODE.strip("/"), str(self.code))
                self._send(encode(command.launch(spec, host, code, self._staged)), (stdin_theirs, *theirs))
            finally:
                for fd in (stdin_theirs, *theirs):
                    os.close(fd)
            ended = ended_of(await self._packet())
            # Every writer is dead, so the pipes come to their ends by themselves.
            await asyncio.wait([output.done for output in outputs])
            return ended
        finally:
            pump.close()
            for output in outputs:
                output.close()

    def _send(self, packet: bytes, fds: tuple[int, ...]) -> None:
        if self._channel is None:
            raise SlotLost
        try:
            socket.send_fds(self._channel, [packet], fds)
        except OSError as error:
            raise self._lost() from error

    async def _packet(self) -> bytes:
        channel = self._channel
        if channel is None:
            raise SlotLost
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[bytes] = loop.create_future()

        def readable() -> None:
            if not arrived.done():
                try:
                    arrived.set_result(channel.recv(PACKET_MAX))
                except BlockingIOError:
                    pass
                except OSError:
                    arrived.set_result(b"")

        loop.add_reader(channel, readable)
        try:
            packet = await arrived
        finally:
            loop.remove_reader(channel)
        if not packet:
            raise self._lost()
        return packet

    def _lost(self) -> SlotLost:
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        return SlotLost()


def _pipes(on_stdout: OnBytes, on_stderr: OnBytes) -> tuple[tuple[int, int], list[OutputPump], list[int]]:
    """Standard input (our end, theirs), the two outputs being read, and their ends of these."""
    stdin_theirs, stdin_ours = os.pipe()
    pairs = [os.pipe(), os.pipe()]
    outputs = [OutputPump(ours, sink) for (ours, _), sink in zip(pairs, (on_stdout, on_stderr), strict=True)]
    return (stdin_ours, stdin_theirs), outputs, [theirs for _, theirs in pairs]
