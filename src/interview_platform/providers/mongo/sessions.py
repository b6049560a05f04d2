"""Sessions, their members and invites."""

import asyncio
import random
from collections.abc import Callable, Sequence

from interview_platform.accounts.model import Person, PersonId
from interview_platform.kit.errors import StorageUnavailable, not_found
from interview_platform.providers.mongo.client import Database, Document, Turns, answering
from interview_platform.providers.mongo.log import TRIES
from interview_platform.providers.mongo.notes import Notes, note
from interview_platform.providers.mongo.people import named, person_document, required
from interview_platform.providers.mongo.session_documents import (
    changing,
    invite_document,
    invite_of,
    new_document,
    people_of,
    session_of,
)
from interview_platform.sessions.cursors import START, cursor_after, place_of
from interview_platform.sessions.model import Invite, Session, SessionId, Status, Visibility
from interview_platform.sessions.ports import Page
from interview_platform.timeline.changes import what_happened


@answering
class MongoSessionStore:
    def __init__(self, database: Database, notes: Notes, turns: Turns) -> None:
        self._sessions = database.interviews
        self._invites = database.invites
        self._people = database.people
        self._notes = notes
        self._turns = turns

    async def add(self, session: Session) -> None:
        document = new_document(session)
        await required(self._people, people_of(document))
        await self._sessions.insert_one(document)

    async def get(self, id: SessionId) -> Session | None:
        stored = await self._stored(id)
        return session_of(stored, await named(self._people, people_of(stored))) if stored else None

    async def change(
        self,
        id: SessionId,
        change: Callable[[Session], Session],
        newcomer: Person | None = None,
        *,
        by: PersonId | None = None,
    ) -> Session:
        """`change` is called again when another node was quicker: it works on what it is given, nothing else."""
        async with self._turns.of(id):
            for attempt in range(TRIES):
                changed = await self._try(id, change, newcomer, by)
                if changed is not None:
                    return changed
                await asyncio.sleep(random.random() * min(attempt, 10) * 0.001)  # noqa: S311 - to get out of step
        raise StorageUnavailable

    async def open_active(self, cursor: str | None, limit: int) -> Page:
        chosen = {"status": Status.ACTIVE.value, "visibility": Visibility.OPEN.value}
        return await self._page(chosen, cursor, limit)

    async def of_person(self, person: PersonId, *, active: bool, cursor: str | None, limit: int) -> Page:
        taken: Document = {"members.person": person}
        if active:  # who left has no access before the end
            taken = {"members": {"$elemMatch": {"person": person, "leftAt": None}}}
        status = Status.ACTIVE if active else Status.COMPLETED
        return await self._page({"$or": [{"host": person}, taken], "status": status.value}, cursor, limit)

    async def add_invite(self, invite: Invite) -> None:
        await self._invites.insert_one(invite_document(invite))

    async def invite(self, digest: str) -> Invite | None:
        stored = await self._invites.find_one({"_id": digest})
        return invite_of(stored) if stored else None

    async def invites(self, id: SessionId, limit: int) -> list[Invite]:
        found = self._invites.find({"session": id, "revoked": False}).sort([("createdAt", -1), ("_id", 1)]).limit(limit)
        return [invite_of(stored) for stored in await found.to_list()]

    async def revoke_invites(self, id: SessionId, digest: str | None = None) -> int:
        usable = {"session": id, "revoked": False, **({} if digest is None else {"_id": digest})}
        return (await self._invites.update_many(usable, {"$set": {"revoked": True}})).modified_count

    async def _stored(self, id: SessionId) -> Document | None:
        stored = await self._sessions.find_one({"_id": id})
        if stored is not None and stored["notes"]:
            await self._notes.carry_out(self._sessions, id, stored)
        return stored

    async def _try(
        self, id: SessionId, change: Callable[[Session], Session], newcomer: Person | None, by: PersonId | None
    ) -> Session | None:
        """None when the session has changed while we looked at it."""
        stored = await self._stored(id)
        if stored is None:
            raise not_found("session")
        names = await named(self._people, people_of(stored))
        before = session_of(stored, names)
        after = change(before)
        if after is before:
            return before
        values = changing(after)
        if newcomer is not None:
            names[newcomer.id] = (newcomer.name, newcomer.image)
        added = people_of({**stored, **values}) - names.keys()
        if added:
            await required(self._people, added)
            names |= await named(self._people, added)
        version = stored["version"] + 1
        happened = what_happened(before, after, by)
        noted = note(f"change {version}", happened, None if newcomer is None else person_document(newcomer))
        done = await self._sessions.update_one(
            {"_id": id, "version": stored["version"]},
            {"$set": {**values, "version": version}, "$push": {"notes": noted}},
        )
        if not done.matched_count:
            return None
        await self._notes.at_once(self._sessions, id, {"_id": id, "notes": [noted]})
        return session_of({**stored, **values}, names)

    async def _page(self, chosen: Document, cursor: str | None, limit: int) -> Page:
        at, id = place_of(cursor)
        if (at, id) != START:
            older = {"$or": [{"createdAt": {"$lt": at}}, {"createdAt": at, "_id": {"$lt": id}}]}
            chosen = {"$and": [chosen, {"createdAt": {"$lte": at}}, older]}
        found = self._sessions.find(chosen).sort([("createdAt", -1), ("_id", -1)]).limit(limit + 1)
        return await self._shown(await found.to_list(), limit)

    async def _shown(self, stored: Sequence[Document], limit: int) -> Page:
        for one in stored:
            if one["notes"]:
                await self._notes.carry_out(self._sessions, one["_id"], one)
        names = await named(self._people, {person for one in stored for person in people_of(one)})
        sessions = [session_of(one, names) for one in stored[:limit]]
        return Page(tuple(sessions), cursor_after(sessions[-1]) if len(stored) > limit else None)
