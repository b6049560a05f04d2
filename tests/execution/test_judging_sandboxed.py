"""Judging with the real sandbox: programs that try to pass without solving, and packages' own checkers."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from interview_platform.execution.cases import OwnCase, cases_of
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.judging import Judging
from interview_platform.execution.model import Mode, Verdict
from interview_platform.execution.runs import Result
from interview_platform.execution.work import work_of
from interview_platform.problems import model
from interview_platform.problems.model import Checker, CheckerKind, Difficulty, Example, Problem
from interview_platform.problems.signatures import drivers
from interview_platform.problems.signatures.model import Signature

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.sandbox]

SIGNATURE = Signature.parse("double_all", [("nums", "list<int>")], "list<int>")
CASES = [
    model.TestCase(f"N{number}", f"[{number}, {number + 1}]\n", f"[{2 * number}, {2 * number + 2}]\n", number > 3)
    for number in range(1, 7)
]
PROBLEM = Problem(
    *("double-all", "Double All", Difficulty.EASY, (), "", (Example("[1, 2]\n", "[2, 4]\n", "Twice."),)),
    *((), {}, tuple(CASES), {}, SIGNATURE, Checker(CheckerKind.EXACT)),
    time_limit_seconds=1.0,
)

RIGHT = {
    "python": "def double_all(nums):\n    print('called with', nums)\n    return [2 * one for one in nums]\n",
    "javascript": "function doubleAll(nums) {\n  console.log('called with', nums);\n"
    "  return nums.map((n) => 2 * n);\n}\n",
    "typescript": "function doubleAll(nums: number[]): number[] {\n  console.log('called with', nums);\n"
    "  return nums.map((n) => 2 * n);\n}\n",
    "java": 'class Solution {\n  public int[] doubleAll(int[] nums) {\n    System.out.println("called with");\n'
    "    int[] twice = nums.clone();\n    for (int i = 0; i < twice.length; i++) twice[i] *= 2;\n"
    "    return twice;\n  }\n}\n",
    "cpp": "#include <cstdio>\n#include <vector>\nusing namespace std;\n"
    'vector<int> doubleAll(vector<int>& nums) {\n  printf("called with\\n");\n'
    "  for (int& n : nums) n *= 2;\n  return nums;\n}\n",
    "go": 'import "fmt"\n\nfunc doubleAll(nums []int) []int {\n\tfmt.Println("called with")\n'
    "\tfor i := range nums {\n\t\tnums[i] *= 2\n\t}\n\treturn nums\n}\n",
}


async def judged(
    runner: EmbeddedRunner, source: str, language: str = "python", of: Problem = PROBLEM, own: Sequence[OwnCase] = ()
) -> Result:
    judging = Judging(of, language, source, cases_of(of, own))
    return await judging.result(await runner.run(judging.job), runner.run)


async def called(runner: EmbeddedRunner, source: str, stdin: str = "", language: str = "python") -> Result:
    work = work_of(PROBLEM, Mode.RUN, language, source, stdin=stdin, own=())
    return await work.result(await runner.run(work.job), runner.run)


@pytest.fixture(params=drivers.LANGUAGES_WITH_DRIVERS)
def language(request: pytest.FixtureRequest, runner: EmbeddedRunner) -> str:
    if all(one.id != request.param for one in runner.languages()):
        pytest.skip(f"{request.param} is not installed")
    return str(request.param)


async def test_the_right_answer_passes_in_every_language(runner: EmbeddedRunner, language: str) -> None:
    own = [OwnCase("[50]"), OwnCase("[50]", "[99]")]
    result = await judged(runner, RIGHT[language], language, own=own)
    assert result.message == "Passed 6 of 7 tests.", result
    assert [test.verdict.value for test in result.tests[3:5]] == ["ok", "wrong_answer"]
    shown = result.tests[0]
    assert (shown.actual, shown.expected) == ("[2, 4]", "[2, 4]\n")
    assert "called with" in (shown.prints or "")
    assert shown.time_ms is not None


async def test_run_calls_the_function_in_every_language(runner: EmbeddedRunner, language: str) -> None:
    result = await called(runner, RIGHT[language], language=language)
    assert result.verdict is Verdict.OK, result
    assert result.stdout.splitlines()[-1].replace(" ", "") == "[2,4]"
    assert "with the first example" in result.message
    result = await called(runner, RIGHT[language], "[21]", language=language)
    assert result.stdout.splitlines()[-1] == "[42]"
    assert "with the arguments in the input" in result.message


async def test_a_whole_program_runs_as_it_is(runner: EmbeddedRunner) -> None:
    result = await called(runner, RIGHT["python"] + "print(double_all([4]), input())\n", "typed")
    assert (result.stdout, result.message) == ("called with [4]\n[8] typed\n", "Ran to the end.")


# Each can work out the right answer, and gives it in every way but the one that counts.
TAMPERING = {
    "prints the expected text": """
def double_all(nums):
    print([2 * one for one in nums])
""",
    "ends the process with status 0": """
import os
def double_all(nums):
    print([2 * one for one in nums], flush=True)
    os._exit(0)
""",
    "ends the process when it is read": """
import os
os._exit(0)
""",
    "writes answers to every descriptor": """
import json, os
def double_all(nums):
    for fd in range(3, 64):
        for number in range(6):
            answer = json.dumps({"n": number, "ok": [2 * one for one in nums]})
            for secret in ("", "x", "0" * 32):
                try:
                    os.write(fd, f"{secret} {answer}\\n{answer}\\n".encode())
                except OSError:
                    break
""",
    "closes every descriptor": """
import os
os.closerange(0, 256)
def double_all(nums):
    return []
""",
    "reads ahead": """
import os
found = []
def double_all(nums):
    for fd in (0, *range(3, 64)):
        try:
            os.set_blocking(fd, False)
            found.append(os.read(fd, 100000))
        except OSError:
            pass
    if any(found):
        print("found", found, flush=True)
    return found
""",
    "returns something that claims to be equal": """
class Equal(list):
    def __eq__(self, other):
        return True
    def __iter__(self):
        return iter([])
def double_all(nums):
    return Equal()
""",
    "changes what answers are written with": """
import json, os
def double_all(nums):
    right = [2 * one for one in nums]
    json.dumps = lambda *a, **k: '{"n": 0, "ok": %s}' % right
    return None
""",
    "answers in advance from a thread": """
import os, threading, time
def work():
    while True:
        for fd in range(3, 20):
            try:
                os.write(fd, b'{"n": 1, "ok": [4, 6]}\\n')
            except OSError:
                pass
        time.sleep(0.01)
threading.Thread(target=work, daemon=True).start()
def double_all(nums):
    return [0]
""",
}


@pytest.mark.parametrize("name", TAMPERING)
async def test_nothing_but_the_right_answer_passes(runner: EmbeddedRunner, name: str) -> None:
    result = await judged(runner, TAMPERING[name])
    assert not any(test.verdict is Verdict.ACCEPTED for test in result.tests), result
    assert result.verdict is not Verdict.ACCEPTED
    assert "found" not in "".join(test.prints or "" for test in result.tests)


JAVASCRIPT = {
    "prints and leaves": """
function doubleAll(nums) {
  console.log(JSON.stringify(nums.map((n) => 2 * n)));
  process.exit(0);
}
""",
    "changes JSON": """
JSON.stringify = () => '{"n":0,"ok":[2,4]}';
function doubleAll(nums) { return [0]; }
""",
    "writes to every descriptor": """
const fs = require("node:fs");
function doubleAll(nums) {
  for (let fd = 3; fd < 40; fd++) {
    try { fs.writeSync(fd, JSON.stringify({ n: 0, ok: nums.map((n) => 2 * n) }) + "\\n"); } catch {}
  }
  return [];
}
""",
}


@pytest.mark.parametrize("name", JAVASCRIPT)
async def test_nor_in_a_language_whose_cases_share_a_process(runner: EmbeddedRunner, name: str) -> None:
    result = await judged(runner, JAVASCRIPT[name], "javascript")
    assert not any(test.verdict is Verdict.ACCEPTED for test in result.tests), result
    assert result.verdict is not Verdict.ACCEPTED


async def test_what_one_case_leaves_behind_fails_no_other(runner: EmbeddedRunner) -> None:
    source = "const seen = [];\nfunction doubleAll(nums) { seen.push(...nums); return seen.map((n) => 2 * n); }\n"
    result = await judged(runner, source, "javascript")
    assert result.message == "Passed 6 of 6 tests.", result


async def test_apart_means_a_process_of_its_own(runner: EmbeddedRunner) -> None:
    source = "const seen = [];\nfunction doubleAll(nums) { seen.push(...nums); return seen; }\n"
    job = Judging(PROBLEM, "javascript", source, cases_of(PROBLEM, ())).job
    together = await runner.run(replace(job, inputs=job.inputs[:2]))
    apart = await runner.run(replace(job, inputs=job.inputs[:2], apart=True))
    second = [json.loads(outcome.executions[1].answer or "{}")["ok"] for outcome in (together, apart)]
    assert second == [[1, 2, 2, 3], [2, 3]]


async def test_a_hidden_case_leaves_no_trace(runner: EmbeddedRunner) -> None:
    source = """
import sys, time
def double_all(nums):
    if nums[0] > 3:
        print("secret", nums, file=sys.stderr)
        print("secret", nums)
        time.sleep(0.3)
        raise ValueError(f"secret {nums}")
    return [2 * one for one in nums]
"""
    result = await judged(runner, source)
    assert result.message == "Passed 3 of 6 tests."
    assert "secret" not in repr(result)
    assert all(test.time_ms is None for test in result.tests[3:])
    assert result.time_ms is not None
    assert result.time_ms < 300


async def test_limits_are_for_each_case(runner: EmbeddedRunner) -> None:
    source = """
def double_all(nums):
    if nums[0] == 2:
        while True: pass
    if nums[0] == 3:
        return [bytearray(8_000_000) for _ in range(1000)]
    if nums[0] == 4:
        while True: print("x" * 10_000)
    if nums[0] == 5:
        return [2, 4][7]
    return [2 * one for one in nums]
"""
    result = await judged(runner, source)
    named = [test.verdict.value for test in result.tests]
    assert named == ["accepted", "time_limit", "memory_limit", "output_limit", "runtime_error", "accepted"]


async def test_an_exception_shows_the_candidates_line(runner: EmbeddedRunner) -> None:
    result = await judged(runner, "def double_all(nums):\n    return nums[7]  # too far\n")
    shown = result.tests[0]
    assert (shown.verdict, shown.message) == (Verdict.RUNTIME_ERROR, "IndexError: list index out of range")
    assert 'File "solution.py", line 2' in (shown.stderr or "")
    assert "# too far" in (shown.stderr or "")


async def test_a_missing_function_is_told(runner: EmbeddedRunner) -> None:
    result = await judged(runner, "def triple_all(nums):\n    return []\n")
    assert (result.verdict, result.tests) == (Verdict.RUNTIME_ERROR, ())
    assert "double_all" in result.message


CHECKER = '''
def check(arguments, expected, answer):
    """Any order."""
    [nums] = arguments
    if len(answer) != len(nums):
        return f"{len(nums)} numbers are needed, not {len(answer)}."
    return sorted(answer) == sorted(expected)
'''


async def test_a_packages_own_checker(runner: EmbeddedRunner) -> None:
    custom = replace(PROBLEM, checker=Checker(CheckerKind.CUSTOM, source=CHECKER))
    right = await judged(runner, "def double_all(nums):\n    return [2 * n for n in nums][::-1]\n", of=custom)
    assert right.message == "Passed 6 of 6 tests."
    wrong = await judged(runner, "def double_all(nums):\n    return nums * 2\n", of=custom)
    assert wrong.tests[0].message == "2 numbers are needed, not 4."
    assert wrong.tests[5].message == ""


@pytest.mark.parametrize(
    "source",
    [
        "def check(arguments, expected, answer):\n    return answer[7]\n",
        "def check(arguments, expected, answer):\n    import os\n    os._exit(0)\n",
        "syntax error\n",
        "def check(arguments, expected, answer):\n    return 1\n",
    ],
    ids=["crash", "exit", "syntax", "number"],
)
async def test_a_broken_checker_is_the_packages_fault(runner: EmbeddedRunner, source: str) -> None:
    custom = replace(PROBLEM, checker=Checker(CheckerKind.CUSTOM, source=source))
    result = await judged(runner, RIGHT["python"], of=custom)
    assert result.verdict is Verdict.INTERNAL_ERROR
    assert "The checker of the problem double-all" in result.message


async def test_a_checker_of_texts(runner: EmbeddedRunner) -> None:
    source = "def check(given, expected, printed):\n    return int(printed) == 2 * int(given) == int(expected)\n"
    cases = (model.TestCase("A", "4\n", "8\n", hidden=False), model.TestCase("B", "5\n", "10\n", hidden=True))
    text = replace(PROBLEM, signature=None, tests=cases, checker=Checker(CheckerKind.CUSTOM, source=source))
    result = await judged(runner, "print(f'  {2 * int(input())}  ')\n", of=text)
    assert result.message == "Passed 2 of 2 tests."
