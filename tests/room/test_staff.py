"""What only those who interview have: their document, its notes afterwards, the guide. Nobody else gets a word."""

from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from pycrdt import Map, Text

from interview_platform.app.errors import install_error_table
from interview_platform.kit.clock import now_ms
from interview_platform.problems.model import Hint
from interview_platform.room import routes
from interview_platform.room.guide import Guides
from interview_platform.sessions.model import Role, Session, Visibility
from interview_platform.timeline.model import DocumentName, EventKind
from interview_platform.timeline.pads import Pad
from tests.api import Bank
from tests.room.events import events
from tests.room.notes import NotesClient
from tests.room.test_live_access import member_with, set_to
from tests.room.world import Somebody, World
from tests.room.yjs import YClient, eventually, refusal, yjs

CANARY = "canary-7f3a"


class Guided(Bank):
    """The two problems with a guide that says who has read it."""

    def __init__(self) -> None:
        super().__init__()
        hints = (Hint("First nudge", f"{CANARY}-hint"), Hint("The idea", "Remember what you saw."))
        solutions = {"python": f"# {CANARY}-solution\n"}
        self._problems = [replace(problem, hints=hints, references=solutions) for problem in self._problems]


def http(world: World) -> httpx.AsyncClient:
    app = FastAPI()
    install_error_table(app)
    rooms = world.rooms
    guides = Guides(Guided(), world.timeline)
    app.include_router(routes.router(rooms.records, rooms.notes, guides, world.api.sessions, world.api.identity))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


def staff_url(world: World, session: Session, query: str = "") -> str:
    return world.url(session, "staff", query)


async def outsiders(world: World, session: Session) -> dict[str, Somebody]:
    """Everybody of the session who is not to know, but is not a stranger."""
    sessions, ada = world.api.sessions, world.people["Ada"].person
    left = await world.admit(session, "Liv", Role.INTERVIEWER)
    await sessions.leave(session.id, left.person)
    removed = await world.admit(session, "Rex", Role.INTERVIEWER)
    await sessions.remove(session.id, removed.person.id, ada)
    waiting = await world.admit(session, "Wim", Role.INTERVIEWER)
    await sessions.change(session.id, member_with(waiting, waiting=True))
    return {
        "candidate": await world.admit(session, "Ben"),
        "observer": await world.admit(session, "Oz", Role.OBSERVER),
        "waiting": waiting,
        "left": left,
        "removed": removed,
    }


async def test_the_socket_is_for_those_who_interview(world: World) -> None:
    host, stranger = await world.somebody("Ada"), await world.somebody("Eve")
    session = await world.session(host)
    private = await world.session(host, visibility=Visibility.PRIVATE)
    url = staff_url(world, session)
    for kind, who in (await outsiders(world, session)).items():
        code = "not_admitted" if kind == "waiting" else "forbidden"
        assert await refusal(url, who.headers) == (403, code), kind
        ticket = world.api.tickets.issue(who.person.id)
        assert await refusal(f"{url}?ticket={ticket}") == (403, code), kind
    assert await refusal(url, stranger.headers) == (403, "forbidden")
    assert await refusal(url) == (401, "unauthenticated")
    assert await refusal(staff_url(world, private), stranger.headers) == (404, "not_found")
    foreign = {**host.headers, "Origin": "https://evil.example"}
    assert await refusal(url, foreign) == (403, "foreign_origin")
    async with yjs(url, host.headers):
        pass


async def test_they_write_together_and_a_lock_is_not_for_them(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    other = await world.admit(session, "Cleo", Role.INTERVIEWER)
    url = staff_url(world, session, "?acks=1")
    async with yjs(url, host.headers, ada := NotesClient()), yjs(url, other.headers, cleo := NotesClient()):
        text = ada.add("1", host.person.id, "asks ")
        await world.api.sessions.change(session.id, set_to(locked=True))
        await eventually(lambda: cleo.texts() == ["asks "])
        shared = cleo.notes[0]["text"]
        shared += "good questions"
        text.insert(0, "He ")
        await eventually(lambda: ada.texts() == cleo.texts() == ["He asks good questions"])
        await eventually(lambda: ada.acked == ada.sent and cleo.acked == cleo.sent)
    kinds = [event.entry.kind for event in await world.timeline.read(session.id, kinds=list(EventKind))]
    assert EventKind.STAFF in kinds
    assert EventKind.DOCUMENT not in kinds  # nobody opened the other one
    by = [event.entry.person for event in await world.timeline.read(session.id, kinds=[EventKind.STAFF])]
    assert set(by) == {host.person.id, other.person.id}


async def test_who_is_demoted_is_shown_out_at_once(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    other = await world.admit(session, "Cleo", Role.INTERVIEWER)
    url = staff_url(world, session)
    async with (
        yjs(url, host.headers, ada := NotesClient()),
        yjs(url, other.headers, cleo := NotesClient()),
        yjs(world.url(session), other.headers) as text,
        events(world.url(session, "events"), other.headers) as told,
    ):
        await world.api.sessions.change(session.id, member_with(other, role=Role.CANDIDATE))
        assert (await cleo.closed(), cleo.close_reason) == (4403, "forbidden")
        assert (await told.heard("me"))["me"]["role"] == "candidate"
        ada.add("1", host.person.id, CANARY)
        assert await refusal(url, other.headers) == (403, "forbidden")
        text.text.insert(0, "goes on ")  # in the document that is everybody's
        async with yjs(world.url(session), host.headers) as seen:
            await eventually(lambda: "goes on" in seen.read())
        assert cleo.texts() == []
        await world.api.sessions.change(session.id, member_with(other, role=Role.INTERVIEWER))
        async with yjs(url, other.headers, again := NotesClient()):
            assert again.texts() == [CANARY]
            await world.api.sessions.change(session.id, member_with(other, waiting=True))
            assert (await again.closed(), again.close_reason) == (1012, "sent_back")


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.OBSERVER])
async def test_nobody_else_gets_a_word_of_it(world: World, role: Role) -> None:
    """Every frame of both sockets and every answer, while notes are written and at the end."""
    host = await world.somebody("Ada")
    session = await world.session(host)
    other = await world.admit(session, "Ben", role)
    async with (
        http(world) as client,
        yjs(world.url(session), other.headers, YClient()) as document,
        events(world.url(session, "events"), other.headers) as told,
        yjs(staff_url(world, session, "?acks=1"), host.headers, ada := NotesClient()),
        yjs(world.url(session), host.headers) as main,
    ):
        text = ada.add("1", host.person.id, f"{CANARY}-note")
        for letter in f" {CANARY}":
            text += letter
        ada.show({"user": {"name": CANARY}, "draft": CANARY})
        main.text.insert(0, "for everybody ")
        await eventually(lambda: ada.acked == ada.sent and "for everybody" in document.read())
        paths = [f"/api/sessions/{session.id}/{name}" for name in ("guide", "notes")]
        for path in paths:
            assert (await client.get(path)).status_code == 401
            answer = await client.get(path, headers=other.headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
            assert CANARY in (await client.get(path, headers=host.headers)).text
        await world.api.sessions.end(session.id, host.person)
        assert [await document.closed(), await told.closed(), await ada.closed()] == [4409, 4409, 4409]
        seen = b"".join(document.frames) + str(told.events).encode()
        assert b"for everybody" in seen
        assert CANARY.encode() not in seen
        record = await client.get(f"/api/sessions/{session.id}/record", headers=other.headers)
        assert record.status_code == 200
        assert CANARY not in record.text
        for path in paths:
            assert (await client.get(path, headers=other.headers)).status_code == 403


async def test_notes_stay_readable_after_the_end(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    other = await world.admit(session, "Cleo", Role.INTERVIEWER)
    path = f"/api/sessions/{session.id}/notes"
    async with http(world) as client:
        assert (await client.get(path, headers=host.headers)).json() == {"notes": []}
        async with yjs(staff_url(world, session, "?acks=1"), host.headers, ada := NotesClient()):
            ada.add("2", other.person.id, "second\nof two lines", at=2_000_000_000_500.0)
            ada.add("1", host.person.id, "first", at=1_500_000_000_000.0)
            for at in (float("nan"), -1.0, 1e300, "noon"):
                ada.add("odd", host.person.id, "has no time", at=at)
            ada.notes.append(Map({"id": "odd", "author": 1, "at": 1.0, "text": Text("nobody's")}))
            ada.notes.append(Map({"id": "odd", "author": host.person.id, "at": 1.0, "text": "no shared text"}))
            ada.notes.append("no map at all")
            await eventually(lambda: ada.acked == ada.sent)
            live = (await client.get(path, headers=host.headers)).json()
            await world.api.sessions.end(session.id, host.person)
            assert await ada.closed() == 4409
        assert await world.timeline.snapshot(session.id, DocumentName.STAFF) is not None
        await world.rooms.staff.close()  # nothing of it is in memory any more
        after = (await client.get(path, headers=other.headers)).json()
        assert after == live
        assert after["notes"][:1] == [
            {"id": "1", "personId": host.person.id, "at": "2017-07-14T02:40:00.000Z", "text": "first"}
        ]
        assert [note["id"] for note in after["notes"]] == ["1", "2"]


async def test_the_guide_of_a_problem_that_is_gone_is_empty(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guides = Guides(Guided(), world.timeline)
    guide = (await guides.of(session)).pads[0]
    assert (guide.pad, guide.problem, guide.title) == ("", "two-sum", "Two Sum")
    assert [hint.title for hint in guide.hints] == ["First nudge", "The idea"]
    assert guide.solutions == {"python": f"# {CANARY}-solution\n"}
    assert (await guides.of(replace(session, problem_slug="gone"))).pads == []


async def test_the_guide_goes_on_to_the_problems_that_were_added(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    for pad in (Pad("blank000", "Sketch", ""), Pad("second00", "Container", "container-with-most-water")):
        await world.timeline.append(session.id, [pad.entry(host.person.id, now_ms())])
    guide = await Guides(Guided(), world.timeline).of(session)
    assert [(pad.pad, pad.problem) for pad in guide.pads] == [
        ("", "two-sum"),
        ("second00", "container-with-most-water"),
    ]
    assert guide.pads[1].hints
