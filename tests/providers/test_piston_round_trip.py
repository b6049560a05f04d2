"""Both halves of Piston's protocol that are ours, each proved by the other: our runner over Piston against our own
Piston-compatible API, with the real sandbox behind it, keeps the whole contract of a runner.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from interview_platform.execution.piston_api.limits import PistonLimits
from interview_platform.providers.piston.runner import PistonRunner
from tests.contracts.runner import RunnerContract
from tests.execution import runners
from tests.execution.piston_api.world import ADA, OFTEN, opened

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]

# What the contract's programs need is more than people get.
LIMITS = PistonLimits(
    run_timeout=100_000,
    run_cpu_time=100_000,
    compile_timeout=60_000,
    compile_cpu_time=60_000,
    requests=OFTEN,
)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def runner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PistonRunner]:
    folder = tmp_path_factory.mktemp("piston")
    async with (
        runners.opened(folder, slots=4) as sandbox,
        opened(sandbox, LIMITS) as client,
    ):
        made = PistonRunner(str(client.base_url), ADA)
        await made.start()
        await made.ready()
        yield made
        await made.close()


class TestRoundTrip(RunnerContract):
    """All of it: `cannot` is empty."""
