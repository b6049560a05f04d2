"""What the embedded runner bounds when somebody types, stops or a driver misbehaves, beyond the contract."""

import asyncio
import json
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from interview_platform.execution import conversation
from interview_platform.execution.attempt import TYPED_BYTES
from interview_platform.execution.control import Control
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Execution, Job, Verdict
from tests.contracts.programs import ENDLESS, HELLO
from tests.contracts.runner_attended import Watcher
from tests.contracts.runner_conversing import DRIVER, conversed, value
from tests.contracts.runner_kit import LIMITS, the_one
from tests.execution.runners import opened
from tests.exploits.attacks import none_left

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]


async def test_input_that_nobody_reads_has_an_end(runner: EmbeddedRunner) -> None:
    control, watcher = Control(), Watcher()
    job = Job("python", ENDLESS["python"], interactive=True, limits=LIMITS)
    running = asyncio.create_task(runner.run(job, watcher, control=control))
    await watcher.until("before")
    for _ in range(TYPED_BYTES // 50_000 + 4):
        control.write("x" * 50_000)
    done = the_one(await running)
    assert (done.verdict, "1 MB of input" in done.message) == (Verdict.STOPPED, True)


async def test_a_program_that_reads_gets_all_of_a_long_input(runner: EmbeddedRunner) -> None:
    control, watcher = Control(), Watcher()
    source = "import sys\nprint('go')\nprint(sum(len(line) for line in sys.stdin))"
    job = Job("python", source, interactive=True, limits=LIMITS)
    running = asyncio.create_task(runner.run(job, watcher, control=control))
    await watcher.until("go")
    for _ in range(10):
        control.write("x" * 99_999 + "\n")
    control.end_input()
    assert the_one(await running).stdout == "go\n1000000\n"


async def test_a_flood_of_signals_and_then_stop(runner: EmbeddedRunner) -> None:
    control, watcher = Control(), Watcher()
    source = "import signal\nsignal.signal(signal.SIGUSR1, signal.SIG_IGN)\nprint('go')\nwhile True: pass"
    running = asyncio.create_task(runner.run(Job("python", source, limits=LIMITS), watcher, control=control))
    await watcher.until("go")
    for _ in range(5000):
        control.send(signal.SIGUSR1)
    control.stop()
    last = (await asyncio.wait_for(running, 30)).executions[-1]
    assert last.verdict is Verdict.STOPPED
    await none_left()


async def test_stopping_leaves_the_queue(tmp_path: Path) -> None:
    async with opened(tmp_path, slots=1) as one:
        started = asyncio.Event()
        first = asyncio.create_task(one.run(Job("python", ENDLESS["python"]), None, started.set))
        await started.wait()
        accepted = asyncio.Event()

        async def on_accept() -> None:
            accepted.set()

        control = Control()
        second = asyncio.create_task(one.run(Job("python", HELLO["python"]), None, None, on_accept, control=control))
        await accepted.wait()
        control.stop()
        outcome = await asyncio.wait_for(second, 5)  # the first one holds the only place for 10 s
        assert not first.done()
        assert [done.verdict for done in outcome.executions] == [Verdict.STOPPED]
        first.cancel()
        await asyncio.wait([first])


async def test_nothing_but_the_channel_is_open(runner: EmbeddedRunner) -> None:
    open_ones = "[fd for fd in range(100) if os.path.exists(f'/proc/self/fd/{fd}')]"
    [done] = await conversed(runner, f"def solve():\n    return {open_ones}", [[]])
    assert value(done) == [0, 1, 2, 5, 6]
    job = Job("python", f"import os\nprint({open_ones})")
    assert json.loads(the_one(await runner.run(job)).stdout) == [0, 1, 2]


async def test_an_endless_answer_and_endless_noise(runner: EmbeddedRunner) -> None:
    solve = (
        "def solve(kind):\n    while kind == 'answer': say('x' * 100_000)\n"
        "    while kind == 'noise': say('noise\\n' * 10_000)\n    return kind"
    )
    done = await conversed(runner, solve, [["answer"], ["noise"], ["fine"]])
    assert [one.verdict for one in done] == [Verdict.OUTPUT_LIMIT, Verdict.OUTPUT_LIMIT, Verdict.OK]
    assert "2 MB" in done[0].message
    assert "only answers" in done[1].message


async def test_a_long_answer(runner: EmbeddedRunner) -> None:
    solve = "def solve(n):\n    return list(range(n))"
    [done] = await conversed(runner, solve, [[200_000]])
    assert value(done) == list(range(200_000))


async def test_a_program_that_never_says_hello(runner: EmbeddedRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "_BOOT_SECONDS", 1)
    source = "import time\nprint('here', flush=True)\ntime.sleep(60)"
    limits = replace(LIMITS, wall_seconds=1)
    [done] = (await runner.run(Job("python", source, ("[]",), exchange=True, limits=limits))).executions
    assert (done.verdict, done.stdout) == (Verdict.TIME_LIMIT, "here\n")


async def _watched(runner: EmbeddedRunner, solve: str, watcher: Watcher, control: Control) -> Sequence[Execution]:
    source = DRIVER.replace("@SOLVE@", solve)
    job = Job("python", source, ("[60]", "[60]"), exchange=True, limits=LIMITS)
    return (await runner.run(job, watcher, control=control)).executions


async def test_a_conversation_that_is_stopped_or_cancelled(runner: EmbeddedRunner) -> None:
    solve = "def solve(n):\n    print('on', flush=True)\n    time.sleep(n)"
    control, watcher = Control(), Watcher()
    running = asyncio.create_task(_watched(runner, solve, watcher, control))
    await watcher.until("on")
    control.stop()
    outcome = await running
    assert [done.verdict for done in outcome] == [Verdict.STOPPED]
    watcher = Watcher()
    running = asyncio.create_task(_watched(runner, solve, watcher, Control()))
    await watcher.until("on")
    running.cancel()
    await asyncio.wait([running])
    assert (await conversed(runner, "def solve():\n    return 1", [[]]))[0].verdict is Verdict.OK
    await none_left()


async def test_programs_that_wait_for_people_leave_the_places_to_others(tmp_path: Path) -> None:
    async with opened(tmp_path, slots=1) as runner:
        controls, watchers = [Control(), Control()], [Watcher(), Watcher()]
        reads = "print('name?')\nprint('hello', input())"
        waiting = [
            asyncio.create_task(
                runner.run(Job("python", reads, interactive=True, limits=LIMITS), watcher, control=control)
            )
            for control, watcher in zip(controls, watchers, strict=True)
        ]
        for watcher in watchers:
            await watcher.until("name?")
        assert the_one(await runner.run(Job("python", HELLO["python"], limits=LIMITS))).stdout == "Hello, world\n"
        for control in controls:
            control.write("you\n")
        assert [the_one(outcome).stdout for outcome in await asyncio.gather(*waiting)] == ["name?\nhello you\n"] * 2
        await none_left()
