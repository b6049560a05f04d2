"""Run on a function problem: a whole program runs as it is, and of anything else the function is called once. No I/O.

The rule (docs/execution.md): a source that has a main of its own, or that does not name the function at all, is a whole
program. It is a rule about words in the text, so that everybody can tell what Run will do.
"""

import re
from dataclasses import replace

from interview_platform.execution.cases import one_line_each
from interview_platform.execution.judging import RunJob
from interview_platform.execution.model import File, Job, Outcome, Verdict
from interview_platform.execution.runs import Result, result_of_run
from interview_platform.kit.errors import invalid
from interview_platform.problems.model import Problem
from interview_platform.problems.signatures import drivers
from interview_platform.problems.signatures.model import Signature
from interview_platform.problems.signatures.names import camel_case
from interview_platform.problems.values import BadValue, read_arguments

_SCRIPT_MAIN = re.compile(r"^(console\.\w+|process\.stdout\.write)\(", re.MULTILINE)
_MAIN = {
    "python": re.compile(r"^(if __name__\b|print\(|main\(|sys\.stdout\.write\()", re.MULTILINE),
    "javascript": _SCRIPT_MAIN,
    "typescript": _SCRIPT_MAIN,
    "java": re.compile(r"\bstatic\s+void\s+main\s*\("),
    "cpp": re.compile(r"^\s*(int|auto)\s+main\s*\(", re.MULTILINE),
    "go": re.compile(r"^func\s+main\s*\(", re.MULTILINE),
}


class Call:
    """`job` is for the runner; `result` makes of its outcome what is kept."""

    watched = True
    whole_program = False
    total = 0

    def __init__(self, signature: Signature, language: str, source: str, arguments: str, said: str) -> None:
        self._said = f"Called {_name_in(language, signature.name)} with {said}."
        program = drivers.program(language, signature, source, "call")
        files = tuple(File(name, text.encode()) for name, text in program.files)
        self.job = Job(language, program.source, (arguments,), files)

    async def result(self, outcome: Outcome, run: RunJob) -> Result:
        del run
        result = result_of_run(outcome)
        return replace(result, message=self._said) if result.verdict is Verdict.OK else result


def call_of(problem: Problem | None, language: str, source: str, stdin: str) -> Call | None:
    """None: what is to be run is a whole program. Raises Refusal bad_case when `stdin` is not arguments."""
    if problem is None or problem.signature is None or language not in drivers.LANGUAGES_WITH_DRIVERS:
        return None
    signature = problem.signature
    name = _name_in(language, signature.name)
    if not re.search(rf"\b{name}\b", source) or _MAIN[language].search(source):
        return None
    given = one_line_each(stdin)
    if not given.strip():
        return Call(signature, language, source, problem.examples[0].input, "the first example")
    try:
        read_arguments(signature, given)
    except BadValue as error:
        told = f"Run calls {name}, so the input has one line of JSON for each parameter: the input {error}."
        raise invalid(told, "bad_case", stdin=str(error)) from None
    return Call(signature, language, source, given, "the arguments in the input")


def _name_in(language: str, name: str) -> str:
    return name if language == "python" else camel_case(name)
