"""Tickets, and how a socket is told who opens it."""

from typing import Any

import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.accounts.tickets import PER_PERSON, SECONDS, TICKETS_MAX, Tickets
from tests.api import PASSWORD, Api, Browser

ADA, BOB = PersonId("ada"), PersonId("bob")


class Time:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_ticket_works_once() -> None:
    tickets = Tickets()
    ticket = tickets.issue(ADA)
    assert tickets.redeem(ticket) == ADA
    assert tickets.redeem(ticket) is None
    assert tickets.redeem("nonsense") is None
    assert tickets.redeem("") is None


@pytest.mark.parametrize(("after", "works"), [(SECONDS - 1, True), (SECONDS, False), (SECONDS * 9, False)])
def test_a_ticket_lives_for_a_minute(after: float, works: bool) -> None:
    time = Time()
    tickets = Tickets(time)
    ticket = tickets.issue(ADA)
    time.now = after
    assert (tickets.redeem(ticket) == ADA) is works


def test_a_person_only_pushes_their_own_oldest_out() -> None:
    tickets = Tickets()
    of_bob = tickets.issue(BOB)
    of_ada = [tickets.issue(ADA) for _ in range(PER_PERSON + 3)]
    assert [tickets.redeem(ticket) for ticket in of_ada] == [None] * 3 + [ADA] * PER_PERSON
    assert tickets.redeem(of_bob) == BOB


def test_old_ones_make_room_and_the_number_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert TICKETS_MAX > 1000
    monkeypatch.setattr("interview_platform.accounts.tickets.TICKETS_MAX", 5)
    time = Time()
    tickets = Tickets(time)
    many = [tickets.issue(PersonId(f"person{number}")) for number in range(8)]
    assert [ticket for ticket in many if tickets.redeem(ticket)] == many[3:]
    for number in range(5):
        tickets.issue(PersonId(f"person{number}"))
    time.now = SECONDS
    tickets.issue(ADA)
    assert len(tickets._issued) == 1
    assert tickets._of.keys() == {ADA}


def scope_of(browser: Browser | None = None, query: str = "", authorization: str | None = None) -> dict[str, Any]:
    headers = []
    if browser is not None:
        headers.append((b"cookie", f"other=1; interview_session={browser.cookies['interview_session']}".encode()))
    if authorization is not None:
        headers.append((b"authorization", authorization.encode()))
    return {"type": "websocket", "headers": headers, "query_string": query.encode()}


async def test_a_socket_is_opened_by_cookie_ticket_or_bearer(api: Api) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    ticket = (await bob.call("GET", "/api/chat/token"))["token"]
    token = (await bob.call("POST", "/api/auth/tokens", {"label": "x"}, status=201))["token"]
    of_scope = api.identity.of_scope

    async def who(scope: dict[str, Any]) -> str | None:
        person = await of_scope(scope)
        return person.name if person else None

    assert await who(scope_of()) is None
    assert await who(scope_of(ada)) == "Ada"
    assert await who(scope_of(ada, "acks=1")) == "Ada"
    assert await who(scope_of(ada, f"acks=1&ticket={ticket}")) == "Bob"
    assert await who(scope_of(ada, f"ticket={ticket}")) is None  # used; and a bad ticket is not made up for by a cookie
    assert await who(scope_of(authorization=f"Bearer {token}")) == "Bob"
    assert await who(scope_of(ada, authorization="Bearer nonsense")) is None


@pytest.mark.parametrize("how", ["logout", "password", "token"])
async def test_a_ticket_does_not_outlive_what_it_was_got_with(api: Api, how: str) -> None:
    ada, bob = await api.person("Ada"), await api.person("Bob")
    of_bob = (await bob.call("GET", "/api/chat/token"))["token"]
    token = await ada.call("POST", "/api/auth/tokens", status=201)
    ticket = (await ada.call("GET", "/api/chat/token"))["token"]
    if how == "logout":
        await ada.call("POST", "/api/auth/logout", status=204)
    elif how == "password":
        change = {"password": "another good one", "currentPassword": PASSWORD}
        await ada.call("PATCH", "/api/auth/me", change)
    else:
        await ada.call("DELETE", f"/api/auth/tokens/{token['id']}", status=204)
    assert await api.identity.of_scope(scope_of(query=f"ticket={ticket}")) is None
    assert await api.identity.of_scope(scope_of(query=f"ticket={of_bob}")) is not None


async def test_the_ticket_of_an_erased_guest_opens_nothing(api: Api) -> None:
    host = await api.person()
    guest = await api.guest(await host.invite(await host.create()))
    ticket = (await guest.call("GET", "/api/chat/token"))["token"]
    await guest.call("DELETE", "/api/auth/me", status=204)
    assert await api.identity.of_scope(scope_of(query=f"ticket={ticket}")) is None
