"""A server that is killed leaves nothing behind: no process, no control group, no code."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.execution.runners import until

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


async def test_nothing_is_left(tmp_path: Path) -> None:
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _SERVER, str(tmp_path)), stdout=asyncio.subprocess.PIPE
    )
    assert server.stdout is not None
    assert await asyncio.wait_for(server.stdout.readline(), 60) == b"running\n"
    groups = _groups(server.pid)
    mine = _below(server.pid)
    assert len(mine) > 5
    assert _folders(tmp_path)
    os.kill(server.pid, signal.SIGKILL)
    await server.wait()
    await until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in mine))
    await until(lambda: not any(group.exists() for group in groups))
    await until(lambda: not _folders(tmp_path))


def _folders(path: Path) -> list[Path]:
    return [entry for entry in path.iterdir() if entry.is_dir()]


def _below(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found |= {int(child)} | _below(int(child))
    return found


def _groups(pid: int) -> list[Path]:
    """Control groups that this server has made, wherever this machine lets it."""
    return [path for path in Path("/sys/fs/cgroup").rglob(f"interview-platform-{pid}-*") if path.is_dir()]
