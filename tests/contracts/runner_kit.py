"""What the parts of the contract of a `Runner` share."""

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

import pytest

from interview_platform.execution.model import Execution, Job, Limits, Outcome, Verdict
from interview_platform.execution.ports import Runner
from tests.contracts.programs import HELLO

LANGUAGES = tuple(HELLO)

LIMITS = Limits(
    wall_seconds=20,  # other work on the machine must not fail a test that is not about time
    cpu_seconds=10,
    compile_seconds=60,
    memory_bytes=512 * 1024 * 1024,
    output_bytes=100_000,
    processes=128,
    files_bytes=64 * 1024 * 1024,  # as the languages have it: a process that waited has its disk already
)


class Can(StrEnum):
    """What a runner may be unable to do. One that is says so in `cannot`; all the rest holds for every runner."""

    STREAM = "show output while the program runs"
    UNBUFFER = "show what a program had not flushed when it was stopped"
    JOIN_CHARACTERS = "put together a character that was written in two pieces"
    ATTEND = "type to a program, signal it and stop it"
    ACCOMPANY = "take files and arguments along"
    CONVERSE = "lead a conversation with a driver"
    STAY = "lead it with one process through all inputs"


every_language = pytest.mark.parametrize("language", LANGUAGES)


def the_one(outcome: Outcome) -> Execution:
    """The execution of an outcome that must have exactly one."""
    assert outcome.compile is None or outcome.compile.verdict is Verdict.OK, outcome.compile
    [execution] = outcome.executions
    return execution


async def ran(runner: Runner, language: str, source: str, stdin: str = "", limits: Limits = LIMITS) -> Execution:
    return the_one(await runner.run(Job(language, source, (stdin,), limits=limits)))


class Contract:
    cannot: ClassVar[Mapping[Can, str]] = {}
    """With the reason, which the report of the tests shows."""

    def needs(self, what: Can) -> None:
        if what in self.cannot:
            pytest.skip(f"this runner cannot {what}: {self.cannot[what]}")
