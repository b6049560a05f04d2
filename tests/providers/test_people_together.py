"""People with accounts of every kind in one room, and what is left when one of them is erased. All over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.api import Browser
from tests.providers.clerk import Clerk, delivery
from tests.providers.conftest import issuer_of, keys_of, signed_in
from tests.providers.openid import OpenId
from tests.providers.product import Product, product
from tests.room.yjs import eventually, refusal, yjs

ME = "/api/auth/me"


@pytest.fixture
async def everything(clerk: Clerk, openid: OpenId, tmp_path: Path) -> AsyncIterator[Product]:
    async with product(tmp_path / "data", **keys_of(clerk), **issuer_of(openid)) as made:
        clerk.origin = f"http://localhost:{made.port}"
        yield made


async def by_clerk(product: Product, clerk: Clerk, name: str) -> Browser:
    clerk.add(f"user_{name}")
    browser = product.browser(**clerk.bearer(f"user_{name}"))
    browser.me = (await browser.call("GET", ME))["user"]
    return browser


async def by_openid(product: Product, openid: OpenId, name: str) -> Browser:
    openid.be(name)
    browser = product.browser()
    await signed_in(browser)
    browser.me = (await browser.call("GET", ME))["user"]
    return browser


async def by_invite(product: Product, token: str, name: str) -> Browser:
    browser = product.browser()
    await browser.call("POST", f"/api/invites/{token}/accept", {"name": name})
    browser.me = (await browser.call("GET", ME))["user"]
    return browser


def socket_url(product: Product, session: dict[str, Any], ticket: str) -> str:
    return f"ws://127.0.0.1:{product.port}/api/sessions/{session['id']}/doc?ticket={ticket}"


async def test_four_kinds_of_people_meet(everything: Product, clerk: Clerk, openid: OpenId) -> None:
    host = await everything.account("Hostess")
    session = await host.create(capacity=4)
    carol, olga = await by_clerk(everything, clerk, "carol"), await by_openid(everything, openid, "olga")
    for joining in (carol, olga):
        await joining.call("POST", f"/api/sessions/{session['id']}/join")
    guest = await by_invite(everything, await host.invite(session), "Gus")
    people = [host, carol, olga, guest]
    kinds = [(one.me["provider"], one.me["guest"]) for one in people]
    assert kinds == [(None, False), ("clerk", False), ("oidc", False), (None, True)]
    for one in people:
        await one.call(
            "POST", f"/api/sessions/{session['id']}/messages", {"text": f"I am {one.me['name']}"}, status=201
        )
    for one in people:
        said = (await one.call("GET", f"/api/sessions/{session['id']}/messages"))["messages"]
        assert {message["text"] for message in said} == {f"I am {other.me['name']}" for other in people}
    tickets = [(await one.call("POST", "/api/auth/ticket"))["ticket"] for one in people]
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(yjs(socket_url(everything, session, one))) for one in tickets]
        for number, client in enumerate(clients):
            client.text.insert(0, f"# written by {number}\n")
        await eventually(lambda: all(f"written by {n}" in one.read() for n in range(4) for one in clients))
    assert await refusal(socket_url(everything, session, tickets[1])) == (401, "unauthenticated")


async def gone(product: Product, how: str, clerk: Clerk, openid: OpenId) -> tuple[Browser, Browser, Any]:
    """Who is going to be erased, who stays, and their session."""
    if how == "openid":
        leaving = await by_openid(product, openid, "olga")
    else:
        leaving = await by_clerk(product, clerk, "olga")
    stays = await product.account("Ada")
    session = await leaving.create()
    await stays.call("POST", f"/api/sessions/{session['id']}/join")
    text = {"text": "Hello, I am here"}
    await leaving.call("POST", f"/api/sessions/{session['id']}/messages", text, status=201)
    return leaving, stays, session


@pytest.mark.parametrize("how", ["clerk", "openid", "clerk's event", "inngest's event"])
async def test_the_erased_are_gone_and_the_others_still_read(
    everything: Product, clerk: Clerk, openid: OpenId, how: str
) -> None:
    leaving, stays, session = await gone(everything, how, clerk, openid)
    token = (await leaving.call("POST", "/api/auth/tokens", status=201))["token"]
    ticket = (await leaving.call("POST", "/api/auth/ticket"))["ticket"]
    open_socket = socket_url(everything, session, (await leaving.call("POST", "/api/auth/ticket"))["ticket"])
    async with yjs(open_socket) as client:
        await erase(everything, leaving, how)
        assert await client.closed() in (4403, 4409)
    assert (await leaving.get(ME)).status_code == 401
    by_token = await everything.browser().get(ME, headers={"authorization": f"Bearer {token}"})
    assert by_token.status_code == 401
    assert await refusal(socket_url(everything, session, ticket)) == (401, "unauthenticated")
    read = (await stays.call("GET", f"/api/sessions/{session['id']}"))["session"]
    assert (read["status"], read["host"]["name"], read["host"]["profileImage"]) == ("completed", "Somebody", None)
    said = await stays.get(f"/api/sessions/{session['id']}/messages")
    assert "Hello, I am here" in said.text
    mine = await stays.get("/api/sessions/my-sessions")
    assert session["id"] in mine.text
    assert not any("Olga" in answer.text for answer in (said, mine)), "nothing but what they said is left"


async def erase(product: Product, leaving: Browser, how: str) -> None:
    if how == "clerk's event":
        sent = delivery("user.deleted", {"id": "user_olga", "object": "user", "deleted": True})
        answer = await product.browser().post("/api/webhooks/clerk", content=sent.body, headers=sent.headers)
        assert answer.status_code == 204
        await product.events_done()
    elif how == "inngest's event":  # what its function is called with
        await product.platform.events.send("clerk/user.deleted", {"id": "user_olga", "deleted": True})
        await product.events_done()
    else:
        await leaving.call("DELETE", ME, status=204)


async def test_a_stolen_cookie_of_yesterday_erases_nobody(
    everything: Product, openid: OpenId, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga = await by_openid(everything, openid, "olga")
    monkeypatch.setattr("interview_platform.accounts.service.FRESH_SECONDS", -1)
    assert await olga.refused("DELETE", ME) == (403, "sign_in_again")


async def test_many_first_sights_at_once_by_both_ways(everything: Product, clerk: Clerk) -> None:
    """The page asks while the webhook arrives: one person."""
    user = clerk.add("user_olga")
    sent = delivery("user.created", user)
    page = everything.browser(**clerk.bearer("user_olga"))
    hook = everything.browser().post("/api/webhooks/clerk", content=sent.body, headers=sent.headers)
    answers = await asyncio.gather(page.get(ME), hook, page.get(ME))
    assert [answer.status_code for answer in answers] == [200, 204, 200]
    await everything.events_done()
    ids = {(await page.call("GET", ME))["user"]["id"], *(answers[n].json()["user"]["id"] for n in (0, 2))}
    assert len(ids) == 1
