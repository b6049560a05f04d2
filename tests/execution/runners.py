"""Embedded runners for the tests that need a real sandbox. In a conftest: `from tests.execution.runners import ...`."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from tests.remembered import keep, recall


@asynccontextmanager
async def opened(folder: Path, **settings: Any) -> AsyncIterator[EmbeddedRunner]:
    """Open, tried and with every language tested; closed at the end."""
    recall(folder)
    runner = EmbeddedRunner(folder, **settings)
    await runner.start()
    try:
        await runner.ready()
        keep(folder)
        assert runner.unavailable() is None
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


async def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Look until it is."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to that"
        await asyncio.sleep(0.01)  # between two looks
