"""Python's driver, part three: the conversation of `kit/exchange.py`, with a process for every case.

The process that was started never runs the candidate's code. For each case it forks; the child, which has neither the
channel nor the secret, answers through a pipe of its own. So a case cannot spoil the next one, and how the child died
is known. Where fork is refused, cases run in this process.
"""

import json
import os
import select
import stat
from collections.abc import Callable
from typing import Any

from interview_platform.problems.signatures.harness.case import Case, call, died, flush, framed, write

IN_FD = 5
OUT_FD = 6
SIGKILL = 9
LOOK_MS = 50  # how often to see whether a child died whose pipe something else holds open


def main(case: Case, mode: str) -> None:
    if mode == "call":
        call(case)
        return
    line, answer = serve(lambda line: framed(case, line))
    frame = framed(case, line)
    try:
        write(answer, frame)
    except OSError:  # the candidate's code has closed it: there is no answer then
        os._exit(1)
    os._exit(0)


def is_channel(fd: int) -> bool:
    try:
        mode = os.fstat(fd).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def lines_of(fd: int) -> Any:
    rest = b""
    while True:
        line, end, after = rest.partition(b"\n")
        if end:
            yield line
            rest = after
            continue
        more = os.read(fd, 1 << 16)
        if not more:
            return
        rest += more


def serve(frame_of: Callable[[bytes], str]) -> tuple[bytes, int]:
    """The parent. Returns only in a child: its case, and where to write its answer."""
    channel = is_channel(IN_FD) and is_channel(OUT_FD)
    source, sink = (IN_FD, OUT_FD) if channel else (os.dup(0), os.dup(1))
    if not channel:
        # The program's own input is empty: later cases are none of its business.
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    lines = lines_of(source)
    secret = json.loads(next(lines, b'{"secret": ""}'))["secret"]
    # Where standard output is shared, the program's last line may have no end.
    before = "" if channel else "\n"
    for number, line in enumerate(lines):
        receive, send = os.pipe()
        try:
            child = os.fork()
        except OSError:
            child = -1
        if child == 0:
            os.setpgid(0, 0)
            for fd in (receive, source, sink):
                os.close(fd)
            return line, send
        os.close(send)
        frame, memory = finished(child, receive) if child > 0 else (frame_of(line).rstrip("\n"), peak_bytes())
        os.close(receive)
        write(sink, f'{before}{secret} {{"n": {number}, {frame}, "memory": {memory}}}\n')
    flush()
    os._exit(0)


def finished(child: int, pipe: int) -> tuple[str, int]:
    """The child's answer and its memory, or how it died. Afterwards nothing of its process group is left."""
    frame = b""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    ended = None
    while b"\n" not in frame:
        if not poll.poll(LOOK_MS):
            if ended is not None:
                break
            pid, status, usage = os.wait4(child, os.WNOHANG)
            ended = (status, usage) if pid else None
            continue
        more = os.read(pipe, 1 << 16)
        if not more:
            break
        frame += more
    text, whole, _ = frame.partition(b"\n")
    status, usage = ended or end(child, kill=bool(whole))
    bury_group(child)
    return text.decode(errors="replace") if whole else died_of(status), usage.ru_maxrss * 1024


def end(child: int, *, kill: bool) -> Any:
    if kill:
        os.kill(child, SIGKILL)  # what it would still do is no part of the answer
    return os.wait4(child, 0)[1:]


def bury_group(child: int) -> None:
    try:  # noqa: SIM105 - contextlib takes its time to load
        os.killpg(child, SIGKILL)
    except OSError:
        pass


def died_of(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return died(signal=-code) if code < 0 else died(status=code)


def peak_bytes() -> int:
    import resource  # noqa: PLC0415 - only where fork is refused

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
