"""The matrix role x action, spelled out: a change of `sessions/policy.py` must be made here too."""

from dataclasses import replace

import pytest

from interview_platform.accounts.model import Person, PersonId
from interview_platform.kit.errors import Refusal
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import Member, Role, Session, SessionId, Status, Visibility
from interview_platform.sessions.policy import Access, Action

LOOK, READ, EDIT, RUN, CHAT, CALL, INVITE, END, RECORD = Action

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

LIVE = {EDIT, RUN, CHAT, CALL}
ALLOWED: dict[str, list[set[Action]]] = {
    #               open                         private                      ended                 ended, private
    "host": [{*Action}, {*Action}, {LOOK, READ, END}, {LOOK, READ, END}],
    "interviewer": [{LOOK, READ, *LIVE, INVITE}, {LOOK, READ, *LIVE, INVITE}, {LOOK, READ}, {LOOK, READ}],
    "candidate": [{LOOK, READ, *LIVE}, {LOOK, READ, *LIVE}, {LOOK, READ}, {LOOK, READ}],
    "observer": [{LOOK, READ}, {LOOK, READ}, {LOOK, READ}, {LOOK, READ}],
    "left": [{LOOK}, set(), {LOOK, READ}, {LOOK, READ}],
    "removed": [{LOOK}, set(), {LOOK}, set()],
    "stranger": [{LOOK}, set(), {LOOK}, set()],
    "nobody": [{LOOK}, set(), {LOOK}, set()],
}
SESSIONS = {"open": OPEN, "private": PRIVATE, "ended": ENDED, "ended private": ENDED_PRIVATE}


def access(who: str, state: str) -> Access:
    person = None if who == "nobody" else Person(PersonId(who), who, None, None, False, 1, 1)
    return Access(SESSIONS[state], person)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", SESSIONS)
@pytest.mark.parametrize("who", ALLOWED)
def test_who_may_do_what(who: str, state: str, action: Action) -> None:
    expected = action in ALLOWED[who][list(SESSIONS).index(state)]
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
