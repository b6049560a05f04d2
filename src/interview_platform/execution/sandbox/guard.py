"""The slot process's eye on one run: its clock, its limits, and what the server says meanwhile.

Standard library only: the slot process imports it.
"""

import os
import select
import signal
import socket
import time
from contextlib import suppress

from interview_platform.execution.sandbox.boxes import Box
from interview_platform.execution.sandbox.limits import cpu_seconds_of, limit_running
from interview_platform.execution.sandbox.protocol import (
    KILL,
    MAX_FDS,
    PACKET_MAX,
    WENT,
    Allowance,
    Cause,
    Launch,
    go_of,
    signal_of,
)
from interview_platform.execution.sandbox.watch import Beside, Watch, children, descendants


class Guard:
    def __init__(
        self,
        box: Box,
        launch: Launch,
        watch: Watch,
        beside: Beside,
        channel: socket.socket,
        *,
        hard_memory_limit: bool,
    ) -> None:
        self._box = box
        self._watch = watch
        self._beside = beside
        self._channel = channel
        self._hard_memory_limit = hard_memory_limit
        self._held = launch.held
        self._may_go = launch.held
        self._seconds = launch.wall_seconds
        self._pending: list[int] = []  # signals for a program that is not there yet
        self.started = time.monotonic()
        self.cpu_before = 0.0
        """Seconds that a held program had used when it was let go."""
        self.server_there = True

    def until_the_end(self) -> Cause:
        """Until the program has ended, or the sandbox has to be ended."""
        ends = {self._box.pidfd, self._box.report_fd}
        poll = select.poll()
        for fd in (*ends, self._channel.fileno()):
            poll.register(fd, select.POLLIN)
        while True:
            ready = {fd for fd, _ in poll.poll(self._patience())}
            if ends & ready:
                return Cause.ITSELF
            cause = self._told() if self._channel.fileno() in ready else self._looked()
            if cause:
                return cause

    def _left(self) -> float:
        return self.started + self._seconds - time.monotonic()

    def _patience(self) -> float | None:
        """Milliseconds until the next look; None: what is held is our own and has no clock."""
        if self._held and not self._pending:
            return None
        return max(0.0, min(self._left(), self._watch.patience)) * 1000

    def _looked(self) -> Cause | None:
        pending, self._pending = self._pending, []
        for number in pending:
            self._signal(number)
        if self._held:
            return None
        return Cause.TIME if self._left() <= 0 else self._watch.hit(self._box.init())

    def _told(self) -> Cause | None:
        packet = heard(self._channel)[0]
        self.server_there = bool(packet)
        if packet in (b"", KILL):
            return Cause.KILLED
        number, go = signal_of(packet), go_of(packet)
        if number is not None:
            self._signal(number)
        if go is None or not self._may_go:
            return None
        # The second time it runs already; what it has hit by now would be forgotten.
        hit = None if self._held else self._watch.hit(self._box.init())
        self._go(go)
        return hit

    def _go(self, go: Allowance) -> None:
        self._watch.prepare(go, self._beside)
        # One that was held is our own, alone, with a dozen threads in which to look for children of theirs.
        init = self._box.init()
        programs = children(init) if self._held else descendants(init)[1:]
        for pid in programs:
            limit_running(pid, go, hard_memory_limit=self._hard_memory_limit)
        self.cpu_before = sum(map(cpu_seconds_of, programs))
        self._seconds = go.wall_seconds
        self._held = False
        self.started = time.monotonic()
        with suppress(OSError):  # a server that has gone is noticed by who reads
            self._channel.send(WENT)

    def _signal(self, number: int) -> None:
        # The supervisor starts nothing but the program; what is left behind by others comes after it in the list.
        program = next(iter(children(self._box.init())), None)
        if program is None:
            self._pending.append(number)
            return
        with suppress(OSError):
            os.kill(program, signal.Signals(number))


def heard(channel: socket.socket) -> tuple[bytes, list[int]]:
    """A packet and the descriptors with it; an empty one when the server is gone."""
    try:
        packet, fds, _, _ = socket.recv_fds(channel, PACKET_MAX, MAX_FDS)
    except ConnectionResetError:  # it went with an answer of ours unread
        return b"", []
    return packet, fds
