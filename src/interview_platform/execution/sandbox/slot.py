"""The server's side of one slot: hands programs to the slot process, one at a time."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from interview_platform.execution.sandbox import command
from interview_platform.execution.sandbox.command import Host
from interview_platform.execution.sandbox.process import OnBytes, Pipes, Process, Sinks
from interview_platform.execution.sandbox.protocol import (
    PACKET_MAX,
    WENT,
    WORKPLACE,
    Base,
    Ended,
    Setup,
    encode,
    ended_of,
    hello_of,
)
from interview_platform.execution.sandbox.spec import CODE, Spec

_PACKAGES = Path(__file__).resolve().parents[3]

# -I -S: nothing of the environment, no site-packages; the slot process needs the standard library and this folder.
_BOOT = """
import sys
sys.path.insert(0, sys.argv[3])
from interview_platform.execution.sandbox.slot_process import main
main()
"""


MakeBase = Callable[[str, Mapping[str, str]], Base]
"""From the code folder and the mounts as the slot process sees them."""


class SlotLost(Exception):
    """The slot process is gone. The next run gets a new one."""


class Slot:
    """`code` is the folder that sandboxes of this slot see as /code. One run at a time."""

    def __init__(self, code: Path, setup: Setup, base: MakeBase | None = None) -> None:
        """`base`: for a fork server; without it every sandbox is made from nothing."""
        self.code = code
        self._base = base
        self._setup = setup
        self._keeper: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._staged: Mapping[str, str] = {}
        self._running: Process | None = None
        self._burying: asyncio.Task[None] | None = None
        self._stale = False

    def renew(self, stage: Mapping[str, str]) -> None:
        """Start anew before the next run. `stage`: as in `Setup`, the slot's own folders aside."""
        own = {name: path for name, path in self._setup.stage.items() if name in (CODE.strip("/"), WORKPLACE)}
        self._setup = replace(self._setup, stage={**stage, **own})
        self._stale = True

    def give_up_forks(self) -> None:
        """Every sandbox is made from nothing, from the next run on."""
        if self._base is not None:
            self._base = None
            self._stale = True

    async def start(self) -> None:
        """Raises SlotLost."""
        await self.stop()  # what an earlier one left
        self._stale = False
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
                self._keeper = await spawning
        self._staged = hello_of(await self._packet()).staged
        if self._base is not None:
            self._send(encode(self._base(self._code_inside(), self._staged)), [])

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

    async def launch(
        self, spec: Spec, host: Host, sinks: Sinks, *, held: bool = False, background: bool = False
    ) -> Process:
        """Start a program; its standard input stays open. `held`: see Process. Raises SlotLost."""
        await self.idle()  # of the program before it
        if self._channel is None or self._stale:
            await self.start()
        pipes = Pipes(sinks)
        try:
            code = self._code_inside()
            packet = command.launch(spec, host, code, self._staged, held=held, background=background)
            self._send(encode(packet), pipes.theirs)
        except BaseException:
            pipes.close()
            raise
        finally:
            pipes.hand_over()
        # From here on the program is known, so whatever happens to the caller it can be ended.
        went, buried = asyncio.Event(), asyncio.Event()
        working = asyncio.create_task(self._until_ended(pipes, went, buried))
        self._running = Process(pipes, self._tell, working, went=went, buried=buried)
        return self._running

    async def run(
        self, spec: Spec, host: Host, stdin: bytes, on_stdout: OnBytes, on_stderr: OnBytes, *, background: bool = False
    ) -> Ended:
        """A program with one input, to its end. Raises SlotLost."""
        process = await self.launch(spec, host, Sinks(on_stdout, on_stderr), background=background)
        process.write(stdin)
        process.end_input()
        return await process.ended()

    def _code_inside(self) -> str:
        """The folder as the slot process sees it."""
        return self._staged.get(CODE.strip("/"), str(self.code))

    def kill(self) -> None:
        """End what runs now, if something does."""
        if self._running is not None:
            self._running.kill()

    async def idle(self) -> None:
        """When nothing of a run is left."""
        if self._running is not None:
            await self._running.settled()

    async def stop(self) -> None:
        """End the slot process and whatever it runs."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._keeper is not None:
            await asyncio.to_thread(self._keeper.wait)
            self._keeper = None

    async def _until_ended(self, pipes: Pipes, went: asyncio.Event, buried: asyncio.Event) -> Ended:
        try:
            while (packet := await self._packet()) == WENT:
                went.set()
            self._burying = asyncio.create_task(self._until_buried(buried))
            pipes.drain()  # not to their ends: what the program left behind has them too, and dies only now
            return ended_of(packet)
        except SlotLost:
            buried.set()  # with the slot process
            raise
        finally:
            pipes.close()

    async def _until_buried(self, buried: asyncio.Event) -> None:
        with suppress(SlotLost):
            await self._packet()
        buried.set()

    def _send(self, packet: bytes, fds: list[int]) -> None:
        if self._channel is None:
            raise SlotLost
        try:
            socket.send_fds(self._channel, [packet], fds)
        except OSError as error:
            raise self._lost() from error

    def _tell(self, packet: bytes) -> None:
        """About what runs. A slot process that takes nothing in any more ends with its socket, and so does the run."""
        if self._channel is not None:
            try:
                self._channel.send(packet)
            except OSError:
                with suppress(OSError):
                    self._channel.shutdown(socket.SHUT_RDWR)  # who waits for its answer hears that, too

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
