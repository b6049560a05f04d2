"""Keeps Stream in step with our sessions and people: looks at what is so here, and brings about the same there.

Every event leads to the same comparison, so their order does not matter, nor how often they come. What fails is tried
again by `events`; a session never waits for it.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from weakref import WeakValueDictionary

import structlog

from interview_platform.accounts.model import Person, PersonId
from interview_platform.accounts.ports import PeopleStore
from interview_platform.events.model import Data, Permanent
from interview_platform.events.service import EventService
from interview_platform.kit.ids import plausible
from interview_platform.providers.stream.client import StreamClient, StreamUnavailable
from interview_platform.sessions.model import Member, Role, Session, SessionId
from interview_platform.sessions.ports import SessionStore

log = structlog.get_logger(__name__)

READY_SECONDS = 3.0  # somebody looks at a room that is opening
PAUSE_SECONDS = 10.0  # while Stream is away, not everybody who opens a room waits for it
REMEMBERED_MAX = 10_000  # sessions; the oldest goes first and is compared again when it is asked for


class StreamSync:
    """`origin`: our public address, for pictures. `video` False: somebody else carries the call."""

    def __init__(
        self,
        client: StreamClient,
        sessions: SessionStore,
        people: PeopleStore,
        *,
        origin: str | None = None,
        video: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._sessions = sessions
        self._people = people
        self._origin = origin or ""
        self._video = video
        self._clock = clock
        self._away_until = 0.0
        self._in_step: OrderedDict[SessionId, frozenset[PersonId]] = OrderedDict()
        self._turns: WeakValueDictionary[SessionId, asyncio.Lock] = WeakValueDictionary()

    def listen(self, events: EventService) -> None:
        for name in ("created", "joined", "left", "role"):
            events.on(f"session/{name}", f"stream-session-{name}", self.session_changed)
        events.on("session/ended", "stream-session-ended", self.session_ended)
        events.on("person/changed", "stream-person-changed", self.person_changed)
        events.on("person/erased", "stream-person-erased", self.person_erased)

    async def ready(self, session: Session, person: PersonId) -> bool:
        """Whether Stream has the call and the channel, with the person in them; tries for a moment if not."""
        if person in self._in_step.get(session.id, ()):
            return True
        if self._clock() < self._away_until:
            return False
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._bring_in_step(session.id)
        except (StreamUnavailable, Permanent, TimeoutError) as error:
            self._away_until = self._clock() + PAUSE_SECONDS
            log.warning("stream.not_ready", session=session.id, error=str(error) or "no answer in time")
            return False
        return person in self._in_step.get(session.id, ())

    async def session_changed(self, data: Data) -> None:
        await self._bring_in_step(SessionId(_id(data, "sessionId")))

    async def session_ended(self, data: Data) -> None:
        await self._bring_in_step(SessionId(_id(data, "sessionId")), ended=True)

    async def person_changed(self, data: Data) -> None:
        person = await self._people.person(PersonId(_id(data, "personId")))
        # Who is in no session now is told to Stream with the next one, if there is one.
        if person is not None and await self._took_part(person.id, active=True):
            await self._tell([person])

    async def person_erased(self, data: Data) -> None:
        id = PersonId(_id(data, "personId"))
        if await self._people.person(id) is not None:
            raise RuntimeError("not erased yet")  # it is said before it is done, so that it cannot be forgotten
        if not await self._took_part(id, active=True) and not await self._took_part(id, active=False):
            return  # Stream has never heard of them
        # First out of what goes on, so that the others' channel does not go with them.
        cursor: str | None = None
        while True:
            page = await self._sessions.of_person(id, active=True, cursor=cursor, limit=50)
            for session in page.sessions:
                await self._bring_in_step(session.id)
            cursor = page.cursor
            if cursor is None:
                break
        await self._client.delete_user(id)

    async def check(self) -> str | None:
        return await self._client.check()

    async def close(self) -> None:
        await self._client.close()

    async def _took_part(self, person: PersonId, *, active: bool) -> bool:
        page = await self._sessions.of_person(person, active=active, cursor=None, limit=1)
        return bool(page.sessions)

    async def _bring_in_step(self, id: SessionId, *, ended: bool = False) -> None:
        """`ended`: it is our turn to clear away. For every other event a session that is over is past helping."""
        lock = self._turns.setdefault(id, asyncio.Lock())
        async with lock:
            session = await self._sessions.get(id)
            if session is not None and session.active:
                await self._open(session)
                # It may have ended meanwhile, and another node have cleared away what we have just made again.
                session = await self._sessions.get(id)
                ended = True
            if ended and session is not None and not session.active:
                self._in_step.pop(id, None)
                await self._client.end_call(session.call_id)
                await self._client.delete_channel(session.call_id)

    async def _open(self, session: Session) -> None:
        members = [session.host, *(member for member in session.seated if not session.waits(member))]
        people = [person for member in members if (person := await self._people.person(member.person)) is not None]
        known = {person.id for person in people}
        if session.host.person not in known:
            return  # erased just now: what they host is about to end
        members = [member for member in members if member.person in known]
        self._in_step.pop(session.id, None)
        await self._tell(people)
        if self._video:
            await self._open_call(session, members)
        await self._open_channel(session, [member.person for member in members])
        for person in people:
            if await self._people.person(person.id) is None:  # we may have brought them back just now
                await self._client.delete_user(person.id)
        self._in_step[session.id] = frozenset(known)
        if len(self._in_step) > REMEMBERED_MAX:
            self._in_step.popitem(last=False)

    async def _open_call(self, session: Session, members: Sequence[Member]) -> None:
        id = session.call_id
        wanted = {member.person: {"user_id": str(member.person), "role": role_of(member.role)} for member in members}
        found = await self._client.open_call(id, session.host.person, list(wanted.values()))
        there = {member.user_id for member in found.members}
        come = [one for person, one in wanted.items() if person not in there]
        gone = sorted(there - wanted.keys())
        # A call of this type is open to all who know it: who has lost their place is kept out by name. While they are
        # still listed, or a second attempt would not know of them.
        for person in gone:
            await self._client.block(id, person)
        for person in sorted(wanted.keys() & set(found.call.blocked_user_ids)):
            await self._client.unblock(id, person)
        if come or gone:
            await self._client.change_call_members(id, come, gone)

    async def _open_channel(self, session: Session, wanted: Sequence[PersonId]) -> None:
        id = session.call_id
        found = await self._client.open_channel(id, session.host.person, wanted)
        there = {member.user_id for member in found.members}
        come = [person for person in wanted if person not in there]
        gone = sorted(there - set(wanted))
        if come or gone:
            await self._client.change_channel_members(id, come, gone)

    async def _tell(self, people: Sequence[Person]) -> None:
        """Name, id and picture: no more of anybody leaves this house."""
        users = []
        for person in people:
            user = {"id": str(person.id), "name": person.name}
            if person.image:
                user["image"] = person.image if "://" in person.image else f"{self._origin}{person.image}"
            users.append(user)
        await self._client.upsert_users(users)


def role_of(role: Role) -> str:
    """Stream's name for what somebody is in the call."""
    return "host" if role is Role.HOST else "user"


def _id(data: Data, name: str) -> str:
    id = data.get(name)
    if not isinstance(id, str) or not plausible(id):
        raise Permanent(f"the event has no {name}")
    return id
