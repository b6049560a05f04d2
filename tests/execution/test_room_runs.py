"""What a room is told of its runs, and what it can ask for: events against the list, sizes, pages."""

import asyncio
import json
from typing import Any

import pytest

from interview_platform.execution import reading, service
from interview_platform.execution.model import Execution, Outcome, Verdict
from interview_platform.execution.ports import QueueFull
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.ports import staff_topic
from tests.api import Browser
from tests.execution.rooms import Rooms
from tests.execution.runners import until

CODE = {"language": "python", "source": "print('hi')"}
TESTS = {**CODE, "mode": "tests"}
FIELD = {"compile": "compileOutput", "stdout": "stdout", "stderr": "stderr"}


class Watcher:
    """Keeps the room's runs as a browser does (web/src/features/room/events/reducer.ts)."""

    def __init__(self, rooms: Rooms, browser: Browser, session: dict[str, Any]) -> None:
        self.browser, self.path = browser, f"/api/sessions/{session['id']}/runs"
        self.heard = rooms.api.heard(session)

    @property
    def runs(self) -> list[dict[str, Any]]:
        runs: dict[str, dict[str, Any]] = {}
        for event in self.heard:
            if event["type"] == "run.input":
                run = runs[event["runId"]]
                at = {"stdoutAt": len(run["stdout"]), "stderrAt": len(run["stderr"])}
                piece = {key: event[key] for key in ("by", "text", "ended")} | at
                runs[event["runId"]] = {**run, "typed": [*run["typed"], piece], "takesInput": not event["ended"]}
            elif event["type"] == "run.queued":
                runs[event["runId"]] = {**runs[event["runId"]], "queuePosition": event["position"]}
            elif event["type"] == "run.output":
                run = runs[event["runId"]]
                name = FIELD[event["stream"]]
                runs[event["runId"]] = {**run, name: run[name] + event["text"]}
            else:
                runs[event["run"]["id"]] = event["run"]
        return list(reversed(runs.values()))

    async def agrees(self) -> None:
        listed = (await self.browser.call("GET", self.path))["runs"]
        assert {run["id"]: run for run in self.runs} == {run["id"]: run for run in listed}


async def watched(rooms: Rooms) -> Watcher:
    ada = await rooms.api.person("Ada")
    return Watcher(rooms, ada, await ada.create())


def printing(rooms: Rooms, stdout: str, stderr: str = "") -> None:
    rooms.runner.outcome = Outcome(None, (Execution(Verdict.OK, stdout, stderr, exit_code=0),))


async def test_what_was_told_is_what_there_is(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)
    room = await watched(rooms)
    runner, ada = rooms.runner, room.browser
    runner.place.clear()
    runner.positions = [2, 1]
    runner.hold()
    for body in (CODE, TESTS):
        await ada.call("POST", room.path, body, status=202)
    assert [run["status"] for run in room.runs] == ["queued", "queued"]
    await room.agrees()
    runner.place.set()
    await until(lambda: {run["status"] for run in room.runs} == {"running"})  # the tests print nothing
    await room.agrees()
    runner.refusal = QueueFull()
    await ada.refused("POST", room.path, CODE)
    await room.agrees()
    runner.go.set()
    await until(lambda: {run["status"] for run in room.runs} == {"finished"})
    await room.agrees()
    runner.refusal, runner.trouble = None, RuntimeError("a bug")
    await ada.post(room.path, json=CODE)
    await until(lambda: "internal_error" in {run["verdict"] for run in room.runs})
    await room.agrees()


async def test_who_watches_a_flood_is_shown_what_who_comes_late_is_shown(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)
    room = await watched(rooms)
    rooms.runner.hold()
    rooms.runner.prints = ["x" * 8_000] * 30
    await room.browser.call("POST", room.path, CODE, status=202)
    await room.agrees()
    assert len(room.runs[0]["stdout"]) == 200_000
    rooms.runner.go.set()
    await until(lambda: room.heard[-1]["type"] == "run.finished")


@pytest.mark.parametrize("character", ["\n", "\x1b", "😀", '"', "x"])
async def test_no_output_makes_a_message_too_large(rooms: Rooms, character: str) -> None:
    """11 runs of newlines were a hello that no connection's outbox takes, for ever."""
    room = await watched(rooms)
    outbox = RoomLimits().outbox_bytes
    printing(rooms, character * 200_000, character * 200_000)
    for _ in range(20):
        await room.browser.call("POST", room.path, CODE, status=201)
    recent = await rooms.runs.reading.recent(await rooms.api.sessions.access(room.path.split("/")[3], None))
    assert len(recent) == 20
    assert sum(len(run.to_json()) for run in recent) < outbox / 2
    assert max(len(json.dumps(event, ensure_ascii=False).encode()) for event in room.heard) < outbox / 2
    listed = (await room.browser.call("GET", room.path))["runs"]
    assert listed == [json.loads(run.to_json()) for run in recent]
    assert listed[0] in room.runs, "the newest is as it was told"
    for run in listed[1:]:
        assert run["partial"]
        assert 500 < len(run["stdout"]) <= 4_000
        whole = (await room.browser.call("GET", f"{room.path}/{run['id']}"))["run"]
        assert whole["stdout"] == whole["stderr"] == character * 200_000
        assert not whole["partial"]


async def test_what_many_tests_print_is_bounded_too(rooms: Rooms) -> None:
    room = await watched(rooms)
    rooms.runner.outcome = Outcome(None, tuple(Execution(Verdict.OK, "\x1b" * 4_000, "\x1b" * 4_000) for _ in range(3)))
    for _ in range(2):
        await room.browser.call("POST", room.path, TESTS, status=201)
    newest, older = (await room.browser.call("GET", room.path))["runs"]
    assert not newest["partial"]
    assert older["partial"]
    assert len(json.dumps(older)) < 8_000
    assert [test["verdict"] for test in older["tests"]] == [test["verdict"] for test in newest["tests"]]
    assert older["tests"][2]["actual"] is None, "a hidden one's stay hidden"
    assert (await room.browser.call("GET", f"{room.path}/{older['id']}"))["run"]["tests"] == newest["tests"]


async def test_what_was_typed_is_bounded_too(rooms: Rooms) -> None:
    room = await watched(rooms)
    body = {**CODE, "interactive": True}
    rooms.runner.prints = []
    for count in range(2):
        asking = asyncio.create_task(room.browser.call("POST", room.path, body, status=201))
        await until(lambda: room.runs != [] and room.runs[0]["takesInput"])
        url = f"{room.path}/{room.runs[0]['id']}/input"
        for _ in range(5):
            await room.browser.call("POST", url, {"text": "\x1b" * 10_000}, status=204)
        if count == 0:  # whole is the newest
            await room.agrees()
        await room.browser.call("POST", url, {"end": True}, status=204)
        await asking
    newest, older = (await room.browser.call("GET", room.path))["runs"]
    assert (newest["partial"], len(newest["typed"])) == (False, 6)
    assert (older["partial"], older["typed"]) == (True, [])
    whole = (await room.browser.call("GET", f"{room.path}/{older['id']}"))["run"]
    assert sum(len(piece["text"]) for piece in whole["typed"]) == 50_000


async def test_small_runs_are_whole(rooms: Rooms) -> None:
    room = await watched(rooms)
    for _ in range(3):
        await room.browser.call("POST", room.path, CODE, status=201)
    assert not any(run["partial"] for run in room.runs)
    await room.agrees()


async def test_who_may_ask_for_one_run(rooms: Rooms) -> None:
    room = await watched(rooms)
    run = (await room.browser.call("POST", room.path, CODE, status=201))["run"]
    stranger = await rooms.api.person("Eve")
    own = await stranger.create()
    assert (await room.browser.call("GET", f"{room.path}/{run['id']}"))["run"] == run
    assert (await stranger.refused("GET", f"{room.path}/{run['id']}"))[0] == 403
    assert await stranger.refused("GET", f"/api/sessions/{own['id']}/runs/{run['id']}") == (404, "not_found")
    for id in ("nothing", "%00", "x" * 100):
        assert await room.browser.refused("GET", f"{room.path}/{id}") == (404, "not_found")


async def test_every_run_is_reached_page_by_page(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "RECENT", 2)
    room = await watched(rooms)
    made = [(await room.browser.call("POST", room.path, CODE, status=201))["run"]["id"] for _ in range(5)]
    pages: list[list[str]] = []
    query = ""
    while True:
        page = await room.browser.call("GET", room.path + query)
        pages.append([run["id"] for run in page["runs"]])
        if page["before"] is None:
            break
        query = f"?before={page['before']}"
    assert [len(page) for page in pages] == [2, 2, 1]
    assert sorted(id for page in pages for id in page) == sorted(made)
    assert (await room.browser.call("GET", f"{room.path}?before=nothing"))["runs"] == []
    assert await room.browser.refused("GET", f"{room.path}?before=%00") == (404, "not_found")


async def test_how_a_session_was_prepared_stays_with_its_staff(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)
    ada = await rooms.api.person("Ada")
    session = await ada.create(prepare=True)
    ben = await rooms.api.guest(await ada.invite(session), "Ben")
    of_all, path = rooms.api.heard(session), f"/api/sessions/{session['id']}/runs"
    of_staff: list[str] = []
    rooms.api.bus.subscribe(staff_topic(SessionId(session["id"])), lambda message: of_staff.append(message.decode()))
    rooms.runner.hold()
    tried = (await ada.call("POST", path, CODE, status=202))["run"]["id"]
    await ada.call("POST", f"/api/sessions/{session['id']}/start")
    rooms.runner.go.set()  # it ends after the start
    await until(lambda: any('"run.finished"' in told and tried in told for told in of_staff))
    assert not any(event.get("type", "").startswith("run.") for event in of_all)
    after = (await ada.call("POST", path, CODE, status=201))["run"]["id"]
    await until(lambda: any(event.get("type") == "run.finished" and event["run"]["id"] == after for event in of_all))
    assert [run["id"] for run in (await ben.call("GET", path))["runs"]] == [after]
    assert [run["id"] for run in (await ada.call("GET", path))["runs"]] == [after, tried]
    await ben.call("GET", f"{path}/{tried}", status=404)
    await ada.call("GET", f"{path}/{tried}")
