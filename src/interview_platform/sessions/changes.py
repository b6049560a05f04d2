"""What those who lead a session change of it: who is what, who is let in, what is set. No I/O.

Each is asked for with the access of who asks and runs inside an atomic change of the store: of two who race, the second
is judged by what the first has left.
"""

from dataclasses import dataclass, replace
from typing import Any

import msgspec

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import Kind, Refusal, invalid, not_found
from interview_platform.sessions.limits import (
    AI_NOTE_MAX,
    CAPACITY_MAX,
    CAPACITY_MIN,
    HOST_AWAY_SECONDS,
    OBSERVERS_MAX,
    QUIET_MINUTES_MAX,
    TIMER_MAX_MS,
)
from interview_platform.sessions.model import Role, Session
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.settings import AiPolicy, ReplayFor, Settings, Timer

_MINUTE_MS = 60_000
_WATCHED_OR_ASKED = (Role.CANDIDATE, Role.OBSERVER)


class AlreadyStarted(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.BAD_REQUEST, "already_started", "This session has started already.")


class IsHost(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.BAD_REQUEST, "is_host", "This person is the host. Make somebody else the host first.")


class HostIsHere(Refusal):
    def __init__(self) -> None:
        told = "The host is here, or was just now. Somebody else can take over when they have been away for minutes."
        super().__init__(Kind.FORBIDDEN, "host_is_here", told)


class NotInterviewer(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Kind.CONFLICT, "not_interviewer", "Only an interviewer who is in the session can be made its host."
        )


class SeatsTaken(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.CONFLICT, "seats_taken", "More people than that have a seat already.")


@dataclass(frozen=True, slots=True)
class TimerWish:
    """`remaining_ms` None: what is left of it now."""

    running: bool
    remaining_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What to set; what is not in `given` stays as it is."""

    given: frozenset[str]
    lobby: bool = False
    capacity: int = CAPACITY_MIN
    locked: bool = False
    timer: TimerWish | None = None
    quiet_minutes: int | None = None
    ai_policy: AiPolicy = AiPolicy.UNSET
    ai_note: str = ""
    replay_for: ReplayFor = ReplayFor.STAFF


def started(access: Access, now: int) -> Session:
    """What was prepared is open to all from now on. Raises as `Access.require`, AlreadyStarted."""
    access.require(Action.PREPARE)
    if access.session.started_at is not None:
        raise AlreadyStarted
    return replace(access.session, started_at=now, updated_at=now)


def assigned(access: Access, person: PersonId, now: int, *, role: Role | None, admitted: bool | None) -> Session:
    """With `person` in another role, let in or sent back to the lobby; what is None stays.

    Raises as `Access.require`, not_found, IsHost, SessionFull.
    """
    session = access.session
    access.require(Action.ASSIGN if role is not None else Action.ADMIT)
    before = session.member(person)
    if before is None or not before.present:
        raise not_found("person in this session")
    if before.role is Role.HOST:
        raise IsHost
    if admitted is False and before.role not in _WATCHED_OR_ASKED:
        access.require(Action.ASSIGN)
    after = replace(before, role=role or before.role, waiting=before.waiting if admitted is None else not admitted)
    if after == before:
        return session
    if not after.waiting:
        session.check_place_for(after, OBSERVERS_MAX)
    members = tuple(after if member is before else member for member in session.members)
    return replace(session, members=members, updated_at=now)


def handed_over(access: Access, person: PersonId, now: int) -> Session:
    """With `person` as the host, and the host as an interviewer. Raises as `Access.require`, NotInterviewer."""
    access.require(Action.HANDOVER)
    return _with_host(access.session, person, now)


def taken_over(access: Access, away_seconds: float, now: int) -> Session:
    """With who asks as the host, who has been away for so long. Raises as `Access.require`, HostIsHere."""
    access.require(Action.PREPARE)
    if away_seconds < HOST_AWAY_SECONDS:
        raise HostIsHere
    assert access.person is not None  # somebody who interviews
    return _with_host(access.session, access.person.id, now)


def _with_host(session: Session, person: PersonId, now: int) -> Session:
    heir = session.member(person)
    if heir is None or not heir.present or heir.waiting or heir.role is not Role.INTERVIEWER:
        raise NotInterviewer
    others = tuple(member for member in session.members if member is not heir)
    return replace(
        session,
        host=replace(heir, role=Role.HOST),
        members=(replace(session.host, role=Role.INTERVIEWER), *others),
        updated_at=now,
    )


def shown_out_by_invite(access: Access, digest: str, now: int) -> Session:
    """Without those who came by this link. Raises as `Access.require`: who interviews is shown out by the host only."""
    access.require(Action.INVITE)
    session = access.session
    came = [m for m in session.members if m.present and m.invite == digest and m.person != _id(access)]
    if any(member.role not in _WATCHED_OR_ASKED for member in came):
        access.require(Action.ASSIGN)
    if not came:
        return session
    members = tuple(replace(m, left_at=now, removed=True) if m in came else m for m in session.members)
    return replace(session, members=members, updated_at=now)


def directed(access: Access, wish: Wish, now: int) -> Session:
    """With what `wish` sets. Raises as `Access.require`, invalid, SeatsTaken."""
    access.require(Action.DIRECT)
    session, given = access.session, wish.given
    values: dict[str, Any] = {}
    if "lobby" in given:
        values["lobby"] = wish.lobby
    if "capacity" in given:
        values["capacity"] = _capacity(session, wish.capacity)
    settings = _settings(session.settings, wish, now)
    if settings != session.settings:
        values["settings"] = settings
    after = replace(session, **values)
    return session if after == session else replace(after, updated_at=now)


def checked_capacity(capacity: int) -> int:
    if not CAPACITY_MIN <= capacity <= CAPACITY_MAX:
        raise invalid("This is no good number of seats.", capacity=f"{CAPACITY_MIN} to {CAPACITY_MAX}")
    return capacity


def clean_note(note: str) -> str:
    """One paragraph or several, without characters that cannot be seen. Raises invalid."""
    cleaned = "".join(char for char in note if char.isprintable() or char == "\n").strip()
    if len(cleaned) > AI_NOTE_MAX:
        raise invalid("This note is too long.", aiNote=f"at most {AI_NOTE_MAX} characters")
    return cleaned


def _capacity(session: Session, capacity: int) -> int:
    if 1 + len(session.seated) > checked_capacity(capacity):
        raise SeatsTaken
    return capacity


def _settings(before: Settings, wish: Wish, now: int) -> Settings:
    values: dict[str, Any] = {
        name: getattr(wish, name) for name in ("locked", "ai_policy", "replay_for") if name in wish.given
    }
    if "ai_note" in wish.given:
        values["ai_note"] = clean_note(wish.ai_note)
    if "quiet_minutes" in wish.given:
        values["quiet_until"] = _quiet_until(wish.quiet_minutes, now)
    if "timer" in wish.given:
        values["timer"] = wish.timer and _timer(before.timer, wish.timer, now)
    return msgspec.structs.replace(before, **values)


def _quiet_until(minutes: int | None, now: int) -> int | None:
    if not minutes:
        return None
    if not 0 < minutes <= QUIET_MINUTES_MAX:
        raise invalid("This is no good time to think.", quietMinutes=f"0 to {QUIET_MINUTES_MAX}")
    return now + minutes * _MINUTE_MS


def _timer(before: Timer | None, wish: TimerWish, now: int) -> Timer:
    left = wish.remaining_ms
    if left is None:
        if before is None:
            raise invalid("There is no timer to go on with.", timer="needs remainingMs")
        left = before.remaining_ms if before.ends_at is None else max(0, before.ends_at - now)
    if not 0 <= left <= TIMER_MAX_MS:
        raise invalid("A timer cannot be set to this.", timer=f"remainingMs: 0 to {TIMER_MAX_MS}")
    return Timer(now + left if wish.running else None, left)


def _id(access: Access) -> PersonId | None:
    return access.person.id if access.person else None
