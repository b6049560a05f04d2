"""The slot process's hold on its fork server (see fork_server.py): starts it, orders runs from it, hears of their ends.

Standard library only: the slot process imports it. One SOCK_SEQPACKET pair; the fork server says one JSON object a
packet: `{}` once it has booted. For each run it gets one byte with the run's descriptors, of which the first is a file
with the order, and says `{}` with a pidfd of the run's process 1, or `{"error"}`. On one more byte it waits until
nothing of the run is left, and says `{"status", "cpu", "memory"}`.
"""

import json
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NoReturn

from interview_platform.execution.sandbox.burial import bury

_PACKET_MAX = 4096
_WORD = b"!"
_SECONDS = 10.0  # for an answer: booting takes 0.1 on an idle machine, all else a thousandth
_COMPLAINT_BYTES = 4096


class NurseryLost(Exception):
    """The fork server is gone, or cannot do it. Nothing of the run has begun: it takes the long way."""


class Stillborn(Exception):
    """The fork server died over the run, of which something may have happened already: it cannot be begun again."""


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
    code: str
    code_from: str
    """Where the fork server has it."""
    work: str
    files_bytes: int
    inodes: int


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


class Nursery:
    def __init__(self, execute: Callable[[int, int, int], NoReturn], seccomp: int) -> None:
        """`execute` becomes the base sandbox in a new child; its descriptors: errors, control, `seccomp`."""
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
        self._booted = False

    def bear(self, order: Order, fds: Sequence[int]) -> Born:
        """`fds`: standard input, output and error, report, perhaps channel in and out.

        Raises NurseryLost, Stillborn.
        """
        try:
            if not self._booted:
                self._answer(0)
                self._booted = True
            self._send(order, fds)
        except OSError as error:
            raise NurseryLost(str(error)) from error
        try:
            said, passed = self._answer(1)
        except ConnectionResetError as error:
            raise NurseryLost("it ended before it took the order") from error
        except OSError as error:
            raise Stillborn(str(error)) from error
        if not passed:
            raise NurseryLost(str(said.get("error")))
        return Born(passed[0], _pid_of(passed[0]))

    def buried(self) -> Gone:
        """Wait until nothing of the run is left. Raises OSError when the fork server cannot tell."""
        self._control.send(_WORD)
        said, _ = self._answer(0)
        return Gone(float(said["cpu"]), int(said["memory"]))

    def bury(self) -> None:
        """Kill it, with all that is in it, and wait until nothing of it is left."""
        self._control.close()
        self.dead = True
        bury(self.base)
        with suppress(BlockingIOError):
            os.write(2, os.read(self._complaints, _COMPLAINT_BYTES))
        os.close(self._complaints)

    def _send(self, order: Order, fds: Sequence[int]) -> None:
        # In a file, which the fork server does not look into: what it held, later programs would find in their memory.
        paper = os.memfd_create("order", os.MFD_CLOEXEC)
        try:
            os.write(paper, json.dumps(asdict(order)).encode())
            socket.send_fds(self._control, [_WORD], [paper, *fds])
        finally:
            os.close(paper)

    def _answer(self, fds: int) -> tuple[dict[str, Any], list[int]]:
        """Raises OSError."""
        packet, passed, _, _ = socket.recv_fds(self._control, _PACKET_MAX, fds)
        if not packet:
            raise BrokenPipeError("it has ended")
        return json.loads(packet), passed


def _pid_of(pidfd: int) -> int:
    """Of the process behind it, in this process's namespace; 0 when it is not there any more."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "Pid" and int(value) > 0:
            return int(value)
    return 0
