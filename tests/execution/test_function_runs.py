"""Runs on a function problem over HTTP: cases of one's own, what Run does, and that nothing hidden gets out."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from interview_platform.execution.model import Execution, Job, Outcome, Verdict
from interview_platform.execution.ports import LanguageInfo
from interview_platform.problems import model
from interview_platform.problems.model import Checker, CheckerKind, Difficulty, Example, Problem
from interview_platform.problems.signatures.model import Signature
from interview_platform.storage.database import Database
from tests.api import Browser
from tests.execution.fake_runner import PYTHON
from tests.execution.rooms import BankWithTests, Rooms
from tests.execution.test_service import room, runs_of

SIGNATURE = Signature.parse("two_sum", [("nums", "list<int>"), ("target", "int")], "list<int>")
PROBLEM = Problem(
    *("two-sum", "Two Sum", Difficulty.EASY, (), "", (Example("[1, 2]\n3\n", "[0, 1]\n", "One."),), (), {}),
    (
        model.TestCase("Open one", "[1, 2]\n3\n", "[0, 1]\n", hidden=False),
        model.TestCase("Secretive", "[770077, 880088]\n1650165\n", "[0, 1]\n", hidden=True),
    ),
    *({}, SIGNATURE, Checker(CheckerKind.EXACT)),
)
FUNCTION = {"language": "python", "source": "def two_sum(nums, target):\n    return [0, 1]\n"}
TESTS = {**FUNCTION, "mode": "tests"}
C = LanguageInfo("c", "C", "12", "c", "solution.c")


@pytest.fixture(autouse=True)
def function_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BankWithTests, "get", lambda _, slug: PROBLEM if slug == "two-sum" else None)


def answers(*values: Any) -> Outcome:
    done = [Execution(Verdict.OK, answer=json.dumps({"n": 0, "ok": value}), wall_ms=5.0) for value in values]
    return Outcome(None, tuple(done))


async def asked(rooms: Rooms, **more: Any) -> dict[str, Any]:
    ada = await rooms.api.person("Ada")
    answer = await ada.call("POST", "/api/runs", {**FUNCTION, "problem": "two-sum", **more}, status=201)
    run: dict[str, Any] = answer["run"]
    return run


async def refused(rooms: Rooms, **more: Any) -> tuple[int, str, dict[str, str]]:
    ada = await rooms.api.person("Ada")
    answer = await ada.post("/api/runs", json={**FUNCTION, "problem": "two-sum", **more})
    return answer.status_code, answer.json()["code"], answer.json().get("fields", {})


async def test_own_cases_are_judged_and_shown(rooms: Rooms) -> None:
    rooms.runner.outcome = answers([0, 1], [0, 1], [5], [0, 1])
    cases = [{"input": "[3, 4]\n7", "expected": "[0, 1]"}, {"input": "[3, 4]\n8"}]
    run = await asked(rooms, mode="tests", cases=cases)
    assert (run["verdict"], run["message"], run["passed"], run["total"]) == (
        *("accepted", "Passed 3 of 3 tests."),
        *(3, 3),
    )
    told = [(test["name"], test["own"], test["verdict"], test["actual"]) for test in run["tests"]]
    assert told == [
        ("Open one", False, "accepted", "[0, 1]"),
        ("Own case 1", True, "accepted", "[0, 1]"),
        ("Own case 2", True, "ok", "[5]"),
        ("Hidden test 1", False, "accepted", None),
    ]


@pytest.mark.parametrize(
    ("cases", "code", "field"),
    [
        ([{"input": "[1]\n1"}] * 11, "too_many_cases", "cases"),
        ([{"input": "[1]\n1"}, {"input": "[1]"}], "bad_case", "cases[1].input"),
        ([{"input": "[1]\n1", "expected": "1"}], "bad_case", "cases[0].expected"),
    ],
)
async def test_bad_cases_are_refused(rooms: Rooms, cases: list[Any], code: str, field: str) -> None:
    status, told, fields = await refused(rooms, mode="tests", cases=cases)
    assert (status, told, list(fields)) == (422, code, [field])
    assert rooms.runner.jobs == []


async def test_a_language_that_nothing_calls_functions_in(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    def languages() -> Sequence[LanguageInfo]:
        return [PYTHON, C]

    monkeypatch.setattr(rooms.runner, "languages", languages)
    assert (await refused(rooms, mode="tests", language="c"))[:2] == (422, "no_tests_in_language")
    run = await asked(rooms, language="c", source="int two_sum(void);")
    assert run["verdict"] == "ok"
    assert rooms.runner.jobs[-1].source == "int two_sum(void);"


async def test_run_calls_the_function(rooms: Rooms) -> None:
    run = await asked(rooms)
    assert run["message"] == "Called two_sum with the first example."
    assert rooms.runner.jobs[-1].inputs == ("[1, 2]\n3\n",)
    assert rooms.runner.jobs[-1].source != FUNCTION["source"]
    run = await asked(rooms, stdin="[5]\r\n6\r\n", interactive=True)
    assert run["message"] == "Called two_sum with the arguments in the input."
    assert rooms.runner.jobs[-1].inputs == ("[5]\n6",)
    assert not rooms.runner.jobs[-1].interactive


async def test_arguments_that_are_none_are_refused(rooms: Rooms) -> None:
    status, code, fields = await refused(rooms, stdin="5 6")
    assert (status, code, list(fields)) == (422, "bad_case", ["stdin"])
    assert "nums, target" in fields["stdin"]


@pytest.mark.parametrize("more", ["print(two_sum([1], 2))\n", "if __name__ == '__main__':\n    two_sum([1], 2)\n"])
async def test_a_program_of_its_own_runs_as_it_is(rooms: Rooms, more: str) -> None:
    source = FUNCTION["source"] + more
    run = await asked(rooms, source=source, stdin="5 6")
    assert run["message"] == "Ran to the end."
    assert (rooms.runner.jobs[-1].source, rooms.runner.jobs[-1].inputs) == (source, ("5 6",))


async def test_so_does_one_that_does_not_name_the_function(rooms: Rooms) -> None:
    await asked(rooms, source="x = 1\n")
    assert rooms.runner.jobs[-1].source == "x = 1\n"


SECRETS = ("770077", "880088", "1650165", "Secretive", "leaked")
LEAKY = [
    Execution(Verdict.OK, "leaked", "leaked", answer='{"n": 0, "ok": [880088]}', wall_ms=770077, memory_bytes=880088),
    Execution(Verdict.OK, answer='{"n":0,"error":{"kind":"exception","message":"leaked","trace":"770077"}}'),
    Execution(Verdict.OK, answer='{"n":0,"error":{"kind":"wrong_type","message":"leaked"}}', stdout="leaked"),
    Execution(Verdict.RUNTIME_ERROR, "leaked", "leaked", exit_code=77, message="leaked", wall_ms=770077),
    Execution(Verdict.OUTPUT_LIMIT, "leaked" * 1000, message="leaked"),
]


@pytest.mark.parametrize("hidden", LEAKY, ids=lambda one: str(one.verdict))
async def test_nothing_hidden_is_told_or_stored(rooms: Rooms, database: Database, hidden: Execution) -> None:
    ada, bob, session = await room(rooms)
    heard = rooms.api.heard(session)
    [fine] = answers([0, 1]).executions
    rooms.runner.outcome = Outcome(None, (fine, hidden))
    run = (await bob.call("POST", runs_of(session), TESTS, status=201))["run"]
    assert run["tests"][1]["verdict"] not in ("accepted", "ok")
    told = [json.dumps(run), json.dumps(heard), await everything(ada, session, run["id"])]
    stored = await database.read(lambda c: [str(row) for row in c.execute(text("select * from runs"))])
    assert stored
    for words in (*told, *stored):
        assert not any(secret in words for secret in SECRETS), words
    assert (run["timeMs"], run["exitCode"]) == (5.0, None)


async def everything(who: Browser, session: dict[str, Any], run: str) -> str:
    pages = [
        await who.call("GET", runs_of(session)),
        await who.call("GET", f"{runs_of(session)}/{run}"),
    ]
    return json.dumps(pages)


async def test_what_is_run_apart_belongs_to_the_same_room(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second job of a run waits in the room's lane, is not watched, and is not another run."""
    javascript = replace(PYTHON, id="javascript", file_name="solution.js")
    monkeypatch.setattr(rooms.runner, "languages", lambda: [javascript])
    _, bob, session = await room(rooms)
    rooms.runner.outcome = answers([9, 9], [9, 9])
    body = {**TESTS, "language": "javascript", "source": "function twoSum() {}"}
    await bob.call("POST", runs_of(session), body, status=201)
    first, second = rooms.runner.jobs
    assert isinstance(second, Job)
    assert (second.apart, second.lane, len(second.inputs)) == (True, first.lane, 1)
    assert len((await bob.call("GET", runs_of(session)))["runs"]) == 1
