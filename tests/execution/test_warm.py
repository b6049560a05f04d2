"""A process that has booted ahead: the same as a cold one to its program, nothing shared, and nothing left of it."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
import structlog

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.base import SelfTest, Toolchain, Warm
from interview_platform.execution.languages.python import Python
from interview_platform.execution.model import Execution, File, Job, Verdict
from interview_platform.execution.sandbox.spec import MB
from tests.contracts.runner_attended import Watcher
from tests.contracts.runner_kit import LIMITS, ran, the_one
from tests.execution.runners import opened, opened_warm, settled, slot_processes, until, warmed

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def warm(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedRunner]:
    async with opened_warm(tmp_path_factory.mktemp("warm"), "python", slots=2) as runner:
        yield runner


async def ran_warm(runner: EmbeddedRunner, job: Job, watcher: Watcher | None = None) -> Execution:
    """On a process that has waited, which is made sure of."""
    await warmed(runner, job.language)
    pool = runner._pool
    assert pool is not None
    before = list(pool._waiting)
    done = the_one(await runner.run(job, watcher))
    assert [one for one in before if one not in pool._waiting], "it did not take one that waited"
    return done


ADDRESS = re.compile("0x[0-9a-f]+")
LOOKS = {
    "arguments": "import sys\nprint(sys.argv, sys.orig_argv[-3:], sys.flags)",
    "path": "import sys\nprint(sys.path)",
    "main": "print(sorted(globals()), __name__, __file__, __spec__, __builtins__, __loader__.name, __package__)",
    "main is a module": "import sys, __main__\nx = 5\nprint(__main__.x, sys.modules['__main__'] is __main__)",
    "environment": "import os\nprint(sorted(os.environ.items()), os.getcwd(), os.getppid(), os.getpid() > 1)",
    "descriptors": "import os\nprint([fd for fd in range(100) if os.path.exists(f'/proc/self/fd/{fd}')])",
    "frames": "import inspect, traceback\nprint(len(inspect.stack()))\ntraceback.print_stack()",
    "traceback": "def f(n):\n    return 1 / n\n\n\ntry:\n    f(0)\nfinally:\n    print('on')",
    "syntax error": "print('never')\nif True print(1)",
    "exit code": "import sys\nsys.exit('said')",
    "exit true": "raise SystemExit(True)",
    "at exit": "import atexit, sys\natexit.register(print, 'last')\nprint('first')\nsys.exit(4)",
    "end of input": "print(input())\ninput()",
    "threads at the end": (
        "import threading, time\n"
        "threading.Thread(target=lambda: (time.sleep(0.2), print('thread'))).start()\nprint('main')"
    ),
    "unraisable": "class A:\n    __slots__ = ()\n    def __del__(self): 1 / 0\na = A()\nprint('here')",
    "streams": (
        "import sys\nfor s in (sys.stdin, sys.stdout, sys.stderr, sys.__stdout__):\n"
        "    print(s.name, s.encoding, s.errors, s.line_buffering, s.write_through, s.mode, s.seekable(), s.buffer)"
    ),
    "bytes": "import sys\nsys.stdout.buffer.write(b'\\xff\\n')\nprint('\\udcff', sys.stdin.buffer.read())",
    "limits": "import resource as r\nprint([r.getrlimit(n) for n in (r.RLIMIT_FSIZE, r.RLIMIT_NPROC, r.RLIMIT_DATA)])",
    "own module": "import helper, heapq, json\nprint(helper.X, heapq.X, json.dumps([1]))",
    "pickle": "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))).__module__)",
    "processes": (
        "import multiprocessing as m, os\ndef f(n): return n * n\nif __name__ == '__main__':\n"
        "    with m.get_context('spawn').Pool(1) as p: print(p.map(f, [1, 2]))"
    ),
    "signals": "import signal\nprint([(s.name, signal.getsignal(s)) for s in signal.valid_signals() if s < 32])",
    "loopback": (
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "print(socket.create_connection(server.getsockname()).getpeername()[0])"
    ),
    "segfault": "import ctypes\nctypes.string_at(0)",
    "nice": "import os\nprint(os.nice(0))",
}
SIDE = {"own module": (File("helper.py", b"X = 1"), File("heapq.py", b"X = 2"))}


@pytest.mark.parametrize("live", [False, True], ids=["kept", "live"])
@pytest.mark.parametrize("look", LOOKS)
async def test_looks_like_a_cold_one(runner: EmbeddedRunner, warm: EmbeddedRunner, look: str, live: bool) -> None:
    job = Job("python", LOOKS[look], ("line\nmore",), SIDE.get(look, ()), ("an argument", "ü"), limits=LIMITS)
    cold = the_one(await runner.run(job, Watcher() if live else None))
    done = await ran_warm(warm, job, Watcher() if live else None)
    assert looks(done, look, live=live) == looks(cold, look, live=live)


def looks(one: Execution, look: str, *, live: bool) -> Sequence[object]:
    """All that may be compared of two runs of a program of LOOKS."""
    stdout = one.stdout
    if live and look == "arguments":  # only the flag itself cannot be had later
        stdout = stdout.replace("unbuffered=1", "unbuffered=0").replace("'utf8', '-u'", "'utf8'")
    return one.verdict, one.exit_code, one.signal, stdout, ADDRESS.sub("", one.stderr), one.message


async def test_hashes_and_random_numbers_are_not_those_of_the_run_before(warm: EmbeddedRunner) -> None:
    source = "import random, os\nprint(hash('x'), random.random(), os.urandom(8))"
    seen = [(await ran_warm(warm, Job("python", source, limits=LIMITS))).stdout for _ in range(3)]
    parts = list(zip(*(one.split(" ", 2) for one in seen), strict=True))
    assert all(len(set(part)) == 3 for part in parts)


LEAVES = """
import os, sys
import sitecustomize
for place in ('/work', '/code', '/tmp', '/dev/shm', '/opt/warm-python'):
    print(place, sorted(os.listdir(place)))
    try:
        open(f'{place}/left', 'w').write('x')
    except OSError as error:
        print(error.strerror)
print(sorted(os.environ), [p for p in os.listdir('/proc') if p.isdigit()].__len__())
os.environ['LEFT'] = '1'
if os.fork() == 0:
    os.setsid()
    while True: pass
"""


async def test_consecutive_runs_share_nothing(warm: EmbeddedRunner) -> None:
    """Each leaves files wherever it can, and a daemon; more runs than there are cells, so that each is used again."""
    files = (File("secret.txt", b"of the run before"),)
    first = await ran_warm(warm, Job("python", LEAVES, files=files, limits=LIMITS))
    assert (first.verdict, "secret.txt" in first.stdout) == (Verdict.OK, True)
    expected = first.stdout.replace("'secret.txt', ", "")
    for _ in range(2 * len(warm._sandbox._all) if warm._sandbox else 0):
        done = await ran_warm(warm, Job("python", LEAVES, limits=LIMITS))
        assert (done.verdict, done.stdout) == (Verdict.OK, expected)


LIMITED = [
    ("while True: pass", {"wall_seconds": 1}, Verdict.TIME_LIMIT),
    ("while True: pass", {"cpu_seconds": 1}, Verdict.TIME_LIMIT),
    # Stays, for a watchdog that looks every 20 ms, if it gets the processor.
    (
        "import time\nx = bytearray(b'x') * (100 << 20)\ntime.sleep(20)",
        {"memory_bytes": 64 * MB},
        Verdict.MEMORY_LIMIT,
    ),
    (
        "import threading, time\nfor _ in range(30): threading.Thread(target=time.sleep, args=(9,)).start()",
        {"processes": 10},
        Verdict.PROCESS_LIMIT,
    ),
    ("print('x' * 200_000)", {"output_bytes": 1000}, Verdict.OUTPUT_LIMIT),
    ("x = bytearray(b'x') * (300 << 20)\nprint('fine')", {"memory_bytes": 480 * MB}, Verdict.OK),
    ("print('fine')", {"memory_bytes": 24 * MB}, Verdict.OK),
]


@pytest.mark.parametrize(("source", "changes", "verdict"), LIMITED)
@pytest.mark.parametrize("groups", [True, False], ids=["groups", "no groups"])
async def test_limits_are_the_jobs_own(
    tmp_path: Path, groups: bool, source: str, changes: dict[str, int], verdict: Verdict
) -> None:
    async with opened_warm(tmp_path, "python", slots=1, groups=groups) as runner:
        done = await ran_warm(runner, Job("python", source, limits=replace(LIMITS, **changes)))
        assert done.verdict is verdict, done
        assert done.cpu_ms < 3000


async def test_booting_is_not_the_programs_time(warm: EmbeddedRunner) -> None:
    """Each has waited for longer than its run may take."""
    await warmed(warm, "python")
    await asyncio.sleep(1.2)  # what is tested is that waiting does not count
    limits = replace(LIMITS, wall_seconds=1, cpu_seconds=1)
    done = await ran_warm(warm, Job("python", "import time\nprint(time.process_time())", limits=limits))
    assert (done.verdict, done.wall_ms < 1000) == (Verdict.OK, True)


async def test_one_that_dies_while_it_waits_is_replaced(tmp_path: Path) -> None:
    async with opened_warm(tmp_path, "python", slots=1) as runner:
        pool = runner._pool
        assert pool is not None
        one = next(one for one in pool._waiting if one.language == "python")
        one.process.kill()
        await one.process.settled()
        done = await ran(runner, "python", "print('cold or warm')")
        assert done.stdout == "cold or warm\n"
        await until(lambda: one not in pool._waiting and pool.waiting()["python"] >= 1)


class Broken(Python):
    def warm(self, tools: Toolchain) -> Warm:
        return Warm([tools.programs["python"], "-c", "import sys\nsys.exit('no boot today')"])


async def test_what_does_not_boot_runs_cold_and_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LANGUAGES", (Broken(),))
    with structlog.testing.capture_logs() as logs:
        async with opened(tmp_path, warm=True, forks=False, slots=1) as runner:
            await until(lambda: any("cold" in entry["event"] for entry in logs))
            assert (await ran(runner, "python", "print('works')")).stdout == "works\n"
            pool = runner._pool
            assert pool is not None
            assert pool.waiting().total() == 0
    told = [entry for entry in logs if entry["log_level"] == "warning"]
    assert [(entry["language"], "no boot today" in entry["problem"]) for entry in told] == [("python", True)]


async def test_nothing_waits_before_the_self_test_has_passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(Python):
        self_test = SelfTest("print('something else')")

    monkeypatch.setattr(finding, "LANGUAGES", (Failing(),))
    runner = EmbeddedRunner(tmp_path, slots=1, forks=False)
    await runner.start()
    await runner.ready()
    pool = runner._pool
    assert pool is not None
    assert (pool._languages, pool.waiting().total()) == ({}, 0)
    await runner.close()


async def test_drained_it_holds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened_warm(tmp_path, "python", slots=1) as runner:
        pool, keepers = runner._pool, slot_processes()
        assert pool is not None
        monkeypatch.setattr("interview_platform.execution.pool._IDLE_SECONDS", -1)
        pool.look()
        await until(lambda: pool.waiting().total() == 0 and len(slot_processes()) < len(keepers))


async def test_boots_the_next_as_soon_as_there_is_room(tmp_path: Path) -> None:
    async with opened_warm(tmp_path, "python", slots=1) as runner:
        pool, sandbox = runner._pool, runner._sandbox
        assert pool is not None
        assert sandbox is not None
        await settled(runner)
        taken = list(iter(sandbox.take_spare, None))
        one = pool.take("python")
        assert one is not None
        await settled(runner)  # as far as there is room for
        one.place({"solution.py": b"pass"})  # so that its folder has to be emptied before there is room
        one.release()
        await until(lambda: pool.waiting()["python"] > 0, seconds=10)  # it looks by itself after 30
        for slot in taken:
            sandbox.give_back(slot)


async def test_arguments_too_long_for_a_packet(warm: EmbeddedRunner) -> None:
    longest = ("\x01" * 16_000,)
    job = Job("python", "import sys\nprint(len(sys.argv[1]))", arguments=longest, limits=LIMITS)
    assert (await ran_warm(warm, job)).stdout == "16000\n"
    cold = replace(job, limits=replace(LIMITS, files_bytes=MB))
    assert the_one(await warm.run(cold)).stdout == "16000\n"
    with pytest.raises(ValueError, match="arguments"):
        await warm.run(replace(job, arguments=("x" * 17_000,)))
    with pytest.raises(ValueError, match="arguments"):
        await warm.run(replace(job, arguments=("",) * 17_000))


async def test_answers_from_one_that_waited(warm: EmbeddedRunner) -> None:
    source = (
        "import json, os\nreader = open(5, 'rb', 0)\nsecret = json.loads(reader.readline())['secret']\n"
        "for n, line in enumerate(reader):\n"
        "    os.write(6, f'{secret} {json.dumps(dict(n=n, ok=json.loads(line)))}\\n'.encode())\n"
    )
    await warmed(warm, "python")
    job = Job("python", source, ("1", "2", "3"), exchange=True, limits=LIMITS)
    done = (await warm.run(job)).executions
    assert [json.loads(one.answer or "")["ok"] for one in done] == [1, 2, 3]
