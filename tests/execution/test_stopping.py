"""Stopping a run, and its place in the queue."""

import json

import pytest

from interview_platform.execution import service
from interview_platform.execution.model import Execution, Outcome, Verdict
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import EventKind
from tests.execution.rooms import Rooms
from tests.execution.runners import until
from tests.execution.test_typing import begun, heard_in, room

CODE = {"language": "python", "source": "while True: pass"}
TESTS = {**CODE, "mode": "tests"}


@pytest.fixture(autouse=True)
def at_once(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)
    rooms.runner.hold()


async def test_anybody_in_the_room_stops_a_run(rooms: Rooms) -> None:
    ada, bob, path = await room(rooms)
    heard = heard_in(rooms, path)
    run = await begun(ada, path, CODE)
    stopped = (await bob.call("POST", f"{path}/{run}/stop"))["run"]
    assert (stopped["status"], stopped["verdict"], stopped["message"]) == ("finished", "stopped", "Stopped by Bob.")
    assert stopped["stdout"] == "first ", "what it printed stays"
    assert heard[-1] == {"type": "run.finished", "run": stopped}
    assert (await ada.call("GET", f"{path}/{run}"))["run"] == stopped
    assert await ada.refused("POST", f"{path}/{run}/stop") == (409, "run_finished")
    assert await ada.refused("POST", f"{path}/nothing/stop") == (404, "not_found")
    entries = [event.entry for event in await rooms.timeline.read(SessionId(path.split("/")[3]))]
    [entry] = [entry for entry in entries if entry.kind is EventKind.RUN_STOPPED]
    assert (entry.person, json.loads(entry.payload)) == (bob.me["id"], {"runId": run})


async def test_a_run_alone_is_stopped_by_its_person(rooms: Rooms) -> None:
    ada, bob = await rooms.api.person("Ada"), await rooms.api.person("Bob")
    run = await begun(ada, "/api/runs", CODE)
    assert await bob.refused("POST", f"/api/runs/{run}/stop") == (404, "not_found")
    stopped = (await ada.call("POST", f"/api/runs/{run}/stop"))["run"]
    assert (stopped["verdict"], stopped["message"]) == ("stopped", "Stopped by Ada.")
    assert await ada.refused("POST", f"/api/runs/{run}/stop") == (409, "run_finished")


async def test_the_name_is_as_the_person_is_called_now(rooms: Rooms) -> None:
    ada, bob, path = await room(rooms)
    run = await begun(ada, path, CODE)
    await bob.call("POST", f"{path}/{run}/stop")
    await bob.call("PATCH", "/api/auth/me", {"name": "Robert"})
    assert (await ada.call("GET", f"{path}/{run}"))["run"]["message"] == "Stopped by Robert."


@pytest.mark.parametrize("body", [CODE, TESTS], ids=["run", "tests"])
async def test_a_stopped_run_leaves_the_queue(rooms: Rooms, body: dict[str, str]) -> None:
    ada, bob, path = await room(rooms)
    rooms.runner.place.clear()
    run = await begun(ada, path, body)
    stopped = (await bob.call("POST", f"{path}/{run}/stop"))["run"]
    assert (stopped["status"], stopped["verdict"], stopped["message"]) == ("finished", "stopped", "Stopped by Bob.")
    assert stopped["stdout"] == ""
    assert rooms.runner.ended == 0, "it was never started"


async def test_tests_that_were_stopped_are_not_accepted(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    run = await begun(ada, path, TESTS)
    stopped = (await ada.call("POST", f"{path}/{run}/stop"))["run"]
    assert (stopped["verdict"], stopped["passed"], stopped["total"]) == ("stopped", 0, 3)


async def test_who_stops_too_late_has_not_stopped_it(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    run = await begun(ada, path, CODE)
    done = Outcome(None, (Execution(Verdict.OK, "all", exit_code=0),))
    rooms.runner.stopped = done  # it ended by itself while Stop was pressed
    stopped = (await ada.call("POST", f"{path}/{run}/stop"))["run"]
    assert (stopped["verdict"], stopped["message"]) == ("ok", "Ran to the end.")


async def test_the_place_in_the_queue_is_told(rooms: Rooms) -> None:
    ada, bob, path = await room(rooms)
    heard = heard_in(rooms, path)
    rooms.runner.place.clear()
    rooms.runner.positions = [3, 3, 2]
    run = (await ada.call("POST", path, CODE, status=202))["run"]
    assert (run["status"], run["queuePosition"]) == ("queued", 2)
    assert [(event["type"], event.get("position")) for event in heard] == [
        ("run.started", None),
        ("run.queued", 3),
        ("run.queued", 2),
    ]
    assert (await bob.call("GET", path))["runs"] == [run]
    rooms.runner.place.set()
    await until(lambda: heard[-1]["type"] == "run.output")
    assert heard[-2]["run"]["queuePosition"] is None


async def test_a_room_is_one_lane_and_a_person_alone_another(rooms: Rooms) -> None:
    ada, bob, path = await room(rooms)
    for browser, where in ((ada, path), (bob, path), (ada, "/api/runs"), (bob, "/api/runs")):
        await begun(browser, where, CODE)
    first, second, third, fourth = (job.lane for job in rooms.runner.jobs)
    assert first == second == path.split("/")[3]
    assert len({first, third, fourth}) == 3
