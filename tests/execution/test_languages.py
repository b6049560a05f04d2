"""Every language that is installed here does what a language must. Those that are not are skipped by name."""

from dataclasses import replace

import pytest

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.model import Execution, Job, Verdict
from tests.contracts.runner import LANGUAGES as FIRST_SIX
from tests.execution.programs import TRIED

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]

BY_ID = {language.id: language for language in LANGUAGES}

every_language = pytest.mark.parametrize("language", BY_ID)
further_language = pytest.mark.parametrize("language", TRIED)


async def ran(
    runner: EmbeddedRunner, language: str, source: str | None, stdin: str = "", seconds: float = 20
) -> Execution:
    """The one execution, or what the compiler said. Skips where the tool chain is not installed."""
    if source is None:
        pytest.skip(f"{language} has no such program")
    if language not in FIRST_SIX and BY_ID[language].find() is None:
        pytest.skip(f"{language} is not installed here: interview-platform languages install {language}")
    assert language in {one.id for one in runner.languages()}, "it has failed its self-test"
    limits = replace(BY_ID[language].limits, wall_seconds=seconds)
    outcome = await runner.run(Job(language, source, (stdin,), limits=limits), lambda *_: None)
    return outcome.executions[0] if outcome.executions else outcome.compile or pytest.fail("nothing ran")


@every_language
async def test_starter(runner: EmbeddedRunner, language: str) -> None:
    done = await ran(runner, language, BY_ID[language].starter, "one\ntwo\n")
    assert (done.verdict, done.stderr) == (Verdict.OK, "")
    assert language == "sql" or done.stdout == "one\ntwo\n"


@further_language
async def test_reads_and_prints_any_character(runner: EmbeddedRunner, language: str) -> None:
    stdin = "".join(f"{n}\n" for n in range(30_000)) + "Ende ☃\n"
    done = await ran(runner, language, TRIED[language].echo, stdin)
    assert (done.verdict, done.stdout, done.stderr) == (Verdict.OK, "30001\nGrüße 😀 Ende ☃\n", "")


@further_language
async def test_exit_status(runner: EmbeddedRunner, language: str) -> None:
    done = await ran(runner, language, TRIED[language].status_3)
    assert (done.verdict, done.stdout, done.exit_code) == (Verdict.RUNTIME_ERROR, "before\n", 3)


@further_language
async def test_what_is_wrong_is_said(runner: EmbeddedRunner, language: str) -> None:
    done = await ran(runner, language, TRIED[language].broken)
    compiled = BY_ID[language].artifact is not None
    assert done.verdict is (Verdict.COMPILE_ERROR if compiled else Verdict.RUNTIME_ERROR)
    assert "nonsense" in done.stderr.lower()


@further_language
async def test_time_limit_keeps_what_was_printed(runner: EmbeddedRunner, language: str) -> None:
    done = await ran(runner, language, TRIED[language].endless, seconds=5)
    assert done.verdict is Verdict.TIME_LIMIT
    assert "before" in done.stdout


@further_language
async def test_memory_limit(runner: EmbeddedRunner, language: str) -> None:
    done = await ran(runner, language, TRIED[language].greedy)
    assert done.verdict is Verdict.MEMORY_LIMIT, (done.message, done.stderr)
