"""A statement of a hot path, compiled once and handed to the driver without SQLAlchemy's machinery in between."""

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import UpdateBase

Row: TypeAlias = Sequence[Any]


class Query:
    """What that saves stands in docs/storage.md. The price: columns come as the driver gives them (SQLite's Boolean is
    0 or 1), and errors are the driver's own.
    """

    def __init__(self, statement: Select[Any] | UpdateBase) -> None:
        self._statement = statement

    def rows(self, connection: Connection, **values: Any) -> Sequence[Row]:
        """As a part of a larger `work`. A store that asks only this one question calls `Database.rows`."""
        if connection.dialect.name == "sqlite":
            return self.on_sqlite(driver_of(connection), values)
        return connection.execute(self._statement, values).all()

    def row(self, connection: Connection, **values: Any) -> Row | None:
        """The first row."""
        rows = self.rows(connection, **values)
        return rows[0] if rows else None

    def for_each(self, connection: Connection, values: Sequence[dict[str, Any]]) -> None:
        """Once for each of `values`."""
        if connection.dialect.name == "sqlite":
            driver_of(connection).executemany(self._for_sqlite[0], values)
        else:
            connection.execute(self._statement, values)

    def on_sqlite(self, driver: sqlite3.Connection, values: dict[str, Any]) -> Sequence[Row]:
        sql, constants = self._for_sqlite
        return driver.execute(sql, constants | values).fetchall()

    def on_postgres(self, values: dict[str, Any]) -> tuple[str, list[Any]]:
        """The text and its arguments in order, for asyncpg."""
        sql, constants, order = self._for_postgres
        given = constants | values
        return sql, [given[name] for name in order]

    @cached_property
    def _for_sqlite(self) -> tuple[str, dict[str, Any]]:
        compiled = self._statement.compile(dialect=sqlite.dialect(paramstyle="named"))
        return str(compiled), _constants(compiled.params)

    @cached_property
    def _for_postgres(self) -> tuple[str, dict[str, Any], Sequence[str]]:
        dialect: Any = postgresql.asyncpg.dialect
        compiled: Any = self._statement.compile(dialect=dialect())
        return str(compiled), _constants(compiled.params), compiled.positiontup or ()


def _constants(params: dict[str, Any]) -> dict[str, Any]:
    """The values that stand in the statement itself."""
    return {name: value for name, value in params.items() if value is not None}


def driver_of(connection: Connection) -> sqlite3.Connection:
    """SQLite's own connection below SQLAlchemy's."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
