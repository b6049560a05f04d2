"""A database that is away for ten seconds, or a disk that is full: people go on, and nothing acknowledged is lost."""

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs
from websockets.exceptions import InvalidStatus

from interview_platform.kit.errors import Kind, Refusal
from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import Session
from interview_platform.sessions.policy import Access
from interview_platform.storage.open import SQLITE_FILE, open_database
from tests.postgres import PostgresServer, postgres_server
from tests.room.log import files, replayed
from tests.room.world import QUICK, Somebody, World, world_of
from tests.room.yjs import YClient, eventually, yjs

__all__ = ["postgres_server"]

AWAY_SECONDS = 10.0  # what is promised, and longer than SQLite waits for a lock by itself
DISK_BYTES = 4_000_000


@pytest.fixture
async def on_postgres(postgres_server: PostgresServer) -> AsyncIterator[World]:
    await postgres_server.empty()
    # The tests' server forgets what it has just committed when it falls; one in earnest does not.
    await postgres_server.execute("ALTER DATABASE interviews SET synchronous_commit = on")
    database = await open_database(postgres_server.url(), Path())
    async with world_of(database, QUICK) as world:
        yield world
    await database.close()
    await postgres_server.execute("ALTER DATABASE interviews RESET synchronous_commit")


async def typing(ada: YClient, ben: YClient, until: asyncio.Event) -> int:
    """Both type, and see each other's words at once, whatever the log does; how many words."""
    words = 0
    while not until.is_set():
        words += 1
        typist, reader = (ada, ben) if words % 2 else (ben, ada)
        typist.text.insert(0, f"[{words}]")
        await eventually(partial(sees, reader, f"[{words}]"))
        await asyncio.sleep(0.02)  # a fast typist
    return words


def sees(reader: YClient, word: str) -> bool:
    return word in reader.read()


@asynccontextmanager
async def two_people(world: World) -> AsyncIterator[tuple[Session, Somebody, YClient, YClient]]:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session, query="?acks=1")
    async with yjs(url, host.headers) as ada, yjs(url, guest.headers) as ben:
        await eventually(lambda: ada.acked == ada.sent and ben.acked == ben.sent)
        yield session, host, ada, ben


async def all_is_there(world: World, session: Session, *clients: YClient) -> None:
    await eventually(lambda: all(client.acked == client.sent for client in clients), "all is acknowledged")
    log = await replayed(world.timeline, session.id)
    document = world.rooms.rooms._live[session.id].document.files()
    for client in clients:
        assert client.close_code is None, "the connection was never lost"
        assert files(client) == files(log) == document


async def test_postgresql_away_under_typing_chat_and_joining(
    on_postgres: World, postgres_server: PostgresServer
) -> None:
    world = on_postgres
    async with two_people(world) as (session, host, ada, ben):
        await world.chat.post(session.id, host.person, "before")
        unopened = await world.session(host)
        await asyncio.to_thread(postgres_server.stop)
        back = asyncio.Event()
        typed = asyncio.create_task(typing(ada, ben, back))
        try:
            for attempt in (
                lambda: world.chat.post(session.id, host.person, "lost?"),
                lambda: connecting(world, session, host),
                lambda: connecting(world, unopened, host),
            ):
                assert await refusal(attempt) == 503, "said, and not taken"
            acked = ada.acked
            await asyncio.sleep(AWAY_SECONDS)
            assert ada.acked == acked, "nothing is called saved meanwhile"
        finally:
            await asyncio.to_thread(postgres_server.start)
        back.set()
        words = await typed
        await all_is_there(world, session, ada, ben)
        assert f"[{words}]" in ada.read()
        await world.chat.post(session.id, host.person, "after")
        messages, _ = await world.chat.newest(Access(session, host.person))
        assert [message.text for message in messages] == ["before", "after"]
        await connecting(world, session, host)
        await connecting(world, unopened, host)


async def connecting(world: World, session: Session, somebody: Somebody) -> None:
    async with yjs(world.url(session), somebody.headers) as late:
        assert late.read()


async def refusal(attempt: Callable[[], Awaitable[object]]) -> int:
    """The HTTP status of it."""
    try:
        await attempt()
    except InvalidStatus as error:
        return error.response.status_code
    except Refusal as error:
        return 503 if error.kind is Kind.UNAVAILABLE else 400
    return 200


async def test_a_locked_sqlite_file_under_typing_chat_and_joining(world: World, tmp_path: Path) -> None:
    """As a backup program, or somebody's shell, does it. Readers go on meanwhile."""
    async with two_people(world) as (session, host, ada, ben):
        other = sqlite3.connect(tmp_path / SQLITE_FILE, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        back = asyncio.Event()
        typed = asyncio.create_task(typing(ada, ben, back))
        try:
            chat = asyncio.create_task(refusal(lambda: world.chat.post(session.id, host.person, "lost?")))
            await connecting(world, session, host)
            acked = ada.acked
            await asyncio.sleep(AWAY_SECONDS)
            assert ada.acked == acked, "nothing is called saved meanwhile"
            assert await chat == 503, "said, and not taken"
        finally:
            other.execute("ROLLBACK")
            other.close()
        back.set()
        await typed
        await all_is_there(world, session, ada, ben)
        await world.chat.post(session.id, host.person, "after")
        messages, _ = await world.chat.newest(Access(session, host.person))
        assert [message.text for message in messages] == ["after"]


@pytest.fixture
def small_disk(tmp_path: Path, empty_database: Path) -> Iterator[Path]:
    """A disk of its own with a database on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        shutil.copy(empty_database, folder / SQLITE_FILE)
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """A file that takes all that is left."""
    ballast = folder / "ballast"
    with pytest.raises(OSError, match="No space left"):
        ballast.write_bytes(bytes(2 * DISK_BYTES))
    return ballast


async def test_a_disk_that_is_full_for_a_while(small_disk: Path) -> None:
    database = await open_database(None, small_disk)
    async with world_of(database, QUICK) as world, two_people(world) as (session, host, ada, ben):
        ballast = fill(small_disk)
        with capture_logs() as logs:
            ada.text.insert(0, "<" + "on a full disk" * 2_000 + ">")
            await eventually(lambda: any(line["event"] == "journal.append_failed" for line in logs))
            await eventually(lambda: ben.read() == ada.read())
            ben.text.insert(0, "and the other ")
            await eventually(lambda: ben.read() == ada.read())
            with pytest.raises(Refusal):
                await world.chat.post(session.id, host.person, "x" * 8_000)
        assert ada.acked < ada.sent
        assert ben.acked < ben.sent
        ballast.unlink()
        await all_is_there(world, session, ada, ben)
        assert ada.read().startswith("and the other <on a full disk")
        await world.chat.post(session.id, host.person, "after")
    await database.close()


async def test_a_disk_that_stays_full_and_a_new_server(small_disk: Path) -> None:
    """The room ends, and the process too: what was acknowledged is on the disk, the rest is in the browsers."""
    database = await open_database(None, small_disk)
    ada, ben = YClient(), YClient()
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(world_of(database, replace(QUICK, unsaved_seconds=0.3)))
        host = await world.somebody("Ada")
        session = await world.session(host)
        url = world.url(session, query="?acks=1")
        await stack.enter_async_context(yjs(url, host.headers, ada))
        await stack.enter_async_context(yjs(url, host.headers, ben))
        ada.text.insert(0, "saved ")
        await eventually(lambda: ada.acked == ada.sent and ben.read() == ada.read())
        ballast = fill(small_disk)
        ada.text.insert(0, "<" + "on a full disk" * 2_000 + ">")
        assert await ada.closed() == 1011
        assert await ben.closed() == 1011
    await database.close()
    database = await open_database(None, small_disk)
    async with world_of(database, QUICK) as world:
        async with yjs(world.url(session), host.headers) as fresh:
            assert fresh.read().startswith("saved def")
        ballast.unlink()
        url = world.url(session, query="?acks=1")
        async with yjs(url, host.headers, ada), yjs(url, host.headers, ben):
            await eventually(lambda: ben.read().startswith("<on a full disk"))
            await all_is_there(world, session, ada, ben)
    await database.close()


async def test_how_long_updates_take_into_the_log_is_told(tmp_path: Path, empty_database: Path) -> None:
    """With the limits in force, many rooms at once. Only a very slow machine takes five times what is promised."""
    shutil.copy(empty_database, tmp_path / SQLITE_FILE)
    database = await open_database(None, tmp_path)
    async with world_of(database, RoomLimits()) as world, AsyncExitStack() as stack:
        host = await world.somebody("Ada")
        typists = []
        for _ in range(20):
            url = world.url(await world.session(host), query="?acks=1")
            typists.append(await stack.enter_async_context(yjs(url, host.headers)))
        for letter in "abcdef":
            for typist in typists:
                typist.text.insert(0, letter)
            await eventually(lambda: all(typist.acked == typist.sent for typist in typists))
        registry = CollectorRegistry()
        registry.register(world.rooms.measures.stored)
        batches = registry.get_sample_value("room_update_stored_seconds_count")
        soon = registry.get_sample_value("room_update_stored_seconds_bucket", {"le": "1.0"})
        assert batches is not None
        assert soon is not None
        assert batches >= 20 * 6
        assert soon > batches / 2
    await database.close()
