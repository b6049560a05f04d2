"""Packages of format 2: what is read of them, and how what does not fit is named."""

from pathlib import Path

import pytest

from interview_platform.problems.embedded import load_bank
from interview_platform.problems.folder import BadPackage
from interview_platform.problems.model import Checker, CheckerKind, Problem
from interview_platform.problems.signatures import drivers
from interview_platform.problems.wrong import WrongSolution, read_wrong
from tests.problems.conftest import MANIFEST, Write
from tests.problems.test_loader import faults

FUNCTION = """\
format: 2
title: Halves
difficulty: easy
tags: [math]
signature:
  name: halve_all
  summary: Returns the halves of nums that are even, with limit at the end.
  parameters:
    - {name: nums, type: list<int>}
    - {name: limit, type: optional<int>}
  returns: list<int>
checker: unordered
time_limit: 1.5
constraints:
  - Up to five.
examples:
  - input: |
      [1, 4]
      7
    output: |
      [2, 7]
    explanation: 1 is odd.
"""
CHANGES: dict[str, str | None] = {
    "problem.yaml": FUNCTION,
    "statement.md": "Halve them.\n",
    "starters/solution.py": None,
    "solutions/solution.py": "def halve_all(nums, limit):\n    return []\n",
    "tests/visible/01-small-numbers.in": "[1, 4]\n7\n",
    "tests/visible/01-small-numbers.out": "[2, 7]\n",
    "tests/hidden/02-zeros.in": "[]\nnull\n",
    "tests/hidden/02-zeros.out": "[]\n",
}


def yaml(old: str, new: str) -> dict[str, str]:
    assert old in FUNCTION
    return {"problem.yaml": FUNCTION.replace(old, new)}


def loaded(write: Write, **changes: str | None) -> Problem:
    return load_bank(write("halves", **{**CHANGES, **changes})).all()[0]


def test_a_function_problem(write: Write) -> None:
    problem = loaded(write)
    signature = problem.signature
    assert signature is not None
    assert [str(parameter.type) for parameter in signature.parameters] == ["list<int>", "optional<int>"]
    assert (problem.checker, problem.time_limit_seconds) == (Checker(CheckerKind.UNORDERED), 1.5)
    assert set(problem.starters) == set(drivers.LANGUAGES_WITH_DRIVERS)
    for starter in problem.starters.values():
        assert "the halves of nums that are even" in starter
        assert starter.endswith("\n")
    assert list(problem.references) == ["python"]
    assert problem.tests[0].input == "[1, 4]\n7\n"


def test_a_problem_of_format_2_without_a_signature(write: Write) -> None:
    changes = MANIFEST.replace("format: 1\n", "format: 2\nchecker: float\ntolerance: 0.5\ntime_limit: 3\n")
    [problem] = load_bank(write(**{"problem.yaml": changes})).all()
    assert (problem.signature, problem.checker) == (None, Checker(CheckerKind.FLOAT, tolerance=0.5))
    assert problem.time_limit_seconds == 3


def test_a_problem_of_format_1_is_as_before(write: Write) -> None:
    [problem] = load_bank(write()).all()
    assert (problem.signature, problem.checker, problem.time_limit_seconds) == (None, Checker(CheckerKind.LINES), None)


def test_a_checker_of_the_package(write: Write) -> None:
    source = "def check(arguments, expected, answer):\n    return True\n"
    problem = loaded(write, **yaml("unordered", "custom"), **{"checker.py": source})
    assert problem.checker == Checker(CheckerKind.CUSTOM, source=source)


WRONG: list[tuple[dict[str, str], str]] = [
    (yaml("list<int>\n", "lst<int>\n"), "problem.yaml: signature: type 'lst<int>'"),
    (yaml("halve_all", "halveAll"), "problem.yaml: signature: 'halveAll' is not a name"),
    (yaml("name: limit", "name: class"), "problem.yaml: signature: 'class' is a word that one of the languages keeps"),
    (yaml("returns: list<int>", "returns: argument limit"), "problem.yaml: signature: returns: argument limit"),
    (
        yaml("  summary: Returns the halves of nums that are even, with limit at the end.\n", ""),
        "signature.summary: is",
    ),
    (yaml("unordered", "sorted"), "problem.yaml: checker: input should be"),
    (yaml("unordered", "tokens"), "problem.yaml: checker: tokens compares texts"),
    (yaml("unordered", "exact\nnested: true"), "problem.yaml: nested: goes with `checker: unordered` only"),
    (yaml("unordered", "exact\ntolerance: 0.1"), "problem.yaml: tolerance: goes with `checker: float` only"),
    (yaml("1.5", "11"), "problem.yaml: time_limit: input should be less than or equal to 10"),
    (yaml("unordered", "custom"), "checker.py: is missing"),
    ({"checker.py": "x\n"}, "checker.py: is used only with `checker: custom`"),
    ({"starters/solution.py": "x\n"}, "starters: has nothing to hold"),
    ({"solutions/solution.c": "x\n"}, "solutions/solution.c: is not the file of a language"),
    ({"solutions/Main.java": "x\n"}, "solutions/Main.java: is not the file of a language"),
    ({"tests/hidden/02-zeros.in": "[]\n"}, "02-zeros.in: has 1 lines; halve_all takes one line of JSON for each of"),
    ({"tests/hidden/02-zeros.in": '["x"]\n1\n'}, '02-zeros.in: line 1 (nums: list<int>): [0]: "x" is not an int'),
    ({"tests/hidden/02-zeros.in": "[1, 2\n1\n"}, "02-zeros.in: line 1 (nums: list<int>): is not JSON"),
    ({"tests/hidden/02-zeros.in": "[]\n2147483648\n"}, "02-zeros.in: line 2 (limit: optional<int>): 2147483648"),
    ({"tests/hidden/02-zeros.out": "[1.5]\n"}, "02-zeros.out: list<int>: [0]: 1.5 is not an int"),
    ({"tests/hidden/02-zeros.out": "[1]\n[2]\n"}, "02-zeros.out: list<int>: is not JSON"),
]


@pytest.mark.parametrize(("changes", "fault"), WRONG, ids=[fault for _, fault in WRONG])
def test_what_does_not_fit_is_named(write: Write, changes: dict[str, str], fault: str) -> None:
    [told] = faults(write("halves", **{**CHANGES, **changes}))
    assert told.startswith("halves/")
    assert fault in told


@pytest.mark.parametrize("checker", ["exact", "unordered"])
def test_floats_are_not_compared_to_the_letter(write: Write, checker: str) -> None:
    changes = FUNCTION.replace("returns: list<int>", "returns: list<float>").replace("unordered", checker)
    [told] = faults(write("halves", **{**CHANGES, "problem.yaml": changes}))
    assert f"checker: {checker} does not do for floats" in told


def test_what_must_fail_says_how(write: Write) -> None:
    folder = write(
        "halves",
        **CHANGES,
        **{
            "wrong/slow.py": "# verdict: time_limit\nx\n",
            "wrong/Off.java": "// verdict: wrong_answer\ny\n",
        },
    )
    assert len(load_bank(folder).all()) == 1
    assert read_wrong(folder / "halves") == [
        WrongSolution("Off.java", "java", "// verdict: wrong_answer\ny\n", "wrong_answer"),
        WrongSolution("slow.py", "python", "# verdict: time_limit\nx\n", "time_limit"),
    ]
    assert read_wrong(folder / "nothing-there") == []


@pytest.mark.parametrize(
    "source", ["x\n", "# verdict: accepted\n", "# verdict: nonsense\n", "\n# verdict: time_limit\n"]
)
def test_what_does_not_say_how_it_fails(write: Write, source: str) -> None:
    folder = write("halves", **CHANGES, **{"wrong/slow.py": source})
    with pytest.raises(BadPackage, match=r"halves/wrong/slow\.py: the first line is not a comment like"):
        read_wrong(folder / "halves")


def test_what_must_fail_is_in_a_language(write: Write, tmp_path: Path) -> None:
    folder = write("halves", **CHANGES, **{"wrong/slow.rb": "# verdict: time_limit\n"})
    with pytest.raises(BadPackage, match=r"slow\.rb: does not end like a language's file"):
        read_wrong(folder / "halves")
