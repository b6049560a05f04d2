"""A real server (uvicorn, uvloop, SQLite) with rooms, in the test's own event loop, and people to send in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import uvicorn

from interview_platform.accounts.model import Person, PersonId
from interview_platform.activity.service import ActivityService
from interview_platform.call.recording import Recordings
from interview_platform.chat.changes import MessageChanges
from interview_platform.chat.service import ChatService
from interview_platform.kit.clock import now_ms
from interview_platform.kit.ids import new_id
from interview_platform.room.direct import DirectWebSocket
from interview_platform.room.limits import RoomLimits
from interview_platform.room.seed import Seed, SeedFile
from interview_platform.room.service import RoomService
from interview_platform.sessions.model import Role, Session, SessionId, Visibility
from interview_platform.storage.chat import SqlChatStore
from interview_platform.storage.database import Database
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.timeline import SqlTimelineStore
from interview_platform.timeline.model import DocumentName, Entry, Event, EventKind
from interview_platform.timeline.ports import Snapshot, TimelineStore
from tests.api import Api, assemble
from tests.room.runs import Runs

SEED = Seed(
    (SeedFile("solution.py", "def solve():\n    pass\n"), SeedFile("Main.java", "class Main {}\n")),
    "python",
    "solution.py",
)
WS_MAX = 4 * 1024 * 1024

QUICK = RoomLimits(gather_seconds=0.005, idle_seconds=30.0)


class TroubledTimeline:
    """The real timeline, which a test may make fail, hold back or count."""

    def __init__(self, store: TimelineStore) -> None:
        self._store = store
        self.failures = 0
        """How many of the next appends fail."""
        self.failure: Exception = OSError("No space left on device")
        """With what they fail."""
        self.gate = asyncio.Event()
        """Appends wait for it."""
        self.gate.set()
        self.snapshots_fail = False
        self.opened = 0
        self.slow_opening: asyncio.Event | None = None
        self.waiting = 0
        self.batches: list[int] = []

    async def append(self, session: SessionId, entries: Sequence[Entry]) -> int:
        self.waiting += 1
        await self.gate.wait()
        self.waiting -= 1
        if self.failures > 0:
            self.failures -= 1
            raise self.failure
        self.batches.append(len(entries))
        return await self._store.append(session, entries)

    async def read(
        self, session: SessionId, *, after: int = 0, kinds: Sequence[EventKind] | None = None, limit: int = 1000
    ) -> list[Event]:
        return await self._store.read(session, after=after, kinds=kinds, limit=limit)

    async def snapshot(self, session: SessionId, document: DocumentName = DocumentName.MAIN) -> Snapshot | None:
        self.opened += 1
        if self.slow_opening is not None:
            await self.slow_opening.wait()
        return await self._store.snapshot(session, document)

    async def save_snapshot(
        self,
        session: SessionId,
        snapshot: Snapshot,
        document: DocumentName = DocumentName.MAIN,
        *,
        over: int | None = None,
    ) -> None:
        if self.snapshots_fail:
            raise OSError("No space left on device")
        await self._store.save_snapshot(session, snapshot, document, over=over)

    async def newest(self, limit: int) -> list[SessionId]:
        return await self._store.newest(limit)


class FixedStarters:
    def __init__(self) -> None:
        self.seeded = 0
        self.usual: dict[str, str] = {}

    def seed(self, _session: Session) -> Seed:
        self.seeded += 1
        return SEED

    def seed_of(self, _slug: str) -> Seed:
        return SEED

    def language_of(self, path: str) -> str:
        return {"solution.py": "python", "Main.java": "java"}.get(path, "plaintext")

    def untouched(self, path: str, text: str) -> bool:
        return self.usual.get(path) == text


@dataclass
class Somebody:
    person: Person
    secret: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"interview_session={self.secret}"}


@dataclass
class World:
    api: Api
    database: Database
    timeline: TroubledTimeline
    rooms: RoomService
    chat: ChatService
    changes: MessageChanges
    runs: Runs
    recordings: Recordings
    starters: FixedStarters
    port: int
    people: dict[str, Somebody] = field(default_factory=dict)

    def url(self, session: Session | str, socket: str = "doc", query: str = "") -> str:
        id = session if isinstance(session, str) else session.id
        return f"ws://127.0.0.1:{self.port}/api/sessions/{id}/{socket}{query}"

    async def somebody(self, name: str) -> Somebody:
        person = Person(PersonId(new_id()), name, None, None, False, now_ms(), now_ms())
        await SqlPeopleStore(self.database).add_guest(replace(person, guest=True))
        signed_in = await self.api.accounts.open(person)
        self.people[name] = Somebody(person, signed_in.secret)
        return self.people[name]

    async def session(self, host: Somebody, *, visibility: Visibility = Visibility.OPEN, capacity: int = 4) -> Session:
        return await self.api.sessions.create(host.person, "two-sum", visibility=visibility, capacity=capacity)

    async def admit(self, session: Session, name: str, role: Role = Role.CANDIDATE) -> Somebody:
        somebody = await self.somebody(name)
        await self.api.sessions.admit(session.id, somebody.person, role)
        return somebody


def server_of(app: Any, port: int = 0, *, direct: bool = True) -> uvicorn.Server:
    """uvicorn as `app/cli.py` runs it."""
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        loop="none",
        ws=DirectWebSocket if direct else "websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=WS_MAX,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    return uvicorn.Server(config)


@asynccontextmanager
async def serving(app: Any, *, direct: bool = True) -> AsyncIterator[int]:
    """The application on a free port, in this event loop."""
    server = server_of(app, direct=direct)
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign, assignment]
    task = asyncio.create_task(server.serve())
    try:
        async with asyncio.timeout(10):
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.005)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def world_of(
    database: Database,
    limits: RoomLimits = QUICK,
    *,
    client_url: str | None = None,
    served: bool = True,
    direct: bool = True,
) -> AsyncIterator[World]:
    """`direct`: over the short way that the product uses, or over plain ASGI."""
    api = assemble(database)
    timeline = TroubledTimeline(SqlTimelineStore(database))
    messages = SqlChatStore(database)
    chat, changes = ChatService(messages, api.sessions, api.bus), MessageChanges(messages, api.sessions, api.bus)
    runs, starters = Runs(api.bus), FixedStarters()
    recordings = Recordings(None, api.sessions, timeline, api.bus)
    rooms = RoomService(
        api.identity,
        api.sessions,
        timeline,
        api.bus,
        starters=starters,
        messages=chat.newest,
        runs=runs.recent,
        typed=runs.typed,
        activity=ActivityService(timeline, api.bus, pause_seconds=0.01),
        limits=limits,
        client_url=client_url,
    )
    try:
        if not served:
            yield World(api, database, timeline, rooms, chat, changes, runs, recordings, starters, 0)
            return
        async with serving(rooms.sockets, direct=direct) as port:
            yield World(api, database, timeline, rooms, chat, changes, runs, recordings, starters, port)
    finally:
        await rooms.close()
        await api.close()
