"""Runs of a further pad are judged by that pad's problem; files beside the source."""

from typing import Any

import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.execution.beside import FILES_BYTES_MAX, FILES_MAX, beside, put_beside
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.model import Mode, Verdict
from interview_platform.execution.work import work_of
from interview_platform.kit.errors import Refusal
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.pads import Pad
from tests.execution.rooms import Rooms
from tests.execution.test_judging_sandboxed import PROBLEM, RIGHT
from tests.execution.test_service import CODE, TESTS, room, runs_of


async def added(rooms: Rooms, session: dict[str, Any], host: PersonId, pad: Pad) -> Pad:
    await rooms.timeline.append(SessionId(session["id"]), [pad.entry(host, 1)])
    return pad


async def test_each_pad_is_judged_by_its_own_problem(rooms: Rooms) -> None:
    ada, bob, _ = await room(rooms)
    session = await ada.create(problem="container-with-most-water")
    await bob.call("POST", f"/api/sessions/{session['id']}/join")
    host = PersonId(ada.me["id"])
    pad = await added(rooms, session, host, Pad("k3m9", "Two Sum", "two-sum"))
    blank = await added(rooms, session, host, Pad("b2b2", "Sheet", ""))
    answer = await bob.call("POST", runs_of(session), {**TESTS, "pad": pad.id}, status=201)
    assert answer["run"]["total"] == 3
    assert await bob.refused("POST", runs_of(session), {**TESTS, "pad": blank.id}) == (422, "no_tests")
    assert await bob.refused("POST", runs_of(session), {**CODE, "pad": "two-sum"}) == (422, "unknown_pad")
    first = await bob.call("POST", runs_of(session), TESTS, status=201)
    assert first["run"]["total"] == 0, "the first pad's problem has no tests in this bank"
    other = await ada.create()
    assert await ada.refused("POST", runs_of(other), {**CODE, "pad": pad.id}) == (422, "unknown_pad")


async def test_files_reach_the_program(rooms: Rooms) -> None:
    _, bob, session = await room(rooms)
    files = [{"name": "helper.py", "content": "é = 1\n"}]
    await bob.call("POST", runs_of(session), {**CODE, "files": files}, status=201)
    assert [(file.name, file.content) for file in rooms.runner.jobs[-1].files] == [("helper.py", "é = 1\n".encode())]


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ([("../x.py", "")], (422, "bad_file")),
        ([("a/b.py", "")], (422, "bad_file")),
        ([("..", "")], (422, "bad_file")),
        ([("", "")], (422, "bad_file")),
        ([("a\0", "")], (422, "bad_file")),
        ([("é" * 128, "")], (422, "bad_file")),
        ([("solution.py", "")], (422, "bad_file")),
        ([("a", "1"), ("a", "2")], (422, "bad_file")),
        ([(f"{number}", "") for number in range(FILES_MAX + 1)], (422, "too_many_files")),
        ([("a", "x" * FILES_BYTES_MAX), ("b", "x")], (413, "files_too_large")),
    ],
    ids=["up", "folder", "dots", "empty", "nul", "long", "the source's", "twice", "many", "large"],
)
async def test_files_that_cannot_be(rooms: Rooms, files: list[tuple[str, str]], refusal: tuple[int, str]) -> None:
    _, bob, session = await room(rooms)
    body = {**CODE, "files": [{"name": name, "content": content} for name, content in files]}
    assert await bob.refused("POST", runs_of(session), body) == refusal
    assert rooms.runner.jobs == []


def test_what_calls_a_function_is_not_replaced() -> None:
    work = work_of(PROBLEM, Mode.TESTS, "cpp", RIGHT["cpp"], stdin="", own=())
    driver = work.job.files[0].name
    with pytest.raises(Refusal, match="cannot be called"):
        put_beside(work, beside([(driver, "")]), "main.cpp")


PROGRAMS = {
    "python": ("from helper import twice\nprint(twice(21))\n", "helper.py", "def twice(n):\n    return 2 * n\n"),
    "javascript": (
        'const { twice } = require("./helper.js");\nconsole.log(twice(21));\n',
        *("helper.js", "exports.twice = (n) => 2 * n;\n"),
    ),
    "java": (
        "class Main {\n  public static void main(String[] a) { System.out.println(Helper.twice(21)); }\n}\n",
        *("Helper.java", "class Helper {\n  static int twice(int n) { return 2 * n; }\n}\n"),
    ),
    "cpp": (
        '#include <cstdio>\n#include "helper.h"\nint main() { printf("%d\\n", twice(21)); }\n',
        *("helper.h", "inline int twice(int n) { return 2 * n; }\n"),
    ),
}


@pytest.mark.sandbox
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("language", PROGRAMS)
async def test_a_program_uses_what_lies_beside_it(runner: EmbeddedRunner, language: str) -> None:
    source, name, content = PROGRAMS[language]
    names = {one.id: one.file_name for one in runner.languages()}
    work = work_of(None, Mode.RUN, language, source, stdin="", own=())
    put_beside(work, beside([(name, content)]), names[language])
    result = await work.result(await runner.run(work.job), runner.run)
    assert (result.verdict, result.stdout) == (Verdict.OK, "42\n"), result.stderr + result.compile_output


@pytest.mark.sandbox
@pytest.mark.asyncio(loop_scope="session")
async def test_the_tests_of_a_function_use_them_too(runner: EmbeddedRunner) -> None:
    source = "from helper import twice\n\ndef double_all(nums):\n    return [twice(one) for one in nums]\n"
    work = work_of(PROBLEM, Mode.TESTS, "python", source, stdin="", own=())
    put_beside(work, beside([("helper.py", "def twice(n):\n    return 2 * n\n")]), "solution.py")
    result = await work.result(await runner.run(work.job), runner.run)
    assert result.verdict is Verdict.ACCEPTED, result.message
