"""No isolation, no run: and people are told how to get it."""

import asyncio
from pathlib import Path
from unittest.mock import AsyncMock

import pytest

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.base import SelfTest
from interview_platform.execution.languages.java import Java
from interview_platform.execution.languages.python import Python
from interview_platform.execution.model import Job
from interview_platform.execution.ports import QueueFull, RunnerUnavailable
from interview_platform.execution.sandbox import requirements
from tests.contracts.programs import ENDLESS, HELLO
from tests.execution.runners import opened, until

pytestmark = pytest.mark.sandbox

# Runs the program as it is, which is what a broken or replaced bubblewrap would do.
_NO_WALLS = """#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift
exec "$@"
"""
_OLD = """#!/bin/sh
[ "$1" = --version ] && echo "bubblewrap 0.6.2" && exit
echo "bwrap: Unknown option --size" >&2
exit 1
"""
_REFUSES = """#!/bin/sh
echo "bwrap: No permissions to create new namespace, likely because the kernel does not allow it." >&2
exit 1
"""


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where bubblewrap is looked for: an empty folder that every user can read."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(requirements, "_BWRAP_FOLDERS", str(folder))
    for path in (folder, *folder.parents):
        if path.stat().st_mode & 0o5 != 0o5:
            path.chmod(0o755)
    return folder


async def reason_of(folder: Path) -> str:
    runner = EmbeddedRunner(folder)
    await runner.start()
    try:
        with pytest.raises(RunnerUnavailable) as refused:
            await runner.run(Job("python", HELLO["python"]))
        assert runner.languages() == []
        reason = runner.unavailable()
        assert reason == refused.value.message
        assert not all(row.holds for row in await runner.protections())
        return reason
    finally:
        await runner.close()


async def test_without_bubblewrap(programs: Path, tmp_path: Path) -> None:
    assert "apt install bubblewrap" in await reason_of(tmp_path)


async def test_with_an_old_bubblewrap(programs: Path, tmp_path: Path) -> None:
    (programs / "bwrap").write_text(_OLD)
    (programs / "bwrap").chmod(0o755)
    reason = await reason_of(tmp_path)
    assert "bubblewrap 0.7 or newer is needed" in reason
    assert "is 0.6.2" in reason


async def test_without_user_namespaces(programs: Path, tmp_path: Path) -> None:
    (programs / "bwrap").write_text(_REFUSES)
    (programs / "bwrap").chmod(0o755)
    assert "No permissions to create new namespace" in await reason_of(tmp_path)


async def test_with_a_bubblewrap_that_does_not_protect(programs: Path, tmp_path: Path) -> None:
    (programs / "bwrap").write_text(_NO_WALLS)
    (programs / "bwrap").chmod(0o755)
    reason = await reason_of(tmp_path)
    for name in ("network", "files", "system calls"):
        assert name in reason


async def test_without_a_tool_chain_a_language_is_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Java, "find", lambda _: None)
    async with opened(tmp_path) as runner:
        assert "java" not in {language.id for language in runner.languages()}
        with pytest.raises(RunnerUnavailable, match="java"):
            await runner.run(Job("java", HELLO["java"]))


async def test_a_tool_chain_that_fails_its_self_test_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Python, "self_test", SelfTest("print('something else')"))
    async with opened(tmp_path) as runner:
        assert "python" not in {language.id for language in runner.languages()}
        assert "c" in {language.id for language in runner.languages()}


async def test_when_no_language_passes_its_self_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LANGUAGES", (Python(),))
    monkeypatch.setattr(Python, "self_test", SelfTest("print('something else')"))
    runner = EmbeddedRunner(tmp_path)
    await runner.start()
    await runner.ready()
    assert "No language passes its test" in str(runner.unavailable())
    with pytest.raises(RunnerUnavailable, match="No language"):
        await runner.run(Job("python", HELLO["python"]))
    await runner.close()


async def test_full_queue(tmp_path: Path) -> None:
    async with opened(tmp_path, slots=1, queue_max=1) as runner:
        started = asyncio.Event()
        running = asyncio.create_task(runner.run(Job("python", ENDLESS["python"]), None, started.set))
        await asyncio.wait_for(started.wait(), 30)
        waiting = asyncio.create_task(runner.run(Job("python", HELLO["python"])))
        await until(lambda: runner._queue.waiting == 1)
        accepted = AsyncMock()
        with pytest.raises(QueueFull):
            await runner.run(Job("python", HELLO["python"]), on_accept=accepted)
        accepted.assert_not_awaited()
        running.cancel()
        assert (await asyncio.wait_for(waiting, 30)).executions[0].stdout == "Hello, world\n"


async def test_when_sandboxes_cannot_read_what_they_are_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interview_platform.execution.sandbox.probe.place_code", lambda *_: None)
    assert "code (cannot be read: No such file or directory)" in await reason_of(tmp_path)
