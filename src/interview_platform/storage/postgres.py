"""PostgreSQL: the same functions over asyncpg. Why there are two pools: docs/storage.md."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Self, TypeVar

import asyncpg
import structlog
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from interview_platform.kit.errors import StorageUnavailable
from interview_platform.storage.database import reason
from interview_platform.storage.query import Query, Row

T = TypeVar("T")

# Connections per server process; PostgreSQL allows 100 in all unless told otherwise.
READERS = 8
WRITERS = 8
CONNECT_SECONDS = 5
WAIT_SECONDS = 15  # for a free connection: in a rush a late answer is better than none, up to what people wait
ANSWER_SECONDS = 30  # for an answer: a database that fell off the network closes nothing
LOCK_WAIT = "10s"  # our locks last milliseconds; somebody else's must not pile up requests

# Classes (or whole codes) of SQLSTATE that say "not now" rather than "wrong": connection, read-only, deadlock, out of
# disk or memory, lock timeout, shutdown, I/O error.
_NOT_NOW = ("08", "25006", "40", "53", "55P03", "57", "58")
_ERRORS = (DBAPIError, PoolTimeout, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)

_log = structlog.get_logger()


class PostgresDatabase:
    def __init__(self, engine: AsyncEngine, readers: asyncpg.Pool) -> None:
        self._engine = engine
        self._reader_engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._readers = readers
        self._writes: set[asyncio.Task[Any]] = set()
        self._closing = False

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connects at the first use. asyncpg reads the address itself, so that sslmode=, host=/socket and the rest
        mean what they mean to psql.
        """
        settings: dict[str, Any] = {
            "timeout": CONNECT_SECONDS,
            "command_timeout": ANSWER_SECONDS,
            "server_settings": {"application_name": "interview-platform", "lock_timeout": LOCK_WAIT},
        }
        engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=lambda: asyncpg.connect(url, **settings),
            pool_size=WRITERS,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            skip_autocommit_rollback=True,
            hide_parameters=True,  # errors are logged; what people wrote is not
        )
        event.listen(engine.sync_engine, "checkout", _refuse_closed)
        readers = await asyncpg.create_pool(
            url, min_size=0, max_size=READERS, max_inactive_connection_lifetime=0, reset=_nothing, **settings
        )
        return cls(engine, readers)

    async def rows(self, query: Query, **values: Any) -> Sequence[Row]:
        return await self._answered(self._rows(*query.on_postgres(values)))

    async def read(self, work: Callable[[Connection], T]) -> T:
        async def reading() -> T:
            async with self._reader_engine.connect() as connection:
                return await connection.run_sync(work)

        return await self._answered(reading())

    async def write(self, work: Callable[[Connection], T]) -> T:
        async def transaction() -> T:
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

        # A task of its own, shielded: a request that goes away must not cut a transaction off in the middle.
        task: asyncio.Task[T] = asyncio.create_task(self._answered(transaction()))
        self._writes.add(task)
        task.add_done_callback(self._written)
        return await asyncio.shield(task)

    async def close(self) -> None:
        self._closing = True
        await asyncio.gather(*self._writes, return_exceptions=True)
        await self._readers.close()
        await self._engine.dispose()

    async def _rows(self, sql: str, values: list[Any]) -> Sequence[Row]:
        async with self._readers.acquire(timeout=WAIT_SECONDS) as connection:
            rows: Sequence[Row] = await connection.fetch(sql, *values)
            return rows

    async def _answered(self, work: Coroutine[Any, Any, T]) -> T:
        if self._closing:
            work.close()
            raise StorageUnavailable
        try:
            return await work
        except _ERRORS as error:
            if not says_not_now(error):
                raise
            _log.warning("database_unavailable", reason=reason(error))
            raise StorageUnavailable from error

    def _written(self, task: asyncio.Task[Any]) -> None:
        self._writes.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not complain when the caller was cancelled


def says_not_now(error: BaseException) -> bool:
    """Whether the same request may work later."""
    if isinstance(error, (PoolTimeout, OSError)):
        return True
    if isinstance(error, DBAPIError):
        if error.connection_invalidated or error.orig is None:
            return True
        error = error.orig
    if isinstance(error, asyncpg.InterfaceError):
        return not isinstance(error, ValueError)  # the rest of it is about closed connections
    state: str | None = getattr(error, "sqlstate", None)
    return state is not None and state.startswith(_NOT_NOW)


def _refuse_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """After a restart of the server its old connections are closed already: no need to ask each by a round trip."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


async def _nothing(_connection: Any) -> None:
    """Readers run single SELECTs: there is nothing to reset."""
