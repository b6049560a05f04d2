"""Embedded runners for the tests that need a real sandbox. In a conftest: `from tests.execution.runners import ...`."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.sandbox import slot
from interview_platform.execution.sandbox.watch import children
from tests.remembered import keep, recall


@asynccontextmanager
async def opened(folder: Path, **settings: Any) -> AsyncIterator[EmbeddedRunner]:
    """Open, tried and with every language tested; closed at the end.

    Nothing waits warm or is prepared unless a test is about that.
    """
    recall(folder)
    runner = EmbeddedRunner(folder, **{"warm": False, "prepares": (), **settings})
    await runner.start()
    try:
        await runner.ready()
        keep(folder)
        assert runner.unavailable() is None
        if settings.get("warm"):
            await runner.prepared()  # some languages have nothing to boot before
        yield runner
    finally:
        await runner.close()


@pytest.fixture(scope="session")
def runner_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runner")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def runner(runner_folder: Path) -> AsyncIterator[EmbeddedRunner]:
    """One for all tests: opening one takes half a second."""
    async with opened(runner_folder) as runner:
        yield runner


@asynccontextmanager
async def opened_warm(folder: Path, *languages: str, **settings: Any) -> AsyncIterator[EmbeddedRunner]:
    """With a process of each of these languages waiting, Python's too."""
    async with opened(folder, **{"warm": True, "forks": False, "prepares": languages, **settings}) as runner:
        await warmed(runner, *languages)
        yield runner


async def warmed(runner: EmbeddedRunner, *languages: str) -> None:
    """When a process of each of these languages waits, if any of it does: fork servers make the others."""
    pool, sandbox = runner._pool, runner._sandbox
    assert pool is not None
    assert sandbox is not None
    installed = [runner._offered.installed[language] for language in languages]
    waiting = [one.language.id for one in installed if one.language.warm(one.tools) is not None]
    if sandbox.forks and "python" in waiting:
        waiting.remove("python")
    await until(lambda: all(pool.waiting()[language] for language in waiting))


async def settled(runner: EmbeddedRunner) -> None:
    """When as many wait as should, and nothing boots."""
    pool = runner._pool
    assert pool is not None
    await until(lambda: pool.content)


def inside(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have slots' processes execute this before they begin. `guard`, `nursery`, `slot_process` are the modules."""
    modules = "from interview_platform.execution.sandbox import guard, nursery, slot_process\n"
    monkeypatch.setattr(slot, "_BOOT", slot._BOOT.replace("\nmain()", f"\n{modules}{code}\nmain()"))


def slot_processes() -> list[int]:
    """Of all runners of this process."""
    return [pid for pid in children(os.getpid()) if "slot_process" in command_of(pid)]


def command_of(pid: int) -> str:
    """Empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Look until it is."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to that"
        await asyncio.sleep(0.01)  # between two looks
