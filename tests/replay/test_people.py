"""Who is told of whom, and of what was prepared: the log holds more than everybody may see."""

import base64
import json
from dataclasses import replace
from typing import Any

import pytest
from pycrdt import Doc, Map, Text

from interview_platform.execution.model import Verdict
from interview_platform.execution.runs import Result
from interview_platform.kit.clock import now_ms
from interview_platform.sessions.model import Role
from interview_platform.sessions.settings import ReplayFor
from interview_platform.timeline.model import EventKind
from interview_platform.timeline.pads import Pad
from tests.replay.conftest import Played
from tests.replay.test_chat import PATHS
from tests.replay.test_export import HOSTILE
from tests.room.test_live_access import member_with


def told(events: list[dict[str, Any]], person: str) -> list[str]:
    return [event["kind"] for event in events if event["personId"] == person]


async def test_who_waited_outside_is_the_staffs_affair(played: Played) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    people = {name: await played.come(name, waiting=True) for name in ("In", "Back", "Never")}
    for name in ("In", "Back"):
        await played.change(member_with(people[name], waiting=False))
    await played.change(member_with(people["Back"], waiting=True))
    for somebody in people.values():
        await played.change(member_with(somebody, role=Role.OBSERVER))
        await played.world.api.sessions.remove(played.session.id, somebody.person.id, played.host.person)
    again = await played.world.admit(played.session, "Ben again")
    await played.end()
    inside, outside = await played.events("host"), await played.events("observer")
    seen = {name: (told(inside, one.person.id), told(outside, one.person.id)) for name, one in people.items()}
    assert seen == {
        "In": (["joined", "admitted", "role", "left"], ["admitted", "role", "left"]),
        "Back": (["joined", "admitted", "sent_back", "role", "left"], ["admitted", "sent_back"]),
        "Never": (["joined", "role", "left"], []),
    }
    assert told(outside, again.person.id) == ["joined"]


async def test_who_never_came_in_is_not_named(played: Played) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    nora, neil = await played.come("Nora", waiting=True), await played.come("Neil", waiting=True)
    await played.world.api.sessions.remove(played.session.id, neil.person.id, played.host.person)
    await played.end()
    traces = (nora.person.id, neil.person.id, "Nora", "Neil")
    for path in PATHS:
        assert nora.person.id in (await played.ask(path, "host")).text
        answer = await played.ask(path, "observer")
        assert answer.status_code == 200
        assert not [one for one in traces if one in answer.text]
        assert (await played.ask(path, "Nora")).status_code == 403


async def pad(played: Played, title: str, text: str, who: str = "host") -> Pad:
    """As `room/pads.py` adds one: an update of a client of its own, and an entry."""
    made = Pad(f"pad{len(title)}", title, "")
    seed: Doc[Any] = Doc()
    with seed.transaction():
        seed.get("files", type=Map)[f"{made.id}/solution.py"] = Text(text)
        seed.get("pads", type=Map)[made.id] = Map({"title": title, "problem": "", "language": "python", "at": 1})
    played.doc.apply_update(seed.get_update())
    await played.log(EventKind.DOCUMENT, seed.get_update(), None)
    entry = made.entry(played.people[who].person.id, 1)
    await played.log(entry.kind, entry.payload, who)
    return made


async def test_what_was_prepared_in_pads_is_shown_as_it_was_at_the_start(played: Played) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    ready = await pad(played, "Ready", "pass\n")
    path = f"{ready.id}/solution.py"
    await played.write(lambda files: files[path].insert(0, "# canary, a solution that was taken back"), "host")
    await played.write(lambda files: files[path].__delitem__(slice(0, 40)), "host")
    await played.run("canary of a run", "host")
    going = await played.begin_run("host")
    await played.start()
    await played.runs.finish(going.finished(Result(Verdict.OK, "canary that ended later"), now_ms()))
    later = await pad(played, "Later on", "later\n")
    await played.end()
    inside, outside = await played.events("host"), await played.events("candidate")
    assert "canary" in json.dumps(inside)
    assert [event["data"]["title"] for event in outside if event["kind"] == "pad"] == ["Later on"]
    document: Doc[Any] = Doc()
    updates = [base64.b64decode(event["data"]) for event in outside if event["kind"] == "document"]
    assert not [update for update in updates if b"canary" in update]
    document.apply_update(updates[0])
    assert {id: one["title"] for id, one in document.get("pads", type=Map).to_py().items()} == {ready.id: "Ready"}
    assert str(document.get("files", type=Map)[path]) == "pass\n"
    for update in updates[1:]:
        document.apply_update(update)
    assert set(document.get("pads", type=Map).to_py()) == {ready.id, later.id}
    for one in PATHS:
        assert "canary" not in (await played.ask(one, "candidate")).text


@pytest.mark.parametrize("path", PATHS)
async def test_of_what_was_never_started_those_who_waited_get_nothing(played: Played, path: str) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    await played.change(lambda session: replace(session, started_at=None))
    await pad(played, "Prepared", "canary\n")
    await played.end()
    answers = {
        who: (await played.ask(path, who)).status_code for who in ("host", "interviewer", "candidate", "observer")
    }
    assert answers == {"host": 200, "interviewer": 200, "candidate": 403, "observer": 403}
    assert (await played.ask(path, "candidate")).json()["code"] == "not_admitted"


async def test_titles_and_names_do_not_get_out_of_their_element(played: Played) -> None:
    await pad(played, HOSTILE.replace("\x00", ""), HOSTILE)
    await played.change(lambda session: replace(session, problem=HOSTILE.replace("\x00", "")))
    await played.end()
    answer = await played.ask("export.html")
    assert b"<img" not in answer.content
    assert answer.content.count(b"alert(1)") >= 2  # it is there, as data
