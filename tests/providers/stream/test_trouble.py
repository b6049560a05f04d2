"""Stream away, slow, refusing or talking nonsense: no session is blocked or lost, and in the end all is in step."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.requests import Request
from starlette.responses import Response

from interview_platform.events.model import Permanent
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.providers.stream.client import StreamClient
from interview_platform.providers.stream.sync import PAUSE_SECONDS
from interview_platform.providers.stream.tokens import Tokens
from interview_platform.storage.database import Database
from tests.providers.stream.stand_in import KEY, SECRET, StandIn, refusal, standing_in
from tests.providers.stream.world import World, world_of
from tests.serving import free_port

Answer = Callable[[Request], Awaitable[Response | None]]


def always(response: Response) -> Answer:
    async def answer(_: Request) -> Response:
        return response

    return answer


async def hang(_: Request) -> Response:
    await asyncio.sleep(60)  # it is cancelled when the client goes, long before
    raise AssertionError


async def drop(_: Request) -> Response:
    """The connection ends in the middle of the answer."""
    return Response(b'{"call"', headers={"content-length": "1000"})


LATER = {
    "429": always(refusal(429, "too many requests")),
    "500": always(refusal(500, "internal")),
    "502 of a proxy": always(Response("<html>Bad Gateway</html>", 502, media_type="text/html")),
    "503": always(Response(b"", 503)),
    "keys that are not right yet": always(refusal(401, "signature")),
    "not allowed yet": always(refusal(403, "suspended")),
    "redirect": always(Response(status_code=302, headers={"location": "http://127.0.0.1:1/"})),
    "html": always(Response("<html>Sign in to the WiFi</html>", 200, media_type="text/html")),
    "empty": always(Response(b"", 200)),
    "half": always(Response(b'{"call": {', 200)),
    "another shape": always(Response(b'{"call": [], "channel": 7, "members": "x"}', 200)),
    "a list": always(Response(b"[]", 200)),
}


async def interview(world: World) -> None:
    """A session is created, joined and ended. Nothing of it may fail or wait."""
    host, other = await world.api.person("Ada"), await world.api.person("Ben")
    session = await host.create()
    await world.events.work_off()
    await other.call("POST", f"/api/sessions/{session['id']}/join")
    await world.events.work_off()
    await host.call("POST", f"/api/sessions/{session['id']}/end")
    await world.events.work_off()


@pytest.mark.parametrize("how", LATER)
async def test_what_may_get_better_is_tried_until_it_does(world: World, stream: StandIn, how: str) -> None:
    host, other = await world.api.person("Ada"), await world.api.person("Ben")
    stream.trouble = LATER[how]
    session = await host.create()
    await other.call("POST", f"/api/sessions/{session['id']}/join")
    await world.events.work_off()
    waiting = await world.events.waiting(dead=False)
    assert len(waiting) == 2
    assert stream.calls == {}
    stream.trouble = None
    await world.settle()
    both = {host.me["id"], other.me["id"]}
    assert stream.calls[session["callId"]].members.keys() == stream.channels[session["callId"]].members == both
    stream.trouble = LATER[how]
    await host.call("POST", f"/api/sessions/{session['id']}/end")
    await world.events.work_off()
    stream.trouble = None
    await world.settle()
    assert await world.dead() == []
    if how != "another shape":  # an answer to a deletion is not read beyond its being Stream's
        assert (stream.calls, stream.channels) == ({}, {})


@pytest.mark.parametrize("how", [hang, drop])
async def test_no_answer_in_time_is_tried_again(database: Database, stream: StandIn, how: Answer) -> None:
    async with standing_in(stream) as url, world_of(database, stream, url, seconds=1.0) as world:
        stream.trouble = how
        await interview(world)
        waiting = await world.events.waiting(dead=False)
        assert "session/ended" in {one.name for one in waiting}  # the others may have been tried again after the end
        assert all("POST /api/v2/" in one.error and SECRET not in one.error for one in waiting)
        stream.trouble = None
        await world.settle()
        assert await world.dead() == []


async def test_down_during_a_whole_session_and_back_afterwards(database: Database, stream: StandIn) -> None:
    port = free_port()
    async with world_of(database, stream, f"http://127.0.0.1:{port}") as world:
        host, other = await world.api.person("Ada"), await world.api.person("Ben")
        lost = await host.create()
        kept = await host.create()
        for session in (lost, kept):
            await other.call("POST", f"/api/sessions/{session['id']}/join")
            await world.events.work_off()
        await host.call("POST", f"/api/sessions/{lost['id']}/end")
        await world.events.work_off()
        assert len(await world.events.waiting(dead=False)) > 2
        async with standing_in(stream, port):
            await world.settle()
            assert list(stream.calls) == list(stream.channels) == [kept["callId"]]
            assert stream.calls[kept["callId"]].members == {host.me["id"]: "host", other.me["id"]: "user"}
        await host.call("POST", f"/api/sessions/{kept['id']}/end")
        await world.events.work_off()
        async with standing_in(stream, port):
            await world.settle()
        assert (stream.calls, stream.channels) == ({}, {})
        assert await world.dead() == []


@pytest.mark.parametrize("nth", range(12))
async def test_breaking_off_anywhere_changes_nothing_about_the_outcome(world: World, stream: StandIn, nth: int) -> None:
    """One request of the whole story fails, before it is done or (odd ones) after."""
    count = 0

    async def once(_: Request) -> Response | None:
        nonlocal count
        count += 1
        return refusal(503, "not now") if count == nth + 1 else None

    stream.trouble = once
    host, other = await world.api.person("Ada"), await world.api.person("Ben")
    session = await host.create()
    await world.settle()
    await other.call("POST", f"/api/sessions/{session['id']}/join")
    await world.settle()
    both = {host.me["id"], other.me["id"]}
    assert stream.calls[session["callId"]].members.keys() == stream.channels[session["callId"]].members == both
    await host.call("DELETE", f"/api/sessions/{session['id']}/members/{other.me['id']}")
    await world.settle()
    assert stream.calls[session["callId"]].members.keys() == {host.me["id"]}
    assert stream.calls[session["callId"]].blocked == {other.me["id"]}
    await host.call("POST", f"/api/sessions/{session['id']}/end")
    await world.settle()
    assert (stream.calls, stream.channels) == ({}, {})
    assert await world.dead() == []


async def test_what_will_never_do_is_shown_to_the_operator_and_can_be_tried_again(
    world: World, stream: StandIn
) -> None:
    stream.trouble = always(refusal(400, 'call type "default" does not\u0007 exist' + "!" * 1000))
    host = await world.api.person("Ada")
    session = await host.create()
    await world.settle()
    [dead] = await world.events.waiting(dead=True)
    assert dead.error.startswith('Stream: POST /api/v2/users was refused with 400: call type "default" does not exist')
    assert len(dead.error) < 500
    stream.trouble = None
    await world.events.revive(dead.id)
    await world.settle()
    assert list(stream.calls) == [session["callId"]]


async def test_the_room_has_its_own_call_while_stream_is_away(world: World, stream: StandIn) -> None:
    stream.trouble = LATER["503"]
    host = await world.api.person("Ada")
    session = await host.create()
    answer = await world.call(session, host)
    assert (answer.provider, answer.stream) == ("mesh", None)
    assert answer.ice_servers
    asked = len(stream.asked)
    assert (await world.call(session, host)).stream is None
    assert len(stream.asked) == asked, "not everybody who comes waits for it"
    stream.trouble = None
    world.clock.ahead_ms += round(PAUSE_SECONDS * 1000) + 1
    answer = await world.call(session, host)
    assert (answer.provider, answer.stream is not None) == ("stream", True)
    asked = len(stream.asked)
    assert (await world.call(session, host)).stream is not None
    assert len(stream.asked) == asked, "what is in step is not compared again"


async def test_a_slow_stream_holds_nobody_up(world: World, stream: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interview_platform.providers.stream.sync.READY_SECONDS", 0.1)
    stream.trouble = hang
    host = await world.api.person("Ada")
    session = await host.create()
    assert (await world.call(session, host)).stream is None


async def test_hopeless_refusals_leave_the_room_its_own_call_too(world: World, stream: StandIn) -> None:
    stream.trouble = always(refusal(400, "no"))
    host = await world.api.person("Ada")
    assert (await world.call(await host.create(), host)).stream is None


async def _client(url: str, secret: str = SECRET, seconds: float = 5.0) -> StreamClient:
    return StreamClient(Tokens(KEY, secret), url, seconds=seconds)


async def test_the_operator_is_told_whether_it_answers(stream: StandIn) -> None:
    async with standing_in(stream) as url:
        client = await _client(url, seconds=1.0)
        assert await client.check() is None
        for trouble, said in (
            (hang, "in time"),
            (LATER["429"], "refused with 429: too many requests"),
            (LATER["html"], "something else than Stream's JSON"),
            (always(refusal(404, "no such app")), "refused with 404: no such app"),
        ):
            stream.trouble = trouble
            answer = await client.check()
            assert answer is not None
            assert said in answer
            assert "STREAM_API_KEY" in answer
        await client.close()
        stream.trouble = None
        forged = await _client(url, "another-secret-of-the-same-length-as-the-right-one-has")
        answer = await forged.check()
        assert answer is not None
        assert "401" in answer
        assert "another-secret" not in answer
        await forged.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "nonsense"])
async def test_an_address_that_leads_nowhere_is_said(url: str) -> None:
    client = await _client(url)
    answer = await client.check()
    assert answer is not None
    assert "did not get through" in answer
    await client.close()


async def test_refusals_are_told_apart(stream: StandIn) -> None:
    async with standing_in(stream) as url:
        client = await _client(url)
        for status in (401, 403, 408, 429, 500, 503, 504, 302):
            stream.trouble = always(refusal(status, "x"))
            with pytest.raises(Refusal) as refused:
                await client.upsert_users([{"id": "a", "name": "A"}])
            assert (refused.value.kind, refused.value.code) == (Kind.UNAVAILABLE, "stream_unavailable")
        for status in (400, 404, 405, 413, 422):
            stream.trouble = always(refusal(status, "x"))
            with pytest.raises(Permanent):
                await client.upsert_users([{"id": "a", "name": "A"}])
        stream.trouble = always(refusal(404, "gone"))
        # What is gone need not be taken away.
        await client.end_call("c")
        await client.delete_channel("c")
        await client.delete_user("u")
        await client.block("c", "u")
        await client.close()


async def test_an_id_cannot_lead_elsewhere(stream: StandIn) -> None:
    async with standing_in(stream) as url:
        client = await _client(url)
        await client.delete_channel("../../users/x?y=1#z")
        assert stream.asked == []  # no route has it: it stays one part of the path
        await client.close()
