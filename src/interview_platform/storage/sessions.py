"""Sessions, their members and invites."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from interview_platform.accounts.model import Person, PersonId
from interview_platform.kit.errors import not_found
from interview_platform.sessions.model import Invite, Member, Role, Session, SessionId
from interview_platform.sessions.ports import Page
from interview_platform.sessions.settings import settings_json
from interview_platform.storage.database import Database, first
from interview_platform.storage.people import insert_person
from interview_platform.storage.query import Query, Row
from interview_platform.storage.session_rows import OF_PERSON, OPEN_ACTIVE, SESSION, after, page_of, session_of
from interview_platform.storage.tables import invites, members, sessions, timeline_heads
from interview_platform.storage.timeline import append_entries
from interview_platform.timeline.changes import what_happened

# NO KEY UPDATE on PostgreSQL: a full FOR UPDATE would lock out the foreign key checks of the timeline's inserts, and an
# append that runs at the same time (it holds the head, wants the session) would be a deadlock.
_LOCK = select(sessions.c.id).where(sessions.c.id == bindparam("id")).with_for_update(key_share=True)

_i = invites.c
_INVITES = select(_i.digest, _i.session_id, _i.role, _i.created_by, _i.created_at, _i.expires_at, _i.revoked)
_INVITE = Query(_INVITES.where(_i.digest == bindparam("digest")))
_OF_SESSION = Query(
    _INVITES.where(_i.session_id == bindparam("session"), _i.revoked.is_(False))
    .order_by(_i.created_at.desc(), _i.digest)
    .limit(bindparam("limit"))
)


class SqlSessionStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, session: Session) -> None:
        await self._database.write(lambda c: _add(c, session))

    async def get(self, id: SessionId) -> Session | None:
        return session_of(await self._database.rows(SESSION, id=id))

    async def change(
        self,
        id: SessionId,
        change: Callable[[Session], Session],
        newcomer: Person | None = None,
        *,
        by: PersonId | None = None,
    ) -> Session:
        """`change` may run in the writer thread: it works on what it is given, nothing else."""

        def work(connection: Connection) -> Session:
            locked = connection.execute(_LOCK, {"id": id}).first()
            # Read only now: what another node committed while we waited for the lock is in it.
            before = session_of(SESSION.rows(connection, id=id)) if locked else None
            if before is None:
                raise not_found("session")
            after = change(before)
            if after is before:
                return before
            if newcomer is not None:
                insert_person(connection, newcomer, None)
            _save(connection, before, after, by)
            return session_of(SESSION.rows(connection, id=id)) or after

        return await self._database.write(work)

    async def open_active(self, cursor: str | None, limit: int) -> Page:
        return await self._page(OPEN_ACTIVE, cursor, limit)

    async def of_person(self, person: PersonId, *, active: bool, cursor: str | None, limit: int) -> Page:
        return await self._page(OF_PERSON[active], cursor, limit, person=person)

    async def _page(self, query: Query, cursor: str | None, limit: int, **values: str) -> Page:
        return page_of(await self._database.rows(query, **after(cursor), limit=limit + 1, **values), limit)

    async def add_invite(self, invite: Invite) -> None:
        row = {
            "digest": invite.digest,
            "session_id": invite.session,
            "role": invite.role.value,
            "created_by": invite.created_by,
            "created_at": invite.created_at,
            "expires_at": invite.expires_at,
            "revoked": invite.revoked,
        }
        await self._database.write(lambda c: c.execute(insert(invites), row))

    async def invite(self, digest: str) -> Invite | None:
        row = await first(self._database, _INVITE, digest=digest)
        return _invite_of(row) if row else None

    async def invites(self, id: SessionId, limit: int) -> list[Invite]:
        return [_invite_of(row) for row in await self._database.rows(_OF_SESSION, session=id, limit=limit)]

    async def revoke_invites(self, id: SessionId, digest: str | None = None) -> int:
        usable = update(invites).where(_i.session_id == id, _i.revoked.is_(False)).values(revoked=True)
        if digest is not None:
            usable = usable.where(_i.digest == digest)
        return await self._database.write(lambda c: c.execute(usable).rowcount)


def _invite_of(row: Row) -> Invite:
    return Invite(row[0], row[1], Role(row[2]), row[3], row[4], row[5], bool(row[6]))


def _add(connection: Connection, session: Session) -> None:
    fixed = {
        "id": session.id,
        "call_id": session.call_id,
        "created_at": session.created_at,
    }
    connection.execute(insert(sessions).values(fixed | _changing(session)))
    connection.execute(insert(timeline_heads).values(session_id=session.id, seq=0, chat_seq=0))
    _save_members(connection, session.id, (), session.members)


def _changing(session: Session) -> dict[str, object]:
    """The columns that `change` may change."""
    return {
        "host_id": session.host.person,
        "problem": session.problem,
        "problem_slug": session.problem_slug,
        "difficulty": session.difficulty.value,
        "status": session.status.value,
        "visibility": session.visibility.value,
        "capacity": session.capacity,
        "updated_at": session.updated_at,
        "ended_at": session.ended_at,
        "lobby": session.lobby,
        "started_at": session.started_at,
        "settings": settings_json(session.settings),
    }


def _save(connection: Connection, before: Session, after: Session, by: PersonId | None) -> None:
    connection.execute(update(sessions).where(sessions.c.id == before.id).values(_changing(after)))
    _save_members(connection, before.id, before.members, after.members)
    entries = what_happened(before, after, by)
    if entries:
        append_entries(connection, before.id, entries)


def _save_members(connection: Connection, id: SessionId, before: Sequence[Member], after: Sequence[Member]) -> None:
    old = {m.person: _member_row(m, position) for position, m in enumerate(before)}
    new = {m.person: _member_row(m, position) for position, m in enumerate(after)}
    for person, row in new.items():
        this = and_(members.c.session_id == id, members.c.person_id == person)
        if person not in old:
            connection.execute(insert(members).values(session_id=id, person_id=person, **row))
        elif row != old[person]:
            connection.execute(update(members).where(this).values(row))
    for person in old.keys() - new.keys():
        connection.execute(delete(members).where(members.c.session_id == id, members.c.person_id == person))


def _member_row(member: Member, position: int) -> dict[str, object]:
    return {
        "role": member.role.value,
        "joined_at": member.joined_at,
        "left_at": member.left_at,
        "removed": member.removed,
        "position": position,
        "waiting": member.waiting,
        "invite": member.invite,
    }
