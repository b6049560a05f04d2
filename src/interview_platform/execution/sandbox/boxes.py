"""The two ways in which a slot process makes a sandbox. Standard library only: the slot process imports it.

A `Forked` one comes out of the slot's fork server, which had it ready. One of `Bubblewrap` is made from nothing, in
7 ms; it is what there is where no fork server can be.
"""

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn, Protocol

from interview_platform.execution.sandbox.burial import bury
from interview_platform.execution.sandbox.nursery import Born, Nursery
from interview_platform.execution.sandbox.watch import children

_REPORT_BYTES = 4096  # a line


@dataclass(frozen=True, slots=True)
class Remains:
    """CPU seconds of all of it, the largest resident size in bytes, what was reported: perhaps nothing."""

    cpu: float
    memory: int
    report: bytes


class Box(Protocol):
    @property
    def pidfd(self) -> int:
        """Readable when the sandbox has ended."""

    @property
    def report_fd(self) -> int:
        """Readable when process 1 has reported how the program ended, or never will. Nobody else can write there."""

    def init(self) -> int:
        """Process 1 of the sandbox, as this process sees it; 0 when it is not there."""

    def report(self) -> bytes:
        """What process 1 has reported of the program; empty when it has not."""

    def bury(self) -> Remains:
        """Kill and collect all of it. Nothing is alive after."""


class Bubblewrap:
    def __init__(self, become: Callable[[int], NoReturn]) -> None:
        """`become`: in the new child, execute bubblewrap; it is given the descriptor for the report."""
        # Not a pipe: a program that can look at process 1 could open that by way of /proc.
        self._reports, report = (end.detach() for end in socket.socketpair())
        os.set_blocking(self._reports, False)
        self._report = b""
        self._monitor = os.fork()
        if self._monitor == 0:
            become(report)
        os.close(report)
        self._pidfd = os.pidfd_open(self._monitor)

    @property
    def pidfd(self) -> int:
        return self._pidfd

    @property
    def report_fd(self) -> int:
        return self._reports

    def report(self) -> bytes:
        with suppress(BlockingIOError):
            self._report = self._report or os.read(self._reports, _REPORT_BYTES)
        return self._report

    def init(self) -> int:
        return next(iter(children(self._monitor)), 0)

    def bury(self) -> Remains:
        os.close(self._pidfd)
        cpu, memory = bury(self._monitor)
        report = self.report()
        os.close(self._reports)
        return Remains(cpu, memory, report)


class Forked:
    def __init__(self, nursery: Nursery, born: Born) -> None:
        self._nursery = nursery
        self._born = born
        self._report = b""

    @property
    def pidfd(self) -> int:
        return self._born.pidfd

    @property
    def report_fd(self) -> int:
        return self._born.orders.fileno()

    def report(self) -> bytes:
        self._report = self._report or self._born.report()
        return self._report

    def init(self) -> int:
        return self._born.pid

    def bury(self) -> Remains:
        """Process 1 is its fork server's to collect. A fork server that cannot is killed with all that is in it."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        cpu, memory = 0.0, 0
        try:
            gone = self._nursery.buried()
        except OSError:
            self._nursery.bury()
        else:
            cpu, memory = gone.cpu, gone.memory
        report = self.report()
        self._born.close()
        return Remains(cpu, memory, report)
