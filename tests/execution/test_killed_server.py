"""A server that is killed leaves nothing behind: no process, no control group, no code."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from interview_platform.execution.sandbox.watch import children
from tests.execution.runners import until
from tests.execution.unprivileged import ROOT, UID, environment_of_user, folder_of_user, python_for_user

pytestmark = pytest.mark.sandbox

_SERVER = """
import asyncio, sys
from pathlib import Path
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Job

async def main():
    runner = EmbeddedRunner(Path(sys.argv[1]), slots=2)
    await runner.start()
    await runner.ready()
    source = "import os\\nfor _ in range(5): os.fork()\\nprint('on', flush=True)\\nwhile True: pass"
    await runner.run(Job("python", source), lambda stream, text: print("running", flush=True))

asyncio.run(main())
"""


_WAITING = """
import asyncio, sys
from pathlib import Path
from interview_platform.execution.embedded import EmbeddedRunner

async def main():
    runner = EmbeddedRunner(Path(sys.argv[1]), slots=2, forks=False)
    await runner.start()
    await runner.ready()
    while not runner._pool.waiting()["python"]:
        await asyncio.sleep(0.01)
    print("waiting", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_nothing_is_left_of_what_waited(tmp_path: Path) -> None:
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _WAITING, str(tmp_path)), stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    assert await asyncio.wait_for(server.stdout.readline(), 90) == b"waiting\n"
    await _killed(server, tmp_path)


async def test_nothing_is_left(tmp_path: Path) -> None:
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _SERVER, str(tmp_path)), stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    assert await asyncio.wait_for(server.stdout.readline(), 60) == b"running\n"
    await _killed(server, tmp_path)


_WEAK = """
import asyncio, sys
from pathlib import Path
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.model import Job

finding.LANGUAGES = tuple(one for one in LANGUAGES if one.id == "python")
source = '''
import itertools, os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for _ in range(4):
    if os.fork() == 0:
        os.setsid()
print("on", flush=True)
for number in itertools.count():
    name = f"{os.getpid()}-{number % 100}"
    try:
        os.makedirs(f"{name}/in")
        os.mkdir(f"{name}/closed", 0)
        os.rename(name, f"{name}-closed")
    except OSError:
        pass
'''

async def main():
    runner = EmbeddedRunner(Path(sys.argv[1]), slots=1, weak=True, prepares=())
    await runner.start()
    await runner.ready()
    await runner.run(Job("python", source), lambda stream, text: print("running", flush=True))

asyncio.run(main())
"""


async def test_nothing_is_left_without_namespaces() -> None:
    """Where what it ran goes on making files on the disk until it is killed, and closes them to their owner."""
    uid = UID if os.geteuid() == 0 else os.geteuid()
    with folder_of_user(uid) as folder:
        blocked = await asyncio.create_subprocess_exec(
            *("/usr/bin/python3", str(ROOT / "tests/execution/blocked.py"), str(uid)),
            *(python_for_user(), "-c", _WEAK, str(folder)),
            env=environment_of_user(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert blocked.stdout is not None
        assert blocked.stderr is not None
        while (line := await asyncio.wait_for(blocked.stdout.readline(), 60)) != b"running\n":
            assert line  # one is the warning
        (server,) = children(blocked.pid)
        await _killed(blocked, folder, server)
        assert b"Traceback" not in await blocked.stderr.read()


async def _killed(server: asyncio.subprocess.Process, tmp_path: Path, pid: int | None = None) -> None:
    """`pid`: of the server itself, when that process only started it."""
    groups = _groups(pid or server.pid)
    mine = _below(server.pid)
    assert len(mine) > 5
    assert _folders(tmp_path)
    os.kill(pid or server.pid, signal.SIGKILL)
    assert server.stdout is not None
    await asyncio.wait_for(server.stdout.read(), 30)  # to its end: what it has left behind may hold it for a moment
    await server.wait()
    await until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in mine))
    await until(lambda: not any(group.exists() for group in groups))
    await until(lambda: not _folders(tmp_path))


def _folders(path: Path) -> list[Path]:
    """But for what is kept for the next server."""
    return [entry for entry in path.iterdir() if entry.is_dir() and entry.name != "prepared"]


def _below(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found |= {int(child)} | _below(int(child))
    return found


def _groups(pid: int) -> list[Path]:
    """Control groups that this server has made, wherever this machine lets it."""
    return [path for path in Path("/sys/fs/cgroup").rglob(f"interview-platform-{pid}-*") if path.is_dir()]


_SLOT_PROCESS = """
import os, socket, sys
from interview_platform.execution.sandbox.protocol import Cause, Launch, Setup, encode
from interview_platform.execution.sandbox.slot_process import SlotProcess

server, channel = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

class ServerThatLeaves:
    patience = 0.02

    def prepare(self, allowance, beside, *, background): ...

    def ease(self): ...

    def hit(self, init):
        server.close()
        return Cause.MEMORY

program = Setup(bwrap="/bin/sleep", seccomp_fd=-1, uid=None, stage={}, group=None)
slot = SlotProcess(channel, program, ServerThatLeaves(), os.open("/dev/null", os.O_RDONLY))
limits = dict(memory_bytes=1 << 28, processes=9, task_limit=9, file_bytes=9, stack_bytes=1 << 20)
inside = dict(program=["60"], script=None, from_nothing=False, live=False, environment={})
launch = Launch(arguments=[], wall_seconds=60, cpu_seconds=9, **limits, **inside)
fds = [os.open("/dev/null", os.O_RDWR) for _ in range(3)]
socket.send_fds(server, [encode(launch)], fds)
print("serving on:", slot.serve())
"""


async def test_a_slot_whose_server_leaves_between_the_end_of_a_run_and_its_answer() -> None:
    """Seen in CI: the server stopped in just that moment, and the slot process ended with a traceback."""
    slot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _SLOT_PROCESS), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    said, complained = await asyncio.wait_for(slot.communicate(), 30)
    assert (said, complained) == (b"serving on: False\n", b"")
