"""What the storage costs: CPU per hot read, durable writes a second. `measure.py [postgresql://…]`, else SQLite.

Figures and their reading: docs/storage.md.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from interview_platform.accounts.model import Person, PersonId
from interview_platform.accounts.ports import Credential
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import Member, Role, Session, SessionId, Status, Visibility
from interview_platform.storage import sqlite
from interview_platform.storage.database import Database
from interview_platform.storage.open import open_database
from interview_platform.storage.people import SqlPeopleStore
from interview_platform.storage.sessions import SqlSessionStore
from interview_platform.storage.timeline import SqlTimelineStore
from interview_platform.timeline.model import Entry, EventKind

SESSIONS = 20
WRITE_SECONDS = 3.0
ROOMS = (1, 8, 64)  # how many rooms flush at once
FLUSH = [Entry(EventKind.DOCUMENT, None, 0, bytes(60))] * 3  # what a room gathers while two people type


def person(number: int) -> Person:
    return Person(PersonId(f"person{number}"), f"Person {number}", f"{number}@example.org", None, False, 0, 0)


def session(number: int) -> Session:
    host = Member(PersonId("person0"), "", None, Role.HOST, number)
    name = f"session{number}"
    status, visibility = Status.ACTIVE, Visibility.OPEN
    return Session(
        SessionId(name),
        "Two Sum",
        "two-sum",
        Difficulty.EASY,
        host,
        (),
        status,
        visibility,
        2,
        name,
        number,
        number,
        number,
    )


async def fill(database: Database) -> None:
    people, sessions = SqlPeopleStore(database), SqlSessionStore(database)
    for number in range(2):
        await people.add_account(person(number), "hash")
    await people.add_credential(Credential("digest", PersonId("person1"), "cookie", "", 0, 2**60))
    candidate = Member(PersonId("person1"), "", None, Role.CANDIDATE, 1)
    for number in range(max(ROOMS)):
        await sessions.add(session(number))
        if number < SESSIONS:
            await sessions.change(SessionId(f"session{number}"), lambda s: s.joined_by(candidate, 5))


async def read_cost(name: str, count: int, read: Callable[[], Awaitable[object]]) -> None:
    for _ in range(count // 10):
        await read()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(count):
        await read()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:32} {wall / count * 1e6:7.1f} µs wall {cpu / count * 1e6:7.1f} µs CPU")


async def write_rate(store: SqlTimelineStore, rooms: int) -> None:
    until, done = time.perf_counter() + WRITE_SECONDS, 0
    waits: list[float] = []

    async def room(number: int) -> None:
        nonlocal done
        while time.perf_counter() < until:
            start = time.perf_counter()
            await store.append(SessionId(f"session{number}"), FLUSH)
            waits.append(time.perf_counter() - start)
            done += 1

    cpu = time.process_time()
    await asyncio.gather(*(room(number) for number in range(rooms)))
    cpu = time.process_time() - cpu
    waits.sort()
    print(
        f"append, {rooms:2} rooms at once {done / WRITE_SECONDS:7.0f} tx/s, {cpu / done * 1e6:4.0f} µs CPU each, "
        f"p50 {waits[len(waits) // 2] * 1000:.1f} ms, p99 {waits[len(waits) * 99 // 100] * 1000:.1f} ms"
    )


async def main() -> None:
    url = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        database = await open_database(url, Path(folder))
        print(f"open and migrate, new            {(time.perf_counter() - started) * 1000:7.0f} ms")
        await database.close()
        started = time.perf_counter()
        database = await open_database(url, Path(folder))
        print(f"open, up to date                 {(time.perf_counter() - started) * 1000:7.0f} ms")
        await fill(database)
        people, sessions = SqlPeopleStore(database), SqlSessionStore(database)
        await read_cost("by_credential", 10_000, lambda: people.by_credential("digest", 1))
        await read_cost("get(session)", 10_000, lambda: sessions.get(SessionId("session1")))
        await read_cost("open_active, page of 20", 1_000, lambda: sessions.open_active(None, SESSIONS))
        for rooms in ROOMS:
            await write_rate(SqlTimelineStore(database), rooms)
        if url is None:
            sqlite.GROUP_MAX = 1
            print("without group commit:")
            for rooms in ROOMS:
                await write_rate(SqlTimelineStore(database), rooms)
        await database.close()


asyncio.run(main())
