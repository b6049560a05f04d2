"""An open-loop crowd: every letter is sent when it is due, whatever the server does."""

import asyncio
import os
import random
import socket
import time
from collections.abc import Callable, Sequence
from functools import partial
from heapq import heapify, heapreplace
from urllib.parse import urlsplit

from benchmarks.room.client import Result, Target, Typist

LETTERS = 8.0  # a second and typist: a fast one, as in the facts this project started from
_READY_SECONDS = 60.0
_LAST_SECONDS = 1.0  # what has not come so long after the last letter is lost
_AT_ONCE = 50  # connections that are being opened at the same time

Targets = Callable[[int, int], Target]
"""By number of the room, and of the person in it."""


def _itself(typist: Typist) -> Typist:
    return typist


async def connect(target: Target, peers: dict[bytes, Typist], *, receive_buffer: int | None = None) -> Typist:
    """One more in the room of `peers`, with the whole document. `receive_buffer`: bytes the kernel takes for it."""
    loop, parts = asyncio.get_running_loop(), urlsplit(target.url)
    connection = socket.socket()
    connection.setblocking(False)
    if receive_buffer is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    await loop.sock_connect(connection, (parts.hostname, parts.port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    typist = Typist(target, int.from_bytes(os.urandom(4)) | 1 << 31, peers)
    peers[typist.id] = typist
    await loop.create_connection(partial(_itself, typist), sock=connection)
    async with asyncio.timeout(_READY_SECONDS):
        await typist.ready
    return typist


async def gathered(targets: Targets, rooms: int, clients: int) -> list[Typist]:
    """So many people in each of so many rooms."""
    limit = asyncio.Semaphore(_AT_ONCE)

    async def one(target: Target, peers: dict[bytes, Typist]) -> Typist:
        async with limit:
            return await connect(target, peers)

    groups: list[dict[bytes, Typist]] = [{} for _ in range(rooms)]
    return await asyncio.gather(
        *(one(targets(room, number), groups[room]) for number in range(clients) for room in range(rooms))
    )


async def type_for(
    typists: Sequence[Typist], seconds: float, *, cursors: bool = False, rate: float = LETTERS
) -> Result:
    """All of them, each at a steady pace that began at a moment of its own. What they saw, together."""
    result = Result()
    for typist in typists:
        typist.result = result
    gap, begin = 1 / rate, time.perf_counter()
    due = [(begin + random.random() * gap, index) for index in range(len(typists))]
    heapify(due)
    while (now := time.perf_counter()) < begin + seconds:
        when, index = due[0]
        if when > now:
            await asyncio.sleep(when - now)
            continue
        typist = typists[index]
        result.late.append(now - when)
        result.expected += len(typist.peers) - 1
        typist.type_letter(cursor=cursors)
        heapreplace(due, (when + gap, index))
    deadline = time.perf_counter() + _LAST_SECONDS
    while result.lost and time.perf_counter() < deadline:  # noqa: ASYNC110 - no event for it
        await asyncio.sleep(0.01)
    return result


def leave(typists: Sequence[Typist]) -> None:
    for typist in typists:
        typist.close()
