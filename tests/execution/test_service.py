"""Running code as its callers see it, over HTTP; the runner behind it is a fake."""

import asyncio
import json
from typing import Any

import pytest

from interview_platform.execution import service
from interview_platform.execution.model import Execution, Outcome, Verdict
from interview_platform.execution.ports import QueueFull, RunnerUnavailable
from interview_platform.execution.runs import Run
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.kit.rate_limit import Limit
from interview_platform.sessions.model import SessionId
from interview_platform.storage.database import Database
from interview_platform.timeline.model import EventKind
from tests.api import Browser
from tests.execution.rooms import Rooms, rooms_of
from tests.execution.runners import until

CODE = {"language": "python", "source": "print('hi')"}
TESTS = {**CODE, "mode": "tests"}


async def room(rooms: Rooms) -> tuple[Browser, Browser, dict[str, Any]]:
    """A host, a candidate, their session."""
    ada, bob = await rooms.api.person("Ada"), await rooms.api.person("Bob")
    session = await ada.create()
    await bob.call("POST", f"/api/sessions/{session['id']}/join")
    return ada, bob, session


def runs_of(session: dict[str, Any]) -> str:
    return f"/api/sessions/{session['id']}/runs"


async def test_everybody_in_the_room_sees_a_run_from_start_to_end(rooms: Rooms) -> None:
    ada, bob, session = await room(rooms)
    heard = rooms.api.heard(session)
    answer = await bob.call("POST", runs_of(session), {**CODE, "stdin": "1 2"}, status=201)
    run = answer["run"]
    assert (run["verdict"], run["stdout"], run["exitCode"], run["status"]) == ("ok", "first second", 0, "finished")
    assert run["by"] == {"id": bob.me["id"], "name": "Bob"}
    kinds = ["run.started", "run.started", "run.output", "run.output", "run.finished"]
    assert [event["type"] for event in heard] == kinds
    assert [event["run"]["status"] for event in heard[:2]] == ["queued", "running"]
    assert [event["text"] for event in heard[2:4]] == ["first ", "second"]
    assert {event["runId"] for event in heard[2:4]} == {heard[0]["run"]["id"]} == {run["id"]}
    assert heard[4]["run"] == run
    assert (await ada.call("GET", runs_of(session)))["runs"] == [run]
    assert rooms.runner.jobs[0].inputs == ("1 2",)


async def test_a_run_is_in_the_timeline(rooms: Rooms) -> None:
    ada, _, session = await room(rooms)
    run = (await ada.call("POST", runs_of(session), CODE, status=201))["run"]
    entries = [event.entry for event in await rooms.timeline.read(SessionId(session["id"]))]
    told = [entry for entry in entries if entry.kind in {EventKind.RUN_STARTED, EventKind.RUN_FINISHED}]
    assert [entry.person for entry in told] == [ada.me["id"]] * 2
    started, finished = (json.loads(entry.payload) for entry in told)
    assert (started["runId"], started["language"]) == (run["id"], "python")
    assert (finished["runId"], finished["verdict"]) == (run["id"], "ok")


async def test_a_long_run_is_answered_before_its_end(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)
    ada, bob, session = await room(rooms)
    heard = rooms.api.heard(session)
    rooms.runner.hold()
    run = (await ada.call("POST", runs_of(session), CODE, status=202))["run"]
    assert (run["status"], run["verdict"], run["finishedAt"]) == ("running", None, None)
    # Who comes now sees what was printed so far.
    [late] = (await bob.call("GET", runs_of(session)))["runs"]
    assert (late["id"], late["status"], late["stdout"]) == (run["id"], "running", "first ")
    rooms.runner.go.set()
    await until(lambda: heard[-1]["type"] == "run.finished")
    [done] = (await bob.call("GET", runs_of(session)))["runs"]
    assert (done["status"], done["stdout"]) == ("finished", "first second")


async def test_a_run_goes_on_when_who_asked_goes_away(rooms: Rooms) -> None:
    ada, bob, session = await room(rooms)
    heard = rooms.api.heard(session)
    rooms.runner.hold()
    asking = asyncio.create_task(ada.call("POST", runs_of(session), CODE))
    await until(lambda: any(event["type"] == "run.output" for event in heard))
    asking.cancel()
    await asyncio.wait([asking])
    rooms.runner.go.set()
    await until(lambda: heard[-1]["type"] == "run.finished")
    assert heard[-1]["run"]["verdict"] == "ok"
    assert len((await bob.call("GET", runs_of(session)))["runs"]) == 1


async def test_three_at_once_for_each_person(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)
    ada, bob, session = await room(rooms)
    rooms.runner.hold()
    await ada.call("POST", runs_of(session), CODE, status=202)
    await ada.call("POST", runs_of(session), TESTS, status=202)
    await ada.call("POST", "/api/runs", CODE, status=202)
    assert await ada.refused("POST", runs_of(session), CODE) == (429, "run_in_progress")
    assert await ada.refused("POST", "/api/runs", CODE) == (429, "run_in_progress")
    await bob.call("POST", runs_of(session), CODE, status=202)
    rooms.runner.go.set()
    await until(lambda: rooms.runner.ended == 4)
    await until(lambda: not rooms.runs._busy)
    await ada.call("POST", runs_of(session), CODE, status=201)


async def test_not_too_often(database: Database) -> None:
    rooms = rooms_of(database, Limit(2, 60))
    ada = await rooms.api.person("Ada")
    for _ in range(2):
        await ada.call("POST", "/api/runs", CODE, status=201)
    assert await ada.refused("POST", "/api/runs", CODE) == (429, "too_many_runs")
    await rooms.api.close()


async def test_who_may_run(rooms: Rooms) -> None:
    ada, _, session = await room(rooms)
    stranger, nobody = await rooms.api.person("Eve"), rooms.api.browser()
    watcher = await rooms.api.guest(await ada.invite(session, "observer"), "Olga")
    assert await nobody.refused("POST", runs_of(session), CODE) == (401, "unauthenticated")
    assert (await stranger.refused("POST", runs_of(session), CODE))[0] == 403
    assert (await stranger.refused("GET", runs_of(session)))[0] == 403
    assert (await watcher.refused("POST", runs_of(session), CODE))[0] == 403
    assert (await watcher.call("GET", runs_of(session)))["runs"] == []
    assert await nobody.refused("POST", "/api/runs", CODE) == (401, "unauthenticated")
    assert rooms.runner.jobs == []


async def test_tests_show_what_is_hidden_only_as_a_verdict(rooms: Rooms) -> None:
    ada, _, session = await room(rooms)
    heard = rooms.api.heard(session)
    run = (await ada.call("POST", runs_of(session), TESTS, status=201))["run"]
    assert (run["verdict"], run["passed"], run["total"]) == ("accepted", 3, 3)
    assert [(test["name"], test["hidden"], test["input"]) for test in run["tests"]] == [
        ("open one", False, "x\n"),
        ("another", False, "y"),
        ("Hidden test 1", True, None),
    ]
    hidden = run["tests"][2]
    told = {key: value for key, value in hidden.items() if value not in (None, "", False)}
    assert told == {"name": "Hidden test 1", "hidden": True, "verdict": "accepted"}
    for secret in ("abc", "secret"):
        assert secret not in json.dumps(heard).lower()
    assert [event["type"] for event in heard] == ["run.started", "run.started", "run.finished"]


async def test_the_first_failing_test_gives_the_verdict(rooms: Rooms) -> None:
    ada, _, session = await room(rooms)
    rooms.runner.outcome = Outcome(
        None,
        (
            Execution(Verdict.OK, "X"),
            Execution(Verdict.TIME_LIMIT, "Y", message="Stopped after 10 s: the time limit."),
            Execution(Verdict.OK, "wrong"),
        ),
    )
    run = (await ada.call("POST", runs_of(session), TESTS, status=201))["run"]
    assert (run["verdict"], run["passed"], run["total"]) == ("time_limit", 1, 3)
    assert [test["verdict"] for test in run["tests"]] == ["accepted", "time_limit", "wrong_answer"]


async def test_compile_error(rooms: Rooms) -> None:
    ada, _, session = await room(rooms)
    said = Execution(Verdict.COMPILE_ERROR, stderr="line 1: no", exit_code=1, message="The program does not compile.")
    rooms.runner.outcome = Outcome(said)
    for body, total in ((CODE, 0), (TESTS, 3)):
        run = (await ada.call("POST", runs_of(session), body, status=201))["run"]
        assert (run["verdict"], run["compileOutput"], run["stdout"]) == ("compile_error", "line 1: no", "")
        assert (run["message"], run["passed"], run["total"]) == ("The program does not compile.", 0, total)


async def test_alone_on_a_problem(rooms: Rooms) -> None:
    ada, bob = await rooms.api.person("Ada"), await rooms.api.person("Bob")
    run = (await ada.call("POST", "/api/runs", {**TESTS, "problem": "two-sum"}, status=201))["run"]
    assert (run["verdict"], run["sessionId"]) == ("accepted", None)
    assert (await ada.call("GET", f"/api/runs/{run['id']}"))["run"] == run
    assert await bob.refused("GET", f"/api/runs/{run['id']}") == (404, "not_found")
    assert await ada.refused("GET", "/api/runs/%00") == (404, "not_found")
    by_title = await ada.call("POST", "/api/runs", {**TESTS, "problem": "Two Sum"}, status=201)
    assert by_title["run"]["verdict"] == "accepted"
    assert await ada.refused("POST", "/api/runs", {**TESTS, "problem": "no-such"}) == (422, "unknown_problem")
    assert await ada.refused("POST", "/api/runs", TESTS) == (422, "no_tests")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"language": "cobol"}, (422, "unknown_language")),
        ({"source": "x" * 100_001}, (413, "source_too_large")),
        ({"stdin": "x" * 100_001}, (413, "stdin_too_large")),
        ({"mode": "fast"}, (422, "invalid")),
        ({"source": None}, (422, "invalid")),
        ({"source": "\ud800"}, (422, "invalid")),
    ],
    ids=["language", "long source", "long stdin", "mode", "no source", "half a character"],
)
async def test_what_cannot_be_run(rooms: Rooms, change: dict[str, Any], refusal: tuple[int, str]) -> None:
    ada = await rooms.api.person("Ada")
    answer = await ada.post(
        "/api/runs", content=json.dumps({**CODE, **change}), headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == refusal
    assert rooms.runner.jobs == []


async def test_any_text_is_kept(rooms: Rooms) -> None:
    """Code and output with what no database keeps, and more of it than is kept."""
    ada, _, session = await room(rooms)
    rooms.runner.outcome = Outcome(None, (Execution(Verdict.OK, "a\0b" + "x" * 300_000),))
    body = {"language": "python", "source": "print('\0😀')", "stdin": "\0"}
    await ada.call("POST", runs_of(session), body, status=201)
    [run] = (await ada.call("GET", runs_of(session)))["runs"]
    assert run["truncated"]
    assert 100_000 < len(run["stdout"]) <= 200_000


async def test_languages(rooms: Rooms) -> None:
    nobody = rooms.api.browser()
    answer = await nobody.call("GET", "/api/languages")
    python = {"id": "python", "name": "Python", "version": "3.11", "monaco": "python", "fileName": "solution.py"}
    assert answer == {"languages": [{**python, "starter": ""}], "unavailable": None}
    rooms.runner.why_not = "bubblewrap is not installed."
    assert (await nobody.call("GET", "/api/languages")) == {
        "languages": [],
        "unavailable": "bubblewrap is not installed.",
    }
    ada = await rooms.api.person("Ada")
    assert await ada.refused("POST", "/api/runs", CODE) == (503, "runner_unavailable")


@pytest.mark.parametrize(
    ("refusal", "told"),
    [(QueueFull(), (429, "queue_full")), (RunnerUnavailable("No isolation."), (503, "runner_unavailable"))],
    ids=["queue", "runner"],
)
async def test_what_was_never_begun_is_refused_and_leaves_nothing(
    rooms: Rooms, refusal: Exception, told: tuple[int, str]
) -> None:
    ada, _, session = await room(rooms)
    heard = rooms.api.heard(session)
    rooms.runner.refusal = refusal
    assert await ada.refused("POST", runs_of(session), CODE) == told
    assert await ada.refused("POST", "/api/runs", CODE) == told
    assert heard == (await ada.call("GET", runs_of(session)))["runs"] == []
    rooms.runner.refusal = None
    assert (await ada.call("POST", runs_of(session), CODE, status=201))["run"]["verdict"] == "ok"


async def test_nobody_hears_of_a_run_before_it_is_stored(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    """It starts while its row is written."""
    ada, _, session = await room(rooms)
    heard, store, stored = rooms.api.heard(session), rooms.store.add, asyncio.Event()

    async def slowly(run: Run) -> None:
        await stored.wait()
        await store(run)

    monkeypatch.setattr(rooms.store, "add", slowly)
    asking = asyncio.create_task(ada.call("POST", runs_of(session), CODE, status=201))
    await until(lambda: rooms.runner.ended == 1)
    assert heard == (await ada.call("GET", runs_of(session)))["runs"] == []
    stored.set()
    run = (await asking)["run"]
    assert [event["type"] for event in heard] == [
        "run.started",
        "run.started",
        "run.output",
        "run.output",
        "run.finished",
    ]
    assert heard[-1]["run"] == run


async def test_a_run_that_cannot_be_stored_is_ended_and_never_heard_of(
    rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, _, session = await room(rooms)
    heard, started = rooms.api.heard(session), asyncio.Event()

    async def full(run: Run) -> None:
        del run
        await until(lambda: bool(rooms.runner.jobs))
        started.set()
        raise Refusal(Kind.UNAVAILABLE, "disk_full", "The disk is full.")

    monkeypatch.setattr(rooms.store, "add", full)
    rooms.runner.hold()  # only its being stopped ends it
    assert await ada.refused("POST", runs_of(session), CODE) == (503, "disk_full")
    assert started.is_set()
    assert rooms.runner.ended <= 1
    monkeypatch.undo()
    assert heard == (await ada.call("GET", runs_of(session)))["runs"] == []


@pytest.mark.parametrize("trouble", [RunnerUnavailable("It has gone."), RuntimeError("a bug")], ids=["gone", "bug"])
async def test_trouble_on_our_side_is_said_so(rooms: Rooms, trouble: Exception) -> None:
    ada, _, session = await room(rooms)
    rooms.runner.trouble = trouble
    run = (await ada.call("POST", runs_of(session), CODE, status=201))["run"]
    assert (run["status"], run["verdict"]) == ("finished", "internal_error")
    assert run["message"]
    assert "a bug" not in run["message"]
    rooms.runner.trouble = None
    assert (await ada.call("POST", runs_of(session), CODE, status=201))["run"]["verdict"] == "ok"


async def test_a_stopped_server_ends_its_runs(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)
    ada, _, session = await room(rooms)
    rooms.runner.hold()
    await ada.call("POST", runs_of(session), CODE, status=202)
    await rooms.runs.close()
    [run] = (await ada.call("GET", runs_of(session)))["runs"]
    assert (run["status"], run["verdict"]) == ("finished", "internal_error")
    assert "stopped" in run["message"]


async def test_a_killed_servers_runs_are_closed_at_the_next_start(
    rooms: Rooms, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "ANSWER_SECONDS", 0.05)
    ada, _, session = await room(rooms)
    rooms.runner.hold()
    running = (await ada.call("POST", runs_of(session), CODE, status=202))["run"]
    next_start = rooms_of(database)
    await next_start.runs.recover()
    stored = await next_start.api.sessions.access(session["id"], None)
    [run] = await next_start.runs.reading.recent(stored)
    assert (run.id, run.status.value, run.verdict) == (running["id"], "finished", Verdict.INTERNAL_ERROR)
    assert "stopped" in run.message
    await next_start.api.close()
