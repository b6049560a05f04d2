"""Cursors: whose they are, what they may say, and that they go with their owner."""

import json
from typing import Any

import pytest

from interview_platform.room.awareness import Awareness, Persona, truthful_state
from interview_platform.room.limits import RoomLimits
from interview_platform.room.wire import BadFrame
from tests.room.world import World
from tests.room.yjs import cursor_entry, eventually, yjs

ADA = Persona("p1", "Ada", 3)
OWN = {"id": "p1", "name": "Ada", "color": 3}


def update(client: int, clock: int, state: Any) -> bytes:
    return b"\x01" + cursor_entry(client, clock, state)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, {}),
        ({"cursor": {"file": "a"}}, {"cursor": {"file": "a"}}),
        ({"user": OWN}, {"user": OWN}),
        ({"user": {"name": "Ada"}}, {"user": {"name": "Ada"}}),
        ({"user": {"name": "Eve", "x": 1}}, {"user": {"name": "Ada", "x": 1}}),
        ({"user": {"id": "p2", "name": "Eve", "color": 0}}, {"user": OWN}),
        ({"user": {"color": "#30bced"}}, {"user": {"color": "#30bced"}}),
        ({"user": {"color": "red;background:url(//evil)"}}, {"user": {"color": 3}}),
        ({"user": {"color": True}}, {"user": {"color": 3}}),
        ({"user": "Eve", "cursor": 1}, {"user": OWN, "cursor": 1}),
        ({"user": None}, {"user": OWN}),
        (None, None),
    ],
)
def test_a_state_names_its_own_person_only(said: Any, told: Any) -> None:
    assert json.loads(truthful_state(json.dumps(said).encode(), ADA)) == told


NO_STATES = [
    b"",
    b"x",
    b"[1]",
    b'"x"',
    b"{",
    b'{"a":}',
    b"\xff",
    b'{"a":"\xff"}',
    b'{"user":{"name":"\xff"}}',
    b'{"a":"\n"}',
    b'{"user":1,"a":' + b"[" * 7000 + b"]" * 7000 + b"}",
]


@pytest.mark.parametrize("text", NO_STATES)
def test_what_is_no_state_is_refused(text: bytes) -> None:
    with pytest.raises(BadFrame):
        truthful_state(text, ADA)


def test_an_honest_state_is_passed_on_as_it_came() -> None:
    payload = update(7, 1, {"user": OWN, "cursor": 1})
    news = Awareness(RoomLimits()).apply("tab", ADA, payload)
    assert news.as_sent
    assert b"\x01" + news.entries[7] == payload


def test_echoes_and_foreign_states_are_left_out() -> None:
    awareness, ben = Awareness(RoomLimits()), Persona("p2", "Ben", 1)
    awareness.apply("tab", ADA, update(7, 5, {"cursor": 1}))
    for clock in (5, 6):
        assert awareness.apply("ben's", ben, update(7, clock, {"cursor": 2})).entries == {}
        assert awareness.apply("ben's", ben, update(7, clock, None)).entries == {}
    assert awareness.apply("other tab", ADA, update(7, 5, {"cursor": 1})).entries == {}
    assert awareness.everything() == update(7, 5, {"cursor": 1})


def test_a_new_connection_of_the_same_person_takes_over() -> None:
    awareness = Awareness(RoomLimits())
    awareness.apply("dead", ADA, update(7, 5, {"cursor": 1}))
    assert awareness.apply("new", ADA, update(7, 6, {"cursor": 2})).entries
    assert awareness.drop("dead") == {}
    assert awareness.drop("new").keys() == {7}
    assert awareness.everything() is None


def test_a_connection_has_a_limited_number_of_cursors() -> None:
    awareness = Awareness(RoomLimits(client_ids=3))
    taken = [client for client in range(10) if awareness.apply("tab", ADA, update(client, 1, {})).entries]
    assert taken == [0, 1, 2]


@pytest.mark.parametrize("payload", [b"", b"\x01", b"\x02" + cursor_entry(1, 1, {}), b"\x00\x00", b"\xff\xff\xff\x7f"])
def test_a_payload_cut_off_is_refused(payload: bytes) -> None:
    with pytest.raises(BadFrame):
        Awareness(RoomLimits()).apply("tab", ADA, payload)


async def test_cursors_reach_the_others_and_go_with_their_owner(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    url = world.url(session)
    async with yjs(url, host.headers) as ada:
        async with yjs(url, guest.headers) as ben:
            ben.show({"user": {"id": guest.person.id, "name": "Ben", "color": 1}, "cursor": 1})
            await eventually(lambda: ben.doc.client_id in ada.cursors)
            assert ada.cursors[ben.doc.client_id]["user"]["name"] == "Ben"
            ada.show({"user": {"name": "Ben"}})
            await eventually(lambda: ada.doc.client_id in ben.cursors)
            assert ben.cursors[ada.doc.client_id] == {"user": {"name": "Ada"}}
            async with yjs(url, guest.headers) as late:
                await eventually(lambda: late.cursors.keys() == {ada.doc.client_id, ben.doc.client_id})
                assert late.cursors == ada.cursors | ben.cursors
                late.cursors.clear()
                late.send(b"\x03")
                await eventually(lambda: len(late.cursors) == 2)
            ben.show(None)
            await eventually(lambda: not ada.cursors)
            ben.show({"cursor": 2})
            await eventually(lambda: ada.cursors)
        await eventually(lambda: not ada.cursors)
