"""The process of one slot: starts one sandbox at a time, watches it, kills it, says how it ended.

It is a process of its own because (1) joining a control group takes 10 ms, so it is joined once, here; (2) it gives up
root once, before any program runs; (3) forking this small single-threaded process is quick and safe, forking the server
is neither; (4) its watchdog does not wait for the server's event loop. Standard library only: it starts in 20 ms.

Run as `python -I -S -c "<path>; main()" SOCKET_FD SETUP_JSON`.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from interview_platform.execution.sandbox import stage
from interview_platform.execution.sandbox.boxes import Box, Bubblewrap, Forked, Remains
from interview_platform.execution.sandbox.confined import Confined, supervise
from interview_platform.execution.sandbox.guard import Guard, heard
from interview_platform.execution.sandbox.limits import (
    allow_coming_back,
    limit_this_process,
    limits_of,
    set_priority_of_this_process,
)
from interview_platform.execution.sandbox.nursery import Nursery, NurseryLost, Order, Wish
from interview_platform.execution.sandbox.protocol import (
    BURIED,
    CHANNEL_FDS,
    SECCOMP_FD,
    STATUS_FD,
    WORKPLACE,
    Base,
    Cause,
    Ended,
    Hello,
    Launch,
    Setup,
    encode,
    order_of,
)
from interview_platform.execution.sandbox.spec import CODE, CODE_FROM
from interview_platform.execution.sandbox.watch import (
    ALONE,
    BYTES_PER_FILE,
    IN_NURSERY,
    WORK,
    Beside,
    GroupWatch,
    TreeWatch,
    Unsized,
    Watch,
)
from interview_platform.execution.sandbox.workplace import Workplace

_OOM_SCORE = 1000  # when the machine is out of memory, the program goes first
_ALL_FDS = 1 << 20  # one system call, however many are open
_TRIES = 3  # to have a fork server. One may be killed with a greedy program; where three end, none can be had
_FILES_SLACK = 1024  # above the limit of files: so that one that reaches it is seen to, and told why
_FREE_FDS_FROM = 20  # out of the way of 0..6, which the sandbox gets


def main() -> None:
    channel = socket.socket(fileno=int(sys.argv[1]))
    channel.set_inheritable(False)
    setup = Setup.of_json(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the server's terminal is the server's business
    watch: Watch = GroupWatch(setup.group) if setup.group else TreeWatch()
    staged = stage.staged(setup.stage) if setup.uid is not None else dict(setup.stage)
    if setup.unsized:
        watch.place = Unsized()
    if setup.confined:
        watch.place = Workplace(staged[WORKPLACE])
    # An open file of its own: reading the filter moves the file's position, and slots start sandboxes side by side.
    seccomp = os.open(f"/proc/self/fd/{setup.seccomp_fd}", os.O_RDONLY | os.O_CLOEXEC)
    os.close(setup.seccomp_fd)
    _become(setup)
    if setup.confined:
        Workplace(staged[WORKPLACE]).empty()  # of one that was killed
    slot = SlotProcess(channel, setup, watch, seccomp)
    there = slot.answer(Hello(staged))
    while there:
        there = slot.serve()
    slot.end()


def _become(setup: Setup) -> None:
    with suppress(OSError):  # only root may; the group's other processes are killed before this one
        _write_file("/proc/self/oom_score_adj", "-1000")
    allow_coming_back()
    if setup.uid is not None:
        os.setgroups([])
        os.setresgid(setup.uid, setup.uid, setup.uid)
        os.setresuid(setup.uid, setup.uid, setup.uid)
    stage.adopt_orphans()


class SlotProcess:
    def __init__(self, channel: socket.socket, setup: Setup, watch: Watch, seccomp: int) -> None:
        self._channel = channel
        self._setup = setup
        self._watch = watch
        self._seccomp = seccomp
        self._base = Base((), 0)
        self._nursery: Nursery | None = None
        self._tries = _TRIES

    def serve(self) -> bool:
        """Wait for one packet and do what it says. False when the server is gone."""
        packet, fds = heard(self._channel)
        if not packet:
            return False
        order = order_of(packet)
        if isinstance(order, Base):
            self._base = order
            self._open_nursery()
        if not isinstance(order, Launch):
            return True
        try:
            there = self._run(order, fds)
        finally:
            for fd in fds:
                os.close(fd)
        if there and self._nursery is not None and self._nursery.dead and self._tries:
            self._open_nursery()
        return there

    def end(self) -> None:
        """Leave nothing behind."""
        if self._nursery is not None and not self._nursery.dead:
            self._nursery.bury()

    def answer(self, message: Hello | Ended) -> bool:
        """False when the server is gone: it may go at any moment, also just before it is answered."""
        return self.say(encode(message))

    def say(self, packet: bytes) -> bool:
        """As `answer`."""
        try:
            self._channel.sendall(packet)
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def _run(self, launch: Launch, fds: list[int]) -> bool:
        """False when the server is gone."""
        try:
            box, beside = self._box(launch, tuple(fds))
        finally:
            for fd in fds:
                os.close(fd)
            fds.clear()
        guard = Guard(*(box, launch, self._watch, beside, self._channel), hard_memory_limit=self._hard_memory_limit)
        cause = guard.until_the_end()
        if cause is Cause.ITSELF:  # a limit that was hit in the last moments before the end counts as well
            cause = self._watch.hit(0) or cause
            report = box.report()
        else:
            report = b""
        if cause is Cause.MEMORY:
            self._watch.ease()
        if report:  # who waits for the program hears of its end first; what it left behind is buried after
            there = self.answer(self._ended(cause, guard, Remains(0.0, 0, report), box))
            box.bury()
        else:
            there = self.answer(self._ended(cause, guard, box.bury(), box))
        return there and guard.server_there and self.say(BURIED)

    def _ended(self, cause: Cause, guard: Guard, remains: Remains, box: Box) -> Ended:
        wall = time.monotonic() - guard.started
        said = remains.report.split()
        status, cpu, memory = None, remains.cpu, remains.memory
        if len(said) == 3:
            status, cpu, memory = int(said[0]), float(said[1]), int(said[2]) * 1024
        elif cause is Cause.ITSELF:
            cause = Cause.NOT_STARTED
        cpu = max(0.0, cpu - guard.cpu_before)
        return Ended(cause, status, wall * 1000, cpu * 1000, memory, forked=isinstance(box, Forked))

    @property
    def _hard_memory_limit(self) -> bool:
        return self._setup.group is None

    def _box(self, launch: Launch, fds: tuple[int, ...]) -> tuple[Box, Beside]:
        """A sandbox with its program, and what else is in the slot's group. `fds` as in `Nursery.bear`."""
        nursery = self._nursery
        if nursery is not None and not nursery.dead:
            try:
                return self._forked(nursery, launch, fds), IN_NURSERY
            except NurseryLost:
                nursery.bury()  # for the time of this run; there will be another one
        self._watch.prepare(launch, ALONE, background=launch.background)

        def become(report: int) -> NoReturn:
            self._become_sandbox(launch, (*fds[:3], report, self._seccomp, *fds[3:]))

        confined = launch.confined
        return Confined(become, confined.work) if confined else Bubblewrap(become), ALONE

    def _forked(self, nursery: Nursery, launch: Launch, fds: tuple[int, ...]) -> Box:
        """Raises NurseryLost."""
        if launch.from_nothing:
            raise NurseryLost("not wanted")
        self._watch.prepare(launch, IN_NURSERY, background=launch.background)
        born = nursery.bear(_wish(launch.file_bytes), self._order(launch), fds)
        self._tries = _TRIES
        return Forked(nursery, born)

    def _order(self, launch: Launch) -> Order:
        limits = limits_of(launch, hard_memory_limit=self._hard_memory_limit)
        program, script = launch.program, launch.script
        return Order(
            program=program if script is None else None,
            path=script,
            arguments=() if script is None else program[program.index(script) + 1 :],
            live=launch.live,
            environment=launch.environment,
            limits={**limits, "RLIMIT_NPROC": (launch.task_limit, launch.task_limit)},
        )

    def _open_nursery(self) -> None:
        """Start a fork server. It boots on the side; who needs it waits for it."""
        self._tries -= 1
        self._nursery = Nursery(self._become_base, self._seccomp, _wish(self._base.file_bytes))

    def _become_base(self, errors: int, control: int, seccomp: int) -> NoReturn:
        """In the child: descriptors, bubblewrap. The program that runs in it is our own, and has no limits."""
        try:
            nothing, nowhere = os.pipe()  # as programs have: Python asks its files once what they can
            _place((nothing, nowhere, errors, control, seccomp))
            _usual_signals()
            self._execute(self._base.base)
        finally:
            os._exit(126)

    def _execute(self, arguments: Sequence[str]) -> NoReturn:
        os.execve(self._setup.bwrap, [self._setup.bwrap, *arguments], {})  # noqa: S606 - what it is for

    def _become_sandbox(self, launch: Launch, fds: tuple[int, ...]) -> NoReturn:
        """In the child: the descriptors at their places, limits, bubblewrap."""
        try:
            _place(fds)
            limit_this_process(launch, hard_memory_limit=self._hard_memory_limit)
            _usual_signals()
            set_priority_of_this_process(launch)
            stage.own_proc_files()
            _write_file("/proc/self/oom_score_adj", str(_OOM_SCORE))
            if launch.confined is not None:
                supervise(launch, launch.confined)
            self._execute([*launch.arguments, *launch.program])
        except BaseException as error:  # noqa: BLE001 - nothing of this copy of the process may go on
            with suppress(OSError):
                os.write(2, f"the sandbox could not be started: {error}\n".encode())
        os._exit(126)


def _wish(file_bytes: int) -> Wish:
    return Wish(CODE, CODE_FROM, f"/{WORK}", file_bytes, file_bytes // BYTES_PER_FILE + _FILES_SLACK)


def _place(fds: tuple[int, ...]) -> None:
    """(stdin, stdout, stderr, report, seccomp, perhaps the channel's two) to 0..4 or 0..6, and nothing else.

    bubblewrap hands on what is open.
    """
    apart = [os.dup2(fd, _FREE_FDS_FROM + index, inheritable=False) for index, fd in enumerate(fds)]
    targets = (0, 1, 2, STATUS_FD, SECCOMP_FD, *CHANNEL_FDS)[: len(fds)]
    for target, fd in zip(targets, apart, strict=True):
        os.dup2(fd, target, inheritable=True)
    os.closerange(targets[-1] + 1, _ALL_FDS)
    os.lseek(SECCOMP_FD, 0, os.SEEK_SET)  # the run before read it to its end


def _usual_signals() -> None:
    for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):  # Python, or we, ignore these; the program may not
        signal.signal(number, signal.SIG_DFL)


def _write_file(path: str, text: str) -> None:
    Path(path).write_text(text)
