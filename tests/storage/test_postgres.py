"""What PostgreSQL adds to the story: other nodes, connections that break, answers that have to wait."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import Connection, bindparam, select, text

from interview_platform.kit.errors import CannotOpen, StorageUnavailable
from interview_platform.storage import postgres
from interview_platform.storage.open import open_database
from interview_platform.storage.postgres import PostgresDatabase
from interview_platform.storage.query import Query
from interview_platform.storage.tables import images
from tests.contracts.world import outcomes
from tests.postgres import PostgresServer

NAMES = Query(select(images.c.name).order_by(images.c.name))
LIMITED = Query(select(images.c.name).where(images.c.media_type == "x").limit(bindparam("limit")))


@pytest_asyncio.fixture
async def database(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    database = await PostgresDatabase.open(postgres_url)
    yield database
    await database.close()


def add(connection: Connection, *names: str) -> None:
    for name in names:
        connection.execute(images.insert().values(name=name, media_type="x", content=b""))


async def names(database: PostgresDatabase) -> list[str]:
    return [row[0] for row in await database.rows(NAMES)]


async def test_failing_write_leaves_nothing_and_the_connections_usable(database: PostgresDatabase) -> None:
    def failing(connection: Connection) -> None:
        add(connection, "a")
        raise ValueError("a bug")

    results = await outcomes([database.write(failing) for _ in range(30)])
    assert {str(result) for result in results} == {"a bug"}
    await database.write(lambda c: add(c, "b"))
    assert await names(database) == ["b"]


async def test_statement_with_constants_of_its_own(database: PostgresDatabase) -> None:
    await database.write(lambda c: add(c, *"abc"))
    assert len(await database.rows(LIMITED, limit=2)) == 2


async def test_write_of_a_caller_who_went_away_is_whole(database: PostgresDatabase, postgres_url: str) -> None:
    holder = await asyncpg.connect(postgres_url)
    await holder.execute("BEGIN; LOCK TABLE images")
    write = asyncio.create_task(database.write(lambda c: add(c, *"ab")))
    await waiting_for_lock(holder)
    write.cancel()
    with pytest.raises(asyncio.CancelledError):
        await write
    await holder.execute("ROLLBACK")
    await holder.close()
    await database.close()
    database = await PostgresDatabase.open(postgres_url)
    assert await names(database) == ["a", "b"]
    await database.close()


async def waiting_for_lock(connection: asyncpg.Connection) -> None:
    for _ in range(1_000):
        if await connection.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            return
        await asyncio.sleep(0.01)
    pytest.fail("nobody waits for a lock")


async def test_lock_that_somebody_else_keeps(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "LOCK_WAIT", "50ms")
    database = await PostgresDatabase.open(postgres_url)
    holder = await asyncpg.connect(postgres_url)
    await holder.execute("BEGIN; LOCK TABLE images")
    with pytest.raises(StorageUnavailable):
        await database.write(lambda c: add(c, "a"))
    with pytest.raises(StorageUnavailable):
        await database.rows(NAMES)
    await holder.close()
    await database.write(lambda c: add(c, "b"))
    assert await names(database) == ["b"]
    await database.close()


async def test_read_only_server(database: PostgresDatabase, postgres_url: str) -> None:
    """A standby, or a disk that is nearly full at a hosted database."""
    await database.write(lambda c: c.execute(text("ALTER ROLE postgres SET default_transaction_read_only = on")))
    try:
        node = await PostgresDatabase.open(postgres_url)
        with pytest.raises(StorageUnavailable):
            await node.write(lambda c: add(c, "a"))
        assert await names(node) == []
        await node.close()
    finally:
        await database.write(lambda c: c.execute(text("ALTER ROLE postgres RESET default_transaction_read_only")))


async def test_restart_of_the_server_between_requests_is_not_noticed(
    database: PostgresDatabase, postgres_server: PostgresServer
) -> None:
    await outcomes([database.write(lambda c, n=n: add(c, f"{n}")) for n in range(9)])  # type: ignore[misc]
    await outcomes([database.rows(NAMES) for _ in range(9)])
    await postgres_server.break_connections()
    await asyncio.sleep(0.05)  # the news is on its way; nothing tells when the loop has taken it in
    assert await outcomes([names(database) for _ in range(9)]) == [[f"{n}" for n in range(9)]] * 9
    await database.write(lambda c: add(c, "x"))


async def test_connection_that_breaks_in_the_middle(database: PostgresDatabase) -> None:
    def kill(connection: Connection) -> None:
        add(connection, "a")
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StorageUnavailable):
        await database.write(kill)
    with pytest.raises(StorageUnavailable):
        await database.read(lambda c: c.execute(text("SELECT pg_terminate_backend(pg_backend_pid())")))
    await database.write(lambda c: add(c, "b"))
    assert await names(database) == ["b"]


async def test_closed_database_refuses(database: PostgresDatabase) -> None:
    await database.rows(NAMES)
    await database.close()
    for attempt in (database.write(lambda c: add(c, "a")), database.rows(NAMES), database.read(lambda _: None)):
        with pytest.raises(StorageUnavailable):
            await attempt
    await database.close()


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:1/x", "postgres://nobody@/x?host=/nowhere"])
async def test_server_that_is_not_there(url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="Cannot use the database at"):
        await open_database(url, tmp_path)


async def test_database_that_is_not_there(postgres_server: PostgresServer, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match='"missing" does not exist'):
        await open_database(postgres_server.url("missing"), tmp_path)
