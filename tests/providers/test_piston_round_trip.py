"""Both halves of Piston's protocol that are ours, each proved by the other: our runner over Piston against our own
Piston-compatible API, with the real sandbox behind it, keeps the whole contract of a runner.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar

import pytest
import pytest_asyncio
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from interview_platform.accounts.model import Person, PersonId
from interview_platform.execution.piston_api import routes
from interview_platform.execution.piston_api.limits import PistonLimits
from interview_platform.execution.piston_api.service import PistonService
from interview_platform.execution.piston_api.socket import PistonSocket
from interview_platform.kit.rate_limit import Limit
from interview_platform.providers.piston.runner import PistonRunner
from tests.contracts.runner import Can, RunnerContract
from tests.execution import runners
from tests.room.world import serving

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]

# What the contract's programs need is more than people get.
LIMITS = PistonLimits(
    run_timeout=100_000,
    run_cpu_time=100_000,
    compile_timeout=60_000,
    compile_cpu_time=60_000,
    requests=Limit(100_000, 60),
)


class Anybody:
    """An Identity that knows the one key."""

    async def of_scope(self, scope: Mapping[str, Any]) -> Person | None:
        known = (b"authorization", b"Bearer the-key") in scope["headers"]
        return Person(PersonId("p"), "Ada", None, None, guest=False, created_at=0, updated_at=0) if known else None


class App:
    def __init__(self, piston: PistonService) -> None:
        self._api = FastAPI()
        self._api.include_router(routes.router(piston))
        self._socket = PistonSocket(self._api, piston)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._socket if scope["type"] == "websocket" else self._api)(scope, receive, send)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def runner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PistonRunner]:
    folder = tmp_path_factory.mktemp("piston")
    async with (
        runners.opened(folder, slots=4) as sandbox,
        serving(App(PistonService(sandbox, Anybody(), LIMITS))) as port,
    ):
        made = PistonRunner(f"http://127.0.0.1:{port}", "the-key")
        await made.start()
        await made.ready()
        yield made
        await made.close()


class TestRoundTrip(RunnerContract):
    cannot: ClassVar[Mapping[Can, str]] = {}
