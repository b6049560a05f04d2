"""The bundled packages, through the real runner: references pass every test, starters work and leave the thinking."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Execution, Job, Outcome, Verdict
from interview_platform.execution.runs import same_output
from interview_platform.problems.embedded import EmbeddedBank
from interview_platform.problems.loader import load_packages
from interview_platform.problems.package import SOURCE_FILES
from tests.execution.runners import opened
from tests.problems.conftest import BUNDLED

pytestmark = [pytest.mark.sandbox, pytest.mark.asyncio(loop_scope="module")]

PROGRAMS = [
    pytest.param(problem.slug, language, id=f"{problem.slug}-{language}")
    for problem in load_packages(BUNDLED)
    for language in problem.starters
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def runner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedRunner]:
    async with opened(tmp_path_factory.mktemp("runner")) as runner:
        yield runner


async def test_files_are_called_as_in_the_room(runner: EmbeddedRunner) -> None:
    """A room keeps a starter under the language's file name, and that is how the package calls it, too."""
    offered = {info.id: info.file_name for info in runner.languages()}
    assert {id: offered.get(id) for id in SOURCE_FILES} == SOURCE_FILES, runner.unavailable()


@pytest.mark.parametrize(("slug", "language"), PROGRAMS)
async def test_program(runner: EmbeddedRunner, bundled: EmbeddedBank, slug: str, language: str) -> None:
    problem = bundled.get(slug)
    assert problem is not None
    visible = [test for test in problem.tests if not test.hidden]
    reference, starter = await asyncio.gather(
        runner.run(Job(language, problem.references[language], tuple(test.input for test in problem.tests))),
        runner.run(Job(language, problem.starters[language], tuple(test.input for test in visible))),
    )

    for test, done in zip(problem.tests, runs(reference), strict=True):
        assert same_output(done.stdout, test.expected), f"solutions, {test.name}: {done.stdout[:200]!r}"
    given = runs(starter)
    assert len(given) == len(visible)
    assert not all(same_output(done.stdout, test.expected) for test, done in zip(visible, given, strict=True)), (
        "the starter solves the problem already"
    )


def runs(outcome: Outcome) -> tuple[Execution, ...]:
    """Those of a program that compiled without a word and ended well every time."""
    if outcome.compile is not None:
        compiled = outcome.compile
        assert compiled.verdict is Verdict.OK, compiled.stderr + compiled.stdout
        assert compiled.stderr + compiled.stdout == ""
    for done in outcome.executions:
        assert (done.verdict, done.stderr) == (Verdict.OK, ""), f"{done.message} {done.stderr}"
    return outcome.executions
