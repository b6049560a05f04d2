"""Ranges as npm's semver reads them: a table, and, where node and semver are there, the original beside ours."""

import json
import random
import subprocess
from pathlib import Path

import pytest

from interview_platform.execution.languages.node import find_node
from interview_platform.execution.piston_api.semver import satisfies, version_of

SEMVER = Path(__file__).parents[3] / "web" / "node_modules" / "semver"


@pytest.mark.parametrize(
    ("wanted", "does"),
    [
        *[(one, True) for one in ("*", "x", "3", "3.x", "3.11", "3.11.*", "3.11.2", "=3.11.2", "v3.11.2", " 3.X ")],
        *[(one, True) for one in ("^3.10.0", "~3.11", "~>3.11", ">=3", ">3.10", "<=3.11", "<4", ">=3 <4", ">= 3.9.0")],
        *[(one, True) for one in ("2||3", "2 || >=3.11.2-rc.1", "3.10 - 3.11", "3.0.0 - 3.11.2", "||")],
        *[(one, False) for one in ("3.11.3", "3.10", "^3.12", "~3.10", ">3", "<3.11.2", "2 || 4", "3.0.0 - 3.11.1")],
        *[
            (one, False)
            for one in ("latest", "3.11.2-alpha", "3.11.2.1", "03", "3,11", "> *", "3 || nonsense", "9" * 300)
        ],
    ],
)
def test_ranges(wanted: str, does: bool) -> None:
    assert satisfies((3, 11, 2), wanted) is does


@pytest.mark.parametrize(
    ("version", "wanted", "does"),
    [
        ((0, 3, 5), "^0.3.1", True),
        ((0, 4, 0), "^0.3.1", False),
        ((0, 0, 4), "^0.0.3", False),
        ((0, 0, 4), "^0.0", True),
        ((0, 9, 0), "^0", True),
    ],
)
def test_a_caret_before_the_first_release(version: tuple[int, int, int], wanted: str, does: bool) -> None:
    assert satisfies(version, wanted) is does


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("3.11.2", (3, 11, 2)),
        ("17.0.15+6-Debian", (17, 0, 15)),
        ("go1.19", (1, 19, 0)),
        ("5.4", (5, 4, 0)),
        ("?", (0, 0, 0)),
    ],
)
def test_what_tool_chains_say_of_themselves(said: str, version: tuple[int, int, int]) -> None:
    assert version_of(said) == version


def test_as_the_original_says() -> None:
    node = find_node()
    if node is None or not SEMVER.exists():
        pytest.skip("needs the web app's packages (make run)")
    chance = random.Random(7)
    cases = [(".".join(chance.choices(["0", "1", "2", "11"], k=3)), _range(chance)) for _ in range(5_000)]
    script = (
        "const semver = require(process.argv[1]); const cases = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(cases.map(([version, wanted]) => semver.satisfies(version, wanted))))"
    )
    said = subprocess.run(
        [str(node.files[0]), "-e", script, str(SEMVER)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    expected = json.loads(said.stdout)
    assert {True, False} == set(expected)
    assert [satisfies(version_of(version), wanted) for version, wanted in cases] == expected


def _range(chance: random.Random) -> str:
    def partial() -> str:
        numbers = chance.choices(["0", "1", "2", "11", "x", "*", "X"], k=chance.choice([1, 2, 3, 3]))
        tag = chance.choice(["-alpha", "-1.2", "+b", "-a+b"]) if len(numbers) == 3 and chance.random() < 0.15 else ""
        return chance.choice(["", "", "v"]) + ".".join(numbers) + tag

    def simple() -> str:
        operator = chance.choice(["", "", "<", ">", "<=", ">=", "=", "~", "^", "~>"])
        return operator + chance.choice(["", " "]) + partial()

    def alternative() -> str:
        if chance.random() < 0.15:
            return f"{partial()} - {partial()}"
        return " ".join(simple() for _ in range(chance.choice([1, 1, 2])))

    return chance.choice(["||", " || "]).join(alternative() for _ in range(chance.choice([1, 1, 2, 3])))
