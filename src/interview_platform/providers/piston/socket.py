"""A job over Piston's WebSocket: what the server tells of it, and what is said to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any, Self

from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from interview_platform.providers.piston.answers import Event
from interview_platform.providers.piston.client import (
    ANSWER_MAX,
    CONNECT_SECONDS,
    SERVER,
    Busy,
    PistonClient,
    PistonFailed,
    failure,
)

_BROKEN_OFF = f"{SERVER} broke off the connection."


class Session:
    """Iterate over it for what the server tells, until it closes. `close` in any case."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._outbox: asyncio.Queue[str] = asyncio.Queue()
        self._writing = asyncio.create_task(self._write())
        self._aborting: asyncio.Task[None] | None = None

    @classmethod
    async def opened(cls, client: PistonClient, request: Mapping[str, Any], seconds: float) -> Self:
        """When the server has taken the job and a place for it: within `seconds`. Raises PistonFailed."""
        session = cls(await _connected(client))
        try:
            session.say(type="init", **request)
            async with asyncio.timeout(seconds):
                async for event in session:
                    if event.type == "runtime":
                        return session
        except TimeoutError:
            await session.close()
            raise PistonFailed(f"{SERVER} did not answer in time ({seconds:g} s).") from None
        except BaseException:
            await session.close()
            raise
        await session.close()
        raise PistonFailed(_BROKEN_OFF)

    def say(self, **message: Any) -> None:
        # Half characters are replaced: no UTF-8 can hold them.
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        self._outbox.put_nowait(text.encode(errors="replace").decode())

    async def __aiter__(self) -> AsyncIterator[Event]:
        """Raises PistonFailed when the server says that it failed, or says what no Piston does."""
        with suppress(ConnectionClosed):
            async for frame in self._connection:
                try:
                    event = Event.model_validate_json(frame)
                except ValidationError:
                    raise PistonFailed(f"{SERVER} answered with something else than Piston does.") from None
                if event.type == "error":
                    raise _failed(event)
                yield event

    def abort(self) -> None:
        """End it now; the iteration ends."""
        if self._aborting is None:
            self._aborting = asyncio.create_task(self._abort())

    async def close(self) -> None:
        self.abort()
        assert self._aborting is not None
        await asyncio.shield(self._aborting)

    async def _abort(self) -> None:
        self._writing.cancel()
        await asyncio.wait([self._writing])
        await self._connection.close()

    async def _write(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                await self._connection.send(await self._outbox.get())


async def _connected(client: PistonClient) -> ClientConnection:
    try:
        return await connect(
            client.socket_url,
            additional_headers=client.socket_headers,
            open_timeout=CONNECT_SECONDS,
            close_timeout=CONNECT_SECONDS,
            max_size=ANSWER_MAX,
            compression=None,
        )
    except InvalidStatus as error:
        response = error.response
        body = bytes(response.body or b"")
        raise failure(response.status_code, body, response.headers.get("retry-after", "")) from None
    except TimeoutError:
        raise PistonFailed(f"{SERVER} did not answer in time ({CONNECT_SECONDS:g} s).") from None
    except (InvalidHandshake, EOFError):
        raise PistonFailed(_BROKEN_OFF) from None
    except OSError as error:
        raise PistonFailed(f"{SERVER} cannot be reached ({error}). Is it running, and is PISTON_URL right?") from None


def _failed(event: Event) -> PistonFailed:
    if event.retry_after is not None:
        return Busy(event.retry_after)
    return failure(400, json.dumps({"message": event.message or ""}).encode())
