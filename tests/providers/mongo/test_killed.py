"""`kill -9` of processes that write: what was acknowledged is there, without a gap, and the timeline agrees."""

import asyncio
import subprocess
import sys

from interview_platform.accounts.model import PersonId
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import EventKind
from tests.contracts.world import Stores

ENOUGH = 60

# What a child process runs: eight rooms' worth of appends, and people who come and go, to one session.
_WRITER = """
import asyncio, sys
from interview_platform.providers.mongo.open import open_mongo
from interview_platform.timeline.model import Entry, EventKind
from tests.contracts.world import guest, member
from tests.storage.conftest import stores_of_mongo

mark = sys.argv[2]

async def main():
    stores = stores_of_mongo(await open_mongo(sys.argv[1]))

    async def types(number):
        while True:
            entries = [Entry(EventKind.DOCUMENT, None, number, b"%d" % part) for part in range(3)]
            print(await stores.timeline.append("session", entries), flush=True)

    async def comes_and_goes():
        number = 0
        while True:
            number += 1
            gus = guest(f"{mark}x{number}")
            await stores.sessions.change("session", lambda s: s.joined_by(member(gus), 5), gus)
            await stores.sessions.change("session", lambda s: s.left_by(gus.id, 3_000))

    await asyncio.gather(*(types(number) for number in range(8)), comes_and_goes())

asyncio.run(main())
"""


async def test_nothing_acknowledged_is_lost(url: str, stores: Stores) -> None:
    await stores.session(capacity=9)
    acknowledged = await asyncio.to_thread(write_until_killed, url)
    events = await stores.timeline.read(SessionId("session"), limit=100_000)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    documents = [event.seq for event in events if event.entry.kind is EventKind.DOCUMENT]
    assert acknowledged <= set(documents)
    assert len(acknowledged) >= 2 * ENOUGH
    typed = [event.entry.payload for event in events if event.entry.kind is EventKind.DOCUMENT]
    assert typed == [b"0", b"1", b"2"] * (len(typed) // 3), "of an append all or nothing"
    session = await stores.sessions.get(SessionId("session"))
    assert session
    came = [str(event.entry.person) for event in events if event.entry.kind is EventKind.JOINED]
    left = [str(event.entry.person) for event in events if event.entry.kind is EventKind.LEFT]
    assert came
    assert sorted(came) == sorted(m.person for m in session.members)
    assert sorted(left) == sorted(m.person for m in session.members if not m.present)
    for person in came:
        assert await stores.people.person(PersonId(person))


def write_until_killed(url: str) -> set[int]:
    """The last numbers that two children were told."""
    children = [
        subprocess.Popen([sys.executable, "-c", _WRITER, url, mark], stdout=subprocess.PIPE) for mark in ("a", "b")
    ]
    lines: list[bytes] = []
    try:
        for child in children:
            assert child.stdout
            lines += [child.stdout.readline() for _ in range(ENOUGH)]
    finally:
        for child in children:
            child.kill()
    for child in children:
        assert child.stdout
        lines += child.stdout.readlines()
        child.stdout.close()
        child.wait()
    return {int(line) for line in lines if line.endswith(b"\n")}  # the last may be cut off
