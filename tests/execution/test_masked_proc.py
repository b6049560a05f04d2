"""Where /proc is masked, as in Docker, the kernel lets nobody mount a fresh one: found out, and lived with."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sandbox

_SERVER = """
import asyncio, json, sys
from pathlib import Path
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Job

async def main():
    runner = EmbeddedRunner(Path(sys.argv[1]), slots=1)
    await runner.start()
    rows = {row.name: [row.holds, row.detail] for row in await runner.protections()}
    try:
        outcome = await runner.run(Job("python", "import os; print(os.listdir('/proc'))"))
    finally:
        await runner.close()
    print(json.dumps([rows, outcome.executions[0].stdout]))

asyncio.run(main())
"""


async def test_masked_proc(tmp_path: Path) -> None:
    namespaces = ["--mount"] if os.geteuid() == 0 else ["--mount", "--user", "--map-root-user"]
    mask = 'mount -t tmpfs none /proc/irq && exec "$@"'
    server = await asyncio.create_subprocess_exec(
        *("unshare", *namespaces, "sh", "-c", mask, "sh"),
        *(sys.executable, "-c", _SERVER, str(tmp_path)),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await asyncio.wait_for(server.communicate(), 90)
    rows, printed = json.loads(said.splitlines()[-1])
    assert rows["fresh /proc"][0] is False
    missing = {name for name, (holds, _) in rows.items() if not holds} - {"control groups"}
    assert missing == {"fresh /proc", "fork servers"}
    assert printed == "[]\n"
