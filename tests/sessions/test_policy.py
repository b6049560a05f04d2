"""The matrix role x action, spelled out: a change of `sessions/policy.py` must be made here too."""

from dataclasses import replace

import pytest

from interview_platform.accounts.model import Person, PersonId
from interview_platform.kit.errors import Refusal
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import Member, Role, Session, SessionId, Status, Visibility
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.settings import ReplayFor, Settings

LOOK, READ, EDIT, RUN, CHAT, CALL, INVITE, END, RECORD, *NEWER = Action
ENTER, STAFF, PREPARE, ADMIT, ASSIGN, HANDOVER, DIRECT, REPLAY = NEWER

OPEN = Session(
    id=SessionId("s"),
    problem="Two Sum",
    problem_slug="two-sum",
    difficulty=Difficulty.EASY,
    host=Member(PersonId("host"), "Host", None, Role.HOST, 1),
    members=(
        Member(PersonId("interviewer"), "Interviewer", None, Role.INTERVIEWER, 2),
        Member(PersonId("candidate"), "Candidate", None, Role.CANDIDATE, 3),
        Member(PersonId("observer"), "Observer", None, Role.OBSERVER, 4),
        Member(PersonId("left"), "Left", None, Role.CANDIDATE, 5, left_at=6),
        Member(PersonId("removed"), "Removed", None, Role.CANDIDATE, 5, left_at=6, removed=True),
        Member(PersonId("waiting"), "Waiting", None, Role.CANDIDATE, 5, waiting=True),
        Member(PersonId("waiting interviewer"), "Waiting", None, Role.INTERVIEWER, 5, waiting=True),
    ),
    status=Status.ACTIVE,
    visibility=Visibility.OPEN,
    capacity=4,
    call_id="session_1_x",
    created_at=1,
    updated_at=6,
    started_at=1,
)
PRIVATE = replace(OPEN, visibility=Visibility.PRIVATE)
ENDED = replace(OPEN, status=Status.COMPLETED, ended_at=7)
ENDED_PRIVATE = replace(ENDED, visibility=Visibility.PRIVATE)

PREPARING, PRIVATE_PREPARING = replace(OPEN, started_at=None), replace(PRIVATE, started_at=None)
LOCKED = replace(OPEN, settings=Settings(locked=True))
ENDED_FOR_ALL = replace(ENDED, settings=Settings(replay_for=ReplayFor.EVERYONE))

LIVE = {EDIT, RUN, CHAT, CALL}
WATCH = {LOOK, READ, ENTER}
LEAD = {*WATCH, *LIVE, INVITE, STAFF, PREPARE, ADMIT, DIRECT}
AFTER = {*WATCH, STAFF, REPLAY}
OUT = {LOOK, ENTER}
SESSIONS = {
    "open": OPEN,
    "private": PRIVATE,
    "preparing": PREPARING,
    "private preparing": PRIVATE_PREPARING,
    "locked": LOCKED,
    "ended": ENDED,
    "ended private": ENDED_PRIVATE,
    "ended, replay for all": ENDED_FOR_ALL,
}
HOST = {*Action} - {REPLAY}
TOOK_PART = {**dict.fromkeys(("ended", "ended private"), WATCH), "ended, replay for all": {*WATCH, REPLAY}}
STRANGERS = {
    **{key: {LOOK} for key in SESSIONS},
    **{key: set() for key in ("private", "private preparing", "ended private")},
}
ALLOWED: dict[str, dict[str, set[Action]]] = {
    "host": {
        **dict.fromkeys(SESSIONS, HOST),
        **{key: {*AFTER, END} for key in ("ended", "ended private", "ended, replay for all")},
    },
    "interviewer": {
        **dict.fromkeys(SESSIONS, LEAD),
        **dict.fromkeys(("ended", "ended private", "ended, replay for all"), AFTER),
    },
    "candidate": {
        **{key: {*WATCH, *LIVE} for key in ("open", "private")},
        **dict.fromkeys(("preparing", "private preparing"), OUT),
        "locked": {*WATCH, *LIVE} - {EDIT},
        **TOOK_PART,
    },
    "observer": {
        **dict.fromkeys(("open", "private", "locked"), WATCH),
        **dict.fromkeys(("preparing", "private preparing"), OUT),
        **TOOK_PART,
    },
    "waiting": dict.fromkeys(SESSIONS, OUT),
    "waiting interviewer": dict.fromkeys(SESSIONS, OUT),
    "left": {**STRANGERS, **TOOK_PART},
    "removed": STRANGERS,
    "stranger": STRANGERS,
    "nobody": STRANGERS,
}


def access(who: str, state: str) -> Access:
    person = None if who == "nobody" else Person(PersonId(who), who, None, None, False, 1, 1)
    return Access(SESSIONS[state], person)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", SESSIONS)
@pytest.mark.parametrize("who", ALLOWED)
def test_who_may_do_what(who: str, state: str, action: Action) -> None:
    expected = action in ALLOWED[who][state]
    asked = access(who, state)
    assert asked.may(action) is expected
    if expected:
        asked.require(action)
    else:
        with pytest.raises(Refusal):
            asked.require(action)


@pytest.mark.parametrize(
    ("who", "state", "action", "status", "code"),
    [
        ("stranger", "private", LOOK, 404, "not_found"),
        ("nobody", "private", READ, 404, "not_found"),
        ("left", "private", READ, 404, "not_found"),
        ("removed", "ended private", READ, 404, "not_found"),
        ("nobody", "open", READ, 401, "unauthenticated"),
        ("nobody", "open", EDIT, 401, "unauthenticated"),
        ("stranger", "open", READ, 403, "forbidden"),
        ("removed", "ended", READ, 403, "forbidden"),
        ("stranger", "open", END, 403, "not_host"),
        ("interviewer", "open", RECORD, 403, "not_host"),
        ("waiting", "private", READ, 403, "not_admitted"),
        ("candidate", "private preparing", READ, 403, "not_admitted"),
        ("waiting", "ended", READ, 403, "not_admitted"),
        ("candidate", "locked", EDIT, 403, "forbidden"),
        ("interviewer", "open", ASSIGN, 403, "not_host"),
        ("candidate", "open", STAFF, 403, "forbidden"),
        ("candidate", "open", ADMIT, 403, "forbidden"),
        ("interviewer", "open", HANDOVER, 403, "not_host"),
        ("host", "ended", DIRECT, 400, "session_completed"),
        ("candidate", "ended", REPLAY, 403, "forbidden"),
        ("host", "open", REPLAY, 403, "forbidden"),
        ("host", "ended", RECORD, 400, "session_completed"),
        ("candidate", "open", END, 403, "not_host"),
        ("interviewer", "open", END, 403, "not_host"),
        ("candidate", "open", INVITE, 403, "forbidden"),
        ("observer", "open", CHAT, 403, "forbidden"),
        ("host", "ended", CHAT, 400, "session_completed"),
        ("host", "ended", INVITE, 400, "session_completed"),
        ("candidate", "ended private", EDIT, 400, "session_completed"),
        ("stranger", "ended", CHAT, 403, "forbidden"),
    ],
)
def test_the_refusal_tells_the_truth_and_not_more(who: str, state: str, action: Action, status: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        access(who, state).require(action)
    assert (int(refused.value.kind), refused.value.code) == (status, code)
