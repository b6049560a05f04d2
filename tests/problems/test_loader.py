"""What is read, and how precisely a bad package is named."""

from pathlib import Path
from typing import Any

import pytest

from interview_platform.problems import model, package
from interview_platform.problems.embedded import BadPackage, EmbeddedBank, load_bank
from interview_platform.problems.model import Difficulty, Example, Hint
from tests.problems.conftest import GOOD, MANIFEST, STATEMENT, Write


def faults(folder: Path) -> list[str]:
    with pytest.raises(BadPackage) as bad:
        load_bank(folder)
    for fault in bad.value.faults:
        assert str(fault) in str(bad.value)
    assert str(folder) in str(bad.value)
    return [str(fault) for fault in bad.value.faults]


def manifest(**changes: str | None) -> str:
    """The good one with other values after some of its keys; None leaves the key out."""
    lines = []
    for line in MANIFEST.splitlines():
        key = line.split(":")[0]
        value = changes.pop(key, line.removeprefix(f"{key}: "))
        if value is not None:
            lines.append(line if line.endswith(value) else f"{key}: {value}")
    assert not changes
    return "\n".join(lines) + "\n"


def test_a_package_becomes_a_problem(write: Write) -> None:
    problem = load_bank(write()).get("sum-of-two")
    assert problem is not None
    assert problem.title == "Sum of Two"
    assert problem.difficulty is Difficulty.EASY
    assert problem.tags == ("array", "hash-map")
    assert problem.statement == STATEMENT
    assert problem.examples == (Example("1 2\n", "3\n", "1 + 2 = 3."),)
    assert problem.constraints == ("Both numbers lie between 0 and `9`.",)
    assert problem.starters == {"python": GOOD["starters/solution.py"]}
    assert problem.references == {"python": GOOD["solutions/solution.py"]}
    assert problem.tests == (
        model.TestCase("Small numbers", "1 2\n", "3\n", hidden=False),
        model.TestCase("Zeros", "0 0\n", "0\n", hidden=True),
    )


def test_languages_and_tests_come_in_order(write: Write) -> None:
    more = {f"{part}/{name}": "x\n" for part in ("starters", "solutions") for name in package.SOURCE_FILES.values()}
    cases = {f"tests/hidden/{name}.{end}": f"{name}\n" for name in ("10-z", "04-a", "07-m") for end in ("in", "out")}
    problem = load_bank(write(**more, **cases)).all()[0]
    assert list(problem.starters) == ["python", "javascript", "typescript", "java", "c", "cpp", "go"]
    assert [test.name for test in problem.tests] == ["Small numbers", "Zeros", "A", "M", "Z"]


def test_hidden_files_and_loose_files_beside_the_packages_are_left_alone(write: Write) -> None:
    folder = write(**{".DS_Store": "x", "tests/hidden/.swp": "x"})
    (folder / "README.md").write_text("about")
    (folder / ".git").mkdir()
    assert [problem.slug for problem in load_bank(folder).all()] == ["sum-of-two"]


ONE_FILE: list[tuple[str, str | bytes | None, str]] = [
    ("problem.yaml", None, "is missing"),
    ("problem.yaml", "", "is empty"),
    ("problem.yaml", "- a\n- b\n", "has to be a list of `key: value`, beginning with `format: 2`"),
    ("problem.yaml", MANIFEST + "a: [1\n", "line 14: did not find expected ',' or ']'"),
    ("problem.yaml", MANIFEST + "title: Again\n", "line 13: title stands twice"),
    ("problem.yaml", MANIFEST + "dificulty: easy\n", "dificulty: is not a key of this format"),
    ("problem.yaml", MANIFEST + "    note: x\n", "examples[0].note: is not a key of this format"),
    ("problem.yaml", manifest(format="3"), "format: input should be 1 or 2"),
    ("problem.yaml", manifest(format=None), "format: is missing"),
    ("problem.yaml", manifest(title=None), "title: is missing"),
    ("problem.yaml", manifest(title="12"), "title: input should be a valid string"),
    ("problem.yaml", manifest(title='" Sum"'), "title: has to be one line without spaces around it"),
    ("problem.yaml", manifest(title='"a\\nb"'), "title: has to be one line without spaces around it"),
    ("problem.yaml", manifest(title="x" * 81), "title: string should have at most 80 characters"),
    ("problem.yaml", manifest(difficulty="Easy"), "difficulty: input should be 'easy', 'medium' or 'hard'"),
    ("problem.yaml", manifest(tags="[]"), "tags: has 0 items; 1 to 6 are allowed"),
    ("problem.yaml", manifest(tags="[Array]"), "tags[0]: is not made of lower-case words with hyphens, like hash-map"),
    ("problem.yaml", manifest(tags="[array, array]"), "tags: names something twice"),
    ("problem.yaml", MANIFEST.replace("1 2\n", "2 1\n"), "examples[0].input: is not the input of a visible test"),
    (
        "problem.yaml",
        MANIFEST.replace("      3\n", "      4\n"),
        "examples[0].output: the test 'Small numbers' expects something else",
    ),
    ("problem.yaml", b"title: \xff\n", "is not UTF-8 (byte 7)"),
    ("problem.yaml", MANIFEST.replace("\n", "\r\n"), "line 1 does not end with a plain \\n"),
    ("problem.yaml", "#" * 64_001, "has 64,001 bytes; 64,000 are allowed"),
    ("statement.md", None, "is missing"),
    ("statement.md", STATEMENT[:-1], "the last line does not end with \\n"),
    ("statement.md", STATEMENT.replace("## Input", "Input"), "has no section `## Input`"),
    ("statement.md", STATEMENT.replace("## Output", "### Output"), "has no section `## Output`"),
    ("statement.md", "# Title\n" + STATEMENT, "has a heading of level 1; the title stands in problem.yaml"),
    ("statement.md", "x" * 32_000 + STATEMENT, "has 32,055 bytes; 32,000 are allowed"),
    ("solutions/solution.py", None, "is missing: every starter needs a solution"),
    ("starters/solution.py", None, "is missing: every solution needs a starter"),
    ("starters/solution.py", "a\nb\r\nc\n", "line 2 does not end with a plain \\n"),
    ("starters/solution.py", "a\0\n", "has a zero byte"),
    ("starters/solution.py", "#" * 32_001, "has 32,001 bytes; 32,000 are allowed"),
    (
        "starters/solution.rb",
        "puts\n",
        f"is not the file of a language ({', '.join(package.SOURCE_FILES.values())})",
    ),
    ("tests/hidden/02-zeros.out", None, "is missing"),
    ("tests/hidden/02-zeros.in", None, "is missing"),
    ("tests/hidden/02-zeros.out", b"0", "the last line does not end with \\n"),
    ("tests/hidden/02-zeros.in", "0 " * 100_001, "has 200,002 bytes; 200,000 are allowed"),
    ("tests/hidden/zeros.in", "0\n", "is not named like 01-some-words.in or 01-some-words.out"),
    ("tests/visible/03-a_b.in", "0\n", "is not named like 01-some-words.in or 01-some-words.out"),
    ("tests/03-more.in", "0\n", "is neither in tests/visible nor in tests/hidden"),
    ("Main.class", "x", "is not part of a package"),
    ("hints.md", "", "is empty"),
    (
        "hints.md",
        "Look twice.\n\n## The idea\n\nAdd.\n",
        "begins before the first heading of level 2: every hint stands below one, like `## The idea`",
    ),
    ("hints.md", "## Look\n\n## Then\n\nLook again.\n", "hint 1 (Look) says nothing"),
    ("hints.md", f"## {'x' * 81}\n\nLook.\n", "the title of hint 1 has to have 1 to 80 characters"),
    ("hints.md", "## Look\n\nTwice.\n" * 13, "has 13 hints; 1 to 12 are allowed"),
]


@pytest.mark.parametrize(("name", "text", "fault"), ONE_FILE, ids=[f"{name}: {fault}" for name, _, fault in ONE_FILE])
def test_a_bad_file_is_named(write: Write, name: str, text: Any, fault: str) -> None:
    assert faults(write(**{name: text})) == [f"sum-of-two/{name}: {fault}"]


def test_hints_are_sections_and_may_be_missing(write: Write) -> None:
    assert load_bank(write()).all()[0].hints == ()
    text = "## A nudge\n\nLook at **both**.\n\n### Closer\n\n- one\n\n## The idea\nAdd.\n"
    hints = load_bank(write(**{"hints.md": text})).all()[0].hints
    assert hints == (Hint("A nudge", "Look at **both**.\n\n### Closer\n\n- one"), Hint("The idea", "Add."))


def test_every_bundled_problem_has_hints(bundled: EmbeddedBank) -> None:
    for problem in bundled.all():
        assert [hint.title for hint in problem.hints][:3] == ["First nudge", "Towards the idea", "The idea"], (
            problem.slug
        )
        assert len(problem.hints) == 5


def test_a_package_needs_visible_and_hidden_tests(write: Write) -> None:
    gone = {name: None for name in GOOD if name.startswith("tests/hidden")}
    assert faults(write(**gone)) == ["sum-of-two/tests/hidden: there is no test; at least one is needed"]


def test_a_package_needs_a_language(write: Write) -> None:
    gone = {"starters/solution.py": None, "solutions/solution.py": None}
    assert faults(write(**gone)) == ["sum-of-two/starters: there is no starter in any language"]


def test_a_test_without_its_twin_is_no_example(write: Write) -> None:
    assert faults(write(**{"tests/visible/01-small-numbers.out": None})) == [
        "sum-of-two/tests/visible/01-small-numbers.out: is missing",
        "sum-of-two/problem.yaml: examples[0].input: is not the input of a visible test",
    ]


def test_names_of_tests_are_distinct(write: Write) -> None:
    again = {"tests/hidden/03-small-numbers.in": "4 5\n", "tests/hidden/03-small-numbers.out": "9\n"}
    assert faults(write(**again)) == ["sum-of-two/tests: two tests have the name 'Small numbers'"]


def test_the_number_of_tests_is_limited(write: Write) -> None:
    many = {f"tests/hidden/{n}-n{n}.{end}": f"{n}\n" for n in range(10, 49) for end in ("in", "out")}
    assert faults(write(**many)) == ["sum-of-two/tests: there are 41 tests; 40 are allowed"]


@pytest.mark.parametrize("slug", ["Two-Sum", "two_sum", "two--sum", "x" * 61])
def test_the_folder_is_the_slug(write: Write, slug: str) -> None:
    (fault,) = faults(write(slug))
    assert fault.startswith(f"{slug}: the folder's name has to be made of lower-case words with hyphens, like two-sum")


def test_two_problems_with_one_title(write: Write) -> None:
    write("first-one")
    folder = write("second-one", **{"problem.yaml": manifest(title="SUM OF TWO")})
    assert faults(folder) == ["second-one/problem.yaml: title: is the title of first-one already"]


def test_everything_that_is_wrong_is_told_at_once(write: Write) -> None:
    write("fine")
    write("no-statement", **{"statement.md": None, "problem.yaml": manifest(title=None, difficulty="brutal")})
    folder = write("no-output", **{"tests/hidden/02-zeros.out": None})
    assert faults(folder) == [
        "no-output/tests/hidden/02-zeros.out: is missing",
        "no-statement/problem.yaml: title: is missing",
        "no-statement/problem.yaml: difficulty: input should be 'easy', 'medium' or 'hard'",
        "no-statement/statement.md: is missing",
    ]


def test_a_folder_without_packages(tmp_path: Path) -> None:
    assert faults(tmp_path) == [".: there is no package in this folder"]
    assert faults(tmp_path / "nowhere") == [".: there is no such folder"]


def test_the_bank_finds_by_slug_and_title(write: Write) -> None:
    bank = load_bank(write())
    problem = bank.get("sum-of-two")
    assert problem is not None
    assert bank.get("Sum of Two") is None
    assert bank.find("sum-of-two") is problem
    assert bank.find(" sum OF two ") is problem
    assert bank.find("sum") is None


def test_easy_ones_come_first_then_by_title(write: Write) -> None:
    for slug, title, difficulty in (
        ("a", "Alpha", "hard"),
        ("b", "Beta", "easy"),
        ("c", "Gamma", "medium"),
        ("d", "Delta", "easy"),
    ):
        folder = write(slug, **{"problem.yaml": manifest(title=title, difficulty=difficulty)})
    assert [problem.slug for problem in load_bank(folder).all()] == ["b", "d", "c", "a"]


def test_the_bank_of_the_product(bundled: EmbeddedBank) -> None:
    kinds = [problem.difficulty for problem in bundled.all()]
    assert len(kinds) >= 15
    assert kinds.count(Difficulty.HARD) >= 3
    for title in ("Two Sum", "Reverse String", "Valid Palindrome", "Maximum Subarray", "Container With Most Water"):
        assert bundled.find(title)
    for problem in bundled.all():
        if problem.signature is None:
            assert set(problem.starters) == set(package.SOURCE_FILES) - {"go"}, problem.slug
        else:
            assert set(problem.references) == set(package.FUNCTION_FILES), problem.slug
            assert len(problem.tests) >= 20, problem.slug
        inputs = [test.input for test in problem.tests]
        assert len(set(inputs)) == len(inputs), problem.slug
