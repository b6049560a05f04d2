"""A real PostgreSQL server for tests, started once and thrown away; its database, migrated, is empty for each test.

In a test folder's conftest: `from tests.postgres import postgres_server, postgres_url`.
"""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import pytest

from interview_platform.storage.open import open_database
from interview_platform.storage.tables import metadata

T = TypeVar("T")

# It need not survive a power cut, only be quick.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "listen_addresses": "",  # a socket in our own folder: no port to collide with
}
_DATABASE = "interviews"
_EMPTY = f"TRUNCATE {', '.join(metadata.tables)}"  # ten times as quick as a database made anew


@dataclass
class PostgresServer:
    folder: Path
    control: Callable[..., None]
    """`pg_ctl` with these arguments."""

    def url(self, database: str = _DATABASE) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    async def execute(self, *statements: str, database: str = _DATABASE) -> None:
        connection = await asyncpg.connect(self.url(database))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def break_connections(self) -> None:
        await self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )

    def stop(self) -> None:
        """As when its machine goes down: nothing is finished first."""
        self.control("stop", "-m", "immediate")

    def start(self) -> None:
        options = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
        self.control("start", "-w", "-l", str(self.folder / "log"), "-o", f"-k {self.folder} {options}")

    async def prepare(self) -> None:
        await self.execute(f"CREATE DATABASE {_DATABASE}", database="postgres")
        await (await open_database(self.url(), Path())).close()

    async def empty(self) -> None:
        await self.break_connections()  # what a failed test left behind may hold locks
        await self.execute(_EMPTY)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="ip-postgres-", dir="/tmp"))  # a short path: sockets allow 107 bytes
    user = _owner(folder)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        done = subprocess.run(command, user=user, capture_output=True, text=True, check=False, cwd="/")
        if done.returncode:
            log = folder / "log"
            pytest.fail(f"{program}: {done.stdout}{done.stderr}{log.read_text() if log.exists() else ''}")

    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        server = PostgresServer(folder, partial(run, "pg_ctl"))
        server.start()
        try:
            run_apart(server.prepare())
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    run_apart(postgres_server.empty())
    return postgres_server.url()


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """In a thread with a loop of its own: fixtures may be set up while the test's loop is running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _programs() -> Path:
    """Debian keeps them out of PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb")
    if debian:
        return debian[-1].parent
    if found:
        return Path(found).resolve().parent
    pytest.fail("PostgreSQL is not installed. `make test` installs it; by hand: apt-get install postgresql")


def _owner(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then it gets Debian's own user for it."""
    if os.geteuid() != 0:
        return None
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        pytest.fail("There is no user “postgres”: install PostgreSQL from Debian, or run the tests without root.")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user.pw_name
