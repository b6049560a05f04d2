"""Opens the database: connects, makes the indexes, and puts the stores together."""

from dataclasses import dataclass, field

from pymongo.errors import OperationFailure, PyMongoError

from interview_platform.kit.errors import CannotOpen
from interview_platform.providers.mongo.chat import MongoChatStore
from interview_platform.providers.mongo.client import Database, Turns, answered, away, connected, place, said
from interview_platform.providers.mongo.events import MongoEventStore
from interview_platform.providers.mongo.indexes import prepare
from interview_platform.providers.mongo.insights import MongoInsightsStore
from interview_platform.providers.mongo.log import Log
from interview_platform.providers.mongo.notes import Notes
from interview_platform.providers.mongo.people import MongoPeopleStore
from interview_platform.providers.mongo.runs import MongoRunStore
from interview_platform.providers.mongo.sessions import MongoSessionStore
from interview_platform.providers.mongo.timeline import MongoTimelineStore

DEFAULT_DATABASE = "interview_platform"


@dataclass(frozen=True)
class MongoStores:
    name: str
    """For people: which database, and where."""
    people: MongoPeopleStore
    sessions: MongoSessionStore
    timeline: MongoTimelineStore
    chat: MongoChatStore
    runs: MongoRunStore
    insights: MongoInsightsStore
    events: MongoEventStore
    database: Database = field(repr=False)

    @answered
    async def ping(self) -> None:
        """Raises StorageUnavailable."""
        await self.database.command("ping")

    async def check(self) -> str | None:
        try:
            await self.database.command("ping")
        except PyMongoError as error:
            why = "it does not answer" if away(error) else "it refuses us"
            return f"{self.name}: {why}. Is it running, and do DB_URL's host, name and password still hold?"
        return None

    async def close(self) -> None:
        await self.database.client.close()


async def open_mongo(url: str) -> MongoStores:
    """Raises CannotOpen with a message for the operator; the password is not in it."""
    database = connected(url, DEFAULT_DATABASE)
    try:
        await prepare(database)
    except BaseException as error:
        await database.client.close()
        if isinstance(error, PyMongoError):
            raise CannotOpen(f"Cannot use the database {place(url)}: {said(error, url)}.{_hint(error)}") from None
        raise
    return _stores(f"MongoDB {place(url)}, database {database.name}", database)


def _hint(error: PyMongoError) -> str:
    if isinstance(error, OperationFailure) and error.code == 13:
        return " The user of DB_URL needs the role readWrite on this database, which lets it make indexes."
    return ""


def _stores(name: str, database: Database) -> MongoStores:
    turns = Turns()
    log = Log(database, turns)
    notes = Notes(database, log)
    return MongoStores(
        name=name,
        people=MongoPeopleStore(database),
        sessions=MongoSessionStore(database, notes, turns),
        timeline=MongoTimelineStore(database, log, notes),
        chat=MongoChatStore(database, log, notes),
        runs=MongoRunStore(database, notes),
        insights=MongoInsightsStore(database),
        events=MongoEventStore(database),
        database=database,
    )
