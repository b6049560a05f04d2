"""A session's world without sockets, and the HTTP of replay in front of it."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import uvloop
from fastapi import FastAPI
from pycrdt import Doc, Map, Text

from interview_platform.accounts.images import Images
from interview_platform.app.errors import install_error_table
from interview_platform.app.guard import Guard, Metrics
from interview_platform.chat.attachments import Attachments
from interview_platform.chat.model import Attachment
from interview_platform.execution.model import Mode, Verdict
from interview_platform.execution.runs import Result, Run, RunStatus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.ids import new_id
from interview_platform.replay import routes
from interview_platform.replay.export import MARK, PLAYER
from interview_platform.replay.service import ReplayService
from interview_platform.sessions.model import Member, Role, Session
from interview_platform.storage.chat import SqlChatStore
from interview_platform.storage.database import Database
from interview_platform.storage.runs import SqlRunStore
from interview_platform.storage.sessions import SqlSessionStore
from interview_platform.timeline.model import Entry, EventKind
from tests.room.conftest import database, empty_database
from tests.room.world import Somebody, World, world_of

__all__ = ["database", "empty_database"]

BEFORE, AFTER = b"<!doctype html><title>x</title><body>", b"</body>"


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"uvloop": uvloop.new_event_loop}


@dataclass
class Played:
    """A session with a host, an interviewer, a candidate and an observer, and what a test does in it."""

    world: World
    http: httpx.AsyncClient
    session: Session
    people: dict[str, Somebody]
    runs: SqlRunStore
    attachments: Attachments
    doc: Doc[Any]

    @property
    def host(self) -> Somebody:
        return self.people["host"]

    async def log(self, kind: EventKind, payload: bytes, who: str | None = "candidate", at: int | None = None) -> int:
        person = self.people[who].person.id if who else None
        return await self.world.timeline.append(
            self.session.id, [Entry(kind, person, now_ms() if at is None else at, payload)]
        )

    async def write(self, change: Callable[[Map[Any]], None], who: str | None = "candidate") -> int:
        """Change the files; the update goes into the log."""
        before = self.doc.get_state()
        change(self.doc.get("files", type=Map))
        return await self.log(EventKind.DOCUMENT, self.doc.get_update(before), who)

    async def begin_run(self, who: str = "candidate", **more: Any) -> Run:
        somebody = self.people[who].person
        values: dict[str, Any] = {"language": "python", "mode": Mode.RUN, "source": "", "stdin": "", **more}
        run = Run(
            new_id(),
            self.session.id,
            somebody.id,
            somebody.name,
            status=RunStatus.RUNNING,
            created_at=now_ms(),
            **values,
        )
        await self.runs.add(run)
        return run

    async def run(self, stdout: str = "", who: str = "candidate", **more: Any) -> Run:
        run = await self.begin_run(who, **more)
        finished = run.finished(Result(Verdict.OK, "It ended.", stdout=stdout), now_ms())
        await self.runs.finish(finished)
        return finished

    async def say(self, text: str, who: str = "candidate", files: Sequence[Attachment] = ()) -> str:
        ids = [file.id for file in files]
        return (await self.world.chat.post(self.session.id, self.people[who].person, text, attachments=ids)).id

    async def attach(self, name: str, content: bytes, who: str = "candidate") -> Attachment:
        encoded = base64.b64encode(content).decode()
        return await self.attachments.add(self.session.id, self.people[who].person, name, encoded)

    async def change(self, rule: Callable[[Session], Session], by: str = "host") -> None:
        await self.world.api.sessions.change(self.session.id, rule, by=self.people[by].person.id)

    async def configure(self, **settings: Any) -> None:
        def rule(session: Session) -> Session:
            return replace(session, settings=msgspec.structs.replace(session.settings, **settings))

        await SqlSessionStore(self.world.database).change(self.session.id, rule)

    async def come(self, name: str, *, waiting: bool) -> Somebody:
        """A further candidate, who may have to wait."""
        somebody = self.people[name] = await self.world.somebody(name)
        id = somebody.person.id

        def rule(session: Session) -> Session:
            member = Member(id, name, None, Role.CANDIDATE, joined_at=now_ms(), waiting=waiting)
            return replace(session, members=(*session.members, member))

        await self.world.api.sessions.change(self.session.id, rule)
        return somebody

    async def start(self) -> None:
        """What was so far was preparing."""
        await self.change(lambda session: replace(session, started_at=None))
        await self.change(lambda session: replace(session, started_at=now_ms()))

    async def end(self) -> None:
        await self.world.api.sessions.end(self.session.id, self.host.person)

    async def ask(self, path: str, who: str | None = "host", **query: Any) -> httpx.Response:
        headers = self.people[who].headers if who else {}
        return await self.http.get(f"/api/sessions/{self.session.id}/{path}", params=query, headers=headers)

    async def events(self, who: str = "host", limit: int = 5000) -> list[dict[str, Any]]:
        events: list[dict[str, Any]] = []
        after: int | None = 0
        while after is not None:
            answer = await self.ask("timeline", who, after=after, limit=limit)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            assert len(page["events"]) <= limit
            events += page["events"]
            after = page["next"]
        return events


def begin(files: Map[Any]) -> None:
    files["solution.py"] = Text("pass\n")


@pytest.fixture
async def played(database: Database, tmp_path: Path) -> AsyncIterator[Played]:
    (tmp_path / PLAYER).write_bytes(BEFORE + MARK + AFTER)
    async with world_of(database, served=False) as world:
        runs = SqlRunStore(database)
        service = ReplayService(
            world.api.sessions, world.timeline, SqlChatStore(database), runs, world.rooms.records.of
        )
        api = FastAPI()
        install_error_table(api)
        api.include_router(routes.router(service, world.api.identity, tmp_path))
        app = Guard(api, client_url=None, body_max=1000, metrics=Metrics())
        host = await world.somebody("Hanna")
        session = await world.session(host)
        people = {
            "host": host,
            "interviewer": await world.admit(session, "Ines", Role.INTERVIEWER),
            "candidate": await world.admit(session, "Ben"),
            "observer": await world.admit(session, "Oz", Role.OBSERVER),
            "stranger": await world.somebody("Eve"),
        }
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            attachments = Attachments(SqlChatStore(database), world.api.sessions, Images())
            made = Played(world, client, session, people, runs, attachments, Doc())
            await made.write(begin, None)
            yield made
