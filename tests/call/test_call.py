"""Who is in the call, and whose signals go to whom."""

import random

import pytest

from interview_platform.call.service import PEERS_MAX, Call, CallFull, Media, NotInCall, Peer

ON = Media(audio=True, video=True, screen=False)
MUTED = Media(audio=False, video=True, screen=True)


def peer(connection: str, person: str = "") -> Peer:
    return Peer(connection, person or connection, connection.upper(), ON)


def order(call: Call) -> list[str]:
    return [one.connection_id for one in call.peers()]


def test_peers_are_in_the_order_of_joining() -> None:
    call = Call()
    for name in "abc":
        call.join(peer(name))
    assert call.leave("a")
    call.join(peer("a"))
    assert order(call) == ["b", "c", "a"]
    assert call.peers()[0].model_dump() == {
        "connection_id": "b",
        "person_id": "b",
        "name": "B",
        "audio": True,
        "video": True,
        "screen": False,
    }


def test_joining_again_changes_the_media_and_not_the_place() -> None:
    call = Call()
    call.join(peer("a"))
    call.join(peer("b"))
    call.join(Peer("a", "a", "A", MUTED))
    assert order(call) == ["a", "b"]
    assert call.peers()[0].screen
    call.show("b", MUTED)
    assert not call.peers()[1].audio
    with pytest.raises(NotInCall):
        call.show("c", ON)


def test_a_full_call_refuses_another_person() -> None:
    call = Call()
    for number in range(PEERS_MAX):
        call.join(peer(f"p{number}"))
    with pytest.raises(CallFull) as refused:
        call.join(peer("late"))
    assert refused.value.code == "call_full"
    call.join(Peer("p0", "p0", "P0", MUTED))
    assert len(order(call)) == PEERS_MAX


def test_in_a_full_call_a_new_connection_replaces_the_person_s_oldest() -> None:
    """After a cut network the server may hold the dead connection for a while."""
    call = Call()
    for number in range(PEERS_MAX):
        call.join(peer(f"p{number}"))
    call.join(peer("again", "p1"))
    assert order(call) == ["p0", "p2", "p3", "again"]
    assert not call.leave("p1")


def test_a_new_connection_replaces_the_one_it_names() -> None:
    call = Call()
    call.join(peer("dead", "ada"))
    call.join(peer("ben"))
    call.join(peer("again", "ada"), replaces="dead")
    assert order(call) == ["ben", "again"]
    assert not call.leave("dead"), "its ping fails later: nothing changes any more"


@pytest.mark.parametrize("named", ["ben", "unknown", "again", ""])
def test_nobody_replaces_another_person_or_themselves(named: str) -> None:
    call = Call()
    call.join(peer("tab", "ada"))
    call.join(peer("ben"))
    for _ in range(2):
        call.join(peer("again", "ada"), replaces=named)
    assert order(call) == ["tab", "ben", "again"]


def test_in_a_full_call_only_the_named_connection_makes_room() -> None:
    call = Call()
    for number in range(PEERS_MAX - 1):
        call.join(peer(f"tab{number}", "ada"))
    call.join(peer("ben"))
    call.join(peer("again", "ada"), replaces="tab1")
    assert order(call) == ["tab0", "tab2", "ben", "again"]


def test_signals_go_between_two_peers_only() -> None:
    call = Call()
    call.join(peer("a"))
    call.join(peer("b"))
    call.check_signal("a", "b")
    for sender, receiver in (("a", "c"), ("c", "a"), ("a", "a"), ("c", "d")):
        with pytest.raises(NotInCall):
            call.check_signal(sender, receiver)


@pytest.mark.parametrize("seed", range(20))
def test_a_call_never_has_more_than_it_may(seed: int) -> None:
    chance, call = random.Random(seed), Call()
    for _ in range(200):
        connection = f"c{chance.randrange(8)}"
        if chance.random() < 0.4:
            call.leave(connection)
            assert connection not in order(call)
            continue
        try:
            call.join(peer(connection, f"p{chance.randrange(6)}"))
        except CallFull:
            assert len(order(call)) == PEERS_MAX
        else:
            assert connection in order(call)
        assert len(set(order(call))) == len(order(call)) <= PEERS_MAX
