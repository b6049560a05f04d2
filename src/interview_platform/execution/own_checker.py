"""A package's own checker (`checker.py`: `check(arguments, expected, answer)`), run in the sandbox. No I/O.

One job for all answers of a run. Its verdicts come back as a driver's answers do: a checker may print what it likes.
What it is given comes from a stranger's program, so it is sandboxed like one, and what it does wrong is the package's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from interview_platform.execution.languages.python import Python
from interview_platform.execution.model import Execution, File, Job, Outcome, Verdict
from interview_platform.problems.values import BadValue, strict_json

LANGUAGE = Python.id
CASE_SECONDS = 5.0  # for one answer; an honest checker looks at each element a few times
TOTAL_SECONDS = 20.0  # for all answers of a run
MESSAGE_MAX = 300  # characters that people are shown
_SAID_MAX = 2_000  # characters of what it answers: a longer one is no sentence

HARNESS = """\
import json, os, runpy, sys

try:
    os.fstat(5)
    source, target = 5, 6
except OSError:
    source, target = 0, os.dup(1)
    os.dup2(2, 1)
asked = os.fdopen(source, encoding="utf-8", newline="\\n")
secret = json.loads(asked.readline())["secret"]
check = runpy.run_path(os.path.join(os.path.dirname(os.path.abspath(__file__)), "checker.py"))["check"]
number = 0
while line := asked.readline():
    said = check(*json.loads(line))
    answer = f"{secret} " + json.dumps({"n": number, "ok": said}) + "\\n"
    rest = answer.encode()
    while rest:
        rest = rest[os.write(target, rest) :]
    number += 1
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Of a problem with a signature these are values, else the texts that went in and came out."""

    arguments: Any
    expected: Any
    answer: Any

    def line(self) -> str:
        return json.dumps([self.arguments, self.expected, self.answer])


@dataclass(frozen=True, slots=True)
class Opinion:
    right: bool
    message: str = ""


class CheckerFailed(Exception):
    """It crashed, took too long or said nothing that can be understood. The message is for people."""


def checking(source: str, questions: Sequence[Question]) -> Job:
    inputs = tuple(question.line() for question in questions)
    limits = replace(Python.limits, wall_seconds=CASE_SECONDS, cpu_seconds=TOTAL_SECONDS)
    files = (File("checker.py", source.encode()),)
    return Job(LANGUAGE, HARNESS, inputs, files, exchange=True, limits=limits, total_seconds=TOTAL_SECONDS)


def opinions(slug: str, outcome: Outcome, count: int) -> list[Opinion]:
    """One for each question. Raises CheckerFailed."""
    if len(outcome.executions) < count:
        raise CheckerFailed(_broken(slug, "did not answer"))
    return [_opinion(slug, done) for done in outcome.executions]


def _opinion(slug: str, done: Execution) -> Opinion:
    if done.verdict is not Verdict.OK or done.answer is None:
        last = done.stderr.strip().rsplit("\n", 1)[-1]
        raise CheckerFailed(_broken(slug, f"failed: {done.message or last}"))
    try:
        said = strict_json(done.answer[:_SAID_MAX])
    except BadValue:
        said = None
    match said:
        case {"ok": bool(right)}:
            return Opinion(right)
        case {"ok": str(message)}:
            return Opinion(right=False, message=message[:MESSAGE_MAX])
        case _:
            raise CheckerFailed(_broken(slug, "returned neither True nor False nor a sentence"))


def _broken(slug: str, what: str) -> str:
    return f"The checker of the problem {slug} {what}. This is not the program's fault."
