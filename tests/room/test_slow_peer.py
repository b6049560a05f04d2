"""A peer that stops reading: bounded memory here, no harm to the others, dropped in the end. Over real TCP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import Session
from interview_platform.storage.database import Database
from tests.room.world import Somebody, World, world_of
from tests.room.yjs import YClient, eventually, yjs

CHUNK = "x" * 20_000
BOTH_WAYS = pytest.mark.parametrize("direct", [True, False], ids=["direct", "asgi"])
# Nobody may write so much so fast in earnest. Here it must not be the log, on a slow disk, that ends the room first.
EAGER = RoomLimits(
    gather_seconds=0.005,
    document_bytes=50_000_000,
    bytes_burst=1e9,
    messages_burst=1e9,
    unsaved_bytes=1_000_000_000,
)


@asynccontextmanager
async def stalled(world: World, session: Session, who: Somebody, path: str = "doc") -> AsyncIterator[socket.socket]:
    """A WebSocket that says hello and then reads nothing, with the smallest receive buffer that TCP gives."""
    loop = asyncio.get_running_loop()
    peer = socket.socket()
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    peer.setblocking(False)
    await loop.sock_connect(peer, ("127.0.0.1", world.port))
    handshake = (
        f"GET /api/sessions/{session.id}/{path} HTTP/1.1\r\nHost: 127.0.0.1:{world.port}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {who.headers['Cookie']}\r\n\r\n"
    )
    await loop.sock_sendall(peer, handshake.encode())
    assert b"101" in await loop.sock_recv(peer, 64)
    try:
        yield peer
    finally:
        peer.close()


def connections(world: World, session: Session) -> list[object]:
    return [seat.connection for seat in world.rooms.rooms._seats._seats.get(session.id, ())]


@BOTH_WAYS
async def test_a_stalled_peer_is_dropped_and_the_others_go_on(database: Database, direct: bool) -> None:
    limits = replace(EAGER, stall_seconds=1.0, slowest_bytes_per_second=1e9)
    async with world_of(database, limits, direct=direct) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session)
        async with yjs(url, host.headers) as ada, yjs(url, host.headers) as other, stalled(world, session, guest):
            await eventually(lambda: len(connections(world, session)) == 3)
            live = world.rooms.rooms._live[session.id]
            slow = next(peer for peer in live.peers if peer.person == guest.person.id)
            held = 0
            for _ in range(2_000):  # the kernel takes some megabytes before it says no
                ada.text.insert(0, CHUNK)
                del ada.text[0 : len(CHUNK) - 1]
                held = max(held, slow._bytes)
                if slow.closing is not None:
                    break
                await asyncio.sleep(0)
            await eventually(lambda: slow.closing is not None)
            assert held < limits.behind_bytes + len(CHUNK) + 100, "what waits for one peer is bounded"
            await eventually(lambda: len(connections(world, session)) == 2)
            assert slow.closing == (4429, "too_slow")
            await eventually(lambda: len(other.read()) == len(ada.read()))


@BOTH_WAYS
async def test_a_peer_that_reads_again_gets_what_it_missed_in_one_piece(database: Database, direct: bool) -> None:
    limits = replace(EAGER, behind_bytes=50_000)
    async with world_of(database, limits, direct=direct) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session)
        ben = YClient()
        async with yjs(url, host.headers) as ada, yjs(url, guest.headers, ben):
            assert ben.socket is not None
            live = world.rooms.rooms._live[session.id]
            slow = next(peer for peer in live.peers if peer.person == guest.person.id)
            ben.socket.transport.pause_reading()
            for number in range(2_000):
                ada.text.insert(0, CHUNK)
                del ada.text[0 : len(CHUNK) - 1]
                ada.show({"cursor": number})
                if slow._behind is not None:
                    break
                await asyncio.sleep(0)
            await eventually(lambda: slow._behind is not None)
            frames = len(ben.frames)
            ada.text.insert(0, "the newest ")
            await eventually(lambda: "the newest" in live.document.files()["solution.py"])
            sent = ada._clock * 3
            ben.socket.transport.resume_reading()
            await eventually(lambda: ben.read() == ada.read())
            await eventually(lambda: ben.cursors.get(ada.doc.client_id) == {"cursor": ada._clock - 1})
            assert len(ben.frames) - frames < sent, "merged, not one by one"


@BOTH_WAYS
async def test_a_stalled_listener_to_events_is_dropped(database: Database, direct: bool) -> None:
    limits = RoomLimits(outbox_messages=100, stall_seconds=1.0)
    async with world_of(database, limits, direct=direct) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with stalled(world, session, host, "events"):
            await eventually(lambda: connections(world, session) not in ([], [None]))
            run = world.runs.start(session.id, host.person.id, "Ada")
            for _ in range(400):
                world.runs.output(session.id, run, CHUNK)
                if not connections(world, session):
                    break
                await asyncio.sleep(0)
            await eventually(lambda: not connections(world, session))
