"""Carries a connection: over any ASGI server with one task that reads and one that writes, or the short way.

The short way (`direct.py`) needs no task for a message; what a connection does and says is the same.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial
from typing import Any, Protocol

import structlog

from interview_platform.kit.close_codes import CloseCode
from interview_platform.room.connection import Connection
from interview_platform.room.direct import EXTENSION, DirectWebSocket, reading
from interview_platform.room.wire import BadFrame

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
OnMessage = Callable[[bytes | str], None]
"""Takes one message of the peer. Raises BadFrame."""

_YIELD_EVERY = 64  # messages read without letting the writers have a turn: one read of the socket holds thousands
_CLOSE_SECONDS = 1.0  # how long a peer that was dropped may take to accept the close frame

log = structlog.get_logger(__name__)


class _Carrier(Protocol):
    async def run(self) -> None:
        """Carry messages both ways until the connection is closing and all is sent, or the peer is gone."""

    def unsent(self) -> int: ...

    def abort(self) -> None: ...

    def wake(self) -> None: ...


async def carry(scope: Scope, receive: Receive, send: Send, connection: Connection, on_message: OnMessage) -> None:
    """Serve the accepted socket until either side is done. Never raises but for cancellation."""
    direct = scope.get("extensions", {}).get(EXTENSION)
    wire: _Carrier
    if direct is None:
        wire = AsgiWire(receive, send, connection, on_message)
    else:
        wire = DirectWire(direct["socket"], receive, connection, on_message)
    connection.wire = wire
    try:
        await wire.run()
        if connection.closing is not None and not connection.gone:
            taken = await _say_goodbye(send, connection.closing)
            if not taken and direct is not None:
                direct["socket"].abort()  # else the transport would hold what it has until the peer's machine dies
    finally:
        connection.wire = None


async def _say_goodbye(send: Send, closing: tuple[int, str]) -> bool:
    """Close; whether the transport took it."""
    code, reason = closing
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await send({"type": "websocket.close", "code": code, "reason": reason})
    except TimeoutError:
        return False
    except Exception:  # the server says so when the peer has gone already
        log.debug("peer gone before close", exc_info=True)
    return True


class AsgiWire:
    def __init__(self, receive: Receive, send: Send, connection: Connection, on_message: OnMessage) -> None:
        self._receive = receive
        self._send = send
        self._connection = connection
        self._on_message = on_message
        self._loop = asyncio.get_running_loop()
        self._sleeping: asyncio.Future[None] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._unsent = 0

    async def run(self) -> None:
        reader = asyncio.create_task(self._read())
        self._writer = writer = asyncio.create_task(self._write())
        try:
            await asyncio.wait((reader, writer), return_when=asyncio.FIRST_COMPLETED)
        finally:
            reader.cancel()
            writer.cancel()
            await asyncio.gather(reader, writer, return_exceptions=True)

    def wake(self) -> None:
        if self._sleeping is not None and not self._sleeping.done():
            self._sleeping.set_result(None)

    def unsent(self) -> int:
        return self._unsent

    def abort(self) -> None:
        if self._writer is not None:
            self._writer.cancel()

    async def _read(self) -> None:
        connection, count = self._connection, 0
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                connection.gone = True
                return
            data = message.get("bytes")
            deliver(connection, self._on_message, message["text"] if data is None else data)
            count += 1
            if count % _YIELD_EVERY == 0:
                await asyncio.sleep(0)

    async def _write(self) -> None:
        """The server's `send` raises when the peer is gone."""
        connection, send = self._connection, self._send
        while True:
            messages = connection.take()
            if not messages:
                if connection.closing is not None:
                    return
                self._sleeping = self._loop.create_future()
                await self._sleeping
                continue
            self._unsent = sum(map(len, messages))
            connection.blocked(self._loop.time(), self._unsent)
            for message in messages:
                if connection.text:
                    await send({"type": "websocket.send", "text": message.decode()})
                else:
                    await send({"type": "websocket.send", "bytes": message})
                self._unsent -= len(message)
            connection.unblocked()


class DirectWire:
    def __init__(
        self, socket: DirectWebSocket, receive: Receive, connection: Connection, on_message: OnMessage
    ) -> None:
        self._socket = socket
        self._receive = receive
        self._connection = connection
        self._on_message = on_message
        self._loop = asyncio.get_running_loop()
        self._done: asyncio.Future[None] = self._loop.create_future()
        self._writable = True
        self._scheduled = False

    async def run(self) -> None:
        gone = asyncio.create_task(self._until_gone())
        self._socket.let_kernel_hold(self._connection.limits.kernel_bytes)
        self._socket.attach(partial(deliver, self._connection, self._on_message), self._accepts)
        self.wake()
        try:
            await asyncio.wait((gone, self._done), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            await asyncio.gather(gone, return_exceptions=True)

    def wake(self) -> None:
        if not self._scheduled and self._writable:
            # After all that was read at once: what goes to one peer is one write.
            self._scheduled = True
            flushes = reading.flushes
            if flushes is None:
                self._loop.call_soon(self._flush)
            else:
                flushes.append(self._flush)

    def unsent(self) -> int:
        return self._socket.transport.get_write_buffer_size()

    def abort(self) -> None:
        if not self._done.done():
            self._done.set_result(None)

    def _flush(self) -> None:
        """Never raises: it is called in the middle of what somebody else sent."""
        self._scheduled = False
        if not self._writable:
            return
        connection = self._connection
        try:
            messages = connection.take()
            if messages:
                self._socket.write(messages, text=connection.text)
        except Exception:
            log.exception("room write failed")
            connection.close(CloseCode.FAILED, "internal_error")
            self.abort()
        if connection.closing is not None and self._writable:
            self.abort()

    def _accepts(self, writable: bool) -> None:
        self._writable = writable
        if writable:
            self._connection.unblocked()
            self.wake()
        else:
            self._connection.blocked(self._loop.time(), self.unsent())

    async def _until_gone(self) -> None:
        while (await self._receive())["type"] != "websocket.disconnect":
            pass
        self._connection.gone = True


def deliver(connection: Connection, on_message: OnMessage, data: bytes | str) -> None:
    """Hand a message over; what it does wrong closes this connection and no other."""
    if connection.closing is not None:
        return
    try:
        on_message(data)
    except BadFrame as error:
        connection.close(CloseCode.BAD_FRAME, str(error))
    except Exception:
        log.exception("room message failed")
        connection.close(CloseCode.FAILED, "internal_error")
