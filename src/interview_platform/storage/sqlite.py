"""SQLite: reads on the event loop, writes in one thread that commits in groups. Measured reasons: docs/storage.md."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from interview_platform.kit.errors import StorageUnavailable
from interview_platform.storage.database import reason
from interview_platform.storage.query import Query, Row, driver_of

T = TypeVar("T")

GROUP_MAX = 64  # transactions handed over at once: bounds how long the first of a group waits for the last
BUSY_MS = 5_000  # how long a write waits for another process (a backup, a shell) that holds the lock
READ_BUSY_MS = 100  # readers never wait for writers in WAL; the rare exceptions must not hold up the event loop
WAL_BYTES = 64 * 2**20  # what the log file is cut back to after a checkpoint

_UNAVAILABLE = (OperationalError, sqlite3.OperationalError)  # the second from `query.Query`, which goes to the driver
_log = structlog.get_logger()


@dataclass(slots=True)
class _Write:
    """One caller's transaction on its way through the writer thread."""

    work: Callable[[Connection], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = field(default=None)

    def settle(self) -> None:
        if self.future.done():  # the caller was cancelled
            if self.error is not None:
                _log.warning("write_failed_unseen", error=repr(self.error))
        elif self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class SqliteDatabase:
    """WAL with full sync: a commit that returned survives `kill -9` and a power cut."""

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        self._reader = _connect(path, READ_BUSY_MS)
        self._reader_driver = driver_of(self._reader)
        self._writer = _connect(path, busy_ms)
        self._queue: SimpleQueue[list[_Write] | None] = SimpleQueue()
        self._turn: list[_Write] = []
        """What was asked for in this turn of the event loop: goes to the thread in one piece."""
        self._closing = False
        self._thread = Thread(target=self._write_until_closed, name="sqlite-writer", daemon=True)
        self._thread.start()

    # Reads run right here on the loop: they take microseconds, the hop to a thread would cost more than the query.

    async def rows(self, query: Query, **values: Any) -> Sequence[Row]:
        if self._closing:
            raise StorageUnavailable
        try:
            return query.on_sqlite(self._reader_driver, values)
        except _UNAVAILABLE as error:
            _log.warning("read_failed", reason=reason(error))
            raise StorageUnavailable from error

    async def read(self, work: Callable[[Connection], T]) -> T:
        if self._closing:
            raise StorageUnavailable
        try:
            return work(self._reader)
        except _UNAVAILABLE as error:
            _log.warning("read_failed", reason=reason(error))
            raise StorageUnavailable from error

    async def write(self, work: Callable[[Connection], T]) -> T:
        if self._closing:
            raise StorageUnavailable
        loop = asyncio.get_running_loop()
        write = _Write(work, loop.create_future())
        if not self._turn:
            loop.call_soon(self._hand_over)
        self._turn.append(write)
        result: T = await write.future
        return result

    @contextmanager
    def without_foreign_keys(self) -> Iterator[None]:
        """For rebuilding tables that others point to, before anybody else writes. (Within a transaction, where `work`
        runs, SQLite ignores the switch.)
        """
        driver = driver_of(self._writer)
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield
        finally:
            driver.execute("PRAGMA foreign_keys=ON")

    async def close(self) -> None:
        if not self._closing:
            self._closing = True
            self._hand_over()
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)
            self._reader.close()

    def _hand_over(self) -> None:
        """Rooms write at the same moments (`room/journal.py`): one by one, each would be a commit and an fsync."""
        turn, self._turn = self._turn, []
        for at in range(0, len(turn), GROUP_MAX):
            self._queue.put(turn[at : at + GROUP_MAX])

    def _write_until_closed(self) -> None:
        while group := self._next_group():
            try:
                _commit_together(self._writer, group)
            except BaseException as error:  # noqa: BLE001 - whatever happens, nobody may be left waiting
                for write in group:
                    write.error = error
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                group[0].future.get_loop().call_soon_threadsafe(_settle, group)
        self._writer.close()

    def _next_group(self) -> list[_Write]:
        """Waits for a write, and takes with it those that have queued up meanwhile. Empty: closed."""
        first = self._queue.get()
        if first is None:
            return []
        group = first
        while len(group) < GROUP_MAX:
            try:
                following = self._queue.get_nowait()
            except Empty:
                break
            if following is None:
                self._queue.put(None)  # nothing comes after it: see `write`
                break
            group += following
        return group


def _settle(group: list[_Write]) -> None:
    for write in group:
        write.settle()


def _commit_together(connection: Connection, group: list[_Write]) -> None:
    """One BEGIN and one COMMIT (one fsync) for all; a savepoint each, so that who raises takes only that back."""
    driver = driver_of(connection)
    try:
        driver.execute("BEGIN IMMEDIATE")
        for write in group:
            _within_savepoint(connection, driver, write)
        driver.execute("COMMIT")
    except BaseException as error:
        if driver.in_transaction:
            driver.execute("ROLLBACK")
        if not isinstance(error, _UNAVAILABLE):
            raise
        _log.warning("commit_failed", reason=reason(error), writes=len(group))
        for write in group:
            write.error = StorageUnavailable()
            write.error.__cause__ = error


def _within_savepoint(connection: Connection, driver: sqlite3.Connection, write: _Write) -> None:
    driver.execute("SAVEPOINT one")
    try:
        write.result = write.work(connection)
    except _UNAVAILABLE:
        raise  # disk full, read-only, …: the same for everyone in the group, and SQLite may have rolled back all of it
    except BaseException as error:  # noqa: BLE001 - handed to whoever asked
        write.error = error
        driver.execute("ROLLBACK TO one")
    driver.execute("RELEASE one")


def _connect(path: Path, busy_ms: int) -> Connection:
    """A connection in autocommit: transactions are spelled out above, SQLAlchemy neither begins nor commits any."""
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"check_same_thread": False},
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        skip_autocommit_rollback=True,
        hide_parameters=True,  # errors are logged; what people wrote is not
    )
    connection = engine.connect()
    driver = driver_of(connection)
    driver.execute(f"PRAGMA busy_timeout={busy_ms}")
    driver.execute("PRAGMA journal_mode=WAL")
    driver.execute("PRAGMA synchronous=FULL")
    driver.execute("PRAGMA foreign_keys=ON")
    driver.execute(f"PRAGMA journal_size_limit={WAL_BYTES}")
    return connection
