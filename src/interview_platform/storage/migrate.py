"""Brings the database's schema to the one in `tables.py`, at every start and in one transaction."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from interview_platform.kit.errors import CannotOpen
from interview_platform.storage.database import Database
from interview_platform.storage.sqlite import SqliteDatabase

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_160_418_223  # any number of our own: two nodes that start together must not both migrate


def newest_revision() -> str:
    """Revisions are files `0001_what.py`, `0002_…`, each following the one before (a test holds them to it)."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


async def migrate(database: Database) -> None:
    """Safe against another node doing the same. Raises CannotOpen for a database of a newer release."""
    wanted = newest_revision()
    # Looked up by hand: importing Alembic alone takes 0.4 s, which a start with nothing to do should not pay.
    current = await database.read(_current)
    if current != wanted:
        if current is not None and current > wanted:
            raise CannotOpen(
                f"The database was written by a newer release (its schema is {current}, this one knows {wanted}). "
                "Install that release again, or restore a backup made before it."
            )
        with database.without_foreign_keys() if isinstance(database, SqliteDatabase) else nullcontext():
            await database.write(_upgrade)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see `migrate`

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    command.upgrade(alembic_config(connection), "head")
    if connection.dialect.name == "sqlite":
        dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
        if dangling:
            raise CannotOpen(f"Migrating would leave {len(dangling)} rows that point nowhere. Nothing was changed.")


def alembic_config(connection: Connection) -> Any:
    from alembic.config import Config  # noqa: PLC0415 - see `migrate`

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
