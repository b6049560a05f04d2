"""LiveKit's HTTP, well and ill."""

from collections.abc import AsyncIterator

import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.providers.livekit.access import LiveKitKeys
from interview_platform.providers.livekit.server import LiveKitServer
from tests.providers.livekit.standin import KEY, SECRET, LiveKitStandIn, livekit_stand_in
from tests.serving import free_port

ADA = PersonId("ada")
FAULTS: list[int | bytes] = [429, 500, 503, b"<html>no message</html>", 0]


@pytest.fixture
async def livekit() -> AsyncIterator[LiveKitStandIn]:
    async with livekit_stand_in() as made:
        yield made


def server_of(livekit: LiveKitStandIn, *, secret: str = SECRET, timeout: float = 0.3) -> LiveKitServer:
    return LiveKitServer(LiveKitKeys(livekit.url, KEY, secret), timeout=timeout)


async def test_a_room_is_deleted_once_and_again(livekit: LiveKitStandIn) -> None:
    livekit.rooms["room"] = ["ada:1"]
    server = server_of(livekit, timeout=5)
    await server.delete_room("room")
    await server.delete_room("room")
    assert (livekit.rooms, livekit.asked) == ({}, ["DeleteRoom", "DeleteRoom"])


async def test_every_window_of_one_person_leaves(livekit: LiveKitStandIn) -> None:
    livekit.rooms["room"] = ["ada:1", "adam:1", "ben:1", "ada:2", "EG_recorder"]
    server = server_of(livekit, timeout=5)
    await server.remove_person("room", ADA)
    await server.remove_person("room", ADA)
    await server.remove_person("no room", ADA)
    await server.remove("room", "ada:1")
    assert livekit.rooms["room"] == ["adam:1", "ben:1", "EG_recorder"]


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_wrong_with_livekit_is_one_refusal(livekit: LiveKitStandIn, fault: int | bytes) -> None:
    livekit.fault = fault
    with pytest.raises(Refusal) as refused:
        await server_of(livekit).remove_person("room", ADA)
    assert (refused.value.kind, refused.value.code) == (Kind.UNAVAILABLE, "livekit_unavailable")
    assert SECRET not in str(refused.value)


async def test_check_is_silent_when_all_is_well(livekit: LiveKitStandIn) -> None:
    assert await server_of(livekit, timeout=5).check() is None
    assert livekit.asked == ["ListRooms"]


async def test_check_says_what_is_wrong(livekit: LiveKitStandIn) -> None:
    wrong = await server_of(livekit, secret="another-secret-of-more-than-32-characters").check()
    assert wrong is not None
    assert "LIVEKIT_API_SECRET" in wrong
    livekit.fault = 500
    assert "answers 500" in (await server_of(livekit).check() or "")
    nobody = LiveKitServer(LiveKitKeys(f"ws://127.0.0.1:{free_port()}", KEY, SECRET))
    assert "does not answer" in (await nobody.check() or "")
