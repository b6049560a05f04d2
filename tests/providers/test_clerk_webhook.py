"""Clerk's webhooks, signed and delivered as Svix does it, and the events they become."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from interview_platform.accounts.model import Person
from interview_platform.events.model import Delivery as Waiting
from interview_platform.kit.errors import StorageUnavailable
from tests.providers.clerk import Clerk, Delivery, delivery, user_object
from tests.providers.product import Product

PATH = "/api/webhooks/clerk"


async def post(product: Product, sent: Delivery) -> tuple[int, str]:
    answer = await product.browser().post(PATH, content=sent.body, headers=sent.headers)
    return answer.status_code, answer.json()["code"] if answer.content else ""


async def told(product: Product, kind: str, data: dict[str, Any], id: str = "msg_1") -> None:
    """Delivered and worked off."""
    assert await post(product, delivery(kind, data, id=id)) == (204, "")
    await product.events_done()


async def person(product: Product, id: str = "user_eve") -> Person | None:
    return await product.platform.stores.people.by_external("clerk", id)


async def dead(product: Product) -> list[Waiting]:
    return await product.platform.events.waiting(dead=True)


async def test_users_are_kept_in_step(clerked: Product, clerk: Clerk) -> None:
    await told(clerked, "user.created", user_object("user_eve"))
    eve = await person(clerked)
    assert eve
    assert (eve.name, eve.email) == ("Eve Example", "eve@example.org")
    changed = user_object("user_eve", last_name="Married", updated_at=1_700_000_000_001)
    await told(clerked, "user.updated", changed, "msg_2")
    eve_later = await person(clerked)
    assert eve_later
    assert (eve_later.id, eve_later.name) == (eve.id, "Eve Married")
    assert (await clerked.browser(**clerk.bearer("user_eve")).call("GET", "/api/auth/me"))["user"]["id"] == eve.id
    assert "/v1/users/user_eve" not in clerk.app.asked
    await told(clerked, "user.deleted", {"id": "user_eve", "object": "user", "deleted": True}, "msg_3")
    assert await person(clerked) is None
    answer = await clerked.browser().get("/api/auth/me", headers=clerk.bearer("user_eve"))
    assert (answer.status_code, answer.json()["code"]) == (401, "account_erased")


async def test_nothing_but_what_is_needed_waits(clerked: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Waiting] = []
    events: Any = clerked.platform.events
    monkeypatch.setattr(events._store, "add", _noting(kept))
    assert await post(clerked, delivery("user.created", user_object("user_eve"))) == (204, "")
    assert [(one.name, one.function) for one in kept] == [("clerk/user.created", "sync-user")]
    assert kept[0].data["id"] == "user_eve"
    assert "private_metadata" not in kept[0].data


def _noting(kept: list[Waiting]) -> Any:
    async def add(deliveries: list[Waiting]) -> None:
        kept.extend(deliveries)

    return add


def _changed(sent: Delivery, **headers: str | None) -> Delivery:
    said = sent.headers | {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    return Delivery(sent.body, {k: v for k, v in said.items() if headers.get(k.replace("-", "_"), "") is not None})


EVE = user_object("user_eve")
GOOD = ("user.created", EVE)
WRONG: dict[str, Callable[[], Delivery]] = {
    "tampered": lambda: Delivery(delivery(*GOOD).body.replace(b"Eve", b"Eva"), delivery(*GOOD).headers),
    "old": lambda: delivery(*GOOD, age=timedelta(minutes=6)),
    "from the future": lambda: delivery(*GOOD, age=timedelta(minutes=-6)),
    "another's secret": lambda: delivery(*GOOD, secret="whsec_YW5vdGhlciBzZWNyZXQ="),
    "no signature": lambda: _changed(delivery(*GOOD), svix_signature=None),
    "no id": lambda: _changed(delivery(*GOOD), svix_id=None),
    "another id": lambda: _changed(delivery(*GOOD), svix_id="msg_2"),
    "no time": lambda: _changed(delivery(*GOOD), svix_timestamp=None),
    "no number for a time": lambda: _changed(delivery(*GOOD), svix_timestamp="now"),
    "a garbled signature": lambda: _changed(delivery(*GOOD), svix_signature="v1"),
    "no base64": lambda: _changed(delivery(*GOOD), svix_signature="v1,$"),
    "an empty signature": lambda: _changed(delivery(*GOOD), svix_signature="v1,"),
    "not even text": lambda: Delivery(b"\xff\xfe", delivery(*GOOD).headers),
}


async def test_what_is_not_signed_by_clerk_is_refused(clerked: Product) -> None:
    for what, made in WRONG.items():
        assert await post(clerked, made()) == (401, "bad_signature"), what
    await clerked.events_done()
    assert await person(clerked) is None


async def test_what_is_signed_but_no_user(clerked: Product) -> None:
    for body in ({"id": 7}, {"id": "user_eve", "email_addresses": "none"}):
        assert await post(clerked, delivery("user.created", body)) == (400, "malformed")
    sent = delivery("session.created", {"id": "sess_1"})
    assert await post(clerked, sent) == (204, ""), "it may be sent, it is none of ours"
    await clerked.events_done()
    assert await dead(clerked) == []


async def test_a_replay_changes_nothing(clerked: Product) -> None:
    old = delivery("user.created", EVE, id="msg_1")
    for _ in range(3):
        assert await post(clerked, old) == (204, "")
    await clerked.events_done()
    await told(clerked, "user.updated", EVE | {"first_name": "Eva", "updated_at": EVE["updated_at"] + 5}, "msg_2")
    assert await post(clerked, old) == (204, "")
    await clerked.events_done()
    eve = await person(clerked)
    assert eve
    assert eve.name == "Eva Example"


async def test_a_replay_while_it_waits_is_one_event(clerked: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise StorageUnavailable

    monkeypatch.setattr(clerked.platform.stores.people, "add_external", away)
    sent = delivery("user.created", EVE)
    for _ in range(3):
        assert await post(clerked, sent) == (204, "")
    assert len(await clerked.waiting()) == 1
    monkeypatch.undo()


async def test_events_in_any_order_end_the_same(clerked: Product) -> None:
    words = [(name, EVE["updated_at"] + n) for n, name in enumerate(("First", "Second", "Third"))]
    for number, order in enumerate(((2, 0, 1), (1, 2, 0), (0, 2, 1))):
        id = f"user_{number}"
        for n in order:
            name, at = words[n]
            kind = "user.created" if n == 0 else "user.updated"
            await told(clerked, kind, user_object(id, first_name=name, updated_at=at), f"msg_{number}_{n}")
        found = await person(clerked, id)
        assert found
        assert found.name == "Third Example", order


async def test_who_was_deleted_stays_deleted(clerked: Product) -> None:
    """Also when the word of it is quicker than the word of their coming."""
    await told(clerked, "user.deleted", {"id": "user_eve", "deleted": True})
    await told(clerked, "user.deleted", {"id": "user_eve", "deleted": True}, "msg_2")
    await told(clerked, "user.created", EVE, "msg_3")
    await told(clerked, "user.updated", EVE | {"updated_at": EVE["updated_at"] + 9}, "msg_4")
    assert await person(clerked) is None
    assert await dead(clerked) == []


async def test_a_storage_that_is_away_loses_nothing(clerked: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise StorageUnavailable

    events: Any = clerked.platform.events
    monkeypatch.setattr(events._store, "add", away)
    status, code = await post(clerked, delivery("user.created", EVE))
    assert (status, code) == (503, "storage_unavailable"), "Svix tries again"
    monkeypatch.undo()


async def test_an_event_that_is_none_is_dead_at_once_and_says_why(clerked: Product) -> None:
    """Inngest passes on whatever it was sent."""
    await clerked.platform.events.send("clerk/user.updated", {"id": None, "secret": "hush"})
    await clerked.events_done()
    (one,) = await dead(clerked)
    assert "no user of Clerk's: id" in one.error
    assert "hush" not in one.error
