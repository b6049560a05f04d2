"""The embedded runner keeps the contract of every runner, whether a process waits for the run or not."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from tests.contracts.runner import RunnerContract
from tests.execution.runners import opened, warmed

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def warm_runner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedRunner]:
    async with opened(tmp_path_factory.mktemp("warm"), warm=True) as runner:
        yield runner


class TestEmbeddedRunner(RunnerContract):
    pass


class TestWarmRunner(RunnerContract):
    """Out of fork servers, and what boots longer in a process that waits: each test begins when one is there."""

    @pytest_asyncio.fixture(loop_scope="session")
    async def runner(self, warm_runner: EmbeddedRunner, request: pytest.FixtureRequest) -> EmbeddedRunner:
        callspec = getattr(request.node, "callspec", None)
        language = callspec.params.get("language", "python") if callspec else "python"
        await warmed(warm_runner, language)
        return warm_runner
