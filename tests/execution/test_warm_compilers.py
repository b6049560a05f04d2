"""A process that has booted ahead and compiles: it reports, and only then runs the program."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from interview_platform.execution.attempt import Attempt
from interview_platform.execution.compiling import Reporter
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages import finding
from interview_platform.execution.languages.base import OUT, Step, Toolchain, Warm, limits
from interview_platform.execution.languages.python import Python
from interview_platform.execution.model import Job, Verdict
from interview_platform.execution.sandbox.process import Process
from interview_platform.execution.sandbox.spec import MB
from tests.contracts.runner_attended import Watcher
from tests.contracts.runner_kit import LIMITS, the_one
from tests.execution.runners import inside, opened_warm, warmed

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]

# A language with a compiler that has booted: it takes out comments, and refuses a program that says "nonsense".
COMPILES_AND_RUNS = """
import json, os, sys
os.write(6, b"ready\\n")
line = b""
while not line.endswith(b"\\n"):
    line += os.read(5, 1)
told = json.loads(line)
source = open(told["path"]).read()
if "endless" in source:
    while True: pass
compiled = "nonsense" not in source
said = "a remark" if compiled else "nonsense in line 1"
os.write(6, json.dumps({"compiled": compiled, "output": said, "ms": 12.34}).encode() + b"\\n")
if compiled:
    exec(source)
"""


class Compiled(Python):
    id = "compiled"
    limits = limits(256 * MB)

    def compile(self, tools: Toolchain) -> Step:
        return Step(["/bin/sh", "-c", f"! grep nonsense {self.path} && cp {self.path} {OUT}/made.py"])

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        return Step([tools.programs["python"], "/code/made.py"])

    def warm(self, tools: Toolchain) -> Warm:
        return Warm([tools.programs["python"], "-c", COMPILES_AND_RUNS])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def compiling(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedRunner]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "LANGUAGES", (Compiled(),))
        async with opened_warm(tmp_path_factory.mktemp("compiling"), "compiled", slots=1) as runner:
            yield runner


async def test_a_compiler_that_has_booted(compiling: EmbeddedRunner) -> None:
    await warmed(compiling, "compiled")
    watcher = Watcher()
    outcome = await compiling.run(Job("compiled", "print('runs')", limits=LIMITS), watcher)
    assert outcome.compile is not None
    assert (outcome.compile.verdict, outcome.compile.stderr, outcome.compile.wall_ms) == (Verdict.OK, "a remark", 12.3)
    assert the_one(outcome).stdout == "runs\n"
    assert watcher.seen == "a remarkruns\n"


async def test_what_a_booted_compiler_refuses(compiling: EmbeddedRunner) -> None:
    await warmed(compiling, "compiled")
    outcome = await compiling.run(Job("compiled", "nonsense", limits=LIMITS))
    assert outcome.executions == ()
    assert outcome.compile is not None
    said = (outcome.compile.verdict, outcome.compile.stderr, outcome.compile.exit_code)
    assert said == (Verdict.COMPILE_ERROR, "nonsense in line 1", 1)
    assert outcome.compile.message


async def test_a_booted_compiler_has_the_compilers_time(compiling: EmbeddedRunner) -> None:
    await warmed(compiling, "compiled")
    outcome = await compiling.run(Job("compiled", "endless", limits=replace(LIMITS, compile_seconds=1)))
    assert outcome.compile is not None
    assert outcome.compile.verdict is Verdict.COMPILE_ERROR
    assert "1 s" in outcome.compile.message


REFUSED = """
import threading, time
try:
    for _ in range(40): threading.Thread(target=time.sleep, args=(60,)).start()
except RuntimeError:
    print('refused', flush=True)
time.sleep(60)
"""


# The watchdog, of what has waited.
SEES_NOTHING_BETWEEN = """
patience = guard.Guard._patience
def until_told(self):
    return self._left() * 1000 if self._may_go and not self._held else patience(self)
guard.Guard._patience = until_told
"""


async def test_a_limit_that_is_hit_at_once_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anybody has heard that it was compiled, and has started its clock anew."""
    watcher = Watcher()
    reported = Attempt._reported

    async def late(self: Attempt, process: Process, reporter: Reporter) -> None:
        await reported(self, process, reporter)
        await watcher.until("refused")

    monkeypatch.setattr(Attempt, "_reported", late)
    monkeypatch.setattr(finding, "LANGUAGES", (Compiled(),))
    inside(monkeypatch, SEES_NOTHING_BETWEEN)
    limits = replace(LIMITS, processes=10, wall_seconds=3)
    async with opened_warm(tmp_path, "compiled", slots=1) as runner:
        outcome = await runner.run(Job("compiled", REFUSED, limits=limits), watcher)
        assert the_one(outcome).verdict is Verdict.PROCESS_LIMIT


async def test_more_inputs_than_booted_compilers(compiling: EmbeddedRunner) -> None:
    """Those that find none compile once more, the cold way."""
    await warmed(compiling, "compiled")
    inputs = tuple(map(str, range(12)))
    outcome = await compiling.run(Job("compiled", "print(input())", inputs, limits=LIMITS))
    assert [done.stdout for done in outcome.executions] == [f"{n}\n" for n in inputs]
