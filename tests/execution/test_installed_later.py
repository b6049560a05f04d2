"""A running server offers what `interview-platform languages install` brings, and takes back what has gone."""

import shutil
from pathlib import Path

import pytest

from interview_platform.execution import offered as offers
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.base import Language, SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.javascript import JavaScript
from interview_platform.execution.languages.python import Python
from interview_platform.execution.sandbox.spec import MB, Mount
from interview_platform.execution.self_tests import MARKER, Marker
from tests.contracts.runner_kit import ran
from tests.execution.runners import opened, until

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(finding, "LANGUAGES", (Python(),))


def installed(monkeypatch: pytest.MonkeyPatch, folder: Path, *languages: Language) -> None:
    monkeypatch.setattr(finding, "LANGUAGES", languages)
    Marker(folder / MARKER).touch()


def offered(runner: EmbeddedRunner) -> list[str]:
    return [one.id for one in runner.languages()]


async def test_is_offered_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as runner:
        assert offered(runner) == ["python"]
        installed(monkeypatch, tmp_path, Python(), JavaScript())
        await until(lambda: offered(runner) == ["python", "javascript"])
        installed(monkeypatch, tmp_path, JavaScript())
        await until(lambda: offered(runner) == ["javascript"])


async def test_is_tried_first_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = JavaScript()
    monkeypatch.setattr(JavaScript, "self_test", SelfTest("console.log('something else')"))
    async with opened(tmp_path) as runner:
        installed(monkeypatch, tmp_path, Python(), broken)
        await until(lambda: "javascript" in runner.broken())
        assert offered(runner) == ["python"]
        monkeypatch.undo()
        monkeypatch.setattr(offers, "LOOK_SECONDS", 0.01)
        installed(monkeypatch, tmp_path, Python(), broken)
        await until(lambda: offered(runner) == ["python", "javascript"])
        assert runner.broken() == {}


class Later(Language):
    """Prints a file of its tool chain, and who runs it."""

    id, name, monaco, file_name, starter = "later", "Later", "plaintext", "solution.later", ""
    limits = limits(64 * MB)
    self_test = SelfTest("", "", "tool\n")

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self) -> Toolchain:
        return Toolchain("1", [self._folder / "tool"], {}, (Mount(self._folder, "/opt/later"),))

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        return Step(["/bin/sh", "-c", "cat /opt/later/tool; tr '\\0' ' ' </proc/1/cmdline >&2"])


async def test_brings_what_its_sandboxes_see(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where sandboxes come out of fork servers that were there before it; and what has gone is no harm."""
    tools = tmp_path / "closed" / "tools"
    tools.mkdir(parents=True)
    (tools / "tool").write_text("tool\n")
    tools.parent.chmod(0o700)
    async with opened(tmp_path / "runner", warm=True) as runner:
        assert runner._sandbox is not None
        assert runner._sandbox.forks
        installed(monkeypatch, tmp_path / "runner", Python(), Later(tools))
        await until(lambda: offered(runner) == ["python", "later"])
        for _ in range(3):
            done = await ran(runner, "later", "")
            assert (done.stdout, "python" in done.stderr) == ("tool\n", True)
        shutil.rmtree(tools)
        installed(monkeypatch, tmp_path / "runner", Python())
        await until(lambda: offered(runner) == ["python"])
        seen = set()
        while "False\n" not in seen:  # what was born before it went is used up first
            seen.add((await ran(runner, "python", "import os\nprint(os.path.exists('/opt/later'))")).stdout)
            assert seen <= {"True\n", "False\n"}
