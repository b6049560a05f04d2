"""What candidates get: beautiful, compiling without a warning, and wrong."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from interview_platform.problems.signatures.drivers import LANGUAGES_WITH_DRIVERS, starter
from interview_platform.problems.signatures.model import Signature, parse_type
from tests.problems.signatures.talking import build, every_language, talk
from tests.problems.signatures.values import echo_of

SHOWN = Path(__file__).parent / "starters.md"
TWO_SUM = Signature.parse("two_sum", [("nums", "list<int>"), ("target", "int")], "list<int>")
MERGE = Signature.parse(
    "merge_lists", [("lists", "list<linked_list<int>>"), ("limit", "optional<int>")], "linked_list<int>"
)
SUMMARIES = {
    TWO_SUM.name: "Returns the positions of the two numbers that add up to target.",
    MERGE.name: "Returns all the nodes as one sorted list, of at most limit nodes.",
}
# Values that no placeholder is.
VALUES = {
    "int": "7", "long": "7", "float": "7.5", "string": '"x"', "bool": "true", "list<int>": "[7]",
    "list<list<string>>": '[["x"]]', "list<optional<long>>": "[7]", "optional<int>": "7", "optional<string>": '"x"',
    "optional<list<float>>": "[7.5]", "linked_list<int>": "[7]", "linked_list<string>": '["x"]', "tree<bool>": "[true]",
    "tree<float>": "[7.5]", "list<tree<int>>": "[[7]]", "graph": "[[0]]",
}  # fmt: skip
# A compilation each.
FEW = ("bool", "list<list<string>>", "tree<float>")


@every_language
def test_one_starter_in_full(language: str) -> None:
    shown = re.findall(r"```(\w+)\n(.*?)```\n", SHOWN.read_text(encoding="utf-8"), re.DOTALL)
    assert [name for name, _ in shown] == [name for name in LANGUAGES_WITH_DRIVERS for _ in range(2)]
    mine = [text for name, text in shown if name == language]
    assert mine == [starter(language, signature, SUMMARIES[signature.name]) for signature in (TWO_SUM, MERGE)]


@every_language
def test_starters_compile_without_a_warning_and_give_a_wrong_answer(language: str, tmp_path: Path) -> None:
    some = FEW if language in ("java", "cpp", "go") else VALUES
    for number, type in enumerate(some):
        signature = echo_of(type, "int", "list<int>", "linked_list<string>")
        built = build(language, signature, starter(language, signature), tmp_path / str(number))
        said = talk(built, [f'[{VALUES[type]},1,[2],["x"]]'])
        assert built.compiler_said == ""
        assert (said.stdout, said.stderr) == ("", "")
        assert "ok" in said.answers[0], said
        assert said.answers[0]["ok"] != json.loads(VALUES[type])


@pytest.mark.parametrize("language", ["java", "cpp", "go"])
def test_the_other_types_compile_as_well(language: str, tmp_path: Path) -> None:
    """All in one compilation: a parameter of each type, the first of which is the answer."""
    types = [type for type in VALUES if type not in FEW]
    signature = echo_of(*types)
    built = build(language, signature, starter(language, signature), tmp_path)
    assert built.compiler_said == ""
    (answer,) = talk(built, [f"[{','.join(VALUES[type] for type in types)}]"]).answers
    assert "ok" in answer


@every_language
def test_a_starter_that_changes_an_argument_changes_nothing(language: str, tmp_path: Path) -> None:
    signature = Signature.parse("set_first", [("nums", "list<int>"), ("to", "int")], "argument nums")
    text = starter(language, signature)
    assert "Changes nums in place." in text
    assert "return " not in text
    built = build(language, signature, text, tmp_path)
    assert built.compiler_said == ""
    assert talk(built, ["[[1,2],7]"]).values == [[1, 2]]


def test_go_starters_are_formatted(tmp_path: Path) -> None:
    if not Path("/usr/bin/gofmt").exists():
        pytest.skip("gofmt is not installed")
    for type in VALUES:
        text = starter("go", echo_of(type, "tree<string>", "linked_list<float>"))
        done = subprocess.run(["/usr/bin/gofmt"], input=text, capture_output=True, text=True, check=True)
        assert done.stdout == text


def test_lists_of_several_elements_have_names_of_their_own() -> None:
    signature = echo_of("linked_list<int>", "linked_list<string>", "tree<float>")
    for language in ("java", "cpp", "go", "javascript", "typescript"):
        text = starter(language, signature)
        assert "StringListNode" in text
        assert "FloatTreeNode" not in text  # the only kind of tree: a TreeNode
        assert parse_type("linked_list<int>") == signature.returns
