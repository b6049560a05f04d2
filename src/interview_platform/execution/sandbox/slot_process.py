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
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from interview_platform.execution.sandbox import stage
from interview_platform.execution.sandbox.guard import Guard, heard
from interview_platform.execution.sandbox.limits import (
    allow_coming_back,
    limit_this_process,
    set_priority_of_this_process,
)
from interview_platform.execution.sandbox.protocol import (
    CHANNEL_FDS,
    SECCOMP_FD,
    STATUS_FD,
    Cause,
    Ended,
    Hello,
    Launch,
    Setup,
    encode,
    launch_of,
)
from interview_platform.execution.sandbox.watch import GroupWatch, TreeWatch, Watch, children

_OOM_SCORE = 1000  # when the machine is out of memory, the program goes first
_ALL_FDS = 1 << 20  # one system call, however many are open
_FREE_FDS_FROM = 20  # out of the way of 0..6, which the sandbox gets


def main() -> None:
    channel = socket.socket(fileno=int(sys.argv[1]))
    channel.set_inheritable(False)
    setup = Setup.of_json(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the server's terminal is the server's business
    watch: Watch = GroupWatch(setup.group) if setup.group else TreeWatch()
    staged = stage.staged(setup.stage) if setup.uid is not None else dict(setup.stage)
    # An open file of its own: reading the filter moves the file's position, and slots start sandboxes side by side.
    seccomp = os.open(f"/proc/self/fd/{setup.seccomp_fd}", os.O_RDONLY | os.O_CLOEXEC)
    os.close(setup.seccomp_fd)
    _become(setup)
    slot = SlotProcess(channel, setup, watch, seccomp)
    there = slot.answer(Hello(staged))
    while there:
        there = slot.serve()


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

    def serve(self) -> bool:
        """Wait for one packet and do what it says. False when the server is gone."""
        packet, fds = heard(self._channel)
        if not packet:
            return False
        launch = launch_of(packet)
        if launch is None:
            return True
        try:
            ended, server_there = self._run(launch, fds)
        finally:
            for fd in fds:
                os.close(fd)
        return server_there and self.answer(ended)

    def answer(self, message: Hello | Ended) -> bool:
        """False when the server is gone: it may go at any moment, also just before it is answered."""
        try:
            self._channel.sendall(encode(message))
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def _run(self, launch: Launch, fds: list[int]) -> tuple[Ended, bool]:
        self._watch.prepare(launch, background=launch.background)
        say_to = fds.pop() if launch.held else None
        report, report_end = os.pipe()
        monitor = os.fork()
        if monitor == 0:
            self._become_sandbox(launch, (*fds[:3], report_end, self._seccomp, *fds[3:]))
        os.close(report_end)
        for fd in fds:
            os.close(fd)
        fds.clear()
        guard = Guard(
            *(monitor, launch, self._watch, self._channel),
            say_to=say_to,
            hard_memory_limit=self._setup.group is None,
        )
        try:
            cause = guard.until_the_end()
            cpu, memory = _buried(monitor)
            wall = time.monotonic() - guard.started
            said = _last_line(os.read(report, 65536))
        finally:
            os.close(report)
            if say_to is not None:
                os.close(say_to)
        # A limit that was hit in the last moments before the end counts as well.
        if cause is Cause.ITSELF:
            cause = self._watch.hit(monitor) or cause
        status = int(said[0]) if len(said) == 3 else None
        if len(said) == 3:
            cpu, memory = float(said[1]), int(said[2]) * 1024
        elif cause is Cause.ITSELF:
            cause = Cause.NOT_STARTED
        cpu = max(0.0, cpu - guard.cpu_before)
        return Ended(cause, status, wall * 1000, cpu * 1000, memory), guard.server_there

    def _become_sandbox(self, launch: Launch, fds: tuple[int, ...]) -> NoReturn:
        """In the child: the descriptors at their places, limits, bubblewrap."""
        try:
            _place(fds)
            limit_this_process(launch, hard_memory_limit=self._setup.group is None)
            for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):  # Python ignores these; the program may not
                signal.signal(number, signal.SIG_DFL)
            set_priority_of_this_process(launch)
            stage.own_proc_files()
            _write_file("/proc/self/oom_score_adj", str(_OOM_SCORE))
            os.execve(self._setup.bwrap, [self._setup.bwrap, *launch.arguments], {})  # noqa: S606 - what it is for
        except BaseException as error:  # noqa: BLE001 - nothing of this copy of the process may go on
            with suppress(OSError):
                os.write(2, f"the sandbox could not be started: {error}\n".encode())
        os._exit(126)


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


def _buried(monitor: int) -> tuple[float, int]:
    """Kill and collect everything below this process; CPU seconds of all of it, and the largest resident size.

    Killing bubblewrap kills its child (--die-with-parent), which is process 1 of the sandbox, and with that the kernel
    kills the rest. Process 1 is ours to collect then (PR_SET_CHILD_SUBREAPER), and the kernel hands it over only when
    nothing of its namespace is left: after this nothing of the run is alive.
    """
    cpu, memory = 0.0, 0
    with suppress(ProcessLookupError):
        os.kill(monitor, signal.SIGKILL)
    while True:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return cpu, memory
        if pid:
            cpu += usage.ru_utime + usage.ru_stime
            memory = max(memory, usage.ru_maxrss * 1024)
            continue
        # bubblewrap can die before its child has asked to die with it.
        for child in children(os.getpid()):
            if child != monitor:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        time.sleep(0.001)


def _last_line(report: bytes) -> list[bytes]:
    """The supervisor writes last. What stands before it is a program's that found the way to its descriptor."""
    lines = report.splitlines()
    return lines[-1].split() if lines else []


def _write_file(path: str, text: str) -> None:
    Path(path).write_text(text)
