"""A copy out of a fork server: the same as a Python that was started, nothing shared, and no end of fork servers."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Job, Verdict
from interview_platform.execution.sandbox.watch import children
from tests.contracts.programs import HELLO
from tests.contracts.runner_attended import Watcher
from tests.contracts.runner_kit import LIMITS, ran, the_one
from tests.execution.runners import opened
from tests.execution.test_warm import LOOKS, SIDE, looks
from tests.exploits.judge import only_what_waits_is_there

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def forking(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedRunner]:
    async with opened(tmp_path_factory.mktemp("forking"), warm=True, slots=1) as runner:
        assert runner._sandbox is not None
        assert runner._sandbox.forks
        yield runner


@pytest.mark.parametrize("live", [False, True], ids=["kept", "live"])
@pytest.mark.parametrize("look", LOOKS)
async def test_looks_like_a_started_one(runner: EmbeddedRunner, forking: EmbeddedRunner, look: str, live: bool) -> None:
    job = Job("python", LOOKS[look], ("line\nmore",), SIDE.get(look, ()), ("an argument", "ü"), limits=LIMITS)
    started = the_one(await runner.run(job, Watcher() if live else None))
    forked = the_one(await forking.run(job, Watcher() if live else None))
    assert looks(forked, look, live=live) == looks(started, look, live=live)


LEAVES = """
import os, sys, json, socket
print(hasattr(json, 'left'), sorted(os.listdir('/work')), sorted(os.listdir('/code')), sorted(os.environ))
print(len([p for p in os.listdir('/proc') if p.isdigit()]))
left = socket.socket(socket.AF_UNIX)
left.bind('\\0left')
listener = socket.create_server(('127.0.0.1', 5000)) if os.path.exists('/proc/net/dev') else None
json.left = True
os.environ['LEFT'] = '1'
for place in ('/work', '/code', '/tmp', '/opt/warm-python', '/'):
    try:
        open(f'{place}/left', 'w').write('x')
    except OSError:
        pass
if os.fork() == 0:
    os.setsid()
    while True: pass
"""


async def test_consecutive_runs_share_nothing(forking: EmbeddedRunner) -> None:
    first = await ran(forking, "python", LEAVES)
    assert first.verdict is Verdict.OK, first.stderr
    for _ in range(3):
        done = await ran(forking, "python", LEAVES)
        assert (done.verdict, done.stdout) == (Verdict.OK, first.stdout)
    await only_what_waits_is_there(forking)


async def test_namespaces_of_its_own_each_time(forking: EmbeddedRunner) -> None:
    source = "import os\nprint(*sorted(os.readlink('/proc/self/ns/' + n) for n in os.listdir('/proc/self/ns')))"
    running = _own_namespaces()
    seen = set((await ran(forking, "python", source)).stdout.split())
    kinds = {name.partition(":")[0] for name in seen - running}
    assert kinds >= {"cgroup", "ipc", "mnt", "net", "pid", "user", "uts"}


async def test_a_fork_server_that_is_killed(tmp_path: Path) -> None:
    """The run after it takes the long way, and the one after that has a new fork server."""
    async with opened(tmp_path, warm=True, slots=1) as runner:
        assert (await ran(runner, "python", HELLO["python"])).stdout == "Hello, world\n"
        before = set(_fork_servers())
        for pid in before:  # those of other runners as well: they have to stand it
            os.kill(pid, signal.SIGKILL)
        for _ in range(2):
            assert (await ran(runner, "python", HELLO["python"])).stdout == "Hello, world\n"
        assert set(_fork_servers()) - before


def _own_namespaces() -> set[str]:
    return {str(path.readlink()) for path in Path("/proc/self/ns").iterdir()}


def _fork_servers() -> list[int]:
    slots = [pid for pid in children(os.getpid()) if b"slot_process" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return [server for slot in slots for base in children(slot) for server in children(base)]
