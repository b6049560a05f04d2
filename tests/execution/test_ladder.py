"""Where nobody may have namespaces (blocked.py): a set-uid bubblewrap, the weak sandbox if allowed, or nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.execution.unprivileged import ROOT, UID, environment_of_user, folder_of_user, python_for_user

pytestmark = [pytest.mark.sandbox, pytest.mark.timeout(200)]

SERVER = """
import asyncio, json, sys
from pathlib import Path
from interview_platform.execution import embedded
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.model import Job
from interview_platform.execution.sandbox import landlock, requirements

folder, bwrap, weak, abi = sys.argv[1:]
if bwrap:
    requirements._BWRAP_FOLDERS = bwrap
if abi:
    real = landlock.version
    landlock.version = lambda: min(real(), int(abi))

async def main():
    finding.LANGUAGES = tuple(one for one in LANGUAGES if one.id in ("python", "javascript", "c", "java"))
    runner = embedded.EmbeddedRunner(Path(folder), slots=1, weak=weak == "weak", prepares=())
    await runner.start()
    await runner.ready()
    rows = {row.name: [row.holds, row.required, row.detail] for row in await runner.protections()}
    said = ""
    if runner.unavailable() is None:
        outcome = await runner.run(Job("python", "import os; print(os.getuid()); print(os.listdir())"))
        said = outcome.executions[0].stdout
    languages = sorted(language.id for language in runner.languages())
    print(json.dumps([runner.unavailable(), rows, languages, said, list(runner.notes()), runner.name]))
    await runner.close()

asyncio.run(main())
"""

OURS = ["c", "java", "javascript", "python"]


@dataclass(frozen=True)
class Started:
    unavailable: str | None
    rows: Mapping[str, tuple[bool, bool, str]]
    languages: list[str]
    said: str
    notes: list[str]
    name: str
    log: str

    def lacking(self) -> set[str]:
        return {name for name, (holds, _, _) in self.rows.items() if not holds}


def started(uid: int, *, bwrap: str = "", weak: str = "", abi: str = "") -> Started:
    """`bwrap`: where to look for it. `abi`: of Landlock, at most."""
    if uid == 0:
        python, environment = sys.executable, {**environment_of_user(), "PATH": os.environ["PATH"]}
    else:
        python, environment = python_for_user(), dict(environment_of_user())
    with folder_of_user(uid) as folder:
        done = subprocess.run(
            [
                *("/usr/bin/python3", str(ROOT / "tests/execution/blocked.py"), str(uid)),
                *(python, "-c", SERVER, str(folder), bwrap, weak, abi),
            ],
            env=environment,
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    *log, last = done.stdout.splitlines()
    unavailable, rows, languages, said, notes, name = json.loads(last)
    return Started(unavailable, rows, languages, said, notes, name, "\n".join(log))


@pytest.fixture(params=[0, UID], ids=["root", "user"])
def uid(request: pytest.FixtureRequest) -> int:
    if os.geteuid() == 0:
        return int(request.param)
    if request.param == 0:
        pytest.skip("only root can be root")
    return os.geteuid()


def test_nothing_runs_unless_somebody_says_so(uid: int) -> None:
    server = started(uid)
    assert server.unavailable is not None
    assert "max_user_namespaces=10000" in server.unavailable
    assert "RUNNER_WEAK=allow" in server.unavailable
    assert server.languages == []


def test_weak(uid: int) -> None:
    server = started(uid, weak="weak")
    assert server.unavailable is None
    assert server.languages == OURS
    user, files = server.said.splitlines()
    assert files == "[]"
    assert user == str(uid) if uid else int(user) > 0
    assert all(holds for holds, required, _ in server.rows.values() if required)
    assert {"namespaces", "process numbers", "names of files", "host name", "size of the disk"} <= server.lacking()
    assert ("user of its own" in server.lacking()) is (uid != 0)
    assert "WEAK" in server.log
    assert any("WEAK" in note for note in server.notes)
    assert "WEAK" in server.name


def test_weak_without_the_latest_landlock(uid: int) -> None:
    """Version 3: no signals. The filter of system calls keeps them in, and killing is done one by one."""
    server = started(uid, weak="weak", abi="3")
    assert server.unavailable is None
    assert server.languages == OURS
    assert all(holds for holds, required, _ in server.rows.values() if required)
    assert {"signals", "end of a run"} <= server.lacking()


@pytest.mark.parametrize("abi", ["0", "1"])
def test_weak_without_enough_of_landlock(uid: int, abi: str) -> None:
    server = started(uid, weak="weak", abi=abi)
    assert server.unavailable is not None
    assert "Landlock" in server.unavailable
    assert server.languages == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a set-uid program")
def test_set_uid_bubblewrap(uid: int) -> None:
    found = shutil.which("bwrap")
    assert found
    with folder_of_user(0) as folder:
        folder.chmod(0o755)
        shutil.copy(found, folder / "bwrap")
        (folder / "bwrap").chmod(0o4755)
        server = started(uid, bwrap=f"{Path(found).parent}:{folder}", weak="weak")
    assert server.unavailable is None
    assert server.languages == OURS
    assert server.lacking() - {"control groups"} == {"user namespaces", "size of the disk"}
    assert "WEAK" not in server.name
    user, files = server.said.splitlines()
    assert files == "[]"
    assert user == str(uid) if uid else int(user) > 0
