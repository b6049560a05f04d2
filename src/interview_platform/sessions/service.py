"""Sessions: create, find, join, leave, end. Authorization of everything in a session starts at `access`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Literal
from weakref import WeakValueDictionary

import structlog

from interview_platform.accounts.model import Person, PersonId
from interview_platform.accounts.service import AccountService, account_needed
from interview_platform.events.ports import Events
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Refusal, forbidden, invalid, not_found
from interview_platform.kit.ids import new_id, plausible
from interview_platform.kit.rate_limit import RateLimiter
from interview_platform.problems.model import Difficulty
from interview_platform.problems.ports import ProblemBank
from interview_platform.sessions.changes import checked_capacity
from interview_platform.sessions.limits import (
    CAPACITY_MAX,
    CAPACITY_MIN,
    END_SECONDS,
    OBSERVERS_MAX,
    PAGE,
    SessionLimits,
)
from interview_platform.sessions.model import Invite, Member, NotHost, Role, Session, SessionId, Status, Visibility
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.ports import Page, SessionStore
from interview_platform.sessions.settings import DEFAULTS, Settings
from interview_platform.sessions.telling import Telling

log = structlog.get_logger()

OnEnded = Callable[[Session], Awaitable[None]]
OnRead = Callable[[Access], None]


class SessionService:
    """`on_ended`: awaited after a session has ended and its room was told, before the sockets are closed.
    `on_read`: called when somebody reads over HTTP what goes on in a session.
    """

    def __init__(
        self,
        store: SessionStore,
        problems: ProblemBank,
        accounts: AccountService,
        bus: Bus,
        events: Events,
        *,
        limits: SessionLimits | None = None,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self.on_ended: list[OnEnded] = []
        self.on_read: list[OnRead] = []
        self._store = store
        self._problems = problems
        self._telling = Telling(bus, events)
        self._clock = clock
        self._creating = RateLimiter(
            (limits or SessionLimits()).create, message="You create sessions too fast. Try again later."
        )
        # What a room is told must come in the order of what happened; the store alone gives that only on SQLite.
        self._turns: WeakValueDictionary[SessionId, asyncio.Lock] = WeakValueDictionary()
        accounts.before_erase(self.withdraw)
        accounts.after_revoke(self.ask_again)

    async def create(
        self,
        host: Person,
        problem: str,
        *,
        difficulty: Difficulty | None = None,
        visibility: Visibility = Visibility.OPEN,
        capacity: int = CAPACITY_MIN,
        lobby: bool = False,
        prepare: bool = False,
        settings: Settings = DEFAULTS,
    ) -> Session:
        """`problem` is a slug or a title. `prepare`: unseen by who is interviewed, until it is started.

        Raises account_needed, unknown_problem, invalid, too_fast.
        """
        if host.guest:
            raise account_needed()
        found = self._problems.find(problem)
        if found is None:
            raise invalid("There is no such problem.", "unknown_problem", problem="is not in the problem bank")
        checked_capacity(capacity)
        self._creating.take(host.id)
        now = self._clock()
        session = Session(
            id=SessionId(new_id()),
            problem=found.title,
            problem_slug=found.slug,
            difficulty=difficulty or found.difficulty,
            host=Member(host.id, host.name, host.image, Role.HOST, now),
            members=(),
            status=Status.ACTIVE,
            visibility=visibility,
            capacity=capacity,
            call_id=f"session_{now}_{new_id(10)}",
            created_at=now,
            updated_at=now,
            started_at=None if prepare else now,
            lobby=lobby,
            settings=settings,
        )
        await self._store.add(session)
        await self._telling.note("session/created", sessionId=session.id)
        return session

    async def access(self, id: str, person: Person | None) -> Access:
        """What `person` may do in the session: ask it with `require`. Raises not_found when there is none."""
        session = await self._store.get(SessionId(id)) if plausible(id) else None
        if session is None:
            raise not_found("session")
        return Access(session, person)

    async def reading(self, id: str, person: Person | None, action: Action = Action.READ) -> Access:
        """`access`, for an answer with what is said and done inside. While the session goes on, those in its room are
        shown that the person reads: nobody watches in secret. Raises as `Access.require`.
        """
        access = await self.access(id, person)
        access.require(action)
        if access.session.active:
            for hook in self.on_read:
                hook(access)
        return access

    async def looked_at(self, id: str, person: Person | None) -> Session:
        """The session, if `person` may know of it. Raises not_found."""
        access = await self.access(id, person)
        access.require(Action.LOOK)
        return access.session

    async def open_active(self, cursor: str | None) -> Page:
        return await self._store.open_active(cursor, PAGE)

    async def mine(self, person: Person, status: Status, cursor: str | None) -> Page:
        """The person's sessions, newest first. Of active ones only those they are in now: pages may be short."""
        page = await self._store.of_person(person.id, active=status is Status.ACTIVE, cursor=cursor, limit=PAGE)
        return Page(tuple(s for s in page.sessions if Access(s, person).role is not None), page.cursor)

    async def join(self, id: str, person: Person) -> Session:
        """Take a free seat as a candidate, or in the role one had before leaving.

        Raises not_found (private), account_needed (a guest who was never invited here), session_completed,
        host_cannot_join, session_full, removed.
        """
        session = await self.looked_at(id, person)
        before = session.member(person.id)
        if before is None and person.guest:
            raise account_needed()
        role = before.role if before and before.role is not Role.HOST else Role.CANDIDATE
        return await self.admit(session.id, person, role)

    async def admit(
        self, id: SessionId, person: Person, role: Role, *, invite: Invite | None = None, newcomer: bool = False
    ) -> Session:
        """Seat `person`, or let them wait where there is a lobby.

        A `newcomer` is a guest who is not stored yet, and is not when refused. Raises as `Session.joined_by` does.
        """
        came_by, invited_at = (invite.digest, invite.created_at) if invite else (None, None)
        member = Member(person.id, person.name, person.image, role, self._clock(), invite=came_by)
        # The rule runs inside the atomic change: two who race for one seat cannot both win.
        return await self.change(
            id, lambda session: session.joined_by(member, OBSERVERS_MAX, invited_at), person if newcomer else None
        )

    async def leave(self, id: str, person: Person) -> Session:
        """Free the seat; leaving again changes nothing. Raises not_found, not_member, host_cannot_leave, completed."""
        session = await self.looked_at(id, person)
        if session.member(person.id) is None:
            raise forbidden("You are not in this session.", "not_member")
        return await self._part(session.id, person.id, "left")

    async def remove(self, id: str, member: str, by: Person) -> Session:
        """Show somebody out. Raises not_found, not_host, host_cannot_leave, session_completed."""
        access = await self.access(id, by)
        access.require(Action.LOOK)
        session, there = access.session, access.session.member(PersonId(member))
        if not access.staff:
            raise NotHost
        access.require(Action.ADMIT)
        if there is None or not there.present:
            raise not_found("person in this session")
        if there.role not in (Role.CANDIDATE, Role.OBSERVER):
            access.require(Action.ASSIGN)
        return await self._part(session.id, there.person, "removed", by.id)

    async def show_out(self, id: SessionId, person: PersonId) -> Session:
        """By the server itself: what they came by does not hold any more. Raises session_completed."""
        return await self._part(id, person, "removed")

    async def end(self, id: str, person: Person) -> Session:
        """Raises not_found, not_host, session_completed."""
        session = await self.looked_at(id, person)
        return await self._end(session.id, person.id)

    async def withdraw(self, person: Person) -> None:
        """Before a person is erased: end what they host, leave what they are in. Nothing may be left without a host."""
        async for session in self._active(person):
            try:
                if session.host.person == person.id:
                    await self._end(session.id, person.id)
                else:
                    await self._part(session.id, person.id, "left")
            except Refusal:  # somebody ended it just now: that is as good
                continue

    async def ask_again(self, person: Person) -> None:
        """After a browser of theirs was signed out: no socket that it has opened may go on."""
        async for session in self._active(person):
            self._telling.access(session.id, person.id, "signed_out")
            await self._telling.note("session/signed-out", sessionId=session.id, personId=person.id)

    async def _active(self, person: Person) -> AsyncIterator[Session]:
        cursor: str | None = None
        while True:
            page = await self._store.of_person(person.id, active=True, cursor=cursor, limit=PAGE)
            for session in page.sessions:
                yield session
            cursor = page.cursor
            if cursor is None:
                return

    async def _part(
        self, id: SessionId, person: PersonId, reason: Literal["left", "removed"], by: PersonId | None = None
    ) -> Session:
        now = self._clock()

        def parted(session: Session) -> Session:
            member = session.member(person)
            gone = session.active and member is not None and not member.present
            return session if gone else session.left_by(person, now, removed=reason == "removed")

        return await self.change(id, parted, by=by)

    async def _end(self, id: SessionId, person: PersonId) -> Session:
        now = self._clock()
        async with self._turn(id):
            session = await self._store.change(id, lambda session: session.ended_by(person, now))
            await self._telling.ended(session)
        for hook in self.on_ended:
            try:
                await asyncio.wait_for(hook(session), END_SECONDS)
            except Exception:
                # The end is stored already; a room that cannot settle must not make it look refused.
                log.exception("session.end_hook_failed", session=id)
        self._telling.access(id, None, "ended")
        return session

    async def change(
        self,
        id: SessionId,
        rule: Callable[[Session], Session],
        newcomer: Person | None = None,
        *,
        by: PersonId | None = None,
    ) -> Session:
        """Change the session, and tell its room when that made a difference. `by`: who did it, for the log."""
        before: Session | None = None

        def noted(session: Session) -> Session:
            nonlocal before
            before = session
            return rule(session)

        async with self._turn(id):
            after = await self._store.change(id, noted, newcomer, by=by)
            if after != before:
                await self._telling.changed(before, after)
        return after

    def _turn(self, id: SessionId) -> asyncio.Lock:
        lock = self._turns.get(id)
        if lock is None:
            lock = self._turns[id] = asyncio.Lock()
        return lock


__all__ = ["CAPACITY_MAX", "SessionService"]
