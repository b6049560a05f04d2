"""Typing to a program that runs: who may, what the others see, what is kept, and what is too much."""

import asyncio
import json
from typing import Any

import pytest

from interview_platform.execution import going, patience, service, typed
from interview_platform.execution.interactive import Places
from interview_platform.execution.runs import Run
from interview_platform.kit.rate_limit import Limit
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import EventKind
from tests.api import Browser
from tests.execution.rooms import Rooms
from tests.execution.runners import until

READS = {"language": "python", "source": "input()", "interactive": True}
PRINTS = {"language": "python", "source": "print()"}


@pytest.fixture(autouse=True)
def at_once(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that waits for somebody to type is not waited for."""
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)


async def room(rooms: Rooms) -> tuple[Browser, Browser, str]:
    """A host, a candidate, the address of their runs."""
    ada, bob = await rooms.api.person("Ada"), await rooms.api.person("Bob")
    session = await ada.create()
    await bob.call("POST", f"/api/sessions/{session['id']}/join")
    return ada, bob, f"/api/sessions/{session['id']}/runs"


def heard_in(rooms: Rooms, path: str) -> list[dict[str, Any]]:
    return rooms.api.heard({"id": path.split("/")[3]})


async def begun(browser: Browser, path: str, body: dict[str, Any] = READS) -> str:
    id: str = (await browser.call("POST", path, body, status=202))["run"]["id"]
    return id


async def test_everybody_sees_what_is_typed_in_its_place(rooms: Rooms) -> None:
    ada, bob, path = await room(rooms)
    heard = heard_in(rooms, path)
    rooms.runner.prints = ["näme \U0001f600? "]  # 8 characters, 9 as a browser counts
    run = await begun(ada, path)
    assert (rooms.runner.jobs[0].interactive, rooms.runner.jobs[0].lane) == (True, path.split("/")[3])
    await bob.call("POST", f"{path}/{run}/input", {"text": "Bob\n"}, status=204)
    [late] = (await ada.call("GET", path))["runs"]
    by = {"id": bob.me["id"], "name": "Bob"}
    piece = {"by": by, "text": "Bob\n", "ended": False, "stdoutAt": 9, "stderrAt": 0}
    assert (late["typed"], late["takesInput"], late["stdout"]) == ([piece], True, "näme \U0001f600? BOB\n")
    await ada.call("POST", f"{path}/{run}/input", {"end": True}, status=204)
    await until(lambda: heard[-1]["type"] == "run.finished")
    told = [(event["type"], event.get("text")) for event in heard]
    assert told[2:] == [
        ("run.output", "näme \U0001f600? "),
        ("run.input", "Bob\n"),
        ("run.output", "BOB\n"),
        ("run.input", ""),
        ("run.output", "second"),
        ("run.finished", None),
    ]
    assert heard[3] == {"type": "run.input", "runId": run, "by": by, "text": "Bob\n", "ended": False}
    assert heard[5]["ended"]
    [kept] = (await bob.call("GET", path))["runs"]
    assert kept == heard[-1]["run"]
    assert (kept["typed"][0], kept["takesInput"], kept["verdict"]) == (piece, False, "ok")
    assert [one["ended"] for one in kept["typed"]] == [False, True]


async def test_what_is_typed_is_in_the_timeline(rooms: Rooms) -> None:
    ada, bob, path = await room(rooms)
    run = await begun(ada, path)
    await bob.call("POST", f"{path}/{run}/input", {"text": "1\n"}, status=204)
    await ada.call("POST", f"{path}/{run}/input", {"text": "2\n", "end": True}, status=204)
    await until(lambda: not rooms.runs._busy)
    entries = [event.entry for event in await rooms.timeline.read(SessionId(path.split("/")[3]))]
    told = [entry for entry in entries if entry.kind.value.startswith("run.")]
    assert [entry.kind for entry in told] == [
        EventKind.RUN_STARTED,
        EventKind.RUN_INPUT,
        EventKind.RUN_INPUT,
        EventKind.RUN_FINISHED,
    ]
    assert [entry.person for entry in told[1:3]] == [bob.me["id"], ada.me["id"]]
    assert json.loads(told[2].payload) == {"runId": run, "text": "2\n", "ended": True}


async def test_what_is_typed_before_the_program_starts_waits_for_it(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    rooms.runner.place.clear()
    run = await begun(ada, path)
    await ada.call("POST", f"{path}/{run}/input", {"text": "early", "end": True}, status=204)
    rooms.runner.place.set()
    await until(lambda: not rooms.runs._busy)
    [kept] = (await ada.call("GET", path))["runs"]
    assert (kept["stdout"], kept["verdict"]) == ("first EARLYsecond", "ok")
    assert kept["typed"][0]["stdoutAt"] == 0


async def test_who_may_type(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    session = {"id": path.split("/")[3]}
    stranger, nobody = await rooms.api.person("Eve"), rooms.api.browser()
    watcher = await rooms.api.guest(await ada.invite(session, "observer"), "Olga")
    run = await begun(ada, path)
    for act in ("input", "stop"):
        url = f"{path}/{run}/{act}"
        assert await nobody.refused("POST", url, {}) == (401, "unauthenticated")
        assert (await stranger.refused("POST", url, {}))[0] == 403
        assert (await watcher.refused("POST", url, {}))[0] == 403
        assert await stranger.refused("POST", f"/api/runs/{run}/{act}", {}) == (404, "not_found")
        assert await ada.refused("POST", f"/api/runs/{run}/{act}", {}) == (404, "not_found"), "it is in a room"
    elsewhere = (await stranger.create())["id"]
    assert await stranger.refused("POST", f"/api/sessions/{elsewhere}/runs/{run}/input", {}) == (404, "not_found")
    assert (await ada.call("GET", path))["runs"][0]["typed"] == []


async def test_what_cannot_be_typed_to(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    hello = {"text": "hello\n"}
    for unknown in ("nothing", "%00"):
        assert await ada.refused("POST", f"{path}/{unknown}/input", hello) == (404, "not_found")
    ended = (await ada.call("POST", path, PRINTS, status=201))["run"]["id"]
    assert await ada.refused("POST", f"{path}/{ended}/input", hello) == (409, "run_finished")
    rooms.runner.hold()
    deaf = await begun(ada, path, PRINTS)
    assert await ada.refused("POST", f"{path}/{deaf}/input", hello) == (409, "not_interactive")
    assert await ada.refused("POST", path, {**READS, "mode": "tests"}) == (422, "invalid")


async def test_an_ended_program_is_not_typed_to_while_it_is_stored(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody read must not stand in the room's transcript, and what is stored has none of it."""
    ada, _, path = await room(rooms)
    finish, reached, go = rooms.store.finish, asyncio.Event(), asyncio.Event()

    async def slow(run: Run) -> None:
        reached.set()
        await go.wait()
        await finish(run)

    monkeypatch.setattr(rooms.store, "finish", slow)
    heard = heard_in(rooms, path)
    run = await begun(ada, path)
    await ada.call("POST", f"{path}/{run}/input", {"end": True}, status=204)
    await reached.wait()
    assert await ada.refused("POST", f"{path}/{run}/input", {"text": "late"}) == (409, "run_finished")
    go.set()
    await until(lambda: heard[-1]["type"] == "run.finished")
    assert [event["text"] for event in heard if event["type"] == "run.input"] == [""]


async def test_after_its_end_there_is_no_more_input(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    rooms.runner.place.clear()
    run = await begun(ada, path)
    await ada.call("POST", f"{path}/{run}/input", {"end": True}, status=204)
    assert await ada.refused("POST", f"{path}/{run}/input", {"text": "more"}) == (409, "input_ended")
    assert not (await ada.call("GET", path))["runs"][0]["takesInput"]


async def test_too_much(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed, "INPUT_MAX", 10)
    monkeypatch.setattr(typed, "INPUT_TOTAL", 25)
    monkeypatch.setattr(typed, "PIECES_MAX", 4)
    ada, _, path = await room(rooms)
    url = f"{path}/{await begun(ada, path)}/input"
    assert await ada.refused("POST", url, {"text": "x" * 11}) == (413, "input_too_large")
    for _ in range(2):
        await ada.call("POST", url, {"text": "x" * 10}, status=204)
    assert await ada.refused("POST", url, {"text": "x" * 6}) == (413, "input_full")
    for _ in range(2):
        await ada.call("POST", url, {"text": "x"}, status=204)
    assert await ada.refused("POST", url, {"text": "x"}) == (413, "input_full"), "too many pieces"
    assert (await ada.call("GET", path))["runs"][0]["stdout"] == "first " + "X" * 22


async def test_too_fast(rooms: Rooms) -> None:
    ada, bob, path = await room(rooms)
    url = f"{path}/{await begun(ada, path)}/input"
    rooms.runs._going._typing._limit = Limit(2, 60)
    for _ in range(2):
        await ada.call("POST", url, {"text": "x"}, status=204)
    assert await ada.refused("POST", url, {"text": "x"}) == (429, "typing_too_fast")
    await bob.call("POST", url, {"text": "y"}, status=204)
    assert going.TYPING_LIMIT.count / going.TYPING_LIMIT.seconds >= 10, "nobody who types is too fast"


async def test_one_for_each_room_and_so_many_in_all(rooms: Rooms) -> None:
    rooms.runs._places = Places(2)
    ada, bob, path = await room(rooms)
    first = await begun(ada, path)
    assert await bob.refused("POST", path, READS) == (409, "run_waits_for_input")
    await bob.call("POST", path, PRINTS, status=201)
    second = await begun(ada, path)  # who runs again has done with the first
    stopped = (await ada.call("GET", f"{path}/{first}"))["run"]
    assert (stopped["verdict"], stopped["message"]) == ("stopped", "Stopped: it was run again.")
    eve, fay = await rooms.api.person("Eve"), await rooms.api.person("Fay")
    alone = await begun(eve, "/api/runs")
    assert await fay.refused("POST", "/api/runs", READS) == (429, "interactive_full")
    await fay.call("POST", "/api/runs", PRINTS, status=201)
    await eve.call("POST", f"/api/runs/{alone}/input", {"end": True}, status=204)
    await bob.call("POST", f"{path}/{second}/stop", {})
    await until(lambda: not rooms.runs._busy)
    await begun(fay, "/api/runs")
    await begun(bob, path)


async def test_a_program_waits_for_nobody_for_ever(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(going, "IDLE_SECONDS", 0.2)
    ada, _, path = await room(rooms)
    heard = heard_in(rooms, path)
    await begun(ada, path)
    await until(lambda: heard[-1]["type"] == "run.finished")
    assert heard[-1]["run"]["verdict"] == "stopped"
    assert "nothing was typed" in heard[-1]["run"]["message"]


async def test_whoever_types_is_waited_for() -> None:
    over: list[bool] = []
    waiting = patience.Patience(0.2, lambda: over.append(True))
    loop = asyncio.get_running_loop()
    began = loop.time()
    loop.call_at(began + 0.1, waiting.touch)
    await until(lambda: bool(over))
    assert loop.time() - began >= 0.3, "counted from the last touch"


async def test_the_end_of_the_interview_ends_its_programs(rooms: Rooms) -> None:
    ada, _, path = await room(rooms)
    run = await begun(ada, path)
    await ada.call("POST", path.replace("/runs", "/end"), {})
    await until(lambda: not rooms.runs._busy)
    kept = (await ada.call("GET", f"{path}/{run}"))["run"]
    assert (kept["verdict"], kept["message"]) == ("stopped", "Stopped: the interview was ended.")
    assert await ada.refused("POST", f"{path}/{run}/input", {"text": "x"}) == (400, "session_completed")
