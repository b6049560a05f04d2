"""The drivers in the real sandbox: no /proc of ours, another folder, the languages' own commands."""

import json
from typing import Any

import pytest

from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import File, Job, Verdict
from interview_platform.problems.signatures.drivers import LANGUAGES_WITH_DRIVERS, program
from interview_platform.problems.signatures.model import input_line
from tests.problems.signatures.values import echo_of, that_echoes

pytestmark = [pytest.mark.sandbox, pytest.mark.asyncio(loop_scope="session")]
ROWS: list[list[Any]] = [[["a😀", None], [1, 2]], [[], []], [["x"] * 1000, list(range(1000))]]


@pytest.mark.parametrize("language", LANGUAGES_WITH_DRIVERS)
async def test_a_driver_answers_from_the_sandbox(runner: EmbeddedRunner, language: str) -> None:
    if language not in {each.id for each in runner.languages()}:
        pytest.skip(f"{language} cannot be run here: its driver was not tried")
    signature = echo_of("list<optional<string>>", "linked_list<int>")
    made = program(language, signature, that_echoes(language, signature))
    files = tuple(File(name, text.encode()) for name, text in made.files)
    inputs = tuple(input_line(signature, row) for row in ROWS)
    outcome = await runner.run(Job(language, made.source, inputs, files, exchange=True))
    assert outcome.compile is None or outcome.compile.verdict is Verdict.OK, outcome.compile
    assert [execution.verdict for execution in outcome.executions] == [Verdict.OK] * 3, outcome
    assert [json.loads(execution.answer or "")["ok"] for execution in outcome.executions] == [row[0] for row in ROWS]
    assert all(execution.memory_bytes for execution in outcome.executions)
