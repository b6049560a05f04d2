"""The runner over Piston keeps the contract of every runner, as far as Piston lets it."""

from collections.abc import AsyncIterator, Mapping
from typing import ClassVar

import pytest
import pytest_asyncio

from interview_platform.providers.piston.runner import PistonRunner
from tests.contracts.runner import Can, RunnerContract
from tests.execution import runners
from tests.providers.piston_server import Configuration, PistonServer, opened

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]

# What the contract's programs need is more than Piston's defaults; those have tests of their own in test_piston.py.
GENEROUS = Configuration(
    run_timeout=60_000,
    run_cpu_time=60_000,
    compile_timeout=60_000,
    compile_cpu_time=60_000,
    output_max_size=1_000_000,
)
PLACES = 10  # a program whose run was cancelled goes on in its place: fewer would hold up the next


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def piston(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with (
        runners.opened(tmp_path_factory.mktemp("piston"), slots=PLACES) as sandbox,
        opened(PistonServer(GENEROUS, sandbox)) as address,
    ):
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def runner(piston: str) -> AsyncIterator[PistonRunner]:
    made = PistonRunner(piston)
    await made.start()
    await made.ready()
    yield made
    await made.close()


class TestPistonRunner(RunnerContract):
    """Weaker than it looks in three places: a cancelled run frees its place here, but Piston lets the program go on; a
    memory limit is concluded from a kill at the limit, which the stand-in's answer shows as isolate's would be; and
    "one compilation" is the same answers, not one compiler.
    """

    cannot: ClassVar[Mapping[Can, str]] = {
        Can.STREAM: "its /execute answers when all is done",
        Can.UNBUFFER: "how it starts a program cannot be chosen, and most keep output back when it goes to a pipe",
        Can.ATTEND: "its socket never closes a program's input, does nothing with signals, and says nothing in between",
        Can.STAY: "it never closes the input of a program that is typed to, so that every input gets a request",
        Can.JOIN_CHARACTERS: "it decodes each piece that it reads by itself",
    }
