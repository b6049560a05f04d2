"""LiveKit's own HTTP (Twirp): rooms, participants, recordings."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import aiohttp
from google.protobuf.message import DecodeError
from livekit import api

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.providers.livekit.access import LiveKitKeys, belongs_to

TIMEOUT_SECONDS = 10.0
CHECK_SECONDS = 4.0  # somebody waits at a terminal; shorter than what the vendor's client would try again


class LiveKitUnavailable(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Kind.UNAVAILABLE,
            "livekit_unavailable",
            "The call's server does not answer right now. Try again in a moment.",
            retry_after=5,
        )


class LiveKitServer:
    """Everything raises LiveKitUnavailable when LiveKit cannot be reached, refuses us, or answers nonsense."""

    def __init__(self, keys: LiveKitKeys, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._keys = keys
        self._timeout = timeout

    async def delete_room(self, room: str) -> None:
        """Everybody is disconnected, recordings end. A room that is not there is as good."""
        async with self.client() as client:
            with missing_is_fine():
                await client.room.delete_room(api.DeleteRoomRequest(room=room))

    async def remove_person(self, room: str, person: PersonId) -> None:
        """Every window of theirs leaves the call. Who is not in it is as good."""
        async with self.client() as client:
            for identity in await _identities(client, room):
                if belongs_to(identity, person):
                    await _remove(client, room, identity)

    async def remove(self, room: str, identity: str) -> None:
        async with self.client() as client:
            await _remove(client, room, identity)

    async def check(self) -> str | None:
        """For the operator: None when LiveKit answers and takes our keys."""
        try:
            async with self._connected(CHECK_SECONDS) as client:
                await client.room.list_rooms(api.ListRoomsRequest(names=["-"]))
        except api.ServerError as error:
            if error.status in (401, 403):
                return (
                    f"LiveKit at {self._keys.host} refuses the keys: "
                    "compare LIVEKIT_API_KEY and LIVEKIT_API_SECRET with its configuration"
                )
            return f"LiveKit at {self._keys.host} answers {error.status}: look at its log"
        except (aiohttp.ClientError, OSError, TimeoutError, DecodeError, ValueError) as error:
            said = str(error) or type(error).__name__
            return f"LiveKit at {self._keys.host} does not answer ({said}): check LIVEKIT_URL and that it runs"
        return None

    @asynccontextmanager
    async def client(self) -> AsyncIterator[api.LiveKitAPI]:
        """For several questions in a row. Refusals of ours pass through."""
        try:
            async with self._connected(self._timeout) as client:
                yield client
        except api.ServerError as error:
            raise LiveKitUnavailable from error
        except (aiohttp.ClientError, OSError, TimeoutError, DecodeError, ValueError) as error:
            raise LiveKitUnavailable from error

    @asynccontextmanager
    async def _connected(self, seconds: float) -> AsyncIterator[api.LiveKitAPI]:
        """A client of its own each time: we call when a session ends or somebody leaves, not for every request."""
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with asyncio.timeout(seconds * 3), aiohttp.ClientSession(timeout=timeout) as http:
            keys = self._keys
            yield api.LiveKitAPI(keys.url, keys.key, keys.secret, session=http, timeout=timeout)


@contextmanager
def missing_is_fine() -> Iterator[None]:
    try:
        yield
    except api.ServerError as error:
        if error.code != api.ServerErrorCode.NOT_FOUND:
            raise


async def _identities(client: api.LiveKitAPI, room: str) -> list[str]:
    with missing_is_fine():
        there = await client.room.list_participants(api.ListParticipantsRequest(room=room))
        return [participant.identity for participant in there.participants]
    return []


async def _remove(client: api.LiveKitAPI, room: str, identity: str) -> None:
    with missing_is_fine():
        await client.room.remove_participant(api.RoomParticipantIdentity(room=room, identity=identity))
