"""What a driver says when the candidate's function does not do what it should."""

from pathlib import Path
from typing import Any

import pytest

from interview_platform.problems.signatures.model import Signature
from tests.problems.signatures.talking import CompileError, Said, build, every_language, run_with_input, talk
from tests.problems.signatures.values import echo_of, with_body

TWO_SUM = Signature.parse("two_sum", [("nums", "list<int>"), ("target", "int")], "list<int>")
# Throws at 1, prints at 2, ends the process at 3, kills it at 4.
MISBEHAVING = {
    "python": """\
import os, sys
print("top")
def two_sum(nums, target):
    if target == 1: raise ValueError("bad \\U0001f600")
    if target == 2: print("hello", end="")
    if target == 3: os._exit(0)
    if target == 4: os.kill(os.getpid(), 11)
    if target == 5: sys.exit(3)
    if target == 6: os.closerange(5, 7)
    return nums[::-1]
if __name__ == "__main__":
    print("main ran")
""",
    "javascript": """\
console.log("top");
function twoSum(nums, target) {
  if (target === 1) throw new RangeError("bad \\u{1f600}");
  if (target === 2) process.stdout.write("hello");
  if (target === 3) process.exit(0);
  if (target === 4) process.kill(process.pid, "SIGSEGV");
  return nums.reverse();
}
""",
    "typescript": """\
enum Top { Said = "top" }
console.log(Top.Said);
export const twoSum = (nums: number[], target: number): number[] => {
  if (target === 1) throw new RangeError("bad \\u{1f600}");
  if (target === 2) process.stdout.write("hello");
  if (target === 3) process.exit(0);
  return nums.reverse();
};
""",
    "java": """\
public class Main {
    static { System.out.println("top"); }
    public static void main(String[] arguments) { System.out.println("main ran"); }
}
class Solution {
    Main main = new Main();
    public int[] twoSum(int[] nums, int target) {
        if (target == 1) throw new IllegalStateException("bad \\ud83d\\ude00");
        if (target == 2) System.out.print("hello");
        if (target == 3) System.exit(0);
        return new int[] {nums[1], nums[0]};
    }
}
""",
    "cpp": """\
#include <cstdlib>
#include <iostream>
#include <csignal>
#include <stdexcept>
#include <unistd.h>
#include <vector>
using namespace std;
static bool top = !!(cout << "top" << endl);
vector<int> twoSum(vector<int>& nums, int target) {
    if (target == 1) throw runtime_error("bad \\U0001f600");
    if (target == 2) ios::sync_with_stdio(false), cout << "hello";
    if (target == 3) exit(0);
    if (target == 4) raise(SIGSEGV);
    if (target == 5) quick_exit(3);
    if (target == 6) close(5), close(6);
    return {nums[1], nums[0]};
}
int main() {
    cout << "main ran";
    return 0;
}
""",
    "go": """\
import ("fmt"; "os")
var top = func() int { fmt.Println("top"); return 1 }()
func twoSum(nums []int, target int) []int {
    if target == 1 { panic(fmt.Errorf("bad \\U0001f600")) }
    if target == 2 { fmt.Print("hello") }
    if target == 3 { os.Exit(0) }
    return []int{nums[1], nums[0]}
}
func main() { fmt.Println("main ran") }
""",
}
FORKS = ("python", "cpp")


@every_language
def test_exceptions_prints_and_ends(language: str, tmp_path: Path) -> None:
    built = build(language, TWO_SUM, MISBEHAVING[language], tmp_path)
    cases = [0, 1, 2, 3, *((4, 5, 6) if language in FORKS else ()), 7]
    said = talk(built, [f"[[1,2],{target}]" for target in cases])

    assert said.values[0] == [2, 1]
    error = said.values[1]
    assert error["kind"] == "exception"
    assert "bad 😀" in error["message"]
    if language != "cpp":
        assert "two" in error["trace"]
        assert "interview" not in error["trace"]
        assert "driver" not in error["trace"]
    assert said.values[2] == [2, 1]
    assert "hello" in said.stdout
    assert "main ran" not in said.stdout
    if language in FORKS:
        died = [{"kind": "died", "status": 0}, {"kind": "died", "signal": 11}, {"kind": "died", "status": 3}]
        assert said.values[3:] == [*died, [2, 1], [2, 1]]
        assert said.stdout.count("top") >= len(cases) - 2  # each starts from nothing; who dies need not have printed
    else:
        assert len(said.values) == 3
        assert said.stdout.count("top") == 1
    assert said.status == 0


@every_language
def test_in_one_process_for_one_call_an_exception_is_the_languages_own(language: str, tmp_path: Path) -> None:
    built = build(language, TWO_SUM, MISBEHAVING[language], tmp_path, "call")
    done = run_with_input(built, "[1, 2]\n2\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "top\nhello[2,1]\n"
    done = run_with_input(built, "[1, 2]\n1\n")
    assert done.returncode not in (0, 2) or language == "go"  # Go's own status of a panic is 2
    assert done.returncode != 0
    assert "bad 😀" in done.stderr
    assert "main ran" not in done.stdout


CYCLES = {
    "python": ["first_one.next = first_one", "return first_one"],
    "javascript": ["firstOne.next = firstOne;", "return firstOne;"],
    "typescript": ["firstOne!.next = firstOne;", "return firstOne;"],
    "java": ["firstOne.next = firstOne;", "return firstOne;"],
    "cpp": ["firstOne->next = firstOne;", "return firstOne;"],
    "go": ["firstOne.Next = firstOne", "return firstOne"],
}


@every_language
def test_a_linked_list_that_never_ends(language: str, tmp_path: Path) -> None:
    signature = echo_of("linked_list<int>")
    built = build(language, signature, with_body(language, signature, *CYCLES[language]), tmp_path)
    (error,) = talk(built, ["[[1,2]]"]).values
    assert error["kind"] == "wrong_type"
    assert "a linked list with a cycle (more than 1000000 nodes)" in error["message"]


@every_language
def test_a_tree_that_is_its_own_child(language: str, tmp_path: Path) -> None:
    signature = echo_of("tree<string>")
    lines = [line.replace("next", "right").replace("Next", "Right") for line in CYCLES[language]]
    built = build(language, signature, with_body(language, signature, *lines), tmp_path)
    (error,) = talk(built, ['[["a"]]']).values
    assert error["kind"] == "wrong_type"
    assert "a tree with a cycle" in error["message"]


MISSING = {
    "python": ("def other():\n    pass\n", "def two_sum(nums: list[int], target: int) -> list[int]"),
    "javascript": ("function other() {}\n", "function twoSum(nums, target)"),
    "typescript": ("const twoSum = 3;\n", "function twoSum(nums: number[], target: number): number[]"),
    "java": ("class Solution {}\n", "public int[] twoSum(int[] nums, int target)"),
    "cpp": ("int other() { return 1; }\n", "vector<int> twoSum(vector<int>& nums, int target)"),
    "go": ("func other() {}\n", "func twoSum(nums []int, target int) []int"),
}


@every_language
def test_a_missing_function_is_named_as_it_has_to_be_written(language: str, tmp_path: Path) -> None:
    source, declaration = MISSING[language]
    try:
        built = build(language, TWO_SUM, source, tmp_path)
    except CompileError as refused:
        assert declaration in str(refused)  # noqa: PT017 - either way is right
        assert language in ("java", "cpp", "go")
        return
    (error,) = talk(built, ["[[1,2],3]"]).values
    assert error == {"kind": "missing_function", "message": f"Define the function that is called: {declaration}"}


OTHER_PARAMETERS = {
    "python": ("def two_sum(nums): return nums", "it is called as two_sum(nums, target)"),
    "javascript": ("function twoSum(a, b, c) { return a; }", "it is called as twoSum(nums, target)"),
    "typescript": ("function twoSum(a: any, b: any, c: any) { return a; }", "it is called as twoSum(nums, target)"),
    "java": ("class Solution { int[] twoSum(int[] a) { return a; } }", "expected: public int[] twoSum(int[] nums, int"),
    "cpp": ("#include <vector>\nint twoSum(int a) { return a; }", "vector<int> twoSum(vector<int>& nums, int target)"),
    "go": ("func twoSum(a []int) []int { return a }", "func(nums []int, target int) []int"),
}


@every_language
def test_other_parameters_than_those_of_the_signature(language: str, tmp_path: Path) -> None:
    source, said = OTHER_PARAMETERS[language]
    try:
        built = build(language, TWO_SUM, source, tmp_path)
    except CompileError as refused:
        assert said in str(refused)  # noqa: PT017 - either way is right
        return
    (error,) = talk(built, ["[[1,2],3]"]).values
    assert error["kind"] == "exception"
    assert said in error["message"]


PYTHON_VALUES = [
    ("int", "True", "a bool"), ("int", "1.0", "a float"), ("int", "2**31", "an int out of range"),
    ("int", "None", "None"), ("long", "2**53", "an int out of range"), ("float", "'1'", "a str"),
    ("float", "True", "a bool"), ("float", "10**400", "an int too large for a float"), ("string", "b'a'", "a bytes"),
    ("string", "'\\ud800'", "half of a surrogate pair"), ("bool", "1", "an int"), ("list<int>", "(1, 2)", "a tuple"),
    ("list<int>", "[1, True]", "a value with a bool at [1]"), ("list<list<int>>", "[[], ['x']]", "a str at [1][0]"),
    ("linked_list<int>", "[1]", "a list"), ("linked_list<int>", "ListNode('x')", "a str at [0].val"),
    ("tree<int>", "TreeNode(1, 5)", "an int at [1]"), ("list<int>", "iter([])", "a list_iterator"),
]  # fmt: skip


@pytest.mark.parametrize(("type", "value", "said"), PYTHON_VALUES)
def test_python_values_of_other_types(type: str, value: str, said: str, tmp_path: Path) -> None:
    error = answer_of_python(type, f"return {value}", tmp_path)
    assert error["kind"] == "wrong_type"
    assert said in error["message"]
    assert error["message"].startswith("echo_back returned ")
    assert error["message"].endswith(" is declared")


@pytest.mark.parametrize(
    ("type", "body", "plain"),
    [
        ("list<int>", "class Mine(list):\n        def __iter__(self): return iter([9])\n    return Mine([1])", [1]),
        ("int", "import enum\n    class E(enum.IntEnum):\n        A = 7\n    return E.A", 7),
        ("float", "class F(float):\n        def __repr__(self): return 'x'\n    return F(1.5)", 1.5),
        ("float", "return 3", 3.0),
        ("string", "class S(str):\n        def encode(self, *a): return b'x'\n    return S('é')", "é"),
        ("linked_list<int>", "class N: val = 3; next = None\n    return N()", [3]),
    ],
)
def test_python_values_of_subclasses_are_taken_for_what_they_are(
    type: str, body: str, plain: Any, tmp_path: Path
) -> None:
    assert answer_of_python(type, body, tmp_path) == plain


def answer_of_python(type: str, body: str, folder: Path) -> Any:
    signature = echo_of(type, "int")
    given = {"int": "0", "long": "0", "float": "0", "string": '""', "bool": "true"}.get(type, "[]")
    built = build("python", signature, f"def echo_back(first_one, other):\n    {body}\n", folder)
    (value,) = talk(built, [f"[{given},1]"]).values
    return value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("undefined", "undefined"), ("null", "null"), ("'x'", "a string"), ("[1.5]", "the number 1.5 at [0]"),
        ("[2 ** 31]", "the number 2147483648 at [0]"), ("[NaN]", "the number NaN"), ("[,1]", "undefined at [0]"),
        ("Promise.resolve([1])", "a Promise"), ("new Int32Array(1)", "an Int32Array"), ("[1n]", "a bigint at [0]"),
        ("new Set()", "a Set"), ("() => 1", "a function"),
    ],
)  # fmt: skip
def test_javascript_values_of_other_types(value: str, said: str, tmp_path: Path) -> None:
    built = build("javascript", TWO_SUM, f"const twoSum = () => ({value});", tmp_path)
    (error,) = talk(built, ["[[1,2],3]"]).values
    assert error["kind"] == "wrong_type"
    assert said in error["message"]
    assert error["message"].endswith("; number[] is declared")


def wrong_type(language: str, signature: Signature, source: str, line: str, folder: Path) -> str:
    said: Said = talk(build(language, signature, source, folder), [line])
    assert said.values[0]["kind"] == "wrong_type", said
    return str(said.values[0]["message"])


def test_strings_that_are_not_text(tmp_path: Path) -> None:
    signature = echo_of("string")
    for language, value, said in (
        ("cpp", '"a\\xff"', "echoBack returned a string that is not UTF-8; string is declared"),
        ("go", '"a\\xff"', "echoBack returned a string that is not UTF-8; string is declared"),
        ("java", '"a\\ud800b"', "echoBack returned a String with half of a surrogate pair; String is declared"),
        ("javascript", '"a\\ud800b"', "echoBack returned a string with half of a surrogate pair; string is declared"),
    ):
        source = with_body(language, signature, f"return {value}{'' if language == 'go' else ';'}")
        assert wrong_type(language, signature, source, '["x"]', tmp_path / language) == said


def test_numbers_beyond_their_type(tmp_path: Path) -> None:
    for language, type, value in (
        ("cpp", "long", "1LL << 53;"),
        ("java", "long", "1L << 53;"),
        ("go", "long", "1 << 53"),
        ("go", "int", "1 << 31"),
        ("javascript", "long", "2 ** 53;"),
    ):
        signature = echo_of(type)
        source = with_body(language, signature, f"return {value}")
        assert " is declared" in wrong_type(language, signature, source, "[1]", tmp_path / language / type)


def test_people_who_know_other_sites_write_a_class_solution(tmp_path: Path) -> None:
    for language, source in {
        "python": "class Solution:\n    def twoSum(self, nums: List[int], target: Optional[int]) -> List[int]:\n"
        "        return [target]\n",
        "javascript": "class Solution { twoSum(nums, target) { return [target]; } }",
        "typescript": "class Solution { twoSum(nums: number[], target: number): number[] { return [target]; } }",
        "cpp": "#include <vector>\nusing namespace std;\n"
        "class Solution {\npublic:\n    vector<int> twoSum(vector<int>& nums, int target) { return {target}; }\n};\n",
    }.items():
        built = build(language, TWO_SUM, source, tmp_path / language)
        assert talk(built, ["[[1,2],3]"]).values == [[3]]


def test_a_definition_taken_out_of_its_comment(tmp_path: Path) -> None:
    signature = echo_of("linked_list<int>")
    for language in ("cpp", "java", "go", "python", "javascript", "typescript"):
        source = with_body(language, signature, CYCLES[language][1])
        mark = {"python": "# ", "java": " * "}.get(language, "// ")
        lines = [line.removeprefix(mark) if line.startswith(mark) else line for line in source.splitlines()]
        ends = ("/*", "*/") if language == "java" else ()
        text = "\n".join(line for line in lines if line.strip() not in ("//", "#", "*", "Defined already:", *ends))
        text = text.replace("Returns the answer.", f"{mark}Returns the answer.") if language in ("cpp", "go") else text
        assert "ListNode" in text
        built = build(language, signature, text + "\n", tmp_path / language)
        said = talk(built, ["[[1,2]]"])
        assert said.values == [[1, 2]], said


def test_compilers_quote_the_candidates_own_lines(tmp_path: Path) -> None:
    for first in ("#include <vector>", "// mine", "", "using namespace std;"):
        source = f"{first}\n#include <vector>\n\nint broken( {{\n"
        with pytest.raises(CompileError) as refused:
            build("cpp", TWO_SUM, source, tmp_path / str(len(first)))
        assert "solution.cpp:4:" in str(refused.value)
    with pytest.raises(CompileError) as refused:
        build("java", TWO_SUM, "\n\nclass Solution { broken }\n", tmp_path / "java")
    assert "Solution.java:3:" in str(refused.value)
    with pytest.raises(CompileError) as refused:
        build("go", TWO_SUM, "// mine\n\nfunc twoSum( {}\n", tmp_path / "go")
    assert "solution.go:3:" in str(refused.value)


def test_pythons_tracebacks_show_the_candidates_lines(tmp_path: Path) -> None:
    source = "import traceback\ndef two_sum(nums, target):\n    try:\n        1 / 0\n    except ZeroDivisionError:\n"
    built = build("python", TWO_SUM, source + "        traceback.print_exc()\n    return nums[9]\n", tmp_path)
    said = talk(built, ["[[1,2],3]"])
    assert 'File "solution.py", line 4, in two_sum\n    1 / 0' in said.stderr
    assert said.values[0]["trace"].startswith(
        'Traceback (most recent call last):\n  File "solution.py", line 7, in two_sum\n    return nums[9]'
    )
    built = build("python", TWO_SUM, "\n\ndef two_sum(nums, target:\n", tmp_path)
    (error,) = talk(built, ["[[1,2],3]"]).values
    assert error["message"].startswith("SyntaxError")
    assert "def two_sum(nums, target:" in error["trace"]
