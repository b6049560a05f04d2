from typing import Any

import pytest

from interview_platform.problems.signatures.model import (
    NODES_MAX,
    Signature,
    Type,
    WrongValue,
    check_arguments,
    check_value,
    input_line,
    parse_type,
)

TWO_SUM = Signature.parse("two_sum", [("nums", "list<int>"), ("target", "int")], "list<int>")


@pytest.mark.parametrize(
    "text",
    ["int", "long", "float", "string", "bool", "graph", "list<list<list<int>>>", "optional<list<string>>",
     "list<optional<float>>", "linked_list<string>", "list<linked_list<int>>", "tree<bool>", "optional<graph>"],
)  # fmt: skip
def test_a_type_is_written_as_it_is_read(text: str) -> None:
    assert str(parse_type(text)) == text


def test_spaces_in_a_type_do_not_matter() -> None:
    assert parse_type(" list < list<int> > ") == parse_type("list<list<int>>")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'the end' is none of int, long"),
        ("integer", "'integer' is none of"),
        ("list", "'<' is missing: write list<element type>"),
        ("list<int", "'>' is missing: write list<int>"),
        ("list<int>>", "unexpected '>'"),
        ("int<int>", "unexpected '<'"),
        ("tree<list<int>>", "nodes hold int, long, float, string or bool"),
        ("optional<linked_list<int>>", "linked_list<int> can be nothing already"),
        ("optional<optional<int>>", "can be nothing already"),
        ("list<" * 9 + "int" + ">" * 9, "types may be 8 deep"),
        ("list<" * 100_000, "types may be 8 deep"),
    ],
)
def test_what_is_no_type_is_refused_with_a_reason(text: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_type(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("int", 2**31 - 1), ("int", -(2**31)), ("long", 2**53 - 1), ("float", 1), ("float", -0.5), ("float", "NaN"),
        ("float", "-Infinity"), ("string", ""), ("string", "a\0é😀"), ("bool", False), ("list<int>", []),
        ("list<list<string>>", [[], ["a"]]), ("optional<int>", None), ("optional<int>", 0), ("linked_list<int>", [1]),
        ("tree<int>", []), ("tree<int>", [1, None, 2, 3]), ("tree<string>", ["a", "b"]), ("graph", [[1], [0, 1]]),
        ("list<optional<int>>", [None, 1]), ("optional<graph>", [[0]]),
    ],
)  # fmt: skip
def test_values_of_their_types(type: str, value: Any) -> None:
    check_value(parse_type(type), value)


@pytest.mark.parametrize(
    ("type", "value", "said"),
    [
        ("int", True, "true is not an int"),
        ("int", 1.0, "1.0 is not an int"),
        ("int", 2**31, "2147483648 is not in the range of int"),
        ("long", 2**53, "9007199254740992 is not in the range of long"),
        ("float", True, "true is not a float"),
        ("float", "nan", '"nan" is not a float'),
        ("float", float("nan"), 'write "NaN"'),
        ("float", 10**400, "is not in the range of float"),
        ("string", None, "null is not a string"),
        ("string", "\ud800", "half of a surrogate pair"),
        ("bool", 0, "0 is not a bool"),
        ("list<int>", {}, "{} is not a list<int>"),
        ("list<list<int>>", [[1], [2], ["x"]], '[2][0]: "x" is not an int'),
        ("list<optional<int>>", [None, "x"], '[1]: "x" is not an int'),
        ("linked_list<int>", None, "null is not a linked_list<int>"),
        ("linked_list<int>", [None], "[0]: null is not an int"),
        ("linked_list<int>", [0] * (NODES_MAX + 1), "more than 1000000 nodes"),
        ("tree<int>", [1, None], "does not end with null"),
        ("tree<int>", [None, 1], "the value at 1 of the level order has no parent"),
        ("list<tree<int>>", [[], [1, None, None, 2]], "[1]: the value at 3 of the level order has no parent"),
        ("tree<int>", [1, "x"], '[1]: "x" is not an int'),
        ("graph", [[1], [2]], "[1][0]: there is no node 2"),
        ("string", 10**100, "1" + "0" * 58 + "… is not a string"),
    ],
)
def test_other_values_are_refused_with_the_place(type: str, value: Any, said: str) -> None:
    with pytest.raises(WrongValue) as refused:
        check_value(parse_type(type), value)
    assert said in str(refused.value)


def test_arguments_are_checked_by_name() -> None:
    check_arguments(TWO_SUM, [[1, 2], 3])
    for arguments, said in (
        ([[1, "x"], 3], 'nums[1]: "x" is not an int'),
        ([[1], None], "target: null is not an int"),
        ([[1]], "1 values; two_sum takes 2: nums, target"),
    ):
        with pytest.raises(WrongValue) as refused:
            check_arguments(TWO_SUM, arguments)
        assert str(refused.value) == said


def test_an_input_is_one_line_whatever_is_in_it() -> None:
    echo = Signature.parse("echo", [("text", "string")], "string")
    assert input_line(echo, ["a\nb\u2028é"]) == '["a\\nb\u2028é"]'


def test_a_function_may_answer_by_changing_an_argument() -> None:
    rotate = Signature.parse("rotate", [("nums", "list<int>"), ("k", "int")], "argument nums")
    assert rotate.in_place == "nums"
    assert rotate.returns == parse_type("list<int>")


@pytest.mark.parametrize(
    ("name", "parameters", "returns", "said"),
    [
        ("twoSum", [("a", "int")], "int", "snake_case"),
        ("class", [("a", "int")], "int", "keeps for itself"),
        ("f" * 41, [("a", "int")], "int", "longer than 40"),
        ("f", [], "int", "needs a parameter"),
        ("f", [("a", "int"), ("a", "int")], "int", "names of their own"),
        ("f", [("f", "int")], "int", "names of their own"),
        ("f", [("a_b", "int"), ("aB", "int")], "int", "snake_case"),
        ("f", [("a", "int")], "argument b", "no such parameter"),
        ("f", [("a", "int")], "argument a", "cannot change its int"),
        ("f", [("a", "optional<list<int>>")], "argument a", "cannot change"),
        ("f", [("a", "int")], "void", "'void' is none of"),
    ],
)
def test_signatures_that_some_language_could_not_have(
    name: str, parameters: list[tuple[str, str]], returns: str, said: str
) -> None:
    with pytest.raises(ValueError) as refused:
        Signature.parse(name, parameters, returns)
    assert said in str(refused.value)


def test_an_element_type_only_where_there_is_one() -> None:
    integer = parse_type("int")
    with pytest.raises(ValueError):
        Type(integer.kind, integer)
    with pytest.raises(ValueError):
        Type(parse_type("list<int>").kind)
