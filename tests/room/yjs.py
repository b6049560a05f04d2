"""A Yjs client in Python, as strict as we can make it: the y-websocket protocol over `websockets`, pycrdt inside."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Self

from pycrdt import Doc, Map, Text, TransactionEvent
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.protocol import State

from interview_platform.room.wire import (
    ACK,
    AUTH,
    AWARENESS,
    STEP_1,
    STEP_2,
    SYNC,
    UPDATE,
    awareness_message,
    encode_var_uint,
    only_payload,
    sync_message,
    var_uint,
)

PATIENCE = 10.0


async def eventually(condition: Callable[[], object], what: str = "") -> None:
    """Wait until `condition()` is true, for a bounded time."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110 - any condition, not only those that have an event
                await asyncio.sleep(0.002)
    except TimeoutError:
        raise AssertionError(f"did not happen: {what or condition}") from None


def cursor_entry(client: int, clock: int, state: Any) -> bytes:
    text = json.dumps(state).encode()
    return encode_var_uint(client) + encode_var_uint(clock) + encode_var_uint(len(text)) + text


class YClient:
    """Connected by `yjs(url)`. `doc` may live over several connections, like a browser's."""

    def __init__(self, doc: Doc[Any] | None = None) -> None:
        self.doc: Doc[Any] = doc or Doc()
        self.files: Map[Any] = self.doc.get("files", type=Map)
        self.room: Map[Any] = self.doc.get("room", type=Map)
        self.socket: ClientConnection | None = None
        self.synced = asyncio.Event()
        self.acked = 0
        self.sent = 0
        self.denied: list[str] = []
        self.cursors: dict[int, Any] = {}
        self.frames: list[bytes] = []
        self.close_code: int | None = None
        self.close_reason = ""
        self._applying = False
        self._clock = 0
        self._subscription = self.doc.observe(self._changed)
        self._reader: asyncio.Task[None] | None = None

    @property
    def text(self) -> Text:
        text = self.files["solution.py"]
        assert isinstance(text, Text)
        return text

    def read(self, path: str = "solution.py") -> str:
        return str(self.files.get(path, ""))

    def attach(self, socket: ClientConnection) -> Self:
        self.socket = socket
        self.acked = self.sent = 0
        self.synced.clear()
        self._reader = asyncio.create_task(self._read(socket))
        self.send(sync_message(STEP_1, self.doc.get_state()))
        return self

    def send(self, frame: bytes) -> None:
        """Queue a frame on the socket (writes at once; `websockets` keeps the order)."""
        assert self.socket is not None
        if frame[:1] == b"\x00" and frame[1] in (STEP_2, UPDATE):
            self.sent += 1
        if self.socket.state is State.OPEN:
            self.socket.protocol.send_binary(frame)
            self.socket.send_data()

    def show(self, state: Any, client: int | None = None) -> None:
        self._clock += 1
        entry = cursor_entry(self.doc.client_id if client is None else client, self._clock, state)
        self.send(awareness_message(b"\x01" + entry))

    async def closed(self) -> int | None:
        """Wait for the end of the connection; its close code."""
        assert self._reader is not None
        async with asyncio.timeout(PATIENCE):
            await self._reader
        return self.close_code

    def _changed(self, event: TransactionEvent) -> None:
        if not self._applying and self.socket is not None and self.close_code is None:
            self.send(sync_message(UPDATE, event.update))

    async def _read(self, socket: ClientConnection) -> None:
        self.close_code = None
        try:
            async for frame in socket:
                assert isinstance(frame, bytes)
                self.frames.append(frame)
                self._take(frame)
        except ConnectionClosed:
            pass
        self.close_code = socket.close_code
        self.close_reason = socket.close_reason or ""

    def _take(self, frame: bytes) -> None:
        if frame[0] == SYNC:
            self._take_sync(frame[1], only_payload(frame, 2))
        elif frame[0] == AWARENESS:
            self._take_cursors(only_payload(frame, 1))
        elif frame[0] == ACK:
            count, end = var_uint(frame, 1)
            assert end == len(frame)
            assert count >= self.acked
            self.acked = count
        elif frame[0] == AUTH:
            assert frame[1] == 0
            self.denied.append(only_payload(frame, 2).decode())
        else:
            raise AssertionError(f"unknown message {frame!r}")

    def _take_sync(self, step: int, payload: bytes) -> None:
        if step == STEP_1:
            self.send(sync_message(STEP_2, self.doc.get_update(payload)))
            return
        self._applying = True
        try:
            self.doc.apply_update(payload)
        finally:
            self._applying = False
        if step == STEP_2:
            self.synced.set()

    def _take_cursors(self, payload: bytes) -> None:
        count, at = var_uint(payload, 0)
        for _ in range(count):
            client, at = var_uint(payload, at)
            _, at = var_uint(payload, at)
            length, at = var_uint(payload, at)
            state = json.loads(payload[at : at + length])
            at += length
            if state is None:
                self.cursors.pop(client, None)
            else:
                self.cursors[client] = state
        assert at == len(payload)


@asynccontextmanager
async def yjs(
    url: str, headers: dict[str, str] | None = None, client: YClient | None = None, *, synced: bool = True
) -> AsyncIterator[YClient]:
    client = client or YClient()
    async with connect(url, additional_headers=headers, compression=None, max_size=None, proxy=None) as socket:
        client.attach(socket)
        if synced:
            async with asyncio.timeout(PATIENCE):
                await client.synced.wait()
        try:
            yield client
        finally:
            client.socket = None
    if client._reader is not None:
        await client._reader


async def refusal(url: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and code of a handshake that must be refused."""
    try:
        async with connect(url, additional_headers=headers, compression=None, proxy=None):
            raise AssertionError("was let in")
    except InvalidStatus as error:
        said = json.loads(error.response.body)
        assert said.keys() == {"code", "message"}
        return error.response.status_code, said["code"]
