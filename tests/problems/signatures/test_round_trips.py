"""Random values there and back: every language's driver gives the function what was said, and says what it returned."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings

from interview_platform.problems.signatures.model import Signature, check_value, input_line
from tests.problems.signatures.talking import Said, build, every_language, need, run_with_input, talk, talk_in_batch
from tests.problems.signatures.values import conversations, echo_of, same, that_echoes

ROWS = 30  # many values for one compilation
DEEP = 100_000  # far beyond any call stack

# Whatever the dice say: each kind read and written.
EVERYTHING: list[tuple[Signature, list[list[Any]]]] = [
    (
        echo_of("list<optional<string>>", "list<float>", "list<list<long>>", "optional<list<bool>>"),
        [
            [
                ["a\0😀", None, ""],
                [0.1, -0.0, 5e-324, 1.7976931348623157e308, "NaN", "-Infinity", 1e22],
                [[], [-1]],
                None,
            ],
            [[], [], [], [True, False]],
        ],
    ),
    (
        echo_of("list<float>", "graph", "linked_list<string>", "linked_list<int>"),
        [
            [
                [
                    0.1,
                    -0.0,
                    0.0,
                    5e-324,
                    1e22,
                    2.7332254692791836e16,
                    1e-7,
                    123456789.125,
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    3,
                ],
                [[1], [0]],
                ["x"],
                [1, 2],
            ]
        ],
    ),
    (
        echo_of("list<tree<float>>", "tree<string>", "tree<int>", "optional<graph>"),
        [[[[1.5, None, "NaN"], []], ["a", "b", None, "c"], [1, None, 2, 3], [[0]]], [[], [], [], None]],
    ),
]


@every_language
@given(conversation=conversations(ROWS))
@example(conversation=EVERYTHING[0])
@example(conversation=EVERYTHING[1])
@example(conversation=EVERYTHING[2])
@settings(
    max_examples=2,  # new ones every time; a compilation each
    phases=[Phase.explicit, Phase.generate],  # making it smaller would compile a hundred times
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_values_come_back_as_they_were(language: str, conversation: tuple[Signature, list[list[Any]]]) -> None:
    need(language)
    signature, rows = conversation
    with TemporaryDirectory() as folder:
        built = build(language, signature, that_echoes(language, signature), Path(folder))
        said = talk(built, [input_line(signature, row) for row in rows])
    assert not built.compiler_said
    came_back(signature, rows, said)


def came_back(signature: Signature, rows: Sequence[Sequence[Any]], said: Said) -> None:
    assert [answer["n"] for answer in said.answers] == list(range(len(rows))), said
    for row, answer in zip(rows, said.answers, strict=True):
        assert "ok" in answer, (row, answer)
        assert same(row[0], answer["ok"]), (row[0], answer["ok"])
        check_value(signature.returns, answer["ok"])
        assert answer["memory"] > 100_000
    assert (said.stdout, said.stderr, said.status) == ("", "", 0)


@every_language
def test_without_descriptors_the_conversation_is_on_standard_input_and_output(language: str, tmp_path: Path) -> None:
    signature, rows = EVERYTHING[0]
    built = build(language, signature, that_echoes(language, signature), tmp_path)
    lines = [input_line(signature, row) for row in rows] * 20
    came_back(signature, list(rows) * 20, talk_in_batch(built, lines))


@every_language
def test_long_lists_and_deep_trees_need_no_deep_stack(language: str, tmp_path: Path) -> None:
    spine: list[int | None] = [0]
    for value in range(1, DEEP):
        spine += [None, value]
    values = list(range(DEEP))
    for number, signature in enumerate(
        (echo_of("linked_list<int>", "tree<int>"), echo_of("tree<int>", "linked_list<int>"))
    ):
        built = build(language, signature, that_echoes(language, signature), tmp_path / str(number))
        row = [values, spine] if number == 0 else [spine, values]
        came_back(signature, [row], talk(built, [input_line(signature, row)]))


@every_language
def test_a_function_that_changes_its_argument_answers_with_it(language: str, tmp_path: Path) -> None:
    signature = Signature.parse("set_first", [("nums", "list<int>"), ("to", "int")], "argument nums")
    source = {
        "python": "def set_first(nums, to):\n    nums[0] = to\n",
        "javascript": "const setFirst = (nums, to) => { nums[0] = to; };",
        "typescript": "function setFirst(nums: number[], to: number): void {\n  nums[0] = to;\n}\n",
        "java": "class Solution {\n    public void setFirst(int[] nums, int to) {\n        nums[0] = to;\n    }\n}\n",
        "cpp": "#include <vector>\nvoid setFirst(std::vector<int>& nums, int to) { nums[0] = to; }\n",
        "go": "func setFirst(nums []int, to int) { nums[0] = to }\n",
    }[language]
    built = build(language, signature, source, tmp_path)
    assert talk(built, ["[[1,2],7]", "[[3],-1]"]).values == [[7, 2], [-1]]


@every_language
def test_run_calls_the_function_with_arguments_from_standard_input(language: str, tmp_path: Path) -> None:
    signature, rows = EVERYTHING[0]
    built = build(language, signature, that_echoes(language, signature), tmp_path, "call")
    given, *others = (input_line(echo_of(str(parameter.type)), [value])[1:-1]
                      for parameter, value in zip(signature.parameters, rows[0], strict=True))  # fmt: skip
    done = run_with_input(built, "\n".join([given, *others]))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n")
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout) == rows[0][0]
    for wrong, said in (
        ("[1]\n", "line 1 (firstOne)"),
        ('["a"\n', "line 1 (firstOne)"),
        ('["a"]\n', "line 2 (other) is missing"),
        ('["a"]\n[1]\n[[1.5]]\nnull\n', "line 3 (third)"),
    ):
        done = run_with_input(built, wrong)
        assert done.returncode == 2
        assert said in done.stderr.replace("first_one", "firstOne")
        assert done.stderr.startswith("Standard input, ")
        assert done.stdout == ""
