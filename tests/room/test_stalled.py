"""When a peer whose transport is full is too slow: by what it takes from then on."""

import asyncio
from dataclasses import replace

import pytest

from interview_platform.room.connection import Connection
from interview_platform.room.direct import DirectWebSocket
from interview_platform.room.limits import RoomLimits
from interview_platform.room.socket import DirectWire
from interview_platform.storage.database import Database
from tests.room.test_slow_peer import EAGER, connections, stalled
from tests.room.world import world_of
from tests.room.yjs import eventually, yjs

LIMITS = RoomLimits()
SECONDS, SLOWEST = LIMITS.stall_seconds, LIMITS.slowest_bytes_per_second
CHUNK = "x" * 20_000
_MB = 1024**2


class Held:
    """A wire whose transport holds what the test says."""

    def __init__(self) -> None:
        self.bytes = 0

    def unsent(self) -> int:
        return self.bytes

    def wake(self) -> None: ...

    def abort(self) -> None: ...


@pytest.fixture
def wire() -> Held:
    return Held()


@pytest.fixture
def connection(wire: Held) -> Connection:
    made = Connection(LIMITS)
    made.wire = wire
    return made


def test_who_takes_nothing_is_too_slow_after_the_time(connection: Connection, wire: Held) -> None:
    wire.bytes = 5_000_000
    connection.blocked(100.0, wire.bytes)
    assert not connection.stalled(100.0 + SECONDS / 2)
    assert connection.stalled(100.0 + SECONDS)


def test_a_large_document_gets_through_a_bad_network(connection: Connection, wire: Held) -> None:
    wire.bytes, now = 5_000_000, 100.0
    connection.blocked(now, wire.bytes)
    while wire.bytes > 0:
        now += SECONDS / 4
        wire.bytes -= int(SLOWEST * SECONDS / 4) + 1
        assert not connection.stalled(now)
    connection.unblocked()
    assert not connection.stalled(now + 10 * SECONDS)


def test_who_took_much_and_then_stops_has_no_credit(connection: Connection, wire: Held) -> None:
    wire.bytes = 5_000_000
    connection.blocked(100.0, wire.bytes)
    wire.bytes = 1_000_000
    assert not connection.stalled(100.0 + SECONDS)
    assert connection.stalled(100.0 + 2 * SECONDS)


async def test_what_the_kernel_took_before_gives_no_patience(database: Database) -> None:
    """A real peer over TCP, at the real pace for networks: megabytes go to it before it is full, which once were
    minutes of patience; then uvicorn's ping came first, and closed it as if the network had gone.
    """
    async with world_of(database, replace(EAGER, stall_seconds=1.0)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session)
        async with yjs(url, host.headers) as ada, yjs(url, host.headers) as other, stalled(world, session, guest):
            await eventually(lambda: len(connections(world, session)) == 3)
            live = world.rooms.rooms._live[session.id]
            slow = next(peer for peer in live.peers if peer.person == guest.person.id)
            assert isinstance(slow.wire, DirectWire)
            socket: DirectWebSocket = slow.wire._socket
            held, rounds = 0, 0
            while slow.closing is None:
                ada.text.insert(0, CHUNK)
                del ada.text[0 : len(CHUNK) - 1]
                rounds += 1
                ada.text.insert(0, f"letter {rounds} ")
                await eventually(lambda: ada.read() == other.read(), "the others go on as ever")
                held = max(held, slow._bytes + socket.transport.get_write_buffer_size())
                await asyncio.sleep(0.02)  # the pace of the noise, not a wait for anything
            assert slow.closing == (4429, "too_slow")
            assert held < 2 * _MB
            await eventually(lambda: len(connections(world, session)) == 2)
