"""Accounts, sessions, chat and insights as their callers see them: real HTTP, guard, error table and SQLite.

In a test folder's conftest: `from tests.api import …`, all the fixtures in `tests/accounts/conftest.py`.
"""

import itertools
import json
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pwdlib.hashers.argon2 import Argon2Hasher

from interview_platform.accounts import editor_settings
from interview_platform.accounts import routes as accounts_routes
from interview_platform.accounts.identity import Identity
from interview_platform.accounts.images import Images
from interview_platform.accounts.limits import AccountLimits
from interview_platform.accounts.passwords import Passwords
from interview_platform.accounts.service import AccountService
from interview_platform.accounts.tickets import Tickets
from interview_platform.app.errors import install_error_table
from interview_platform.app.guard import Guard, Metrics
from interview_platform.chat import routes as chat_routes
from interview_platform.chat.attachments import UPLOADING, Attachments
from interview_platform.chat.changes import MessageChanges
from interview_platform.chat.model import ATTACHMENTS_MAX_BYTES
from interview_platform.chat.ports import ChatTokens
from interview_platform.chat.service import ChatService
from interview_platform.events.service import EventService
from interview_platform.insights import routes as insights_routes
from interview_platform.kit.bus import LocalBus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.rate_limit import Limit
from interview_platform.problems.model import Difficulty, Problem
from interview_platform.sessions import routes as sessions_routes
from interview_platform.sessions import staffing_routes
from interview_platform.sessions.invites import InviteService
from interview_platform.sessions.limits import SessionLimits
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.ports import access_topic, session_topic
from interview_platform.sessions.service import SessionService
from interview_platform.sessions.staffing import StaffingService
from interview_platform.storage.chat import SqlChatStore
from interview_platform.storage.database import Database
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.insights import SqlInsightsStore
from interview_platform.storage.open import SQLITE_FILE, open_database
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.sessions import SqlSessionStore
from tests.postgres import run_apart

PASSWORD = "correct horse battery"
BODY_MAX = 8_000_000


class Clock:
    """The product's clock, which a test may move."""

    def __init__(self) -> None:
        self.ahead_ms = 0

    def __call__(self) -> int:
        return now_ms() + self.ahead_ms


class Bank:
    """Two problems."""

    def __init__(self) -> None:
        self._problems = [
            _problem("two-sum", "Two Sum", Difficulty.EASY),
            _problem("container-with-most-water", "Container With Most Water", Difficulty.MEDIUM),
        ]

    def all(self) -> Sequence[Problem]:
        return self._problems

    def get(self, slug: str) -> Problem | None:
        return next((p for p in self._problems if p.slug == slug), None)

    def find(self, slug_or_title: str) -> Problem | None:
        wanted = slug_or_title.lower()
        return next((p for p in self._problems if wanted in (p.slug, p.title.lower())), None)


def _problem(slug: str, title: str, difficulty: Difficulty) -> Problem:
    return Problem(slug, title, difficulty, (), "", (), (), {}, (), {})


class Browser(httpx.AsyncClient):
    """One browser: keeps its cookies. `me` is who registered in it."""

    me: dict[str, Any]

    async def call(self, method: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        """The JSON of an answer that must have `status`."""
        answer = await self.request(method, path, json=body)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def refused(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        """Status and code of an answer that must be a refusal of the contract's shape."""
        answer = await self.request(method, path, json=body)
        said = answer.json()
        assert said.keys() <= {"code", "message", "fields"}
        assert said["message"]
        return answer.status_code, said["code"]

    async def create(self, **given: Any) -> dict[str, Any]:
        answer = await self.call("POST", "/api/sessions", {"problem": "two-sum", **given}, status=201)
        session: dict[str, Any] = answer["session"]
        return session

    async def invite(self, session: dict[str, Any], role: str = "candidate") -> str:
        answer = await self.call("POST", f"/api/sessions/{session['id']}/invites", {"role": role}, status=201)
        token: str = answer["invite"]["token"]
        return token


@dataclass
class Api:
    app: Guard
    database: Database
    bus: LocalBus
    clock: Clock
    identity: Identity
    tickets: Tickets
    accounts: AccountService
    sessions: SessionService
    away: dict[str, float]
    """Person's id -> seconds that they have not been in the room."""
    _browsers: list[Browser] = field(default_factory=list)
    _numbers: Any = field(default_factory=itertools.count)

    def browser(self, *, address: str = "127.0.0.1", base: str = "http://interview.test") -> Browser:
        transport = httpx.ASGITransport(self.app, client=(address, 50000))
        browser = Browser(transport=transport, base_url=base)
        self._browsers.append(browser)
        return browser

    async def person(self, name: str = "Ada") -> Browser:
        """A browser in which somebody has registered."""
        browser = self.browser()
        email = f"{name.lower().replace(' ', '.')}.{next(self._numbers)}@example.org"
        answer = await browser.call(
            "POST", "/api/auth/register", {"name": name, "email": email, "password": PASSWORD}, status=201
        )
        browser.me = answer["user"]
        return browser

    async def guest(self, token: str, name: str = "Grace") -> Browser:
        """A browser in which a guest has accepted the invite."""
        browser = self.browser()
        await browser.call("POST", f"/api/invites/{token}/accept", {"name": name})
        browser.me = (await browser.call("GET", "/api/auth/me"))["user"]
        return browser

    def heard(self, session: dict[str, Any]) -> list[dict[str, Any]]:
        """From now on, what the session's room is told, and who loses access (with `topic: access`)."""
        heard: list[dict[str, Any]] = []
        id = SessionId(session["id"])
        self.bus.subscribe(session_topic(id), lambda message: heard.append(json.loads(message)))
        self.bus.subscribe(access_topic(id), lambda message: heard.append({"topic": "access", **json.loads(message)}))
        return heard

    async def close(self) -> None:
        for browser in self._browsers:
            await browser.aclose()


def cheap_hasher() -> Argon2Hasher:
    return Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)


def assemble(
    database: Database,
    *,
    account_limits: AccountLimits | None = None,
    session_limits: SessionLimits | None = None,
    chat_limit: Limit = Limit(120, 60),  # noqa: B008 - a constant
    upload_limit: Limit = UPLOADING,
    attached_bytes_max: int = ATTACHMENTS_MAX_BYTES,
    passwords: Passwords | None = None,
    client_url: str | None = None,
    events: EventService | None = None,
    chat_tokens: ChatTokens | None = None,
) -> Api:
    clock, bus, tickets = Clock(), LocalBus(), Tickets()
    people, session_store = SqlPeopleStore(database), SqlSessionStore(database)
    identity = Identity(people, tickets, clock, client_url=client_url)
    images = Images()
    accounts = AccountService(
        people, passwords or Passwords(cheap_hasher()), images, tickets, limits=account_limits, clock=clock
    )
    events = events or EventService(SqlEventStore(database))
    sessions = SessionService(session_store, Bank(), accounts, bus, events, limits=session_limits, clock=clock)
    invites = InviteService(session_store, sessions, accounts, limits=session_limits, clock=clock)
    messages = SqlChatStore(database)
    chat = ChatService(messages, sessions, bus, limit=chat_limit, clock=clock)
    changes = MessageChanges(messages, sessions, bus, clock=clock)
    attachments = Attachments(
        messages, sessions, images, limit=upload_limit, session_bytes=attached_bytes_max, clock=clock
    )
    api = FastAPI()
    install_error_table(api)
    api.include_router(accounts_routes.router(accounts, identity))
    api.include_router(editor_settings.router(people, identity, account_limits))
    api.include_router(sessions_routes.router(sessions, invites, identity, client_url))
    away: dict[str, float] = {}
    staffing = StaffingService(sessions, lambda _session, person: away.get(person, 0.0), clock=clock)
    api.include_router(staffing_routes.router(staffing, identity))
    api.include_router(chat_routes.router(chat, changes, attachments, tickets, identity, provider=chat_tokens))
    api.include_router(insights_routes.router(SqlInsightsStore(database), identity))
    app = Guard(api, client_url=client_url, body_max=BODY_MAX, metrics=Metrics())
    return Api(app, database, bus, clock, identity, tickets, accounts, sessions, away)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, made once: the tests copy it."""
    folder = tmp_path_factory.mktemp("empty")

    async def made() -> None:
        await (await open_database(None, folder)).close()

    run_apart(made())
    return folder / SQLITE_FILE


on_both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
"""For a test of what a database decides: who wins a race, what a sum is."""


@pytest.fixture
def database_url(request: pytest.FixtureRequest, empty_database: Path, tmp_path: Path) -> str | None:
    if getattr(request, "param", "sqlite") == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        return url
    shutil.copy(empty_database, tmp_path / SQLITE_FILE)
    return None


@pytest.fixture
async def database(database_url: str | None, tmp_path: Path) -> AsyncIterator[Database]:
    opened = await open_database(database_url, tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def api(database: Database) -> AsyncIterator[Api]:
    assembled = assemble(database)
    yield assembled
    await assembled.close()
