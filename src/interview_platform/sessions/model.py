"""The interview and its rules. No I/O: every rule here runs inside an atomic change of the store."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType, Self

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.limits import WAITING_MAX
from interview_platform.sessions.settings import DEFAULTS, Settings

SessionId = NewType("SessionId", str)


class Role(StrEnum):
    HOST = "host"
    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"
    OBSERVER = "observer"


class Status(StrEnum):
    ACTIVE = "active"
    COMPLETED = "completed"


class Visibility(StrEnum):
    OPEN = "open"
    PRIVATE = "private"


class SessionFull(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.CONFLICT, "session_full", "This session is full: every seat is taken.")


class SessionCompleted(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.BAD_REQUEST, "session_completed", "This session has ended.")


class HostCannotJoin(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Kind.BAD_REQUEST, "host_cannot_join", "You are the host of this session: you are in it already."
        )


class HostCannotLeave(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Kind.BAD_REQUEST,
            "host_cannot_leave",
            "The host cannot leave the session. End it, or make an interviewer the host first.",
        )


class Removed(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.FORBIDDEN, "removed", "The host has removed you from this session.")


class NotAdmitted(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.FORBIDDEN, "not_admitted", "You have not been let in yet. Please wait.")


class NotHost(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.FORBIDDEN, "not_host", "Only the host may do this.")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's place in a session. Who left keeps the row (`left_at`): they still find the session later."""

    person: PersonId
    name: str
    image: str | None
    role: Role
    joined_at: int
    left_at: int | None = None
    removed: bool = False
    """The host showed them out: they come back only by an invite made since, and read nothing any more."""
    waiting: bool = False
    """In the lobby: takes no seat and sees nothing until admitted."""
    invite: str | None = None
    """Digest of the link they came by."""

    @property
    def present(self) -> bool:
        return self.left_at is None


@dataclass(frozen=True, slots=True)
class Session:
    id: SessionId
    problem: str
    """Title, as shown."""
    problem_slug: str
    difficulty: Difficulty
    host: Member
    members: tuple[Member, ...]
    """Everyone but the host, in the order of joining."""
    status: Status
    visibility: Visibility
    capacity: int
    """Seats, the host's included. Observers watch without a seat."""
    call_id: str
    created_at: int
    updated_at: int
    started_at: int | None
    """None while it is being prepared, unseen by those who are interviewed or watch."""
    ended_at: int | None = None
    lobby: bool = False
    """Who comes by a link waits until somebody admits them."""
    settings: Settings = DEFAULTS

    @property
    def active(self) -> bool:
        return self.status is Status.ACTIVE

    @property
    def seated(self) -> tuple[Member, ...]:
        return tuple(m for m in self.members if m.present and not m.waiting and m.role is not Role.OBSERVER)

    @property
    def candidate(self) -> Member | None:
        """The first candidate still seated; after the end, the first one there was."""
        candidates = [m for m in self.members if m.role is Role.CANDIDATE and not m.waiting]
        return next((m for m in candidates if m.present), candidates[0] if candidates and not self.active else None)

    def member(self, person: PersonId) -> Member | None:
        if person == self.host.person:
            return self.host
        return next((m for m in self.members if m.person == person), None)

    def waits(self, member: Member) -> bool:
        """Whether they are still outside: not admitted, or what they came for is being prepared."""
        return member.waiting or (self.started_at is None and member.role in (Role.CANDIDATE, Role.OBSERVER))

    def joined_by(self, member: Member, observers_max: int, invited_at: int | None = None) -> Self:
        """With `member` in a seat, or waiting for one where there is a lobby.

        Joining twice changes nothing, coming back takes a free seat again.

        `invited_at`: when the invite was made that they come by, if any. Raises SessionCompleted, HostCannotJoin,
        Removed, SessionFull.
        """
        if not self.active:
            raise SessionCompleted
        if member.person == self.host.person:
            raise HostCannotJoin
        before = self.member(member.person)
        if before and before.present:
            return self
        if before and before.removed and (invited_at or 0) < (before.left_at or 0):
            raise Removed
        member = replace(member, waiting=self.lobby)
        self.check_place_for(member, observers_max)
        others = tuple(m for m in self.members if m.person != member.person)
        return replace(self, members=(*others, member), updated_at=member.joined_at)

    def check_place_for(self, member: Member, observers_max: int) -> None:
        """Raises SessionFull when there is none for `member`, who is not here, or is moved from where they are."""
        there = [m for m in self.members if m.present and m.person != member.person]
        if member.waiting:
            full = sum(m.waiting for m in there) >= WAITING_MAX
        elif member.role is Role.OBSERVER:
            full = sum(not m.waiting and m.role is Role.OBSERVER for m in there) >= observers_max
        else:
            full = 1 + sum(m in there for m in self.seated) >= self.capacity
        if full:
            raise SessionFull

    def left_by(self, person: PersonId, now: int, *, removed: bool = False) -> Self:
        if not self.active:
            raise SessionCompleted
        if person == self.host.person:
            raise HostCannotLeave
        members = tuple(
            replace(m, left_at=now, removed=removed) if m.person == person and m.present else m for m in self.members
        )
        return replace(self, members=members, updated_at=now)

    def ended_by(self, person: PersonId, now: int) -> Self:
        if person != self.host.person:
            raise NotHost
        if not self.active:
            raise SessionCompleted
        return replace(self, status=Status.COMPLETED, updated_at=now, ended_at=now)


@dataclass(frozen=True, slots=True)
class Invite:
    """A link that carries a role. Only the digest of its token is stored."""

    digest: str
    session: SessionId
    role: Role
    created_by: PersonId
    created_at: int
    expires_at: int
    revoked: bool = False

    def usable(self, now: int) -> bool:
        return not self.revoked and now < self.expires_at
