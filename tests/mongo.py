"""MongoDB for tests: SecantusDB, a stand-in that speaks MongoDB's protocol, as a process of its own on loopback.

It keeps its data in WiredTiger and has passed most of PyMongo's own tests, but it is one node: elections, lag between
nodes, `w: majority` that has to wait, and a real cluster's query planner are not shown by it. It says of itself that
it is a replica set of one unless told to be `standalone`. Two mistakes of 0.7.0b3 to know: of parallel findOneAndUpdate
with upsert one now and then gets nothing, and over an ascending index that goes on after the field, `$lte` means `$lt`.

With TEST_MONGODB_URL the same suite also runs on a real server (databases `ip_test_…` are made and dropped there).

In a test folder's conftest: `from tests.mongo import mongo_server`.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pymongo
import pytest
from pymongo.errors import PyMongoError

from tests.serving import free_port

REAL = os.environ.get("TEST_MONGODB_URL")
START_SECONDS = 30.0
_numbers = itertools.count(1)


@dataclass
class MongoServer:
    base: str
    """An address; its database, if it names one, is not touched."""
    made: list[str] = field(default_factory=list)

    def url(self, database: str) -> str:
        return urlunsplit(urlsplit(self.base)._replace(path=f"/{database}"))

    def fresh_url(self) -> str:
        """Of a database that is not there yet."""
        name = f"ip_test_{os.getpid()}_{next(_numbers)}"
        self.made.append(name)
        return self.url(name)

    def client(self) -> pymongo.MongoClient[dict[str, Any]]:
        return pymongo.MongoClient(self.base, serverSelectionTimeoutMS=5_000)

    def drop(self) -> None:
        with self.client() as client:
            for name in self.made:
                client.drop_database(name)
        self.made.clear()


@dataclass
class Secantus(MongoServer):
    command: Sequence[str] = ()
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self.command)
        deadline = time.monotonic() + START_SECONDS
        with self.client() as client:
            while self.process.poll() is None and time.monotonic() < deadline:
                try:
                    client.admin.command("ping")
                except PyMongoError:
                    continue
                return
        pytest.fail("SecantusDB did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def secantus(*options: str) -> Iterator[Secantus]:
    folder, port = tempfile.mkdtemp(prefix="ip-mongo-"), free_port()
    program = (sys.executable, "-W", "ignore", "-m", "secantus", "--log-level", "ERROR")
    place = ("--host", "127.0.0.1", "--port", str(port), "--storage-path", folder)
    server = Secantus(f"mongodb://127.0.0.1:{port}/", command=(*program, *place, *options))
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def mongo_server() -> Iterator[MongoServer]:
    with secantus() as server:
        yield server


@pytest.fixture(scope="session")
def real_mongo_server() -> Iterator[MongoServer]:
    assert REAL is not None
    server = MongoServer(REAL)
    yield server
    server.drop()
