"""The queue in front of real runs: everybody is told the place, lanes take turns; and diagnoses get in nobody's way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.base import Step, Toolchain
from interview_platform.execution.languages.python import Python
from interview_platform.execution.model import File, Job, Verdict
from interview_platform.execution.ports import QueueFull
from tests.contracts.programs import ENDLESS, HELLO
from tests.execution.runners import opened, until
from tests.exploits.attacks import none_left

pytestmark = pytest.mark.sandbox


@asynccontextmanager
async def blocked(runner: EmbeddedRunner) -> AsyncIterator[None]:
    """While the only place is taken by a program of another lane."""
    started = asyncio.Event()
    endless = asyncio.create_task(runner.run(Job("python", ENDLESS["python"], lane="x"), None, started.set))
    await asyncio.wait_for(started.wait(), 30)
    yield
    endless.cancel()
    await asyncio.wait([endless])


async def test_lanes_take_turns(tmp_path: Path) -> None:
    async with opened(tmp_path, slots=1) as runner:
        order: list[str] = []
        told: dict[str, list[int]] = {}
        runs: list[asyncio.Task[object]] = []

        def run(name: str) -> None:
            job = Job("python", HELLO["python"], lane=name[0])
            places = told.setdefault(name, [])
            runs.append(asyncio.create_task(runner.run(job, None, lambda: order.append(name), on_queue=places.append)))

        async with blocked(runner):
            for name in ("a1", "a2", "a3", "b1"):
                run(name)
                await until(lambda: runner._queue.waiting == len(runs))
        await asyncio.wait_for(asyncio.gather(*runs), 60)
        assert order == ["a1", "b1", "a2", "a3"]
        assert told == {"a1": [1], "b1": [2, 1], "a2": [2, 3, 2, 1], "a3": [3, 4, 3, 2, 1]}


class Checked(Python):
    def check(self, tools: Toolchain) -> Step:
        look = (
            "import ast, os, sys\nsource = open('/code/solution.py').read()\n"
            "print(sorted(os.listdir('/code')), os.nice(0))\n"
            "if 'endless' in source:\n    while True: pass\n"
            "print('it says', ast.literal_eval(source))\nsys.exit(1)"
        )
        return Step([tools.programs["python"], "-c", look])


async def test_diagnosis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LANGUAGES", (Checked(),))
    async with opened(tmp_path, slots=1) as runner:
        job = Job("python", "'grüß'", files=(File("a.py", b""),))
        said = await runner.diagnose(job)
        assert sorted(said.splitlines()) == ["['a.py', 'solution.py'] 19", "it says grüß"]
        async with blocked(runner):
            with pytest.raises(QueueFull):
                await runner.diagnose(job)
        endless = asyncio.create_task(runner.diagnose(Job("python", "endless")))
        done = await asyncio.wait_for(runner.run(Job("python", HELLO["python"])), 30)  # it takes no place
        assert done.executions[0].verdict is Verdict.OK
        endless.cancel()
        await asyncio.wait([endless])
        await none_left()


async def test_nothing_to_diagnose_with(tmp_path: Path) -> None:
    async with opened(tmp_path, slots=1) as runner:
        assert await runner.diagnose(Job("c", "int x = 'a';")) == ""
