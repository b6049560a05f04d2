"""Who waits for a program hears of its end at once; its slot is the next one's only when nothing of it is left."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from interview_platform.execution.model import Job, Verdict
from tests.contracts.programs import HELLO
from tests.contracts.runner_kit import LIMITS, ran, the_one
from tests.execution.runners import inside, opened

pytestmark = pytest.mark.sandbox

HELD_UP = """
import os, time
for box in (slot_process.Forked, slot_process.Bubblewrap):
    def late(self, bury=box.bury):
        while not os.path.exists({go!r}):
            time.sleep(0.005)
        return bury(self)
    box.bury = late
"""

LEAVES = "import os, time\nprint('left', flush=True)\nif os.fork() == 0:\n    time.sleep(600)\n"


@pytest.fixture
def go() -> Iterator[Path]:
    """While it is there, burials are not held up."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # a slot's process is another user
        go = Path(folder, "go")
        go.touch()
        yield go


@pytest.mark.parametrize("forks", [True, False], ids=["forked", "from nothing"])
async def test_the_end_is_told_before_the_burial_and_the_slot_is_free_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forks: bool, go: Path
) -> None:
    inside(monkeypatch, HELD_UP.format(go=str(go)))
    async with opened(tmp_path, warm=forks, forks=forks, slots=1) as runner:
        await asyncio.to_thread(go.unlink)
        done = the_one(await asyncio.wait_for(runner.run(Job("python", LEAVES, limits=LIMITS)), 30))
        assert (done.verdict, done.stdout) == (Verdict.OK, "left\n")
        following = asyncio.create_task(ran(runner, "python", HELLO["python"]))
        waited, _ = await asyncio.wait([following], timeout=0.5)
        assert not waited
        await asyncio.to_thread(go.touch)
        assert (await asyncio.wait_for(following, 30)).stdout == "Hello, world\n"
