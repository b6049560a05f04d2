"""The quick way to a session's JSON says what the documented model says."""

from dataclasses import replace

from interview_platform.accounts.model import PersonId
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import Member, Role, Session, SessionId, Status, Visibility
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


def test_one_session() -> None:
    for session in (SESSION, ENDED, SESSION):
        assert session_answer_json(session) == SessionAnswer(session=SessionView.of(session)).to_json()


def test_a_page_of_sessions() -> None:
    for sessions, cursor in (((), None), ((SESSION,), "MTIz"), ((SESSION, ENDED), None)):
        documented = SessionsAnswer(sessions=[SessionView.of(s) for s in sessions], next_cursor=cursor)
        assert sessions_answer_json(sessions, cursor) == documented.to_json()


def test_a_change_of_anything_shows() -> None:
    before = session_answer_json(SESSION)
    renamed = replace(SESSION, members=(replace(SESSION.members[0], name="Ada King"),))
    for changed in (renamed, replace(SESSION, capacity=3), replace(SESSION, host=replace(SESSION.host, image=None))):
        assert session_answer_json(changed) == SessionAnswer(session=SessionView.of(changed)).to_json() != before
