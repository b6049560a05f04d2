"""The embedded runner keeps the contract of every runner."""

import pytest

from tests.contracts.runner import RunnerContract

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]


class TestEmbeddedRunner(RunnerContract):
    pass
