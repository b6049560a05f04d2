"""One way to run a function against the database, on SQLite (`sqlite.py`) and on PostgreSQL (`postgres.py`).

A store's methods are plain functions of a SQLAlchemy Core `Connection`; why, and what it costs: docs/storage.md.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from interview_platform.storage.query import Query, Row

T = TypeVar("T")


class Database(Protocol):
    async def rows(self, query: Query, **values: Any) -> Sequence[Row]:
        """The rows of one prepared SELECT: the cheap way. Raises StorageUnavailable."""

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work`, which only reads. Each of its statements sees the newest commit. Raises StorageUnavailable."""

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction: all of it is durable when this returns, none of it is there when it raises.

        `work` may run in another thread, and runs to its end even if the caller is cancelled. Whatever it raises
        passes through. Raises StorageUnavailable, also once `close` was called.
        """

    async def close(self) -> None:
        """Finish the writes that were started, then let go of everything. May be called twice."""


async def first(database: Database, query: Query, **values: Any) -> Row | None:
    """The first row of `query`."""
    rows = await database.rows(query, **values)
    return rows[0] if rows else None


def reason(error: BaseException) -> str:
    """The driver's own words, in one line, without SQLAlchemy's wrapping."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(original).splitlines()[0] if str(original) else type(original).__name__
