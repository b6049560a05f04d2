"""A running server offers what `interview-platform languages install` brings, and takes back what has gone."""

from pathlib import Path

import pytest

from interview_platform.execution import offered as offers
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.base import Language, SelfTest
from interview_platform.execution.languages.javascript import JavaScript
from interview_platform.execution.languages.python import Python
from interview_platform.execution.self_tests import MARKER, Marker
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
