"""LiveKit's rooms follow our sessions, also when it was away meanwhile."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from interview_platform.events.service import EventService
from interview_platform.providers.livekit.access import LiveKitKeys
from interview_platform.providers.livekit.follow import follow
from interview_platform.providers.livekit.server import LiveKitServer
from interview_platform.sessions.model import Session, SessionId
from interview_platform.storage.events import SqlEventStore
from interview_platform.storage.open import open_database
from tests.providers.livekit.conftest import World
from tests.providers.livekit.standin import KEY, SECRET, LiveKitStandIn, livekit_stand_in
from tests.sessions.test_policy import OPEN


class Late:
    """Events on a clock of the test's."""

    def __init__(self, livekit: LiveKitStandIn, store: SqlEventStore) -> None:
        self.livekit = livekit
        self.now = 1_800_000_000_000
        self.session: Session | None = OPEN
        self.events = EventService(store, clock=lambda: self.now)
        follow(self.events, LiveKitServer(LiveKitKeys(livekit.url, KEY, SECRET)), self._find)

    async def _find(self, id: SessionId) -> Session | None:
        return self.session if self.session and self.session.id == id else None


@pytest.fixture
async def late(tmp_path: Path) -> AsyncIterator[Late]:
    database = await open_database(None, tmp_path)
    async with livekit_stand_in() as livekit:
        yield Late(livekit, SqlEventStore(database))
    await database.close()


async def test_the_end_of_a_session_ends_the_call(world: World) -> None:
    ada = await world.person("Ada")
    session = await ada.create()
    await world.enter(ada, session)
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    await world.settled()
    assert world.livekit.rooms == {}


async def test_an_end_is_told_until_livekit_answers(late: Late) -> None:
    late.livekit.rooms[OPEN.call_id] = ["host:1"]
    late.livekit.fault = 503
    await late.events.send("session/ended", {"sessionId": OPEN.id})
    for _ in range(5):
        await late.events.work_off()
        late.now += 600_000
    assert late.livekit.rooms
    late.livekit.fault = None
    await late.events.work_off()
    assert late.livekit.rooms == {}
    assert await late.events.waiting(dead=False) == []


async def test_ended_twice_or_of_an_unknown_session_is_well(late: Late) -> None:
    for id in (OPEN.id, OPEN.id, "unknown"):
        await late.events.send("session/ended", {"sessionId": id})
    await late.events.work_off()
    assert await late.events.waiting(dead=False) == []
    assert await late.events.waiting(dead=True) == []


async def test_who_left_or_was_removed_leaves_the_call(world: World) -> None:
    ada, ben = await world.person("Ada"), await world.person("Ben")
    session = await ada.create(capacity=4)
    path = f"/api/sessions/{session['id']}"
    guest = await world.guest(ada, session)
    await ben.call("POST", f"{path}/join")
    mine = await world.enter(ada, session)
    await world.enter(ben, session)
    await world.enter(guest, session)
    await world.enter(guest, session)
    await ben.call("POST", f"{path}/leave")
    await ada.call("DELETE", f"{path}/members/{guest.me['id']}")
    await world.settled()
    assert world.livekit.rooms[session["callId"]] == [mine.identity]


@pytest.mark.parametrize("change", [{"admitted": False}, {"role": "observer"}])
async def test_who_is_sent_back_or_only_watches_leaves_the_call(world: World, change: dict[str, object]) -> None:
    ada = await world.person("Ada")
    session = await ada.create(capacity=4)
    guest, other = await world.guest(ada, session), await world.guest(ada, session)
    stays = [(await world.enter(one, session)).identity for one in (ada, other)]
    await world.enter(guest, session)
    path = f"/api/sessions/{session['id']}/members"
    await ada.call("PATCH", f"{path}/{other.me['id']}", {"role": "interviewer"})
    await ada.call("PATCH", f"{path}/{guest.me['id']}", change)
    await world.settled()
    assert world.livekit.rooms[session["callId"]] == stays


async def test_who_came_back_meanwhile_is_left_alone(late: Late) -> None:
    late.livekit.rooms[OPEN.call_id] = ["candidate:1", "left:1"]
    for person in ("candidate", "left"):
        await late.events.send("session/left", {"sessionId": OPEN.id, "personId": person})
    await late.events.work_off()
    assert late.livekit.rooms[OPEN.call_id] == ["candidate:1"]


async def test_who_signed_out_somewhere_has_to_come_in_again(world: World) -> None:
    ada, ben = await world.person("Ada"), await world.person("Ben")
    session = await ada.create()
    await ben.call("POST", f"/api/sessions/{session['id']}/join")
    mine, _ = await world.enter(ada, session), await world.enter(ben, session)
    await ben.call("POST", "/api/auth/logout", status=204)
    await world.settled()
    assert world.livekit.rooms[session["callId"]] == [mine.identity]


async def test_who_is_erased_leaves_the_calls(world: World) -> None:
    ada, ben = await world.person("Ada"), await world.person("Ben")
    session = await ada.create()
    await ben.call("POST", f"/api/sessions/{session['id']}/join")
    mine, _ = await world.enter(ada, session), await world.enter(ben, session)
    await ben.call("DELETE", "/api/auth/me", status=204)
    await world.settled()
    assert world.livekit.rooms[session["callId"]] == [mine.identity]
    await ada.call("DELETE", "/api/auth/me", status=204)
    await world.settled()
    assert world.livekit.rooms == {}
