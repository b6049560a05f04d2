"""The rules of a session, whatever people do in whatever order."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import Refusal
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import (
    HostCannotJoin,
    HostCannotLeave,
    Invite,
    Member,
    NotHost,
    Removed,
    Role,
    Session,
    SessionCompleted,
    SessionFull,
    SessionId,
    Status,
    Visibility,
)

HOST = PersonId("host")
OBSERVERS_MAX = 2


def fresh(capacity: int = 2) -> Session:
    host = Member(HOST, "Host", None, Role.HOST, 0)
    return Session(
        id=SessionId("s"),
        problem="Two Sum",
        problem_slug="two-sum",
        difficulty=Difficulty.EASY,
        host=host,
        members=(),
        status=Status.ACTIVE,
        visibility=Visibility.OPEN,
        capacity=capacity,
        call_id="session_0_x",
        created_at=0,
        updated_at=0,
        started_at=0,
    )


def member(person: str, role: Role = Role.CANDIDATE, at: int = 1) -> Member:
    return Member(PersonId(person), person.title(), None, role, at)


@dataclass(frozen=True)
class Step:
    who: str
    what: str
    role: Role
    invited: bool


steps = st.lists(
    st.builds(
        Step,
        who=st.sampled_from(["host", "ada", "bob", "cid", "dan", "eve"]),
        what=st.sampled_from(["join", "join", "join", "leave", "remove", "end"]),
        role=st.sampled_from([Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER]),
        invited=st.booleans(),
    ),
    max_size=40,
)


def taken(session: Session, step: Step, now: int) -> Session:
    who = PersonId(step.who)
    if step.what == "join":
        return session.joined_by(member(step.who, step.role, now), OBSERVERS_MAX, now if step.invited else None)
    if step.what == "end":
        # Anybody may try; the end is made rare enough for something to happen before it.
        return session.ended_by(who if now % 7 == 0 else PersonId("ada"), now)
    return session.left_by(who, now, removed=step.what == "remove")


@given(capacity=st.integers(2, 4), steps=steps)
def test_whatever_happens_the_rules_hold(capacity: int, steps: list[Step]) -> None:
    session = fresh(capacity)
    for now, step in enumerate(steps, 1):
        before = session
        try:
            session = taken(session, step, now)
        except Refusal:
            assert session == before  # a refusal changes nothing
        seated = {m.person for m in session.seated}
        observers = [m for m in session.members if m.present and m.role is Role.OBSERVER]
        assert 1 + len(seated) <= capacity
        assert len(observers) <= OBSERVERS_MAX
        assert len({m.person for m in session.members}) == len(session.members)
        assert HOST not in {m.person for m in session.members}
        if not before.active:
            assert session == before  # the end is the end
        assert session.updated_at >= before.updated_at
        if session.candidate and session.active:
            assert session.candidate.present


@given(capacity=st.integers(2, 4), steps=steps)
def test_nobody_is_put_out_of_a_seat_by_others(capacity: int, steps: list[Step]) -> None:
    session = fresh(capacity)
    for now, step in enumerate(steps, 1):
        before = {m.person for m in session.members if m.present}
        try:
            session = taken(session, step, now)
        except Refusal:
            continue
        gone = before - {m.person for m in session.members if m.present}
        assert gone <= {step.who}


def test_joining_twice_is_the_same_seat() -> None:
    once = fresh().joined_by(member("ada", at=1), OBSERVERS_MAX)
    assert once.joined_by(member("ada", at=2), OBSERVERS_MAX) is once


def test_coming_back_needs_a_free_seat() -> None:
    session = fresh().joined_by(member("ada"), OBSERVERS_MAX).left_by(PersonId("ada"), 2)
    assert session.joined_by(member("ada", at=3), OBSERVERS_MAX).seated[0].joined_at == 3
    session = session.joined_by(member("bob"), OBSERVERS_MAX)
    with pytest.raises(SessionFull):
        session.joined_by(member("ada", at=4), OBSERVERS_MAX)


def test_observers_take_no_seat_but_are_not_endless() -> None:
    session = fresh().joined_by(member("ada"), OBSERVERS_MAX)
    for number in range(OBSERVERS_MAX):
        session = session.joined_by(member(f"o{number}", Role.OBSERVER), OBSERVERS_MAX)
    with pytest.raises(SessionFull):
        session.joined_by(member("one more", Role.OBSERVER), OBSERVERS_MAX)
    assert [m.person for m in session.seated] == ["ada"]


def test_who_was_shown_out_comes_back_only_by_a_newer_invite() -> None:
    out = fresh().joined_by(member("ada"), OBSERVERS_MAX).left_by(PersonId("ada"), 10, removed=True)
    for invited_at in (None, 9):
        with pytest.raises(Removed):
            out.joined_by(member("ada", at=11), OBSERVERS_MAX, invited_at)
    back = out.joined_by(member("ada", at=12), OBSERVERS_MAX, 11)
    assert [m.removed for m in back.seated] == [False]


def test_the_candidate_is_the_first_still_there_and_remembered_at_the_end() -> None:
    session = fresh(4)
    assert session.candidate is None
    for who, role in (("ivy", Role.INTERVIEWER), ("ada", Role.CANDIDATE), ("bob", Role.CANDIDATE)):
        session = session.joined_by(member(who, role), OBSERVERS_MAX)
    assert session.candidate == member("ada")
    session = session.left_by(PersonId("ada"), 2)
    assert session.candidate == member("bob")
    session = session.left_by(PersonId("bob"), 3)
    assert session.candidate is None
    ended = session.ended_by(HOST, 4)
    assert ended.candidate is not None
    assert ended.candidate.person == "ada"


def test_the_host_neither_joins_nor_leaves() -> None:
    with pytest.raises(HostCannotJoin):
        fresh().joined_by(member("host"), OBSERVERS_MAX)
    with pytest.raises(HostCannotLeave):
        fresh().left_by(HOST, 1)


def test_only_the_host_ends_and_only_once() -> None:
    session = fresh().joined_by(member("ada"), OBSERVERS_MAX)
    with pytest.raises(NotHost):
        session.ended_by(PersonId("ada"), 1)
    ended = session.ended_by(HOST, 2)
    assert (ended.status, ended.ended_at) == (Status.COMPLETED, 2)
    with pytest.raises(SessionCompleted):
        ended.ended_by(HOST, 3)
    with pytest.raises(NotHost):  # who may not end it is told so, whatever its status
        ended.ended_by(PersonId("ada"), 3)


@pytest.mark.parametrize(
    ("revoked", "now", "usable"), [(False, 9, True), (False, 10, False), (False, 11, False), (True, 9, False)]
)
def test_an_invite_works_until_it_ends_or_is_revoked(revoked: bool, now: int, usable: bool) -> None:
    invite = Invite("digest", SessionId("s"), Role.CANDIDATE, HOST, 0, 10, revoked)
    assert invite.usable(now) is usable
