"""Judging as an object: what a run of the tests comes to, whatever a runner brings back."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_platform.execution import judging
from interview_platform.execution.cases import OWN_LENGTH_MAX, OWN_MAX, OwnCase, cases_of
from interview_platform.execution.judging import Judging
from interview_platform.execution.model import Execution, Job, Outcome, Verdict
from interview_platform.execution.ports import QueueFull
from interview_platform.execution.runs import Result
from interview_platform.kit.errors import Refusal
from interview_platform.problems import model
from interview_platform.problems.model import Checker, CheckerKind, Difficulty, Problem
from interview_platform.problems.signatures.model import Signature

SIGNATURE = Signature.parse("two_sum", [("nums", "list<int>"), ("target", "int")], "list<int>")
CASES = (
    model.TestCase("Open", "[1, 2]\n3\n", "[0, 1]\n", hidden=False),
    model.TestCase("Other", "[5, 5]\n10\n", "[0, 1]\n", hidden=False),
    model.TestCase("Secretive", "[77, 88, 99]\n176\n", "[0, 2]\n", hidden=True),
)
PROGRAM = "def two_sum(nums, target): ..."


def problem(
    checker: Checker = Checker(CheckerKind.EXACT),  # noqa: B008 - a constant
    tests: Sequence[model.TestCase] = CASES,
    signature: Signature | None = SIGNATURE,
) -> Problem:
    return Problem("two-sum", "Two Sum", Difficulty.EASY, (), "", (), (), {}, tuple(tests), {}, signature, checker, 2.0)


def ok(value: Any, **more: Any) -> Execution:
    return Execution(Verdict.OK, answer=json.dumps({"n": 0, "ok": value}), wall_ms=5.0, memory_bytes=1000, **more)


def error(kind: str, **more: Any) -> Execution:
    return Execution(Verdict.OK, answer=json.dumps({"n": 0, "error": {"kind": kind, **more}}), wall_ms=5.0)


async def never(job: Job) -> Outcome:
    raise AssertionError(f"nothing else has to be run: {job}")


async def judged(
    *done: Execution,
    of: Problem | None = None,
    own: Sequence[OwnCase] = (),
    language: str = "python",
    run: judging.RunJob = never,
) -> Result:
    given = of or problem()
    tests = Judging(given, language, PROGRAM, cases_of(given, own))
    return await tests.result(Outcome(None, done), run)


def verdicts(result: Result) -> list[str]:
    return [test.verdict.value for test in result.tests]


async def test_what_the_runner_is_asked() -> None:
    own = [OwnCase("[3, 4]\r\n7", "[0, 1]")]
    job = Judging(problem(), "python", PROGRAM, cases_of(problem(), own)).job
    assert job.inputs == ("[[1, 2],3]", "[[5, 5],10]", "[[3, 4],7]", "[[77, 88, 99],176]")
    assert job.exchange
    assert job.limits is not None
    assert job.limits.wall_seconds == 2.0
    assert job.total_seconds == judging.TESTS_SECONDS
    for secret in ("[0, 2]", "[0,2]"):
        assert secret not in job.source, "expected answers never enter the sandbox"


async def test_all_accepted() -> None:
    result = await judged(ok([0, 1], stdout="hi\n"), ok([0, 1]), ok([0, 2]))
    assert (result.verdict, result.message, result.total) == (Verdict.ACCEPTED, "Passed 3 of 3 tests.", 3)
    shown = result.tests[0]
    assert (shown.actual, shown.prints, shown.time_ms, shown.memory_bytes) == ("[0, 1]", "hi\n", 5.0, 1000)


async def test_each_case_has_its_own_verdict() -> None:
    result = await judged(
        ok([1, 0]),
        Execution(Verdict.TIME_LIMIT, message="Stopped after 2 s: the time limit.", wall_ms=2000.0),
        error("exception", message="ValueError: no", trace="solution.py, line 1"),
    )
    assert verdicts(result) == ["wrong_answer", "time_limit", "runtime_error"]
    assert (result.verdict, result.message) == (Verdict.WRONG_ANSWER, "Passed 0 of 3 tests.")
    assert result.tests[1].message == "Stopped after 2 s: the time limit."


async def test_an_exception_is_shown_with_where_it_was() -> None:
    raised = error("exception", message="ValueError: no", trace="line 1\n")
    result = await judged(raised, ok([0, 1]), ok([0, 2]))
    shown = result.tests[0]
    assert (shown.verdict, shown.message, shown.stderr) == (Verdict.RUNTIME_ERROR, "ValueError: no", "line 1\n")


@pytest.mark.parametrize(
    ("how", "told"),
    [({"signal": 11}, "by signal 11: it used memory that is not its own"), ({"status": 3}, "with exit status 3")],
)
async def test_a_function_that_ends_the_process(how: dict[str, int], told: str) -> None:
    result = await judged(error("died", **how), ok([0, 1]), ok([0, 2]))
    assert result.tests[0].verdict is Verdict.RUNTIME_ERROR
    assert told in result.tests[0].message


async def test_a_missing_function_is_said_once() -> None:
    result = await judged(*[error("missing_function", message="There is no function two_sum.")] * 3)
    assert (result.verdict, result.message) == (Verdict.RUNTIME_ERROR, "There is no function two_sum.")
    assert (result.tests, result.total) == ((), 3)


async def test_a_compile_error_is_for_all() -> None:
    tests = Judging(problem(), "python", PROGRAM, cases_of(problem(), ()))
    said = Execution(Verdict.COMPILE_ERROR, stderr="line 1: no", message="The program does not compile.")
    result = await tests.result(Outcome(said), never)
    assert (result.verdict, result.compile_output, result.total) == (Verdict.COMPILE_ERROR, "line 1: no", 3)


@pytest.mark.parametrize(
    "value", [True, [True, 1], [0.0, 1.0], ["0", "1"], [[0, 1]], "[0, 1]", None, {"0": 1}, [0, 2**40], [None, 1]]
)
async def test_an_answer_of_another_type_is_wrong(value: Any) -> None:
    result = await judged(ok(value), ok([0, 1]), ok([0, 2]))
    assert result.tests[0].verdict is Verdict.WRONG_ANSWER
    assert "list<int>" in result.tests[0].message


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[0, 1]",
        '{"ok": [0, 1]}',
        '{"n": 0, "ok": [9, 9], "ok": [0, 1]}',
        '{"n": 0, "ok": [0, 1], "verdict": "accepted"}',
        '{"n": 0, "ok": [0, 1]} ',
        '{"n": 0, "ok": [0, NaN]}',
        '{"n": 0, "ok": ' + "[" * 100_000 + "}",
        '{"n": 0, "ok": ' + "9" * 10_000 + "}",
        '{"n": 0, "ok": [0, 1]}' + " " * 1_000_000,
        '{"n": 0, "error": {"kind": "accepted"}}',
        '{"n": 0, "error": "accepted"}',
    ],
    ids=range(12),
)
async def test_what_is_no_answer_is_never_accepted(answer: str) -> None:
    result = await judged(Execution(Verdict.OK, answer=answer), ok([0, 1]), ok([0, 2]))
    accepted = answer == '{"n": 0, "ok": [0, 1]} '  # white space means nothing in JSON
    assert (result.tests[0].verdict is Verdict.ACCEPTED) == accepted


@given(st.one_of(st.binary(max_size=200).map(lambda data: data.decode(errors="replace")), st.text(max_size=200)))
def test_any_answer_is_judged_and_only_an_equal_one_accepted(text: str) -> None:
    given = problem()
    tests = Judging(given, "python", PROGRAM, cases_of(given, ()))
    for answer in (
        text,
        f'{{"n": 0, "ok": {text}}}',
        f'{{"n": 0, "error": {{"kind": "exception", "message": {text}}}}}',
    ):
        verdict = tests.judge(tests.cases[0], Execution(Verdict.OK, answer=answer)).verdict
        assert (verdict is Verdict.ACCEPTED) == (says(answer) == [0, 1])


def says(answer: str) -> Any:
    try:
        return json.loads(answer)["ok"]
    except (ValueError, TypeError, KeyError):
        return None


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_any_value_is_judged_by_every_checker(value: Any) -> None:
    returns = {CheckerKind.FLOAT: "list<float>", CheckerKind.UNORDERED: "list<list<int>>"}
    for kind in (CheckerKind.EXACT, CheckerKind.FLOAT, CheckerKind.UNORDERED):
        signature = Signature.parse("give", [("n", "int")], returns.get(kind, "list<int>"))
        expected = "[[1], [2, 3]]" if kind is CheckerKind.UNORDERED else "[1, 2]"
        one = problem(Checker(kind, 1e-6), [model.TestCase("A", "1\n", expected + "\n", hidden=False)], signature)
        tests = Judging(one, "python", PROGRAM, cases_of(one, ()))
        answer = json.dumps({"n": 0, "ok": value})
        verdict = tests.judge(tests.cases[0], Execution(Verdict.OK, answer=answer)).verdict
        if verdict is Verdict.ACCEPTED:
            assert is_right(kind, value)


def is_right(kind: CheckerKind, value: Any) -> bool:
    if kind is CheckerKind.UNORDERED:
        return value in ([[1], [2, 3]], [[2, 3], [1]])
    if kind is CheckerKind.FLOAT:
        return close(value, [1, 2])
    return bool(value == [1, 2]) and all(isinstance(one, int) for one in value)


def close(value: list[Any], expected: list[int]) -> bool:
    return len(value) == len(expected) and all(
        abs(one - other) <= 2e-6 for one, other in zip(value, expected, strict=True)
    )


async def test_of_hidden_cases_nothing_but_the_verdict_is_kept() -> None:
    secrets = ("77", "88", "99", "176", "[0, 2]", "Secretive", "told you", "12345", "54321")
    for hidden in (
        ok([0, 2], stdout="told you", stderr="77"),
        ok([77, 88], stdout="told you"),
        Execution(
            Verdict.RUNTIME_ERROR, "told you", "99", exit_code=77, wall_ms=12345, memory_bytes=54321, message="99"
        ),
        error("exception", message="no 77 in there", trace="told you"),
        error("wrong_type", message="no 77 in there"),
        error("died", status=77),
    ):
        result = await judged(ok([0, 1]), ok([0, 1]), hidden)
        assert not any(secret in repr(result) for secret in secrets), result
        assert result.time_ms == 5.0


async def test_own_cases_are_judged_between_visible_and_hidden_ones() -> None:
    own = [OwnCase("[4, 4]\n8", "[0,1]"), OwnCase("[9]\n1"), OwnCase("[9]\n2", "  ")]
    result = await judged(ok([0, 1]), ok([0, 1]), ok([1, 0]), ok([7]), error("exception"), ok([0, 2]), own=own)
    names = ["Open", "Other", "Own case 1", "Own case 2", "Own case 3", "Hidden test 1"]
    assert [test.name for test in result.tests] == names
    assert [test.own for test in result.tests] == [False, False, True, True, True, False]
    good, bad = "accepted", "wrong_answer"
    assert verdicts(result) == [good, good, bad, "ok", "runtime_error", good]
    assert (result.message, result.total) == ("Passed 3 of 4 tests.", 4)
    assert (result.tests[3].actual, result.tests[3].expected) == ("[7]", None)


@pytest.mark.parametrize(
    ("own", "code", "where"),
    [
        ([OwnCase("[1]\n1")] * (OWN_MAX + 1), "too_many_cases", "cases"),
        ([OwnCase("[1]\n1"), OwnCase("[1]")], "bad_case", "cases[1].input"),
        ([OwnCase('["x"]\n1')], "bad_case", "cases[0].input"),
        ([OwnCase("[1]\n1", "1")], "bad_case", "cases[0].expected"),
        ([OwnCase("[1]\n" + " " * OWN_LENGTH_MAX + "1")], "bad_case", "cases[0].input"),
        ([OwnCase("[1]\n1", "[" + " " * OWN_LENGTH_MAX + "]")], "bad_case", "cases[0].expected"),
    ],
)
def test_bad_cases_are_refused_with_their_place(own: list[OwnCase], code: str, where: str) -> None:
    with pytest.raises(Refusal) as refused:
        cases_of(problem(), own)
    assert (refused.value.code, list(refused.value.fields or ())) == (code, [where])


def apart(*batches: Sequence[Execution]) -> tuple[judging.RunJob, list[Job]]:
    """A runner that answers job after job with these."""
    jobs: list[Job] = []

    async def run(job: Job) -> Outcome:
        assert job.apart
        jobs.append(job)
        return Outcome(None, tuple(batches[len(jobs) - 1]))

    return run, jobs


async def test_what_failed_in_a_shared_process_is_run_again_apart() -> None:
    run, jobs = apart([ok([0, 1], stdout="alone"), ok([1, 1])])
    result = await judged(ok([0, 1]), ok([9, 9]), ok([8, 8]), language="javascript", run=run)
    assert verdicts(result) == ["accepted", "accepted", "wrong_answer"]
    assert result.tests[1].prints == "alone"
    assert [job.inputs for job in jobs] == [("[[5, 5],10]", "[[77, 88, 99],176]")]


MANY = [model.TestCase(f"N{n}", f"[{n}, 1]\n{n + 1}\n", "[0, 1]\n", hidden=False) for n in range(8)]


async def test_a_program_that_fails_apart_as_well_is_not_run_again_for_every_case() -> None:
    run, jobs = apart([ok([9, 9])] * 3)
    result = await judged(*[ok([9, 9])] * 8, of=problem(tests=MANY), language="java", run=run)
    assert verdicts(result) == ["wrong_answer"] * 8
    assert len(jobs) == 1


async def test_one_whose_cases_disturb_each_other_is() -> None:
    run, jobs = apart([ok([9, 9]), ok([0, 1]), ok([0, 1])], [ok([0, 1])] * 4)
    result = await judged(*[ok([9, 9])] * 8, of=problem(tests=MANY), language="java", run=run)
    assert verdicts(result) == ["wrong_answer"] * 2 + ["accepted"] * 6
    assert [len(job.inputs) for job in jobs] == [3, 4]


async def test_what_there_was_no_time_for_keeps_its_verdict() -> None:
    late = Execution(Verdict.TIME_LIMIT, message="Not run: those before it took too long together.")
    run, _ = apart([ok([0, 1]), late])
    result = await judged(ok([0, 1]), ok([9, 9]), ok([8, 8]), language="go", run=run)
    assert verdicts(result) == ["accepted", "accepted", "wrong_answer"]


@pytest.mark.parametrize("language", ["python", "cpp"])
async def test_where_each_case_has_a_process_nothing_is_run_again(language: str) -> None:
    assert verdicts(await judged(ok([0, 1]), ok([9, 9]), ok([8, 8]), language=language))[1] == "wrong_answer"


async def test_the_first_of_a_process_is_not_run_again() -> None:
    died = Execution(Verdict.TIME_LIMIT, wall_ms=2000.0)
    run, jobs = apart([died])
    result = await judged(ok([9, 9]), died, ok([8, 8]), language="javascript", run=run)
    assert verdicts(result) == ["wrong_answer", "time_limit", "wrong_answer"]
    assert [job.inputs for job in jobs] == [("[[5, 5],10]",)]


async def test_a_full_queue_leaves_the_first_verdicts() -> None:
    async def full(_: Job) -> Outcome:
        raise QueueFull

    result = await judged(ok([0, 1]), ok([9, 9]), ok([0, 2]), language="javascript", run=full)
    assert verdicts(result) == ["accepted", "wrong_answer", "accepted"]


CUSTOM = Checker(CheckerKind.CUSTOM, source="def check(arguments, expected, answer): ...")


def said(*answers: Any) -> Callable[[Job], Any]:
    async def run(job: Job) -> Outcome:
        assert job.language == "python"
        assert json.loads(job.inputs[0]) == [[[1, 2], 3], [0, 1], [1, 0]]
        done = [Execution(Verdict.OK, answer=json.dumps({"n": 0, "ok": one})) for one in answers]
        return Outcome(None, tuple(done))

    return run


async def test_a_packages_own_checker_decides() -> None:
    done = (ok([1, 0]), ok([0, 1]), ok([5]))
    result = await judged(*done, of=problem(CUSTOM), run=said(True, "These do not add up.", False))
    assert verdicts(result) == ["accepted", "wrong_answer", "wrong_answer"]
    assert result.tests[1].message == "These do not add up."


async def test_it_is_asked_only_about_answers_of_the_right_type() -> None:
    result = await judged(ok([1, 0]), ok("x"), error("exception"), of=problem(CUSTOM), run=said(True))
    assert verdicts(result) == ["accepted", "wrong_answer", "runtime_error"]


@pytest.mark.parametrize(
    "broken",
    [
        Execution(Verdict.RUNTIME_ERROR, stderr="NameError: x", exit_code=1),
        Execution(Verdict.TIME_LIMIT, message="Stopped after 5 s: the time limit."),
        Execution(Verdict.OK, answer='{"n": 0, "ok": 1}'),
        Execution(Verdict.OK, answer="nonsense"),
    ],
    ids=["crash", "time", "number", "nonsense"],
)
async def test_a_broken_checker_is_not_the_candidates_fault(broken: Execution) -> None:
    async def run(_: Job) -> Outcome:
        return Outcome(None, (broken,) * 3)

    result = await judged(ok([1, 0]), ok([0, 1]), ok([5]), of=problem(CUSTOM), run=run)
    assert result.verdict is Verdict.INTERNAL_ERROR
    assert "checker of the problem two-sum" in result.message
    assert result.tests == ()


async def test_a_checker_that_cannot_be_run_is_not_either() -> None:
    async def full(_: Job) -> Outcome:
        raise QueueFull

    result = await judged(ok([1, 0]), ok([0, 1]), ok([5]), of=problem(CUSTOM), run=full)
    assert (result.verdict, "two-sum" in result.message) == (Verdict.INTERNAL_ERROR, True)


async def test_texts_are_judged_as_texts() -> None:
    cases = [model.TestCase("A", "1 2\n", "3 4\n", hidden=False), model.TestCase("B", "x\n", "5\n", hidden=True)]
    done = (Execution(Verdict.OK, "3  4", wall_ms=1), Execution(Verdict.OK, "5\n\n", wall_ms=1))
    for kind, expected in ((CheckerKind.LINES, "wrong_answer"), (CheckerKind.TOKENS, "accepted")):
        result = await judged(*done, of=problem(Checker(kind), cases, None))
        assert verdicts(result) == [expected, "accepted"]
        assert (result.tests[0].actual, result.tests[0].prints) == ("3  4", None)
