"""The event loop that the product is served on, which is not the tests' own."""

import asyncio
from pathlib import Path

import pytest
import uvloop

from interview_platform.execution.model import Job, Verdict
from tests.contracts.programs import ECHO, ENDLESS, HELLO
from tests.contracts.runner import LIMITS, ran
from tests.execution.runners import opened

pytestmark = pytest.mark.sandbox


async def _runs(folder: Path) -> None:
    async with opened(folder, slots=2) as runner:
        done = await ran(runner, "python", ECHO["python"], "line\n" * 30_000)
        assert (done.verdict, done.stdout) == (Verdict.OK, "30000\nGrüße 😀 line\n")
        printed = asyncio.Event()
        running = asyncio.create_task(runner.run(Job("c", ENDLESS["c"], limits=LIMITS), lambda *_: printed.set()))
        await asyncio.wait_for(printed.wait(), 60)
        running.cancel()
        await asyncio.wait([running])
        assert running.cancelled()
        both = await asyncio.gather(*(ran(runner, "python", HELLO["python"]) for _ in range(4)))
        assert {done.stdout for done in both} == {"Hello, world\n"}


def test_runs(tmp_path: Path) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(_runs(tmp_path))
