"""Puts the product together: the only place that knows which adapter stands behind which port."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.types import ASGIApp

from interview_platform.accounts import routes as accounts_routes
from interview_platform.accounts.identity import Identity
from interview_platform.accounts.images import Images
from interview_platform.accounts.passwords import Passwords
from interview_platform.accounts.service import AccountService
from interview_platform.accounts.tickets import Tickets
from interview_platform.app.settings import Settings
from interview_platform.call import routes as call_routes
from interview_platform.call.turn import CallSetup, Turn
from interview_platform.chat import routes as chat_routes
from interview_platform.chat.service import ChatService
from interview_platform.execution import routes as execution_routes
from interview_platform.execution.embedded import EmbeddedRunner
from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.ports import LanguageInfo
from interview_platform.execution.service import RunService
from interview_platform.insights import routes as insights_routes
from interview_platform.kit.bus import LocalBus
from interview_platform.problems import routes as problems_routes
from interview_platform.problems.embedded import load_bank
from interview_platform.problems.loader import BadPackage
from interview_platform.problems.ports import ProblemBank
from interview_platform.room import routes as room_routes
from interview_platform.room.service import RoomService
from interview_platform.room.starters import Starters
from interview_platform.sessions import routes as sessions_routes
from interview_platform.sessions.invites import InviteService
from interview_platform.sessions.service import SessionService
from interview_platform.storage.chat import SqlChatStore
from interview_platform.storage.database import CannotOpen, Database
from interview_platform.storage.insights import SqlInsightsStore
from interview_platform.storage.open import SQLITE_FILE, open_database
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.runs import SqlRunStore
from interview_platform.storage.sessions import SqlSessionStore
from interview_platform.storage.timeline import SqlTimelineStore


class CannotStart(Exception):
    """The message says what is wrong and what to do, for the person at the terminal."""


@dataclass(frozen=True)
class Platform:
    """The composed product of one process. `close` ends what `compose` began."""

    settings: Settings
    database: Database
    bank: ProblemBank
    runner: EmbeddedRunner
    routers: tuple[APIRouter, ...]
    sockets: ASGIApp
    passwords: Passwords
    images: Images
    rooms: RoomService
    runs: RunService

    async def close(self) -> None:
        # Rooms first: they write down what people typed, and need everything below them for it.
        await self.rooms.close()
        await self.runs.close()
        await self.runner.close()
        self.passwords.close()
        self.images.close()
        await self.database.close()

    @property
    def database_name(self) -> str:
        if self.settings.db_url is not None:
            return "PostgreSQL"
        return f"SQLite, {self.settings.data_dir.resolve() / SQLITE_FILE}"


async def compose(settings: Settings) -> Platform:
    """Raises CannotStart."""
    db_url = settings.db_url.get_secret_value() if settings.db_url else None
    try:
        bank = load_bank(settings.problems_path)
        database = await open_database(db_url, settings.data_dir)
    except (CannotOpen, BadPackage) as error:
        raise CannotStart(str(error)) from error
    try:
        platform = _composed(settings, bank, database)
        await platform.runner.start()
        await platform.runs.recover()
    except BaseException:
        await database.close()
        raise
    return platform


def _composed(settings: Settings, bank: ProblemBank, database: Database) -> Platform:
    bus = LocalBus()
    tickets = Tickets()
    people = SqlPeopleStore(database)
    passwords, images = Passwords(), Images()
    accounts = AccountService(people, passwords, images, tickets)
    identity = Identity(people, tickets, client_url=settings.client_url)
    session_store = SqlSessionStore(database)
    sessions = SessionService(session_store, bank, accounts, bus)
    invites = InviteService(session_store, sessions, accounts)
    chat = ChatService(SqlChatStore(database), sessions, bus)
    runner = EmbeddedRunner(settings.data_dir / "runner", slots=settings.runner_slots)
    runs = RunService(runner, SqlRunStore(database), bank, sessions, bus)
    rooms = RoomService(
        identity,
        sessions,
        SqlTimelineStore(database),
        bus,
        starters=Starters(bank, _known_languages),
        messages=chat.newest,
        runs=runs.recent,
        client_url=settings.client_url,
    )
    return Platform(
        settings=settings,
        database=database,
        bank=bank,
        runner=runner,
        routers=(
            # FastAPI asks them in this order: what is asked most often comes first.
            sessions_routes.router(sessions, invites, identity, settings.client_url),
            accounts_routes.router(accounts, identity),
            problems_routes.router(bank),
            execution_routes.router(runs, identity),
            chat_routes.router(chat, tickets, identity),
            call_routes.router(_call_setup(settings), sessions, identity),
            insights_routes.router(SqlInsightsStore(database), identity),
            room_routes.router(rooms.records, sessions, identity),
        ),
        sockets=rooms.sockets,
        passwords=passwords,
        images=images,
        rooms=rooms,
        runs=runs,
    )


def _call_setup(settings: Settings) -> CallSetup:
    turn = None
    if settings.turn_url is not None and settings.turn_secret is not None:
        urls = tuple(url.strip() for url in settings.turn_url.split(",") if url.strip())
        turn = Turn(urls, settings.turn_secret.get_secret_value())
    return CallSetup(settings.ice_urls, turn)


def _known_languages() -> list[LanguageInfo]:
    """Whether they can be run here or not: a room's document must not depend on what is installed today."""
    return [LanguageInfo(one.id, one.name, "", one.monaco, one.file_name) for one in LANGUAGES]
