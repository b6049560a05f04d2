"""The process of a slot can die, and a run can be about to end when it is cancelled. The slot is there for the next."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Job, Verdict
from interview_platform.execution.sandbox.watch import children, descendants
from tests.contracts.programs import ENDLESS, HELLO
from tests.contracts.runner import LIMITS, ran
from tests.execution.runners import command_of, opened, slot_processes, until
from tests.exploits.attacks import none_left

pytestmark = pytest.mark.sandbox


_IDLE = ("slot process", "bubblewrap", "fork server")


def folders(path: Path) -> list[Path]:
    """But for what is kept for the next server."""
    return [entry for entry in path.iterdir() if entry.is_dir() and entry.name != "prepared"]


async def test_a_slot_whose_process_is_killed(tmp_path: Path) -> None:
    async with opened(tmp_path, slots=1) as runner:
        before = set(slot_processes())
        started = asyncio.Event()
        running = asyncio.create_task(
            runner.run(Job("python", ENDLESS["python"], limits=LIMITS), lambda *_: started.set())
        )
        await asyncio.wait_for(started.wait(), 30)
        # The session's own runner has slots as well: only the one with the program in it may be hit.
        [slot] = [pid for pid in before if len(descendants(pid)) > len(_IDLE)]
        os.kill(slot, signal.SIGKILL)
        [done] = (await asyncio.wait_for(running, 30)).executions
        assert (done.verdict, done.signal) == (Verdict.INTERNAL_ERROR, None)
        assert done.message
        after = await ran(runner, "python", HELLO["python"])
        assert after.stdout == "Hello, world\n"
        await none_left()


async def test_cancelled_at_any_moment(tmp_path: Path) -> None:
    """From before the sandbox is there to about its end: the one slot is never lost."""
    async with opened(tmp_path, slots=1) as runner:
        for delay in (0, 0.001, 0.003, 0.006, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1):
            running = asyncio.create_task(runner.run(Job("python", HELLO["python"])))
            await asyncio.wait([running], timeout=delay)
            running.cancel()
            await asyncio.wait([running])
        after = await asyncio.wait_for(ran(runner, "python", HELLO["python"]), 30)
        assert after.stdout == "Hello, world\n"
        await none_left()


async def test_closing_ends_what_runs(tmp_path: Path) -> None:
    async with opened(tmp_path, slots=1) as runner:
        started = asyncio.Event()
        running = asyncio.create_task(runner.run(Job("python", ENDLESS["python"]), lambda *_: started.set()))
        await asyncio.wait_for(started.wait(), 30)
    [done] = (await asyncio.wait_for(running, 10)).executions
    assert done.verdict is Verdict.INTERNAL_ERROR
    assert folders(tmp_path) == []


async def test_closed_while_its_processes_are_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A server that is stopped at once, on a slow machine: what it began is ended before its groups and folder go."""
    slow = tmp_path / "slow-python"
    slow.write_text(f'#!/bin/sh\n/bin/sleep 0.3\nexec {sys.executable} "$@"\n')
    slow.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(slow))
    before = set(children(os.getpid()))
    for _ in range(3):
        runner = EmbeddedRunner(tmp_path / "runner", slots=2)
        await runner.start()
        await until(lambda: any("slow-python" in command_of(pid) for pid in set(children(os.getpid())) - before))
        await runner.close()
        assert not [pid for pid in set(children(os.getpid())) - before if "slot_process" in command_of(pid)]
    assert "Traceback" not in capfd.readouterr().err


async def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    runner = EmbeddedRunner(blocked)
    await runner.start()
    await runner.ready()
    assert "file" in str(runner.unavailable())
    await runner.close()
