"""What the writer thread promises: whole transactions, in groups, and an honest answer when there are none."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, text

from interview_platform.kit.errors import StorageUnavailable
from interview_platform.storage.sqlite import SqliteDatabase
from tests.contracts.world import outcomes

BUSY_MS = 50
ENOUGH = 300  # appends before the child is killed


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path / "test.db", busy_ms=BUSY_MS)
    await database.write(lambda c: c.execute(text("CREATE TABLE t (n INTEGER PRIMARY KEY, fat BLOB)")))
    yield database
    await database.close()


def add(number: int, fat: int = 0) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        connection.execute(text("INSERT INTO t VALUES (:n, zeroblob(:fat))"), {"n": number, "fat": fat})
        return number

    return work


def then_raise(work: Callable[[Connection], Any], error: BaseException) -> Callable[[Connection], None]:
    def failing(connection: Connection) -> None:
        work(connection)
        raise error

    return failing


async def numbers(database: SqliteDatabase) -> list[int]:
    return await database.read(lambda c: [row.n for row in c.execute(text("SELECT n FROM t ORDER BY n"))])


async def pragma(database: SqliteDatabase, name: str) -> list[object]:
    ask = text(f"PRAGMA {name}")
    return [await database.read(lambda c: c.execute(ask).scalar()), await writers(database, name)]


async def writers(database: SqliteDatabase, name: str) -> object:
    return await database.write(lambda c: c.execute(text(f"PRAGMA {name}")).scalar())


async def test_both_connections_are_set_up_for_durability(database: SqliteDatabase) -> None:
    assert await pragma(database, "journal_mode") == ["wal", "wal"]
    assert await pragma(database, "synchronous") == [2, 2]
    assert await pragma(database, "foreign_keys") == [1, 1]


async def test_write_returns_what_the_work_returned_and_is_seen_by_the_next_read(database: SqliteDatabase) -> None:
    assert await database.write(add(1)) == 1
    assert await numbers(database) == [1]


async def test_a_write_is_one_transaction_begun_at_once(database: SqliteDatabase) -> None:
    """BEGIN IMMEDIATE: the lock is there before the first statement, so what the work reads cannot change any more."""
    inside, go = Event(), Event()

    def work(connection: Connection) -> None:
        inside.set()
        assert go.wait(10)
        add(1)(connection)

    write = asyncio.create_task(database.write(work))
    await asyncio.to_thread(inside.wait)
    with closing(sqlite3.connect(database_path(database), timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        go.set()
        await write
        other.execute("BEGIN IMMEDIATE")


def database_path(database: SqliteDatabase) -> str:
    path: str = database._reader_driver.execute("PRAGMA database_list").fetchone()[2]
    return path


def raw(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


async def test_failing_write_leaves_nothing_and_the_connection_usable(database: SqliteDatabase) -> None:
    error = ValueError("a bug")
    with pytest.raises(ValueError) as raised:
        await database.write(then_raise(add(1), error))
    assert raised.value is error
    assert await database.write(add(2)) == 2
    assert await numbers(database) == [2]


async def test_failing_statement_takes_back_the_group_and_leaves_the_connection_usable(
    database: SqliteDatabase,
) -> None:
    """The driver's OperationalError covers all that is not the caller's doing; nothing tells how far it reaches."""
    missing = text("INSERT INTO missing VALUES (1)")
    results = await together(database, [add(1), lambda c: c.execute(missing), add(2)])
    assert [type(result) for result in results] == [StorageUnavailable] * 3
    await database.write(add(3))
    assert await numbers(database) == [3]


async def test_failures_in_a_group_take_back_only_themselves(database: SqliteDatabase) -> None:
    works = [then_raise(add(n), ValueError(n)) if n % 4 == 2 else add(n) for n in range(20)]
    results = await together(database, works)
    assert [str(result) for result in results] == [str(n) for n in range(20)]
    assert await numbers(database) == [n for n in range(20) if n % 4 != 2]


async def together(database: SqliteDatabase, works: Sequence[Callable[[Connection], Any]]) -> list[Any]:
    """Hands in all of `works` while the writer is busy, so that they are one group."""
    inside, go = Event(), Event()

    def hold(_: Connection) -> None:
        inside.set()
        assert go.wait(10)

    holding = asyncio.create_task(database.write(hold))
    await asyncio.to_thread(inside.wait)
    writes = [asyncio.create_task(database.write(work)) for work in works]
    await asyncio.sleep(0)  # the tasks have handed their work over
    go.set()
    await holding
    return await outcomes(writes)


async def test_group_commits_once(database: SqliteDatabase) -> None:
    statements: list[str] = []
    await database.write(lambda c: raw(c).set_trace_callback(statements.append))
    await together(database, [add(n) for n in range(10)])
    assert len(await numbers(database)) == 10
    ends = [statement for statement in statements if statement in ("BEGIN IMMEDIATE", "COMMIT")]
    # What switched the tracing on, what kept the writer busy, the group.
    assert ends == ["COMMIT", "BEGIN IMMEDIATE", "COMMIT", "BEGIN IMMEDIATE", "COMMIT"]


async def test_what_is_asked_for_in_one_turn_is_one_commit(database: SqliteDatabase) -> None:
    statements: list[str] = []
    await database.write(lambda c: raw(c).set_trace_callback(statements.append))
    await asyncio.gather(*(database.write(add(n)) for n in range(10)))
    assert len(await numbers(database)) == 10
    ends = [statement for statement in statements if statement in ("BEGIN IMMEDIATE", "COMMIT")]
    assert ends == ["COMMIT", "BEGIN IMMEDIATE", "COMMIT"]


async def test_write_of_a_caller_who_went_away_is_whole(database: SqliteDatabase) -> None:
    inside, go = Event(), Event()

    def work(connection: Connection) -> None:
        add(1)(connection)
        inside.set()
        assert go.wait(10)
        add(2)(connection)

    write = asyncio.create_task(database.write(work))
    await asyncio.to_thread(inside.wait)
    write.cancel()
    with pytest.raises(asyncio.CancelledError):
        await write
    go.set()
    await database.write(add(3))
    assert await numbers(database) == [1, 2, 3]


async def test_work_that_tries_to_end_the_thread_does_not(database: SqliteDatabase) -> None:
    with pytest.raises(SystemExit):
        await database.write(then_raise(add(1), SystemExit()))
    assert await database.write(add(2)) == 2


async def test_database_locked_by_another_process(database: SqliteDatabase) -> None:
    with closing(sqlite3.connect(database_path(database))) as other:
        other.execute("BEGIN IMMEDIATE")
        results = await outcomes([database.write(add(n)) for n in range(3)])
        assert all(isinstance(result, StorageUnavailable) for result in results)
        assert await numbers(database) == []
        other.execute("ROLLBACK")
    await database.write(add(4))
    assert await numbers(database) == [4]


async def test_full_disk_takes_back_the_whole_group_and_says_so(database: SqliteDatabase) -> None:
    pages = await database.write(lambda c: int(c.execute(text("PRAGMA page_count")).scalar_one()))
    await database.write(lambda c: c.execute(text(f"PRAGMA max_page_count={pages + 5}")))
    results = await together(database, [add(1), add(2, fat=100_000)])
    assert [type(result) for result in results] == [StorageUnavailable] * 2
    assert await numbers(database) == []
    assert await database.write(add(3)) == 3
    assert await numbers(database) == [3]


async def test_disk_that_turns_read_only(database: SqliteDatabase) -> None:
    writer = raw(database._writer)
    writer.execute("PRAGMA query_only=ON")
    with pytest.raises(StorageUnavailable):
        await database.write(add(1))
    writer.execute("PRAGMA query_only=OFF")
    await database.write(add(2))
    assert await numbers(database) == [2]


async def test_closing_finishes_what_was_started_and_refuses_the_rest(database: SqliteDatabase, tmp_path: Path) -> None:
    writes = [asyncio.create_task(database.write(add(n))) for n in range(100)]
    await asyncio.sleep(0)  # the tasks have handed their work over
    closed = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    with pytest.raises(StorageUnavailable):
        await database.write(add(1_000))
    with pytest.raises(StorageUnavailable):
        await database.read(lambda c: c.execute(text("SELECT 1")))
    await closed
    assert await asyncio.gather(*writes) == list(range(100))
    await database.close()
    assert files(tmp_path) == ["test.db"], "the log has been folded in"


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


# What a child process runs: appends, and prints each number once its append has returned.
_APPENDER = """
import asyncio, sys
from pathlib import Path
from interview_platform.storage.open import open_database
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.sessions import SqlSessionStore
from interview_platform.storage.timeline import SqlTimelineStore
from interview_platform.timeline.model import Entry, EventKind
from tests.contracts.world import account, session

async def main():
    database = await open_database(None, Path(sys.argv[1]))
    if await SqlSessionStore(database).get("session") is None:
        await SqlPeopleStore(database).add_account(account("ada"), "")
        await SqlSessionStore(database).add(session("session", account("ada")))
    timeline = SqlTimelineStore(database)

    async def room(number):
        while True:
            seq = await timeline.append("session", [Entry(EventKind.DOCUMENT, None, number, bytes(200))])
            print(seq, flush=True)

    await asyncio.gather(*(room(number) for number in range(8)))

asyncio.run(main())
"""


def test_nothing_acknowledged_is_lost_by_kill_9(tmp_path: Path) -> None:
    last = 0
    for _ in range(2):
        acknowledged = append_until_killed(tmp_path)
        with closing(sqlite3.connect(tmp_path / "interview.db")) as database:
            stored = [seq for (seq,) in database.execute("SELECT seq FROM timeline ORDER BY seq")]
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("SELECT seq FROM timeline_heads").fetchone() == (stored[-1],)
        assert len(acknowledged) >= ENOUGH
        assert min(acknowledged) > last
        assert set(acknowledged) <= set(stored)
        assert stored == list(range(1, len(stored) + 1))
        last = stored[-1]


def append_until_killed(folder: Path) -> list[int]:
    """The numbers that the child was told."""
    child = subprocess.Popen([sys.executable, "-c", _APPENDER, str(folder)], stdout=subprocess.PIPE)
    assert child.stdout
    try:
        lines = [child.stdout.readline() for _ in range(ENOUGH)]
    finally:
        child.kill()
    lines += child.stdout.readlines()
    child.stdout.close()
    child.wait()
    return [int(line) for line in lines if line.endswith(b"\n")]  # the last may be cut off
