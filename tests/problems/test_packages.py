"""The bundled packages, through the real runner: solutions pass every test with time to spare, what must fail fails as
it says, starters work and leave the thinking, generators write what is committed.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from interview_platform.execution.cases import cases_of
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.judging import Judging
from interview_platform.execution.model import Verdict
from interview_platform.execution.proving import prove_right, prove_wrong
from interview_platform.problems.embedded import EmbeddedBank
from interview_platform.problems.loader import load_packages
from interview_platform.problems.model import Problem
from interview_platform.problems.package import SOURCE_FILES
from interview_platform.problems.wrong import WrongSolution, read_wrong
from tests.execution.runners import opened
from tests.problems.conftest import BUNDLED

pytestmark = [pytest.mark.sandbox, pytest.mark.asyncio(loop_scope="module")]

PROBLEMS = load_packages(BUNDLED)
PROGRAMS = [
    pytest.param(problem, language, id=f"{problem.slug}-{language}")
    for problem in PROBLEMS
    for language in problem.references
]
WRONG = [
    pytest.param(problem, one, id=f"{problem.slug}-{one.name}")
    for problem in PROBLEMS
    for one in read_wrong(BUNDLED / problem.slug)
]
GENERATORS = sorted(BUNDLED.glob("*/generate.py"))
ALL_TESTS_BYTES = 4_000_000  # they are read at every start of the server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def runner(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedRunner]:
    async with opened(tmp_path_factory.mktemp("runner")) as runner:
        yield runner


def needs(runner: EmbeddedRunner, language: str) -> None:
    if all(one.id != language for one in runner.languages()):
        pytest.skip(f"{language} is not installed")


async def test_files_are_called_as_in_the_room(runner: EmbeddedRunner) -> None:
    """A room keeps a starter under the language's file name, and that is how the package calls it, too."""
    names = {info.id: info.file_name for info in runner.languages() if info.id in SOURCE_FILES}
    assert names.items() <= SOURCE_FILES.items()
    assert "python" in names


@pytest.mark.parametrize(("problem", "language"), PROGRAMS)
async def test_solution(runner: EmbeddedRunner, problem: Problem, language: str) -> None:
    needs(runner, language)
    proof = await prove_right(runner, problem, language, problem.references[language])
    assert proof.verdict is Verdict.ACCEPTED, proof.fault
    assert proof.fault == ""


@pytest.mark.parametrize(("problem", "wrong"), WRONG)
async def test_what_must_fail(runner: EmbeddedRunner, problem: Problem, wrong: WrongSolution) -> None:
    needs(runner, wrong.language)
    proof = await prove_wrong(runner, problem, wrong)
    assert proof.fault == ""


@pytest.mark.parametrize(("problem", "language"), PROGRAMS)
async def test_starter(runner: EmbeddedRunner, problem: Problem, language: str) -> None:
    """It compiles without a word, ends well, and does not solve the problem."""
    needs(runner, language)
    shown = [case for case in cases_of(problem, ()) if not case.hidden]
    judging = Judging(problem, language, problem.starters[language], shown)
    outcome = await runner.run(judging.job)
    if outcome.compile is not None:
        said = outcome.compile.stdout + outcome.compile.stderr
        assert (outcome.compile.verdict, said) == (Verdict.OK, "")
    result = await judging.result(outcome, runner.run)
    assert {test.verdict for test in result.tests} <= {Verdict.ACCEPTED, Verdict.WRONG_ANSWER}, result
    assert [test.stderr for test in result.tests] == [""] * len(shown)
    assert result.verdict is Verdict.WRONG_ANSWER, "the starter solves the problem already"


@pytest.mark.parametrize("problem", [one for one in PROBLEMS if one.signature], ids=lambda one: one.slug)
async def test_something_must_fail(problem: Problem) -> None:
    verdicts = {one.verdict for one in read_wrong(BUNDLED / problem.slug)}
    assert len(read_wrong(BUNDLED / problem.slug)) >= 2
    assert "wrong_answer" in verdicts


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda path: path.parent.name)
async def test_generator(generator: Path, tmp_path: Path) -> None:
    writing = await asyncio.create_subprocess_exec(sys.executable, "-B", generator, tmp_path)
    assert await writing.wait() == 0
    written = texts(tmp_path)
    assert written
    committed = texts(generator.parent / "tests")
    assert [name for name, text in written.items() if committed.get(name) != text] == []


def texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}


async def test_all_tests_together_are_read_quickly(bundled: EmbeddedBank) -> None:
    sizes = {one.slug: sum(len(test.input) + len(test.expected) for test in one.tests) for one in bundled.all()}
    assert sum(sizes.values()) <= ALL_TESTS_BYTES, sizes
