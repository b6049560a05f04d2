"""The slot process's hold on its fork server (see fork_server.py): starts it, orders runs from it, hears of their ends.

Standard library only: the slot process imports it. One SOCK_SEQPACKET pair, one JSON object a packet. Fork server: `{}`
once it has booted. For each order, with the run's descriptors: `{}` and a pidfd of the run's process 1, or `{"error"}`;
and `{"status", "cpu", "memory"}` when nothing of the run is left.
"""

import json
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

from interview_platform.execution.sandbox.burial import bury

_PACKET_MAX = 64 * 1024


class NurseryLost(Exception):
    """The fork server is gone, or cannot do it. Runs take the long way."""


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
    def __init__(self, execute: Callable[[int, int], NoReturn], seccomp: int) -> None:
        """`execute` becomes the base sandbox in a new child; of its two descriptors the second is `seccomp`."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        self.base = os.fork()
        """Process id of the base sandbox's outermost process."""
        if self.base == 0:
            ours.close()
            execute(theirs.fileno(), seccomp)
        theirs.close()
        self.dead = False
        self._booted = False

    def bear(self, order: Order, fds: Sequence[int]) -> Born:
        """`fds`: standard input, output and error, report, perhaps channel in and out. Raises NurseryLost."""
        try:
            if not self._booted:
                self._answer(0)
                self._booted = True
            socket.send_fds(self._control, [json.dumps(asdict(order)).encode()], list(fds))
        except OSError as error:
            raise NurseryLost(str(error)) from error
        _, passed = self._answer(1)
        if not passed:
            raise NurseryLost("it sent no process")
        return Born(passed[0], _pid_of(passed[0]))

    def buried(self) -> Gone:
        """Wait until nothing of the run is left. Raises NurseryLost."""
        said, _ = self._answer(0)
        return Gone(float(said["cpu"]), int(said["memory"]))

    def bury(self) -> None:
        """Kill it, with all that is in it, and wait until nothing of it is left."""
        self._control.close()
        self.dead = True
        bury(self.base)

    def _answer(self, fds: int) -> tuple[dict[str, float], list[int]]:
        try:
            packet, passed, _, _ = socket.recv_fds(self._control, _PACKET_MAX, fds)
        except OSError as error:
            raise NurseryLost(str(error)) from error
        if not packet:
            raise NurseryLost("it has ended")
        said = json.loads(packet)
        if "error" in said:
            raise NurseryLost(said["error"])
        return said, passed


def _pid_of(pidfd: int) -> int:
    """Of the process behind it, in this process's namespace. Raises NurseryLost when it has been collected."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "Pid" and int(value) > 0:
            return int(value)
    raise NurseryLost("the process is gone already")
