"""The migrations build exactly what `tables.py` says, safely."""

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from interview_platform.kit.errors import CannotOpen, StorageUnavailable
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.settings import Settings
from interview_platform.storage import migrate as migrations
from interview_platform.storage.database import Database, reason
from interview_platform.storage.migrate import alembic_config, migrate, newest_revision
from interview_platform.storage.postgres import PostgresDatabase
from interview_platform.storage.sqlite import SqliteDatabase
from interview_platform.storage.tables import metadata
from interview_platform.timeline.model import Entry, EventKind
from interview_platform.timeline.ports import Snapshot
from tests.contracts.world import member
from tests.postgres import PostgresServer
from tests.storage.conftest import stores_of

_SQLITE_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' ORDER BY 1, 2"
_POSTGRES_SCHEMA = """
    SELECT 'column', table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name != 'alembic_version'
    UNION ALL
    SELECT 'index', tablename, indexname, indexdef, '', '' FROM pg_indexes
    WHERE schemaname = 'public' AND tablename != 'alembic_version'
    UNION ALL
    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid != 'alembic_version'::regclass
    ORDER BY 1, 2, 3
"""


@pytest_asyncio.fixture(params=["sqlite", "postgres"])
async def bare(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database with nothing in it."""
    database: Database
    if request.param == "sqlite":
        database = SqliteDatabase(tmp_path / "bare.db")
        yield database
        await database.close()
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        await server.execute("CREATE DATABASE bare", database="postgres")
        database = await PostgresDatabase.open(server.url("bare"))
        yield database
        await database.close()
        await server.execute("DROP DATABASE bare", database="postgres")


async def schema(database: Database) -> list[list[str]]:
    def read(connection: Connection) -> list[list[str]]:
        sqlite = connection.dialect.name == "sqlite"
        rows = connection.execute(text(_SQLITE_SCHEMA if sqlite else _POSTGRES_SCHEMA))
        return [[part for value in row for part in _parts(str(value))] for row in rows]

    return await database.read(read)


def _parts(sql: str) -> list[str]:
    """SQLite keeps the words as they were said: spacing and the order of constraints may differ."""
    body, _, end = re.sub(r"([()])", r" \1 ", sql).rpartition(")")
    return [end.strip(), *sorted(" ".join(part.split()) for part in body.split(","))]


async def test_migrations_build_the_tables(bare: Database) -> None:
    await migrate(bare)
    migrated = await schema(bare)
    await bare.write(lambda c: c.execute(text("DROP TABLE alembic_version")))
    await bare.write(metadata.drop_all)
    assert await schema_without_version(bare) == []
    await bare.write(metadata.create_all)
    await bare.write(lambda c: c.execute(text("CREATE TABLE alembic_version (version_num TEXT)")))
    assert len(migrated) > len(metadata.tables)
    assert migrated == await schema(bare)


async def schema_without_version(database: Database) -> list[str]:
    def read(connection: Connection) -> list[str]:
        sqlite = "SELECT name FROM sqlite_master"
        postgres = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        return [
            str(row[0]) for row in connection.execute(text(sqlite if connection.dialect.name == "sqlite" else postgres))
        ]

    return await database.read(read)


async def test_migrating_again_changes_nothing(bare: Database) -> None:
    await migrate(bare)
    await bare.write(lambda c: c.execute(text("INSERT INTO images VALUES ('a', 'b', '')")))
    await migrate(bare)
    assert await bare.read(lambda c: c.execute(text("SELECT name FROM images")).scalar()) == "a"


async def test_nodes_that_start_together_migrate_once(bare: Database) -> None:
    await asyncio.gather(*(migrate(bare) for _ in range(5)))
    assert await bare.read(lambda c: c.execute(text("SELECT version_num FROM alembic_version")).all()) == [
        (newest_revision(),)
    ]


async def test_database_of_a_newer_release_is_left_alone(bare: Database) -> None:
    await migrate(bare)
    await bare.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(CannotOpen, match=r"newer release .*9999"):
        await migrate(bare)


async def test_migration_that_fails_leaves_nothing(bare: Database) -> None:
    await bare.write(lambda c: c.execute(text("CREATE TABLE timeline (x INTEGER)")))  # in the way of ours
    with pytest.raises((DBAPIError, StorageUnavailable)) as failed:
        await migrate(bare)
    assert "already exists" in reason(failed.value.__cause__ or failed.value)
    assert await schema_without_version(bare) == ["timeline"]


_NEWEST = newest_revision()
_FOLLOWING = f"{int(_NEWEST) + 1:04}"
_NEXT = f"""
import sqlalchemy as sa
from alembic import op
revision = "{_FOLLOWING}"
down_revision = "{_NEWEST}"
def upgrade() -> None:
    with op.batch_alter_table("sessions") as table:  # SQLite: rebuilt, while members and the rest point to it
        table.alter_column("problem_slug", nullable=True)
        table.add_column(sa.Column("notes", sa.String()))
"""


@pytest.fixture
def with_next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def with_next_revision(revision: str) -> None:
        folder = Path(shutil.copytree(migrations.MIGRATIONS, tmp_path / "migrations"))
        (folder / "versions" / f"{_FOLLOWING}_next.py").write_text(revision)
        monkeypatch.setattr(migrations, "MIGRATIONS", folder)

    return with_next_revision


async def filled(database: Database) -> list[object]:
    """Migrates and puts in what must survive."""
    await migrate(database)
    stores = stores_of(database)
    ada, bob = await stores.account("ada"), await stores.account("bob")
    session = await stores.session(host=ada, members=(member(bob),))
    await stores.timeline.append(session.id, [Entry(EventKind.DOCUMENT, ada.id, 1, b"x")])
    return await contents(database)


async def contents(database: Database) -> list[object]:
    stores = stores_of(database)
    session = SessionId("session")
    ada = await stores.people.with_password("ADA@example.org")
    return [ada, await stores.sessions.get(session), await stores.timeline.read(session)]


async def test_what_the_release_before_the_live_room_wrote_is_as_it_was(
    bare: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(migrations.MIGRATIONS, tmp_path / "migrations"))
    (folder / "versions" / "0003_room.py").unlink()
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", folder)
        await migrate(bare)
    for statement in _BEFORE_0003:
        await bare.write(lambda c, s=statement: c.execute(text(s)))  # type: ignore[misc]
    document = text("INSERT INTO documents (session_id, seq, state) VALUES ('s', 3, :state)")
    await bare.write(lambda c: c.execute(document, {"state": b"x"}))
    await migrate(bare)
    stores = stores_of(bare)
    session = await stores.sessions.get(SessionId("s"))
    assert session is not None
    assert (session.started_at, session.lobby, session.settings) == (7, False, Settings())
    assert [(m.waiting, m.invite) for m in session.members] == [(False, None)]
    assert await stores.timeline.snapshot(session.id) == Snapshot(3, b"x")


_BEFORE_0003 = (
    "INSERT INTO people (id, name, guest, created_at, updated_at) VALUES ('ada', 'Ada', TRUE, 1, 1)",
    "INSERT INTO people (id, name, guest, created_at, updated_at) VALUES ('bob', 'Bob', TRUE, 1, 1)",
    (
        "INSERT INTO sessions (id, problem, problem_slug, difficulty, host_id, status, visibility, capacity, call_id, "
        "created_at, updated_at) VALUES ('s', 'P', 'p', 'easy', 'ada', 'active', 'open', 2, 'c', 7, 8)"
    ),
    (
        "INSERT INTO members (session_id, person_id, role, joined_at, removed, position) "
        "VALUES ('s', 'bob', 'candidate', 7, FALSE, 0)"
    ),
    "INSERT INTO timeline_heads (session_id, seq, chat_seq) VALUES ('s', 3, 0)",
)


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # of the index on people, who are not rebuilt
async def test_next_revision_keeps_what_there_is(bare: Database, with_next_revision: Callable[[str], None]) -> None:
    before = await filled(bare)
    with_next_revision(_NEXT)
    await migrate(bare)
    assert await contents(bare) == before
    await bare.write(lambda c: c.execute(text("UPDATE sessions SET notes = 'new', problem_slug = NULL")))
    with pytest.raises(IntegrityError):
        await bare.write(lambda c: c.execute(text("DELETE FROM sessions")))


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
async def test_revision_that_would_cut_off_rows_changes_nothing(
    bare: Database, with_next_revision: Callable[[str], None]
) -> None:
    before = await filled(bare)
    with_next_revision(_NEXT + '    op.execute("DELETE FROM sessions")\n')
    with pytest.raises((CannotOpen, IntegrityError)):
        await migrate(bare)
    assert await contents(bare) == before
    assert await bare.read(lambda c: c.execute(text("SELECT version_num FROM alembic_version")).scalar()) == _NEWEST


async def test_revisions_are_one_line_and_their_file_names_say_so(bare: Database) -> None:
    def revisions(connection: Connection) -> list[tuple[str, str | None, str]]:
        from alembic.script import ScriptDirectory  # noqa: PLC0415 - slow to import

        scripts = ScriptDirectory.from_config(alembic_config(connection))
        return [(s.revision, s.down_revision, Path(s.path).name[:4]) for s in scripts.walk_revisions()]  # type: ignore[misc]

    found = list(reversed(await bare.read(revisions)))
    assert found[-1][0] == newest_revision()
    for number, (revision, before, file) in enumerate(found, 1):
        assert revision == file == f"{number:04}"
        assert before == (f"{number - 1:04}" if number > 1 else None)


def test_start_with_nothing_to_do_does_not_load_alembic(tmp_path: Path) -> None:
    program = """
import asyncio, sys
from pathlib import Path
from interview_platform.storage.open import open_database

async def main():
    for _ in range(2):
        await (await open_database(None, Path(sys.argv[1]))).close()
        print("alembic" in sys.modules)
        for name in [name for name in sys.modules if name.split(".")[0] == "alembic"]:
            del sys.modules[name]

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, stdout=subprocess.PIPE, text=True)
    assert done.stdout.split() == ["True", "False"]
