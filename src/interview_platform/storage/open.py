"""Chooses and opens the database."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from sqlalchemy.exc import DBAPIError

from interview_platform.kit.errors import CannotOpen, StorageUnavailable
from interview_platform.kit.folders import make_passable
from interview_platform.storage.database import Database, reason
from interview_platform.storage.migrate import migrate
from interview_platform.storage.postgres import PostgresDatabase
from interview_platform.storage.sqlite import SqliteDatabase

SQLITE_FILE = "interview.db"


async def open_database(db_url: str | None, data_dir: Path) -> Database:
    """PostgreSQL when `db_url` says so, else SQLite in `data_dir` (made if need be), migrated and ready.

    Raises CannotOpen with a message for the operator.
    """
    if db_url is None:
        return await _sqlite(data_dir)
    scheme = urlsplit(db_url).scheme
    if scheme not in {"postgres", "postgresql"}:
        raise CannotOpen(f"DB_URL starts with “{scheme}:”. It must be postgresql://…, or unset for SQLite in DATA_DIR.")
    return await _postgres(db_url)


async def _sqlite(data_dir: Path) -> Database:
    path = data_dir / SQLITE_FILE
    return await _migrated(_sqlite_file(path), str(path))


def _sqlite_file(path: Path) -> SqliteDatabase:
    try:
        make_passable(path.parent)
        path.touch(mode=0o600)
        _close_to_others(path)
        return SqliteDatabase(path)
    except (OSError, DBAPIError, sqlite3.Error) as error:
        raise CannotOpen(f"Cannot use the database {path}: {reason(error)}. DATA_DIR must be writable.") from error


def _close_to_others(path: Path) -> None:
    """Also one that was put back from a backup. The -wal and -shm files take their mode from this one."""
    with suppress(PermissionError):  # somebody else's file: whose it is decides who may read it
        path.chmod(0o600)


async def _postgres(url: str) -> Database:
    return await _migrated(await PostgresDatabase.open(url), f"at {urlsplit(url).hostname or 'DB_URL'}")


async def _migrated(database: Database, where: str) -> Database:
    try:
        await migrate(database)
    except BaseException as error:
        await database.close()
        if isinstance(error, (StorageUnavailable, DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError)):
            why = reason(error.__cause__ if isinstance(error, StorageUnavailable) and error.__cause__ else error)
            raise CannotOpen(f"Cannot use the database {where}: {why}.") from error
        raise
    return database
