"""What a checker of types says after a run: when it is asked, what becomes of it, and that it is in nobody's way."""

from typing import Any

import pytest

from interview_platform.execution.model import Execution, Outcome, Verdict
from interview_platform.execution.ports import QueueFull
from tests.api import Browser
from tests.execution.fake_runner import PYTHON, TYPESCRIPT
from tests.execution.rooms import Rooms
from tests.execution.runners import until
from tests.execution.test_typing import heard_in, room

CODE = {"language": "typescript", "source": "let a: number = 'x'"}
REMARK = "solution.ts(1,5): error TS2322"


@pytest.fixture(autouse=True)
def checked(rooms: Rooms) -> None:
    rooms.runner.offers = [PYTHON, TYPESCRIPT]
    rooms.runner.remarks = REMARK


async def ran(browser: Browser, path: str, body: dict[str, str] = CODE) -> dict[str, Any]:
    run: dict[str, Any] = (await browser.call("POST", path, body, status=201))["run"]
    return run


async def test_the_room_is_told_and_it_is_kept(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    heard = heard_in(rooms, path)
    run = await ran(ada, path)
    assert (run["verdict"], run["diagnostics"]) == ("ok", None)
    await until(lambda: heard[-1]["type"] == "run.diagnostics")
    assert heard[-1] == {"type": "run.diagnostics", "runId": run["id"], "text": REMARK}
    assert (await ada.call("GET", f"{path}/{run['id']}"))["run"] == {**run, "diagnostics": REMARK}
    [job] = rooms.runner.diagnosed
    assert (job.language, job.source, job.lane) == ("typescript", CODE["source"], path.split("/")[3])


async def test_nothing_to_say_is_not_said(rooms: Rooms) -> None:
    rooms.runner.remarks = ""
    ada, _, path = await room(rooms)
    heard = heard_in(rooms, path)
    run = await ran(ada, path)
    await until(lambda: not rooms.runs._diagnoses.expected(run["id"]))
    assert heard[-1]["type"] == "run.finished"
    assert (await ada.call("GET", f"{path}/{run['id']}"))["run"]["diagnostics"] == ""


async def test_who_is_not_checked(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    assert (await ran(ada, path, {**CODE, "language": "python"}))["diagnostics"] == ""
    rooms.runner.outcome = Outcome(Execution(Verdict.COMPILE_ERROR, stderr="no"))
    assert (await ran(ada, path))["diagnostics"] == "", "what does not compile says why by itself"
    assert rooms.runner.diagnosed == []


async def test_the_newest_wins(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    heard = heard_in(rooms, path)
    rooms.runner.check.clear()
    first = await ran(ada, path)
    second = await ran(ada, path)
    rooms.runner.check.set()
    await until(lambda: heard[-1]["type"] == "run.diagnostics")
    assert [event["runId"] for event in heard if event["type"] == "run.diagnostics"] == [second["id"]]
    assert (await ada.call("GET", f"{path}/{first['id']}"))["run"]["diagnostics"] is None


async def test_a_busy_or_broken_checker_changes_nothing(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_: object) -> str:
        raise QueueFull

    async def broken(_: object) -> str:
        raise RuntimeError("a bug")

    ada, _, path = await room(rooms)
    heard = heard_in(rooms, path)
    for way in (full, broken):
        monkeypatch.setattr(rooms.runner, "diagnose", way)
        run = await ran(ada, path)
        await until(lambda: not rooms.runs._diagnoses._tasks)
        assert (await ada.call("GET", f"{path}/{run['id']}"))["run"]["diagnostics"] is None
    assert "run.diagnostics" not in {event["type"] for event in heard}
