"""Invites: links that carry a role, and let a person without an account in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interview_platform.accounts.model import Person
from interview_platform.accounts.service import AccountService
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.kit.ids import digest, new_secret, plausible
from interview_platform.kit.rate_limit import RateLimiter
from interview_platform.sessions.changes import shown_out_by_invite
from interview_platform.sessions.limits import INVITE_HOURS, INVITES_SHOWN, SessionLimits
from interview_platform.sessions.model import Invite, Member, Role, Session, SessionCompleted
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.ports import SessionStore
from interview_platform.sessions.service import SessionService

_HOUR_MS = 3600 * 1000


class InviteNotFound(Refusal):
    """Unknown, revoked or too old: the same answer, so that a revoked link says nothing."""

    def __init__(self) -> None:
        super().__init__(
            Kind.NOT_FOUND, "invite_not_found", "This invite does not work (any more). Ask the host for a new one."
        )


@dataclass(frozen=True, slots=True)
class Accepted:
    session: Session
    role: Role
    staff: bool
    """Whether they see what only those who interview may see."""
    secret: str | None
    """For the cookie of a guest who has just come in."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A link that works, who made it and who has come by it."""

    invite: Invite
    created_by: Member | None
    """None: erased since, or a former host who is no member any more."""
    came: tuple[Member, ...]


class InviteService:
    def __init__(
        self,
        store: SessionStore,
        sessions: SessionService,
        accounts: AccountService,
        *,
        limits: SessionLimits | None = None,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._accounts = accounts
        self._clock = clock
        self._inviting = RateLimiter(
            (limits or SessionLimits()).invite, message="You make invites too fast. Try again later."
        )

    async def create(self, id: str, role: Role, by: Person, hours: int = INVITE_HOURS) -> tuple[str, Invite]:
        """The token, which only the link has, and what we keep. Raises as `Access.require` does, and too_fast."""
        access = await self._sessions.access(id, by)
        access.require(Action.INVITE)
        self._inviting.take(by.id)
        token, now = new_secret(), self._clock()
        invite = Invite(digest(token), access.session.id, role, by.id, now, now + hours * _HOUR_MS)
        await self._store.add_invite(invite)
        return token, invite

    async def all(self, id: str, by: Person) -> Sequence[Listed]:
        """The links that work, newest first. Raises as `Access.require` does."""
        access = await self._sessions.access(id, by)
        access.require(Action.INVITE)
        session, now = access.session, self._clock()
        invites = await self._store.invites(session.id, INVITES_SHOWN)
        return [
            Listed(
                invite,
                session.member(invite.created_by),
                tuple(m for m in session.members if m.present and m.invite == invite.digest),
            )
            for invite in invites
            if invite.usable(now)
        ]

    async def revoke_all(self, id: str, by: Person) -> None:
        access = await self._sessions.access(id, by)
        access.require(Action.INVITE)
        await self._store.revoke_invites(access.session.id)

    async def revoke(self, id: str, token_or_id: str, by: Person, *, people: bool = False) -> None:
        """Revoke one link; with `people`, who came by it is shown out at once.

        Raises as `Access.require` does, and invite_not_found.
        """
        access = await self._sessions.access(id, by)
        access.require(Action.INVITE)
        session = access.session.id
        found = await self._store.invite(digest(token_or_id))
        if found is None and plausible(token_or_id):
            found = await self._store.invite(token_or_id)
        if found is None or found.session != session:
            raise InviteNotFound
        if people:  # before anything is done: an interviewer who came by it is the host's affair
            shown_out_by_invite(access, found.digest, self._clock())
        # The link first: who accepts it in this moment looks again once they are in.
        if not await self._store.revoke_invites(session, found.digest) and not people:
            raise InviteNotFound
        if people:
            now = self._clock()
            await self._sessions.change(
                session, lambda current: shown_out_by_invite(Access(current, by), found.digest, now), by=by.id
            )

    async def preview(self, token: str, visitor: Person | None) -> tuple[Invite, Session, bool]:
        """The invite, its session and whether the visitor is in it. Raises invite_not_found, session_completed."""
        invite, session = await self._usable(token)
        inside = visitor is not None and _inside(session, visitor)
        if not session.active and not inside:
            raise SessionCompleted
        return invite, session, inside

    async def accept(self, token: str, person: Person | None, name: str | None, *, address: str) -> Accepted:
        """Let in who has the link: the person who is signed in, else a new guest called `name`.

        Who is in already, the host too, stays in with the role they have. Raises invite_not_found, session_completed,
        session_full, removed, invalid_name, too_many_attempts.
        """
        invite, session = await self._usable(token)
        if not session.active:
            raise SessionCompleted
        if person is not None and _inside(session, person):
            return _accepted(session, person, None)
        if person is not None:
            joined = await self._sessions.admit(session.id, person, invite.role, invite=invite)
            await self._look_again(invite, person)
            return _accepted(joined, person, None)
        guest = self._accounts.guest(name or "", address=address)
        joined = await self._sessions.admit(session.id, guest, invite.role, invite=invite, newcomer=True)
        await self._look_again(invite, guest)
        return _accepted(joined, guest, (await self._accounts.open(guest)).secret)

    async def _look_again(self, invite: Invite, person: Person) -> None:
        """Whoever came in by a link while it was revoked goes again. Raises invite_not_found."""
        now = await self._store.invite(invite.digest)
        if now is None or now.revoked:
            await self._sessions.show_out(invite.session, person.id)
            raise InviteNotFound

    async def _usable(self, token: str) -> tuple[Invite, Session]:
        invite = await self._store.invite(digest(token))
        session = await self._store.get(invite.session) if invite and invite.usable(self._clock()) else None
        if invite is None or session is None:
            raise InviteNotFound
        return invite, session


def _inside(session: Session, person: Person) -> bool:
    return Access(session, person).role is not None


def _accepted(session: Session, person: Person, secret: str | None) -> Accepted:
    member = session.member(person.id)
    assert member is not None  # admitted just now, or inside before
    return Accepted(session, member.role, Access(session, person).staff, secret)
