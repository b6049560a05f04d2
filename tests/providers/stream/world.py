"""Accounts and sessions over HTTP and SQLite, with Stream's adapter in place and a clock that the test moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from interview_platform.accounts.model import Person, PersonId
from interview_platform.app import people_events
from interview_platform.call.turn import MeshCalls
from interview_platform.call.views import CallConfigAnswer
from interview_platform.events.service import EventService
from interview_platform.kit.clock import now_ms
from interview_platform.providers.stream.calls import StreamCalls
from interview_platform.providers.stream.client import StreamClient
from interview_platform.providers.stream.sync import StreamSync
from interview_platform.providers.stream.tokens import Tokens
from interview_platform.sessions.model import Session, SessionId
from interview_platform.storage.database import Database
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.sessions import SqlSessionStore
from tests.api import Api, Browser, assemble
from tests.providers.stream.stand_in import KEY, SECRET, StandIn

ORIGIN = "https://interviews.example.org"


class Clock:
    def __init__(self) -> None:
        self.ahead_ms = 0

    def __call__(self) -> int:
        return now_ms() + self.ahead_ms

    def seconds(self) -> float:
        return self() / 1000


@dataclass
class World:
    api: Api
    stream: StandIn
    events: EventService
    clock: Clock
    sync: StreamSync
    tokens: Tokens
    calls: StreamCalls
    sessions: SqlSessionStore
    people: SqlPeopleStore

    async def settle(self) -> None:
        """Everything that is due, and what is due after that, until nothing waits."""
        for _ in range(60):
            await self.events.work_off()
            waiting = await self.events.waiting(dead=False)
            if not waiting:
                return
            self.clock.ahead_ms += max(0, min(one.next_at for one in waiting) - self.clock())
        raise AssertionError(f"still waiting: {waiting}")

    async def dead(self) -> list[str]:
        return [one.error for one in await self.events.waiting(dead=True)]

    async def person(self, who: Browser) -> Person:
        found = await self.people.person(PersonId(who.me["id"]))
        assert found is not None
        return found

    async def session(self, session: dict[str, Any]) -> Session:
        found = await self.sessions.get(SessionId(session["id"]))
        assert found is not None
        return found

    async def call(self, session: dict[str, Any], who: Browser) -> CallConfigAnswer:
        """As `GET /api/sessions/{id}/call` answers."""
        found, person = await self.session(session), await self.person(who)
        member = found.member(person.id)
        assert member is not None
        return await self.calls.config(found, person, member.role)


@asynccontextmanager
async def world_of(
    database: Database, stream: StandIn, url: str, *, video: bool = True, seconds: float = 5.0, secret: str = SECRET
) -> AsyncIterator[World]:
    clock = Clock()
    events = EventService(SqlEventStore(database), clock=clock)
    tokens = Tokens(KEY, secret, clock)
    sessions, people = SqlSessionStore(database), SqlPeopleStore(database)
    client = StreamClient(tokens, url, seconds=seconds)
    sync = StreamSync(client, sessions, people, origin=ORIGIN, video=video, clock=clock.seconds)
    sync.listen(events)
    api = assemble(database, events=events, chat_tokens=tokens)
    people_events.install(api.accounts, events)
    calls = StreamCalls(MeshCalls(("stun:here:3478",), None), sync, tokens, video=video)
    try:
        yield World(api, stream, events, clock, sync, tokens, calls, sessions, people)
    finally:
        await api.close()
        await sync.close()
