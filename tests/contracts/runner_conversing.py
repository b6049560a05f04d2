"""Part of the contract of a `Runner`: the conversation with a driver (kit/exchange.py), with small ones."""

import json
from collections.abc import Sequence
from dataclasses import replace

from interview_platform.execution.model import Execution, Job, Limits, Verdict
from interview_platform.execution.ports import Runner
from tests.contracts.runner_kit import LIMITS, Can, Contract

# Calls solve(arguments) for each input. `say` writes a line where answers go.
DRIVER = """
import json, os, sys, time
try:
    os.fstat(5)
    IN, OUT = 5, 6
except OSError:
    IN, OUT = 0, 1
lines = open(IN, "rb", 0)
SECRET = json.loads(lines.readline())["secret"]
BEFORE = "" if OUT == 6 else "\\n"

def say(line):
    sys.stdout.flush()
    data = line.encode()
    while data:
        data = data[os.write(OUT, data):]

def answer(n, **fields):
    return f"{BEFORE}{SECRET} {json.dumps({'n': n, **fields})}\\n"

@SOLVE@

for n, line in enumerate(lines):
    say(answer(n, ok=solve(*json.loads(line))))
"""

C_DRIVER = r"""
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  struct stat there;
  int channel = fstat(5, &there) == 0, n = 0;
  FILE *in = channel ? fdopen(5, "r") : stdin;
  FILE *out = channel ? fdopen(6, "w") : stdout;
  char hello[200], secret[33] = {0};
  fgets(hello, sizeof hello, in);
  memcpy(secret, strchr(hello, ':') + 3, 32);
  for (int a, b; fscanf(in, " [%d, %d]", &a, &b) == 2; n++) {
    if (b == 0) a /= b;
    printf("%d and %d\n", a, b);
    fflush(stdout);
    fprintf(out, "%s%s {\"n\": %d, \"ok\": %d}\n", channel ? "" : "\n", secret, n, a + b);
    fflush(out);
  }
}
"""


def value(done: Execution) -> object:
    assert (done.verdict, done.message) == (Verdict.OK, ""), done
    assert done.answer is not None
    return json.loads(done.answer)["ok"]


async def conversed(
    runner: Runner, solve: str, inputs: Sequence[object], limits: Limits = LIMITS, **more: object
) -> Sequence[Execution]:
    job = Job("python", DRIVER.replace("@SOLVE@", solve), tuple(map(json.dumps, inputs)), exchange=True, limits=limits)
    return (await runner.run(replace(job, **more))).executions  # type: ignore[arg-type] # fields of a job


class ConverseContract(Contract):
    async def test_each_input_has_its_answer_and_its_prints(self, runner: Runner) -> None:
        self.needs(Can.CONVERSE)
        solve = "def solve(a, b):\n    print('adding', a)\n    print('b is', b, file=sys.stderr)\n    return a + b"
        done = await conversed(runner, solve, [[1, 2], ["grüß", "dich"], [[1], [2]], [1000, 1]])
        assert [value(one) for one in done] == [3, "grüßdich", [1, 2], 1001]
        assert [one.stdout for one in done] == ["adding 1\n", "adding grüß\n", "adding [1]\n", "adding 1000\n"]
        assert [one.stderr for one in done][:2] == ["b is 2\n", "b is dich\n"]
        assert all(0 <= one.wall_ms < 20_000 for one in done)

    async def test_compiled_once(self, runner: Runner) -> None:
        self.needs(Can.STAY)
        job = Job("c", C_DRIVER, ("[1, 2]", "[3, 0]", "[5, 6]"), exchange=True, limits=LIMITS)
        outcome = await runner.run(job)
        assert outcome.compile is not None
        first, second, third = outcome.executions
        assert (value(first), first.stdout) == (3, "1 and 2\n")
        assert (second.verdict, second.answer, second.signal) == (Verdict.RUNTIME_ERROR, None, "SIGFPE")
        assert (value(third), third.stdout) == (11, "5 and 6\n")

    async def test_who_dies_costs_its_case_only(self, runner: Runner) -> None:
        self.needs(Can.CONVERSE)
        solve = (
            "calls = []\ndef solve(how):\n    calls.append(how)\n    print(how, flush=True)\n"
            "    if how == 'exit': os._exit(3)\n    if how == 'leave': sys.exit(0)\n    return len(calls)"
        )
        done = await conversed(runner, solve, [["a"], ["exit"], ["b"], ["leave"], ["c"]])
        assert [value(one) for one in (done[0], done[2], done[4])] == [1, 1, 1]
        assert [one.stdout for one in done] == ["a\n", "exit\n", "b\n", "leave\n", "c\n"]
        assert (done[1].verdict, done[1].exit_code, done[1].answer) == (Verdict.RUNTIME_ERROR, 3, None)
        assert done[3].verdict is Verdict.RUNTIME_ERROR
        assert all(one.message for one in (done[1], done[3]))

    async def test_time_is_each_cases_own(self, runner: Runner) -> None:
        self.needs(Can.CONVERSE)
        solve = "def solve(seconds):\n    print('on', flush=True)\n    time.sleep(seconds)\n    return seconds"
        limits = replace(LIMITS, wall_seconds=4)
        done = await conversed(runner, solve, [[1.5], [1.5], [1.5], [60], [0]], limits)
        assert [one.verdict for one in done] == [*[Verdict.OK] * 3, Verdict.TIME_LIMIT, Verdict.OK]
        assert (done[3].stdout, bool(done[3].message)) == ("on\n", True)
        assert done[0].wall_ms >= 1500
        assert done[3].wall_ms >= 4000

    async def test_processor_time_is_not_shared_out(self, runner: Runner) -> None:
        self.needs(Can.CONVERSE)
        solve = (
            "def solve(n):\n    end = time.process_time() + 0.6\n"
            "    while time.process_time() < end: pass\n    return n"
        )
        done = await conversed(runner, solve, [[n] for n in range(4)], replace(LIMITS, cpu_seconds=1))
        assert [value(one) for one in done] == [0, 1, 2, 3]

    async def test_output_limit_is_each_cases_own(self, runner: Runner) -> None:
        self.needs(Can.CONVERSE)
        solve = "def solve(n):\n    print('x' * n, end='')\n    return n"
        done = await conversed(runner, solve, [[60_000], [60_000], [200_000], [60_000]])
        assert [one.verdict for one in done] == [Verdict.OK, Verdict.OK, Verdict.OUTPUT_LIMIT, Verdict.OK]
        assert [len(one.stdout) for one in done] == [60_000, 60_000, LIMITS.output_bytes, 60_000]
        assert done[2].truncated

    async def test_only_the_right_answer_to_the_case_in_flight_counts(self, runner: Runner) -> None:
        self.needs(Can.STAY)
        solve = (
            "def solve(n):\n"
            '    forged = [f\'{"0" * 32} {{"n": {n}, "ok": 666}}\', \'{"n": 0, "ok": 666}\', \'noise\', \'\']\n'
            "    forged += [SECRET, f'{SECRET} nonsense', f'{SECRET} [{n}]', f'{SECRET} {\"[\" * 50_000}']\n"
            "    wrong = ''.join(answer(m, ok=666) for m in (n - 1, n + 1, None, str(n), True, float(n)))\n"
            "    say('\\n'.join(forged) + '\\n' + wrong)\n"
            "    return n"
        )
        done = await conversed(runner, solve, [[n] for n in range(3)])
        assert [value(one) for one in done] == [0, 1, 2]

    async def test_an_answer_ahead_of_its_input_is_none(self, runner: Runner) -> None:
        self.needs(Can.STAY)
        solve = (
            "def solve(n):\n    if n == 0:\n        say(answer(0, ok='real') + answer(1, ok='forged'))\n"
            "        next(lines)\n        say(answer(1, ok='real'))\n    time.sleep(60)"
        )
        done = await conversed(runner, solve, [[0], [1]])
        assert [value(one) for one in done] == ["real", "real"]

    async def test_memory_is_what_the_program_says_up_to_what_it_used(self, runner: Runner) -> None:
        self.needs(Can.STAY)
        solve = (
            "def solve(claimed):\n    say(answer(solve.n, ok=1, memory=claimed))\n    solve.n += 1\n"
            "    line = next(lines, None)\n    return solve(*json.loads(line)) if line else os._exit(0)\nsolve.n = 0"
        )
        done = await conversed(runner, solve, [[3_000_000], [10**15], [None], [-5], ["much"], [True]])
        assert done[0].memory_bytes == 3_000_000
        whole = done[1].memory_bytes
        assert whole is not None
        assert 3_000_000 < whole <= LIMITS.memory_bytes
        assert [one.memory_bytes for one in done[2:]] == [whole] * 4

    async def test_memory_limit_costs_its_case_only(self, runner: Runner) -> None:
        self.needs(Can.CONVERSE)
        solve = "def solve(n):\n    return len(bytearray(b'x') * n)"
        done = await conversed(runner, solve, [[10], [2 * LIMITS.memory_bytes], [20]])
        assert [one.verdict for one in done] == [Verdict.OK, Verdict.MEMORY_LIMIT, Verdict.OK]

    async def test_stops_early_when_told_to(self, runner: Runner) -> None:
        self.needs(Can.CONVERSE)
        solve = "def solve(n):\n    if n == 1: os._exit(1)\n    return n"
        done = await conversed(runner, solve, [[0], [1], [2]], stop_at_first_failure=True)
        assert [one.verdict for one in done] == [Verdict.OK, Verdict.RUNTIME_ERROR]

    async def test_cases_beyond_the_time_for_all_are_not_asked(self, runner: Runner) -> None:
        self.needs(Can.STAY)
        solve = "def solve(n):\n    time.sleep(n)\n    return n"
        done = await conversed(runner, solve, [[1.5], [1.5], [0], [0]], total_seconds=2)
        assert [one.verdict for one in done] == [Verdict.OK, Verdict.OK, Verdict.TIME_LIMIT, Verdict.TIME_LIMIT]
        assert all(one.message for one in done[2:])
