"""The connection to MongoDB, and how its errors are told."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeAlias, TypeVar
from urllib.parse import unquote
from weakref import WeakValueDictionary

import structlog
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import (
    ConnectionFailure,
    InvalidOperation,
    InvalidURI,
    OperationFailure,
    PyMongoError,
)

from interview_platform.kit.errors import CannotOpen, StorageUnavailable

Document: TypeAlias = Mapping[str, Any]
Collection: TypeAlias = AsyncCollection[Document]
Database: TypeAlias = AsyncDatabase[Document]

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C", bound=type)

SELECT_MS = 5_000  # a primary is looked for as long: an election takes less, and people wait for an answer
CONNECT_MS = 5_000
CONFIRM_MS = 10_000  # for a majority to have written it
ANSWER_MS = 30_000  # a database that fell off the network closes nothing
POOL = 32  # connections per server process
QUEUE_MS = 15_000  # for a free connection

# Codes that say "not now" rather than "wrong": network, credentials changed under us, time limits, no primary,
# shutdown, a write that too few nodes confirmed, disk full, Atlas' own refusals (quota).
_NOT_NOW = frozenset(
    {6, 7, 13, 18, 50, 64, 89, 91, 100, 112, 189, 202, 262, 8000, 9001}
    | {10107, 11600, 11602, 13388, 13435, 13436, 14031}
)

_log = structlog.get_logger()


def connected(url: str, default_database: str) -> Database:
    """Connects at the first use. `default_database`: when the address names none. Raises CannotOpen.

    A write is answered when a majority has it in its journal: it survives `kill -9` and the loss of a node. Reads go to
    the primary, whatever the address says: what was just changed elsewhere (a seat, a credential) has to be seen.
    """
    try:
        client: AsyncMongoClient[Document] = AsyncMongoClient(
            url,
            appname="interview-platform",
            w="majority",
            journal=True,
            wTimeoutMS=CONFIRM_MS,
            readPreference="primary",
            maxPoolSize=POOL,
            waitQueueTimeoutMS=QUEUE_MS,
            serverSelectionTimeoutMS=SELECT_MS,
            connectTimeoutMS=CONNECT_MS,
            socketTimeoutMS=ANSWER_MS,
        )
        return client.get_default_database(default_database)
    except (PyMongoError, ValueError, TypeError) as error:
        raise CannotOpen(f"Cannot use the database {place(url)}: {said(error, url)}") from None


def place(url: str) -> str:
    """Where it is, without who may go there."""
    return f"at {url.partition('://')[2].rpartition('@')[2].partition('/')[0] or 'DB_URL'}"


def said(error: BaseException, url: str) -> str:
    """The driver's own words, in one line; not where they may quote a part of the address."""
    if isinstance(error, InvalidURI | ValueError | TypeError):
        return (
            "this is no good address. It looks like mongodb://name:password@host:27017/database; signs in the password "
            "that mean something in an address must be written as %40 (for @), %3A (:), %2F (/)."
        )
    words = _words(error)
    credentials, at, _ = url.partition("://")[2].partition("@")
    password = credentials.partition(":")[2] if at else ""
    for secret in (password, unquote(password)):
        words = words.replace(secret, "…") if secret else words
    return words


def _words(error: BaseException) -> str:
    """Without what the driver tells of its own settings and of every server it knows."""
    words = str(error).splitlines()[0] if str(error) else type(error).__name__
    return words.partition(" (configured timeouts")[0].partition(", Timeout:")[0]


def answering(store: C) -> C:
    """For a store's class: a database that is away, full or closed is StorageUnavailable from every public method."""
    for name, method in list(vars(store).items()):
        if inspect.iscoroutinefunction(method) and not name.startswith("_"):
            setattr(store, name, answered(method))
    return store


def answered(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    @wraps(method)
    async def answering(*given: P.args, **named: P.kwargs) -> T:
        try:
            return await method(*given, **named)
        except PyMongoError as error:
            if not away(error):
                raise
            _log.warning("mongo_failed", reason=_words(error))
            raise StorageUnavailable from error

    return answering


def away(error: PyMongoError) -> bool:
    """Whether it will pass, rather than be a mistake of ours."""
    return (
        isinstance(error, ConnectionFailure)
        or (isinstance(error, InvalidOperation) and "after close" in str(error))
        or error.timeout
        or error.has_error_label("RetryableWriteError")
        or (isinstance(error, OperationFailure) and error.code in _NOT_NOW)
    )


class Turns:
    """One lock for each session: within a process they wait for each other rather than try again and again."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, session: str) -> asyncio.Lock:
        lock = self._locks.get(session)
        if lock is None:
            lock = self._locks[session] = asyncio.Lock()
        return lock
