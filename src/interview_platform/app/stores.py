"""The stores of whichever database is in force."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import text

from interview_platform.accounts.ports import PeopleStore
from interview_platform.app.settings import Settings
from interview_platform.chat.ports import ChatStore
from interview_platform.events.ports import EventStore
from interview_platform.execution.ports import RunStore
from interview_platform.insights.ports import InsightsStore
from interview_platform.sessions.ports import SessionStore
from interview_platform.storage.chat import SqlChatStore
from interview_platform.storage.database import Database
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.insights import SqlInsightsStore
from interview_platform.storage.open import SQLITE_FILE, open_database
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.runs import SqlRunStore
from interview_platform.storage.sessions import SqlSessionStore
from interview_platform.storage.timeline import SqlTimelineStore
from interview_platform.timeline.ports import TimelineStore


@dataclass(frozen=True)
class Stores:
    name: str
    """For people: which database, and where."""
    people: PeopleStore
    sessions: SessionStore
    timeline: TimelineStore
    chat: ChatStore
    runs: RunStore
    insights: InsightsStore
    events: EventStore
    ping: Callable[[], Awaitable[None]]
    """Raises when the database does not answer."""
    close: Callable[[], Awaitable[None]]


async def open_stores(settings: Settings) -> Stores:
    """By DB_URL; without it SQLite in DATA_DIR. Raises CannotOpen."""
    url = settings.db_url.get_secret_value() if settings.db_url else None
    if url is not None and url.startswith("mongodb"):
        return await _mongo(url)
    database = await open_database(url, settings.data_dir)
    name = "PostgreSQL" if url else f"SQLite, {settings.data_dir.resolve() / SQLITE_FILE}"
    return _sql(name, database)


async def _mongo(url: str) -> Stores:
    # Imported only here: 0.1 s that a start without MongoDB need not take.
    from interview_platform.providers.mongo.open import open_mongo  # noqa: PLC0415

    mongo = await open_mongo(url)
    return Stores(
        name=mongo.name,
        people=mongo.people,
        sessions=mongo.sessions,
        timeline=mongo.timeline,
        chat=mongo.chat,
        runs=mongo.runs,
        insights=mongo.insights,
        events=mongo.events,
        ping=mongo.ping,
        close=mongo.close,
    )


def _sql(name: str, database: Database) -> Stores:
    async def ping() -> None:
        await database.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())

    return Stores(
        name=name,
        people=SqlPeopleStore(database),
        sessions=SqlSessionStore(database),
        timeline=SqlTimelineStore(database),
        chat=SqlChatStore(database),
        runs=SqlRunStore(database),
        insights=SqlInsightsStore(database),
        events=SqlEventStore(database),
        ping=ping,
        close=database.close,
    )
