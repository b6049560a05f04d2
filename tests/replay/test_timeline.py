"""GET /api/sessions/{id}/timeline: the whole log, for who may play the session."""

import base64
import json
import random
import re
from typing import Any

import pytest
from pycrdt import Doc, Map, Text

from interview_platform.replay import log as replay_log
from interview_platform.sessions.settings import ReplayFor
from interview_platform.timeline.model import EventKind
from tests.replay.conftest import Played

PATHS = ("timeline", "export.json", "export.html")


def scribble(rng: random.Random, files: Map[Any]) -> None:
    """One change by hand: type, delete, or begin a file."""
    path = rng.choice(["solution.py", "Main.java"])
    if path not in files:
        files[path] = Text("")
    text = files[path]
    length = len(str(text).encode())
    if length and rng.random() < 0.3:
        at = rng.randrange(length)
        del text[at : min(length, at + rng.randint(1, 4))]
    else:
        text.insert(rng.randint(0, length), "".join(rng.choices("abc\n (", k=rng.randint(1, 6))))


def texts(doc: Doc[Any]) -> dict[str, str]:
    return {path: str(text) for path, text in doc.get("files", type=Map).items()}


@pytest.mark.parametrize("seed", range(6))
async def test_the_document_at_every_entry_is_what_the_log_says(played: Played, seed: int) -> None:
    rng = random.Random(seed)
    states = [texts(played.doc)]
    for step in range(40):
        await played.write(lambda files: scribble(rng, files), rng.choice(["host", "candidate"]))
        states.append(texts(played.doc))
        if rng.random() < 0.2:
            await played.say(f"step {step}")
        if rng.random() < 0.1:
            await played.run(f"out {step}")
    await played.end()
    events = await played.events(limit=rng.randint(1, 60))
    stored = await played.world.timeline.read(played.session.id, limit=10_000)
    assert [(e["seq"], e["kind"], e["at"], e["personId"]) for e in events] == [
        (one.seq, one.entry.kind.value, one.entry.at, one.entry.person) for one in stored
    ]
    doc: Doc[Any] = Doc()
    seen = []
    for event in events:
        if event["kind"] == "document":
            doc.apply_update(base64.b64decode(event["data"]))
            seen.append(texts(doc))
    assert seen == states


async def test_messages_and_runs_come_with_what_was_said_and_printed(played: Played) -> None:
    said = [await played.say(f"message {n}", "host" if n % 2 else "candidate") for n in range(120)]
    run = await played.run("Hello\n")
    later = await played.say("after the run")
    await played.end()
    events = await played.events(limit=33)
    chat = [event for event in events if event["kind"] == "chat"]
    assert [(event["data"]["messageId"], event["data"]["message"]["text"]) for event in chat] == [
        *((id, f"message {n}") for n, id in enumerate(said)),
        (later, "after the run"),
    ]
    assert chat[1]["personId"] == played.host.person.id
    (began,) = [event["data"] for event in events if event["kind"] == "run.started"]
    assert began == {"runId": run.id, "language": "python", "mode": "run"}
    (finished,) = [event["data"] for event in events if event["kind"] == "run.finished"]
    assert finished["runId"] == run.id
    assert (finished["run"]["stdout"], finished["run"]["verdict"]) == ("Hello\n", "ok")
    assert finished["run"]["by"]["name"] == "Ben"


async def test_an_entry_that_cannot_be_read_hides_nothing_else(played: Played) -> None:
    bad = await played.log(EventKind.CHAT, b"{half")
    list_ = await played.log(EventKind.RUN_FINISHED, b"[1]")
    await played.say("still here")
    await played.end()
    events = {event["seq"]: event for event in await played.events()}
    assert events[bad]["data"] == {"message": None}
    assert events[list_]["data"] == {"run": None}
    assert "still here" in json.dumps(list(events.values()))


async def test_a_page_is_bounded_in_bytes(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay_log, "PAGE_BYTES", 10_000)
    monkeypatch.setattr(replay_log, "_STEP", 2)
    for _ in range(20):
        await played.log(EventKind.DOCUMENT, bytes(6_000))
    await played.end()
    first = (await played.ask("timeline")).json()
    assert sum(event["kind"] == "document" for event in first["events"]) == 3
    assert first["next"] == first["events"][-1]["seq"]
    assert sum(event["kind"] == "document" for event in await played.events()) == 21


@pytest.mark.parametrize("query", [{"after": -1}, {"after": "x"}, {"limit": 0}, {"limit": 5001}, {"after": 2**70}])
async def test_a_place_that_is_none_is_refused(played: Played, query: dict[str, Any]) -> None:
    await played.end()
    answer = await played.ask("timeline", **query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_past_the_end_there_is_nothing(played: Played) -> None:
    await played.end()
    assert (await played.ask("timeline", after=2**53)).json() == {"events": [], "next": None}


LIVE = {"host": 403, "interviewer": 403, "candidate": 403, "observer": 403, "stranger": 403, "removed": 403, None: 401}
ENDED = {**LIVE, "host": 200, "interviewer": 200}
FOR_ALL = {**ENDED, "candidate": 200, "observer": 200}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("replay_for", ReplayFor)
@pytest.mark.parametrize("ended", [False, True])
async def test_who_may(played: Played, path: str, replay_for: ReplayFor, ended: bool) -> None:
    await played.configure(replay_for=replay_for)
    played.people["removed"] = await played.world.admit(played.session, "Rita")
    await played.world.api.sessions.remove(played.session.id, played.people["removed"].person.id, played.host.person)
    if ended:
        await played.end()
    expected = LIVE if not ended else FOR_ALL if replay_for is ReplayFor.EVERYONE else ENDED
    answers = {who: (await played.ask(path, who)).status_code for who in expected}
    assert answers == expected


async def test_nobody_is_told_of_a_session_that_is_not_there(played: Played) -> None:
    for path in PATHS:
        answer = await played.http.get(f"/api/sessions/nosuchsession/{path}", headers=played.host.headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


PRIVATE = (EventKind.STAFF, EventKind.PASTE, EventKind.FOCUS, EventKind.COPY)


async def log_private(played: Played) -> None:
    await played.log(EventKind.STAFF, b"canary update")
    for kind in PRIVATE[1:]:
        await played.log(kind, b'{"canary": "payload"}')


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["candidate", "observer"])
async def test_what_is_the_interviewers_stays_with_them(played: Played, path: str, who: str) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    await log_private(played)
    await played.say("for all")
    await played.end()
    secret = base64.b64encode(b"canary update").decode()
    for reader, sees in (("host", True), (who, False)):
        text = (await played.ask(path, reader)).text
        assert "for all" in text
        assert [kind.value for kind in PRIVATE if f'"kind":"{kind.value}"' in text] == (
            [kind.value for kind in PRIVATE] if sees else []
        )
        assert (secret in text, "canary" in text) == (sees, sees)


@pytest.mark.parametrize("path", PATHS[1:])
async def test_a_file_to_share_holds_what_everybody_may_see(played: Played, path: str) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    await log_private(played)
    await played.end()
    shared, for_all = await played.ask(path, shareable=True), await played.ask(path, "candidate")
    at = re.compile(r'"exportedAt":"[^"]*"')
    assert at.sub("", shared.text) == at.sub("", for_all.text)


async def test_who_came_at_the_start_is_not_told_what_was_prepared_how(played: Played) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    await played.write(lambda files: files["solution.py"].insert(0, "canary, a hint that was taken back"), "host")
    await played.write(lambda files: files["solution.py"].__delitem__(slice(0, 34)), "host")
    await played.write(lambda files: files["solution.py"].insert(0, "# prepared\n"), "host")
    prepared = texts(played.doc)
    await played.say("canary among interviewers", "host")
    started = await played.log(EventKind.STARTED, b"", "host")
    await played.write(lambda files: files["solution.py"].insert(0, "# after\n"))
    await played.say("after")
    await played.end()
    events = await played.events("candidate", limit=1)
    assert [event["seq"] for event in events[:3]] == [started - 1, started, started + 1]
    assert (events[0]["kind"], events[0]["personId"], events[0]["at"]) == ("document", None, events[1]["at"])
    doc: Doc[Any] = Doc()
    first = base64.b64decode(events[0]["data"])
    doc.apply_update(first)
    assert texts(doc) == prepared
    doc.apply_update(base64.b64decode(events[2]["data"]))
    assert texts(doc) == texts(played.doc)
    assert b"canary" not in first
    assert "canary" not in json.dumps(events)
    assert "canary among interviewers" in json.dumps(await played.events("host"))
    assert events == await played.events("candidate")
