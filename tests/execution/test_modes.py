"""What machines differ in: control groups, a fresh /proc, perl. All works without, and the verdicts stay true."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Job, Verdict
from interview_platform.execution.sandbox import sandbox
from interview_platform.execution.sandbox.supervisors import python_supervisor
from tests.contracts.programs import CRASH, GREEDY, STATUS_3
from tests.contracts.runner import LANGUAGES, LIMITS, ran, the_one
from tests.execution.runners import opened

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.sandbox]


@pytest_asyncio.fixture(
    scope="module", loop_scope="module", params=["no groups", "no /proc", "no perl", "no groups, no /proc, no perl"]
)
async def poor(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[EmbeddedRunner]:
    """Opening it runs the self-test of every language, too: the folder is new."""
    without = request.param
    with pytest.MonkeyPatch.context() as patch:
        if "no perl" in without:
            patch.setattr(sandbox, "find_supervisor", python_supervisor)
        folder = tmp_path_factory.mktemp("poor")
        async with opened(folder, groups="no groups" not in without, proc="no /proc" not in without) as runner:
            yield runner


async def test_every_language_passes_its_self_test(poor: EmbeddedRunner) -> None:
    assert {language.id for language in poor.languages()} >= set(LANGUAGES)


async def test_protections_are_reported_as_they_are(poor: EmbeddedRunner, request: pytest.FixtureRequest) -> None:
    without = request.node.callspec.params["poor"]
    rows = {row.name: row for row in await poor.protections()}
    assert all(row.holds for row in rows.values() if row.required)
    assert len([row for row in rows.values() if row.required]) == 11
    if "no groups" in without:
        assert not rows["control groups"].holds
        assert "watchdog" in rows["memory"].detail
    if "no /proc" in without:
        assert not rows["fresh /proc"].holds


async def test_verdicts(poor: EmbeddedRunner) -> None:
    status = await ran(poor, "c", STATUS_3["c"])
    assert (status.verdict, status.exit_code, status.signal) == (Verdict.RUNTIME_ERROR, 3, None)
    crash = await ran(poor, "c", CRASH["c"])
    assert (crash.verdict, crash.exit_code, crash.signal) == (Verdict.RUNTIME_ERROR, None, "SIGABRT")
    greedy = the_one(await poor.run(Job("python", GREEDY["python"], limits=LIMITS)))
    assert greedy.verdict is Verdict.MEMORY_LIMIT
