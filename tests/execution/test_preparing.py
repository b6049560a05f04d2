"""What languages prepare is made once, whole or not at all, and again when something changes."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from interview_platform.execution.languages.base import Installed, Step, Toolchain
from interview_platform.execution.languages.c import C
from interview_platform.execution.languages.prepared import Preparation, inside, stamp
from interview_platform.execution.preparing import prepare, with_places
from tests.execution.runners import opened, until


class Preparing(C):
    id = "preparing"
    prepares = True

    def __init__(self, script: str, name: str = "one") -> None:
        self._script = script
        self._name = name

    def prepare(self, tools: Toolchain) -> Preparation:
        def make(new: Path) -> Sequence[Step]:
            (new / "given").write_text("given")
            return [Step(["/bin/sh", "-c", self._script], {"WORD": "made"})]

        return Preparation(self._name, make, Toolchain("2", tools.files, {"it": inside(self.id, self._name)}))


def placed(folder: Path, language: Preparing) -> Installed:
    [found] = with_places({language.id: Installed(language, Toolchain("1", []))}, folder).values()
    return found


async def test_once(tmp_path: Path) -> None:
    language = Preparing('umask 077; mkdir d; printf "$WORD" > d/file; echo said')
    found = placed(tmp_path, language)
    [mount] = found.tools.mounts
    assert list(mount.source.iterdir()) == []
    ready = await prepare(found, tmp_path)
    assert ready is not None
    made = mount.source / "one"
    assert ready.tools.programs == {"it": f"{mount.target}/one"}
    assert ((made / "d" / "file").read_text(), (made / "given").read_text()) == ("made", "given")
    assert {path.stat().st_mode & 0o777 for path in (made, made / "d")} == {0o755}
    assert (made / "d" / "file").stat().st_mode & 0o444 == 0o444
    before = made.stat().st_mtime_ns
    assert await prepare(placed(tmp_path, language), tmp_path) == ready
    assert (made.stat().st_mtime_ns, list(mount.source.iterdir())) == (before, [made])


async def test_again_when_the_name_is_another(tmp_path: Path) -> None:
    await prepare(placed(tmp_path, Preparing("true")), tmp_path)
    found = placed(tmp_path, Preparing("true", "two"))
    await prepare(found, tmp_path)
    assert [path.name for path in found.tools.mounts[0].source.iterdir()] == ["two"]


async def test_a_tool_that_fails_leaves_nothing(tmp_path: Path) -> None:
    found = placed(tmp_path, Preparing("touch half; exit 3"))
    assert await prepare(found, tmp_path) is None
    assert list(found.tools.mounts[0].source.iterdir()) == []


async def test_cancelled_leaves_nothing_and_nobody(tmp_path: Path) -> None:
    found = placed(tmp_path, Preparing("sleep 600 & echo $! > ../pid; wait"))
    place = found.tools.mounts[0].source
    task = asyncio.create_task(prepare(found, tmp_path))
    pid = place / "pid"
    await until(lambda: pid.exists() and pid.read_text().endswith("\n"))
    number = int(pid.read_text())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: not _runs(number))
    assert list(place.iterdir()) == [pid]


def test_the_stamp_knows_files_and_facts(tmp_path: Path) -> None:
    file = tmp_path / "tool"
    file.write_text("1")
    first = stamp([file], "-O1")
    assert stamp([file], "-O1") == first
    assert stamp([file], "-O2") != first
    os.utime(file, (1, 1))
    assert stamp([file], "-O1") != first


def _runs(pid: int) -> bool:
    """A zombie does not: whoever adopts orphans here may be slow to bury."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.sandbox
async def test_in_a_folder_with_a_relative_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DATA_DIR is `data` unless somebody says otherwise."""
    monkeypatch.chdir(tmp_path)
    async with opened(Path("runner"), prepares=["java"]) as runner:
        await runner.prepared()
        java = runner._offered.installed["java"]
        assert java.language.warm(java.tools) is not None
