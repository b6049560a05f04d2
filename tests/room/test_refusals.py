"""Who is not let in, and who is sent away again."""

import asyncio

import pytest
from pycrdt import Doc, Text

from interview_platform.room.limits import Bucket, RoomLimits
from interview_platform.room.wire import UPDATE, encode_var_uint, sync_message
from interview_platform.sessions.model import Role, Visibility
from interview_platform.storage.database import Database
from tests.room.world import World, world_of
from tests.room.yjs import YClient, eventually, refusal, yjs

BOTH = pytest.mark.parametrize("socket", ["doc", "events"])


@BOTH
async def test_before_the_handshake(world: World, socket: str) -> None:
    host, stranger = await world.somebody("Ada"), await world.somebody("Eve")
    open_one = await world.session(host)
    private = await world.session(host, visibility=Visibility.PRIVATE)
    url = world.url(open_one, socket)
    assert await refusal(url) == (401, "unauthenticated")
    assert await refusal(url, {"Cookie": "interview_session=wrong"}) == (401, "unauthenticated")
    assert await refusal(url + "?ticket=wrong", host.headers) == (401, "unauthenticated")
    assert await refusal(url, stranger.headers) == (403, "forbidden")
    assert await refusal(world.url(private, socket), stranger.headers) == (404, "not_found")
    assert await refusal(world.url("nosuchsession", socket), host.headers) == (404, "not_found")
    assert await refusal(world.url("%00", socket), host.headers) == (404, "not_found")
    assert await refusal(world.url(open_one, "else"), host.headers) == (404, "not_found")
    foreign = {**host.headers, "Origin": "https://evil.example"}
    assert await refusal(url, foreign) == (403, "foreign_origin")
    ticket = world.api.tickets.issue(host.person.id)
    assert await refusal(f"{url}?ticket={ticket}", {"Origin": "null"}) == (403, "foreign_origin")


async def test_our_own_pages_are_let_in(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    own = {**host.headers, "Origin": f"http://127.0.0.1:{world.port}"}
    async with yjs(world.url(session), own):
        pass


async def test_the_public_address_behind_a_proxy_counts_as_our_own(database: Database) -> None:
    async with world_of(database, client_url="https://interviews.example.org") as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with yjs(world.url(session), {**host.headers, "Origin": "https://interviews.example.org"}):
            pass


async def test_a_ticket_opens_one_socket(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    url = world.url(session, query=f"?ticket={world.api.tickets.issue(host.person.id)}&acks=1")
    async with yjs(url) as ada:
        await eventually(lambda: ada.acked == 1)
    assert await refusal(url) == (401, "unauthenticated")


async def test_one_person_has_a_limited_number_of_sockets(database: Database) -> None:
    async with world_of(database, RoomLimits(seats_per_person=2)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session)
        async with yjs(url, host.headers), yjs(url, host.headers):
            assert await refusal(url, host.headers) == (429, "too_many_connections")
            async with yjs(url, guest.headers):
                pass
        async with yjs(url, host.headers):
            pass


async def test_a_session_that_has_ended_closes_at_once(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    await world.api.sessions.end(session.id, host.person)
    async with yjs(world.url(session), host.headers, synced=False) as ada:
        assert await ada.closed() == 4409


async def test_the_end_closes_after_all_is_written(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with yjs(world.url(session, query="?acks=1"), host.headers) as ada:
        world.timeline.gate.clear()
        ada.text.insert(0, "last words ")
        await eventually(lambda: "last words" in world.rooms.rooms._live[session.id].document.files()["solution.py"])
        ending = asyncio.create_task(world.api.sessions.end(session.id, host.person))
        ada.text.insert(0, "perhaps too late ")
        world.timeline.gate.set()
        await ending
        assert await ada.closed() == 4409
        assert ada.acked >= 2
    record = await world.rooms.records.of(await world.api.sessions.access(session.id, host.person))
    assert "last words" in record.files[1].text


async def test_the_end_while_the_document_is_opened(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    world.timeline.slow_opening = asyncio.Event()
    async with yjs(world.url(session), host.headers, synced=False) as ada:
        await eventually(lambda: world.timeline.opened == 1)
        ending = asyncio.create_task(world.api.sessions.end(session.id, host.person))
        await eventually(lambda: session.id in world.rooms.rooms._opening)
        world.timeline.slow_opening.set()
        await ending
        assert await ada.closed() == 4409
    live = world.rooms.rooms._live[session.id]
    assert live._frozen
    assert not live.peers


async def test_who_is_removed_or_leaves_is_sent_away(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    ben, cleo = await world.admit(session, "Ben"), await world.admit(session, "Cleo")
    url = world.url(session)
    async with yjs(url, host.headers) as kept, yjs(url, ben.headers) as removed, yjs(url, cleo.headers) as leaving:
        await world.api.sessions.remove(session.id, ben.person.id, host.person)
        assert await removed.closed() == 4403
        await world.api.sessions.leave(session.id, cleo.person)
        assert await leaving.closed() == 4403
        assert kept.close_code is None
    assert await refusal(url, ben.headers) == (403, "forbidden")


async def test_access_lost_while_the_document_is_opened(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    ben = await world.admit(session, "Ben")
    world.timeline.slow_opening = asyncio.Event()
    async with yjs(world.url(session), ben.headers, synced=False) as client:
        await eventually(lambda: world.timeline.opened == 1)
        await world.api.sessions.remove(session.id, ben.person.id, host.person)
        world.timeline.slow_opening.set()
        assert await client.closed() == 4403


GARBAGE: list[bytes | str] = [
    b"",
    b"\x00",
    b"\x07",
    b"\x00\x02",
    b"\x00\x02\x05\x00",
    b"\x00\x05\x01\x00",
    b"\x00\x02\x02\x00\x00\x00",
    b"\x03\x00",
    b"\x78\x01",
    b"\x01\x01\xff",
    b"\x00\x00\x04" + b"\xc6\xee\x94\x67",
    sync_message(UPDATE, b"\xc6\xee\x94\x67"),
    sync_message(UPDATE, b"\x00"),
    sync_message(UPDATE, bytes.fromhex("010101000401017402c3")),
    "text",
]


async def test_garbage_closes_its_sender_only(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session)
    async with yjs(url, host.headers) as ada:
        seen = len(ada.frames)
        for frame in GARBAGE:
            async with yjs(url, guest.headers) as ben:
                assert ben.socket is not None
                await ben.socket.send(frame)
                assert await ben.closed() == 4400, frame
        assert ada.frames[seen:] == [], "nothing of it was passed on"
        async with yjs(url, guest.headers) as again:
            ada.text.insert(0, "goes on ")
            await eventually(lambda: "goes on" in again.read())


async def test_a_frame_too_large(database: Database) -> None:
    async with world_of(database, RoomLimits(frame_bytes=10_000)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with yjs(world.url(session), host.headers) as ada:
            ada.text.insert(0, "x" * 9_000)
            ada.text.insert(0, "x" * 10_000)
            assert await ada.closed() == 4413
        async with yjs(world.url(session), host.headers) as again:
            assert len(again.read()) < 10_000


async def test_a_document_too_large_takes_only_deletions(database: Database) -> None:
    async with world_of(database, RoomLimits(document_bytes=10_000)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        url = world.url(session)
        async with yjs(url, host.headers) as ada:
            ada.text.insert(0, "x" * 9_000)
            ada.text.insert(0, "y" * 2_000)
            assert await ada.closed() == 4413
        async with yjs(url, host.headers) as ada, yjs(url, host.headers) as other:
            assert "y" not in ada.read()
            del ada.text[0:8_000]
            await eventually(lambda: len(other.read()) < 2_000)
            ada.text.insert(0, "z" * 2_000)
            await eventually(lambda: "z" in other.read())


async def test_too_fast(database: Database) -> None:
    async with world_of(database, RoomLimits(messages_burst=50.0, messages_per_second=1.0)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with yjs(world.url(session), host.headers) as ada:
            for _ in range(60):
                ada.text.insert(0, "x")
            assert await ada.closed() == 4429


async def test_too_many_bytes(database: Database) -> None:
    async with world_of(database, RoomLimits(bytes_burst=5_000.0, bytes_per_second=1.0)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        async with yjs(world.url(session), host.headers) as ada:
            ada.text.insert(0, "x" * 6_000)
            assert await ada.closed() == 4429


async def test_all_tabs_of_a_person_share_one_allowance_and_coming_back_fills_nothing_up(database: Database) -> None:
    async with world_of(database, RoomLimits(messages_burst=50.0, messages_per_second=1e-6)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        url = world.url(session)
        async with yjs(url, guest.headers) as ben, yjs(url, host.headers) as first, yjs(url, host.headers) as second:
            for _ in range(30):
                first.text.insert(0, "x")
            await eventually(lambda: ben.read().startswith("x" * 30))
            for _ in range(30):
                second.text.insert(0, "y")
            assert await second.closed() == 4429
            assert first.close_code is None, "who says nothing is not sent away"
            async with yjs(url, host.headers, synced=False) as again:
                assert await again.closed() == 4429
            ben.text.insert(0, "has an own one ")
            await eventually(lambda: "has an own one" in first.read())
        other = await world.session(host)
        async with yjs(world.url(other), host.headers) as elsewhere:
            elsewhere.text.insert(0, "so has every session ")


async def test_a_correction_is_paid_for_by_who_made_it_necessary(database: Database) -> None:
    async with world_of(database, RoomLimits(bytes_burst=250_000.0, bytes_per_second=1e-6)) as world:
        host = await world.somebody("Ada")
        session = await world.session(host)
        guest = await world.admit(session, "Ben")
        async with yjs(world.url(session), host.headers) as ada, yjs(world.url(session), guest.headers) as ben:
            ada.text.insert(0, "a\r" * 50_000)
            await eventually(lambda: "\r" not in ben.read() and "a\n" in ben.read())
            ben.text.insert(0, "b" * 60_000)
            await eventually(lambda: "bbb" in ada.read())
            ada.text.insert(0, "c" * 60_000)
            assert await ada.closed() == 4429
            assert ben.close_code is None


def test_a_bucket_may_owe() -> None:
    bucket = Bucket(rate=1e-6, burst=10.0)
    bucket.spend(25.0)
    assert not bucket.take()
    assert bucket.tokens == pytest.approx(-15.0, abs=0.01)


async def test_what_builds_on_nothing_is_neither_passed_on_nor_acknowledged(world: World) -> None:
    """An update whose dependencies are missing, e.g. with a huge clock: asked about, then refused."""
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with (
        yjs(world.url(session), host.headers) as ada,
        yjs(world.url(session, query="?acks=1"), guest.headers) as ben,
    ):
        await eventually(lambda: ben.acked == 1)
        frames = len(ada.frames)
        far = bytes.fromhex("0101") + encode_var_uint(77) + encode_var_uint(3_000_000_000)
        ben.send(sync_message(UPDATE, far + bytes.fromhex("0401017401") + b"x" + b"\x00"))
        # Asked for all it has, the client answers with what it has: nothing new, but complete.
        await eventually(lambda: ben.acked == 3)
        assert ada.frames[frames:] == []
        assert encode_var_uint(77) not in world.rooms.rooms._live[session.id].document.known
        ben.text.insert(0, "heals ")
        await eventually(lambda: "heals" in ada.read())
        await eventually(lambda: ben.acked == 4)


async def test_a_client_that_cannot_be_completed_is_refused(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    other: Doc[Text] = Doc()
    changes: list[bytes] = []
    subscription = other.observe(lambda event: changes.append(event.update))
    text = other.get("t", type=Text)
    for letter in "abc":
        text += letter
    other.unobserve(subscription)

    class Incomplete(YClient):
        def _take_sync(self, step: int, payload: bytes) -> None:
            if step == 0:
                self.send(sync_message(1, changes[2]))
            else:
                super()._take_sync(step, payload)

    async with yjs(world.url(session, query="?acks=1"), host.headers, Incomplete()) as ada:
        assert await ada.closed() == 4400
        assert ada.acked == 0
    assert "t" not in dict(world.rooms.rooms._live[session.id].document._doc.items())


async def test_observers_answer_the_handshake_without_being_denied(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    watcher = await world.admit(session, "Oz", Role.OBSERVER)
    async with yjs(world.url(session), watcher.headers) as oz:
        oz.send(sync_message(1, b"\x00\x00"))
        oz.show({"user": {"name": "Oz"}})
        oz.send(sync_message(1, oz.doc.get_update()))
        await eventually(lambda: len(oz.denied) == 1)
