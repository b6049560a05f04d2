"""The slot process's hold on its fork server (see fork_server.py): starts it, orders runs from it, hears of their ends.

Standard library only: the slot process imports it. One SOCK_SEQPACKET pair, one JSON object a packet. The fork server
gets a `Wish`, and says `{}` with a pidfd of the process 1 of a new sandbox and a socket, or `{"error"}`. On one more
packet it waits until nothing of that sandbox is left, and says `{"status", "cpu", "memory"}`.

On the sandbox's own socket its program gets the `Order`, with the run's descriptors, says that it has it, and begins;
its process 1 reports how that ended: wait's status, CPU seconds, largest resident size in KiB. No order, no program; no
program, no report. A sandbox is wished for when the one before it is gone, so that it is there before its run.
"""

import json
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any, NoReturn

from interview_platform.execution.sandbox.burial import bury

_PACKET_MAX = 4096
_WORD = b"!"
_SECONDS = 10.0  # for an answer: booting takes 0.1 on an idle machine, all else a thousandth
_COMPLAINT_BYTES = 4096


class NurseryLost(Exception):
    """The fork server is gone, or cannot do it. Nothing of the run has begun: it takes the long way."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sandbox is born with. Paths as the fork server has them; `code` shows what is at `code_from`."""

    code: str
    code_from: str
    work: str
    files_bytes: int
    inodes: int


@dataclass(frozen=True, slots=True)
class Order:
    """`program` is executed; None: the Python file `path` is run by the fork server's own interpreter."""

    program: Sequence[str] | None
    path: str | None
    arguments: Sequence[str]
    live: bool
    environment: Mapping[str, str]
    limits: Mapping[str, tuple[int, int]]
    """Name in the module `resource` -> soft, hard."""


@dataclass(frozen=True, slots=True)
class Gone:
    """`cpu` in seconds, `memory` the largest resident size in bytes, of process 1 and what it collected."""

    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Born:
    pidfd: int
    pid: int
    """Of the run's process 1, as this process sees it. Valid until `Nursery.buried`."""
    orders: socket.socket

    def report(self) -> bytes:
        """Empty when it has not reported. When it has ended."""
        with suppress(OSError):
            return self.orders.recv(_PACKET_MAX, socket.MSG_DONTWAIT)
        return b""

    def close(self) -> None:
        os.close(self.pidfd)
        self.orders.close()


class Nursery:
    def __init__(self, execute: Callable[[int, int, int], NoReturn], seccomp: int, usual: Wish) -> None:
        """`execute` becomes the base sandbox in a new child; its descriptors: errors, control, `seccomp`.

        `usual`: the sandbox that is made ahead.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(_SECONDS)
        self._control = ours
        self._complaints, complaints = os.pipe()
        os.set_blocking(self._complaints, False)
        self.base = os.fork()
        """Process id of the base sandbox's outermost process."""
        if self.base == 0:
            ours.close()
            execute(complaints, theirs.fileno(), seccomp)
        theirs.close()
        os.close(complaints)
        self.dead = False
        self._usual = self._wished = usual
        with suppress(OSError):  # who wants what was born hears of it
            self._wish(usual)

    def bear(self, wish: Wish, order: Order, fds: Sequence[int]) -> Born:
        """`fds`: standard input, output and error, perhaps channel in and out. Raises NurseryLost."""
        try:
            born = self._born()
            # When memory is short, who waits for nothing yet is killed first; perhaps at this moment.
            if self._wished != wish or not self._send(born, order, fds):
                born.close()  # which ends it
                self.buried(then=wish)
                born = self._born()
                if not self._send(born, order, fds):
                    born.close()
                    raise NurseryLost("what was born did not live to take the order")
        except OSError as error:
            raise NurseryLost(str(error)) from error
        return born

    def buried(self, then: Wish | None = None) -> Gone:
        """Wait until nothing of the run is left. Raises OSError when the fork server cannot tell.

        `then`: to be made next, if not the usual.
        """
        self._control.send(_WORD)
        said, _ = self._answer(0)
        self._wish(then or self._usual)
        return Gone(float(said["cpu"]), int(said["memory"]))

    def bury(self) -> None:
        """Kill it, with all that is in it, and wait until nothing of it is left."""
        self._control.close()
        self.dead = True
        bury(self.base)
        with suppress(BlockingIOError):
            os.write(2, os.read(self._complaints, _COMPLAINT_BYTES))
        os.close(self._complaints)

    def _wish(self, wish: Wish) -> None:
        self._wished = wish
        self._control.send(json.dumps(_said(wish)).encode())

    def _born(self) -> Born:
        """Who was wished for. Raises OSError."""
        said, passed = self._answer(2)
        if len(passed) != 2:
            raise OSError(str(said.get("error")))
        pidfd, orders = passed
        return Born(pidfd, _pid_of(pidfd), socket.socket(fileno=orders))

    def _send(self, born: Born, order: Order, fds: Sequence[int]) -> bool:
        """False when nobody took it. Who is being killed lets it be sent all the same, hence the answer."""
        born.orders.settimeout(_SECONDS)
        try:
            socket.send_fds(born.orders, [json.dumps(_said(order)).encode()], fds)
            return born.orders.recv(len(_WORD)) == _WORD
        except (BrokenPipeError, ConnectionResetError):
            return False

    def _answer(self, fds: int) -> tuple[dict[str, Any], list[int]]:
        """Raises OSError."""
        packet, passed, _, _ = socket.recv_fds(self._control, _PACKET_MAX, fds)
        if not packet:
            raise BrokenPipeError("it has ended")
        return json.loads(packet), passed


def _said(what: Order | Wish) -> dict[str, Any]:
    return {field.name: getattr(what, field.name) for field in fields(what)}


def _pid_of(pidfd: int) -> int:
    """Of the process behind it, in this process's namespace; 0 when it is not there any more."""
    fd = os.open(f"/proc/self/fdinfo/{pidfd}", os.O_RDONLY)
    info = os.read(fd, _PACKET_MAX)
    os.close(fd)
    for line in info.splitlines():
        name, _, value = line.partition(b":")
        if name == b"Pid" and int(value) > 0:
            return int(value)
    return 0
