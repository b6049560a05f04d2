"""The quick way to a session's JSON says what the documented model says."""

import json
from dataclasses import replace

import pytest

from interview_platform.accounts.model import Person, PersonId
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import Member, Role, Session, SessionId, Status, Visibility
from interview_platform.sessions.policy import Access
from interview_platform.sessions.settings import AiPolicy, Settings, Timer
from interview_platform.sessions.views import (
    SessionAnswer,
    SessionsAnswer,
    SessionView,
    session_answer_json,
    sessions_answer_json,
)

SESSION = Session(
    id=SessionId("s"),
    problem='Two "Sum" é',
    problem_slug="two-sum",
    difficulty=Difficulty.EASY,
    host=Member(PersonId("host"), "Höst", "/api/images/x.webp", Role.HOST, 0),
    members=(Member(PersonId("ada"), "Ada", None, Role.CANDIDATE, 2),),
    status=Status.ACTIVE,
    visibility=Visibility.OPEN,
    capacity=2,
    call_id="session_0_x",
    created_at=0,
    updated_at=1_731_234_567_890,
    started_at=0,
)
ENDED = replace(SESSION, id=SessionId("t"), status=Status.COMPLETED, ended_at=1_731_234_567_891)


PREPARING = replace(
    SESSION,
    id=SessionId("p"),
    started_at=None,
    lobby=True,
    members=(*SESSION.members, Member(PersonId("bob"), "Bob", None, Role.CANDIDATE, 3, waiting=True)),
    settings=Settings(timer=Timer(ends_at=1_731_234_567_890), quiet_until=0, ai_policy=AiPolicy.ASK, ai_note="ä"),
)
HOST = Person(PersonId("host"), "Höst", None, None, False, 1, 1)
ADA = replace(HOST, id=PersonId("ada"))


@pytest.mark.parametrize("for_staff", [True, False])
def test_one_session(for_staff: bool) -> None:
    for session in (SESSION, ENDED, PREPARING, SESSION):
        documented = SessionAnswer(session=SessionView.of(session, for_staff=for_staff)).to_json()
        assert session_answer_json(session, for_staff=for_staff) == documented


@pytest.mark.parametrize("person", [HOST, ADA, None])
def test_a_page_of_sessions(person: Person | None) -> None:
    for sessions, cursor in (((), None), ((SESSION,), "MTIz"), ((SESSION, PREPARING, ENDED), None)):
        views = [SessionView.of(s, for_staff=person is HOST) for s in sessions]
        documented = SessionsAnswer(sessions=views, next_cursor=cursor)
        assert sessions_answer_json([Access(s, person) for s in sessions], cursor) == documented.to_json()


def test_a_change_of_anything_shows() -> None:
    before = session_answer_json(SESSION, for_staff=False)
    renamed = replace(SESSION, members=(replace(SESSION.members[0], name="Ada King"),))
    locked = replace(SESSION, settings=Settings(locked=True))
    moved = replace(SESSION, host=replace(SESSION.host, image=None))
    for changed in (renamed, locked, moved, replace(SESSION, capacity=3)):
        documented = SessionAnswer(session=SessionView.of(changed, for_staff=False)).to_json()
        assert session_answer_json(changed, for_staff=False) == documented != before


def test_what_is_being_prepared_is_seen_by_the_staff_only() -> None:
    seen = json.loads(session_answer_json(PREPARING, for_staff=True))["session"]
    assert (seen["problem"], seen["problemSlug"], seen["startedAt"]) == (SESSION.problem, "two-sum", None)
    assert [one["id"] for one in seen["participants"]] == seen["waiting"] == ["ada", "bob"]
    hidden = json.loads(session_answer_json(PREPARING, for_staff=False))["session"]
    assert (hidden["problem"], hidden["problemSlug"], hidden["waiting"]) == ("", "", [])
    assert [one["id"] for one in hidden["participants"]] == ["ada"]
    assert (seen["toAdmit"], hidden["toAdmit"]) == (["bob"], [])
    told = ("problem", "problemSlug", "participants", "waiting", "toAdmit")
    assert {**hidden, **{name: seen[name] for name in told}} == seen


def test_the_settings_as_they_are_shown() -> None:
    view = json.loads(session_answer_json(PREPARING, for_staff=False))["session"]
    assert view["timer"] == {"endsAt": "2024-11-10T10:29:27.890Z", "remainingMs": 0, "running": True}
    assert (view["quietUntil"], view["aiPolicy"], view["aiNote"]) == ("1970-01-01T00:00:00.000Z", "ask", "ä")
    assert (view["lobby"], view["locked"], view["replayFor"]) == (True, False, "staff")
