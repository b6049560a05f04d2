"""A copy out of a fork server: the same as a Python that was started, nothing shared, and no end of fork servers.

What goes wrong in a slot's process, where a test cannot reach, is told to it when it starts (`inside`).
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages.python import _WARM
from interview_platform.execution.model import File, Job, Verdict
from interview_platform.execution.sandbox.watch import children, descendants
from tests.contracts.programs import HELLO
from tests.contracts.runner_attended import Watcher
from tests.contracts.runner_kit import LIMITS, ran, the_one
from tests.execution.runners import inside, opened, slot_processes, until, warmed
from tests.execution.test_warm import LIMITED, LOOKS, SIDE, looks
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


@pytest.mark.parametrize(("source", "changes", "verdict"), LIMITED)
@pytest.mark.parametrize("groups", [True, False], ids=["groups", "no groups"])
async def test_limits_are_the_runs_own(
    tmp_path: Path, groups: bool, source: str, changes: dict[str, int], verdict: Verdict
) -> None:
    """The fork server's memory and processes are not the program's, and its limits are not the fork server's."""
    async with opened(tmp_path, warm=True, slots=1, groups=groups) as runner:
        for _ in range(2):
            done = the_one(await runner.run(Job("python", source, limits=replace(LIMITS, **changes))))
            assert done.verdict is verdict, done
        assert (await ran(runner, "python", HELLO["python"])).stdout == "Hello, world\n"


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
        born = [pid for server in before for pid in descendants(server)[1:]]
        for pid in before:  # those of other runners as well: they have to stand it
            os.kill(pid, signal.SIGKILL)
        # Who has been killed may still take an order, and then says that it should be run again.
        await until(lambda: not any(_lives(pid) for pid in born))
        for _ in range(2):
            assert (await ran(runner, "python", HELLO["python"])).stdout == "Hello, world\n"
        assert set(_fork_servers()) - before


SCAN = """
import re
for line in open('/proc/self/maps'):
    place, rights, *_, name = line.split()
    if 'r' not in rights or name.startswith('[v'):
        continue
    first, last = (int(end, 16) for end in place.split('-'))
    with open('/proc/self/mem', 'rb', 0) as memory:
        memory.seek(first)
        for found in re.finditer(b'told to ' + b'[a-z]+', memory.read(last - first)):
            print(found[0])
"""


async def test_what_a_run_was_told_is_not_in_the_memory_of_the_next(forking: EmbeddedRunner) -> None:
    job = Job("python", SCAN, arguments=("told to somebody " * 100,), limits=LIMITS)
    assert "somebody" in the_one(await forking.run(job)).stdout
    assert (await ran(forking, "python", SCAN)).stdout == ""


C_ARGUMENTS = """
#include <stdio.h>
#include <string.h>
int main(int count, char **arguments) { printf("%zu\\n", strlen(arguments[count - 1])); }
"""


@pytest.mark.parametrize(
    ("language", "source"), [("python", "import sys\nprint(len(sys.argv[-1]))"), ("c", C_ARGUMENTS)]
)
async def test_the_longest_arguments(forking: EmbeddedRunner, language: str, source: str) -> None:
    """As a program's own file lies where the fork server's command line looks for one."""
    files = (File("solution.py", b"while True: pass"),) if language == "c" else ()
    job = Job(language, source, files=files, arguments=("\x01" * 16_000,), limits=LIMITS)
    assert the_one(await forking.run(job)).stdout == "16000\n"


@pytest.mark.parametrize("numbers", ["50 51 56", "", "nonsense"])
async def test_without_what_it_waits_for_it_runs_nothing(tmp_path: Path, numbers: str) -> None:
    """Python takes an error of ours lightly: it would go on to the program on its command line."""
    program = tmp_path / "program.py"
    program.write_text("print('ran')")
    python = await asyncio.create_subprocess_exec(
        *(sys.executable, "-B", str(program)),
        env={"PYTHONPATH": str(_WARM.source), **({"FORK_SERVER": numbers} if numbers else {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await asyncio.wait_for(python.communicate(), 60)
    assert (python.returncode, said) == (1, b"")
    assert complained


async def test_where_the_fork_server_is_there_is_no_program(forking: EmbeddedRunner) -> None:
    """Not even if that were not so."""
    async with _running(forking):
        [server] = _fork_servers_of(forking)
        assert _names(server, "root/opt/code") == ["solution.py"]
        assert _names(server, "root/code") == []


async def test_it_keeps_nothing_open(forking: EmbeddedRunner) -> None:
    seen = []
    for _ in range(3):
        async with _running(forking):
            [server] = _fork_servers_of(forking)
            seen.append((server, _names(server, "fd")))
    assert seen[0] == seen[1] == seen[2]


@asynccontextmanager
async def _running(runner: EmbeddedRunner) -> AsyncIterator[None]:
    watcher = Watcher()
    running = asyncio.create_task(runner.run(Job("python", "print('on')\nwhile True: pass", limits=LIMITS), watcher))
    try:
        await watcher.until("on")
        yield
    finally:
        running.cancel()
        await asyncio.wait([running])


def _names(pid: int, folder: str) -> list[str]:
    return sorted(path.name for path in Path(f"/proc/{pid}", folder).iterdir())


KILLS_1 = """
import os, signal, time
for number in range(1, 65):
    if number not in (32, 33):
        os.kill(1, number)
print('still here')
"""


async def test_its_process_1_stands_every_signal(forking: EmbeddedRunner) -> None:
    done = await ran(forking, "python", KILLS_1)
    assert (done.verdict, done.stdout) == (Verdict.OK, "still here\n")


LATE = """
import time
asked = nursery._pid_of
def late(pidfd):
    time.sleep(0.3)
    return asked(pidfd)
nursery._pid_of = late
"""


async def test_a_program_that_ends_before_anybody_has_looked_runs_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside(monkeypatch, LATE)
    async with opened(tmp_path, warm=True, slots=1) as runner:
        done = await ran(runner, "python", HELLO["python"])
        assert (done.verdict, done.stdout) == (Verdict.OK, "Hello, world\n")


DIES = """
send = nursery.Nursery._send
def taken(self, born, order, fds):
    sent = send(self, born, order, fds)
    if order.arguments == ["fatal"]:
        import os, signal
        from interview_platform.execution.sandbox.watch import descendants
        for pid in descendants(self.base):
            os.kill(pid, signal.SIGKILL)
    return sent
nursery.Nursery._send = taken
"""


async def test_what_may_have_begun_is_not_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside(monkeypatch, DIES)
    async with opened(tmp_path, warm=True, slots=1) as runner:
        done = the_one(await runner.run(Job("python", "print('once')", arguments=("fatal",), limits=LIMITS)))
        assert done.verdict is Verdict.INTERNAL_ERROR
        assert done.stdout.count("once") < 2
        assert (await ran(runner, "python", HELLO["python"])).stdout == "Hello, world\n"


@pytest.mark.parametrize(
    "code",
    [
        "nursery.Nursery._send = lambda *_: (_ for _ in ()).throw(OSError('no'))",
        "slot_process.CODE_FROM = '/nowhere'",
        "slot_process.SlotProcess._become_base = lambda *_: __import__('os')._exit(1)",
    ],
    ids=["no clone", "no mounts", "no fork server"],
)
async def test_where_there_can_be_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """A sandbox that forbids sandboxes in it, as AppArmor's profile for bubblewrap can. Then Python waits."""
    inside(monkeypatch, code)
    async with opened(tmp_path, warm=True, slots=1) as runner:
        assert runner._sandbox is not None
        assert not runner._sandbox.forks
        rows = {row.name: row for row in await runner.protections()}
        assert (rows["fork servers"].holds, rows["fork servers"].required) == (False, False)
        assert all(row.holds for row in rows.values() if row.required)
        await warmed(runner, "python")
        assert (await ran(runner, "python", HELLO["python"])).stdout == "Hello, world\n"
        assert not _fork_servers_of(runner)


def _fork_servers_of(runner: EmbeddedRunner) -> list[int]:
    """And what would stand in their place."""
    assert runner._sandbox is not None
    keepers = [one._keeper.pid for one in runner._sandbox._slots if one._keeper is not None]
    return [server for keeper in keepers for base in children(keeper) for server in children(base)]


def _lives(pid: int) -> bool:
    """Neither gone nor a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def _own_namespaces() -> set[str]:
    return {str(path.readlink()) for path in Path("/proc/self/ns").iterdir()}


def _fork_servers() -> list[int]:
    return [server for slot in slot_processes() for base in children(slot) for server in children(base)]


async def test_who_was_born_ahead_and_died_is_born_again(tmp_path: Path) -> None:
    """When the machine is short of memory, the kernel begins with those: the fork server stays."""
    async with opened(tmp_path, warm=True, slots=1) as runner:
        assert (await ran(runner, "python", HELLO["python"])).stdout == "Hello, world\n"
        [server] = _fork_servers_of(runner)
        await until(lambda: len(descendants(server)) == 3)
        os.kill(descendants(server)[1], signal.SIGKILL)
        await until(lambda: len(descendants(server)) == 2)  # process 1 is dead or dying, nobody takes an order
        done = await ran(runner, "python", HELLO["python"])
        assert (done.verdict, done.stdout) == (Verdict.OK, "Hello, world\n")
        assert _fork_servers_of(runner) == [server]
