"""The two ways in which a slot process makes a sandbox. Standard library only: the slot process imports it.

A `Forked` one comes out of the slot's fork server in 3 ms. One of `Bubblewrap` is made from nothing, in 7 ms; it is
what there is where no fork server can be.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn, Protocol

from interview_platform.execution.sandbox.burial import bury
from interview_platform.execution.sandbox.nursery import Born, Nursery
from interview_platform.execution.sandbox.watch import children


class Box(Protocol):
    @property
    def pidfd(self) -> int:
        """Readable when the sandbox has ended."""

    def init(self) -> int:
        """Process 1 of the sandbox, as this process sees it; 0 when it is not there."""

    def bury(self) -> tuple[float, int]:
        """Kill and collect all of it; CPU seconds, and the largest resident size in bytes. Nothing is alive after."""


class Bubblewrap:
    def __init__(self, become: Callable[[], NoReturn]) -> None:
        """`become`: in the new child, execute bubblewrap."""
        self._monitor = os.fork()
        if self._monitor == 0:
            become()
        self._pidfd = os.pidfd_open(self._monitor)

    @property
    def pidfd(self) -> int:
        return self._pidfd

    def init(self) -> int:
        return next(iter(children(self._monitor)), 0)

    def bury(self) -> tuple[float, int]:
        os.close(self._pidfd)
        return bury(self._monitor)


class Forked:
    def __init__(self, nursery: Nursery, born: Born) -> None:
        self._nursery = nursery
        self._born = born

    @property
    def pidfd(self) -> int:
        return self._born.pidfd

    def init(self) -> int:
        return self._born.pid

    def bury(self) -> tuple[float, int]:
        """Process 1 is its fork server's to collect. A fork server that cannot is killed with all that is in it."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        os.close(self.pidfd)
        try:
            gone = self._nursery.buried()
        except OSError:
            self._nursery.bury()
            return 0.0, 0
        return gone.cpu, gone.memory
