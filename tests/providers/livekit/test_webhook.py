"""What LiveKit reports, and what others would like us to believe that it does."""

from livekit import api

from tests.api import Browser
from tests.providers.livekit.conftest import World
from tests.providers.livekit.standin import KEY, SECRET, report, signed


def joined(room: str, participant: api.ParticipantInfo) -> api.WebhookEvent:
    return api.WebhookEvent(event="participant_joined", room=api.Room(name=room), participant=participant, id="EV_1")


async def refused(browser: Browser, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    answer = await browser.post("/api/webhooks/livekit", content=body, headers=headers)
    return answer.status_code, answer.json()["code"]


async def test_only_what_livekit_signed_is_believed(world: World) -> None:
    body = report(api.WebhookEvent(event="room_started", room=api.Room(name="r")))
    browser = world.browser()
    other = "another-secret-of-more-than-32-characters"
    join_token = (
        api.AccessToken(KEY, SECRET).with_identity("eve").with_grants(api.VideoGrants(room_join=True, room="r"))
    )
    kind = {"content-type": "application/webhook+json"}
    no = (401, "unauthenticated")
    assert await refused(browser, body + b" ", signed(body)) == no, "tampered"
    assert await refused(browser, body, signed(body, sha=False)) == no, "without the body's hash"
    assert await refused(browser, body, signed(body, minutes=-2)) == no, "expired"
    assert await refused(browser, body, signed(body, secret=other)) == no, "another secret"
    assert await refused(browser, body, signed(body, key="APIother")) == no, "another key"
    assert await refused(browser, body, {**kind, "authorization": join_token.to_jwt()}) == no, "a person's own token"
    assert await refused(browser, body, {**kind, "authorization": "nonsense"}) == no
    assert await refused(browser, body, kind) == no
    assert await refused(browser, b"\xff", signed(b"\xff")) == no
    assert await world.report(api.WebhookEvent(event="room_started", room=api.Room(name="r"))) == 204


async def test_what_is_signed_but_cannot_be_read_is_said_to_be(world: World) -> None:
    for body in (b"[3]", b"{", b'{"room": 3}'):
        assert await refused(world.browser(), body, signed(body)) == (400, "bad_webhook")


async def test_new_fields_and_events_of_a_later_livekit_are_no_trouble(world: World) -> None:
    body = b'{"event": "moon_landed", "id": "EV_9", "moon": {"crater": 3}, "createdAt": "1"}'
    answer = await world.browser().post("/api/webhooks/livekit", content=body, headers=signed(body))
    assert answer.status_code == 204


async def test_who_belongs_here_stays(world: World) -> None:
    ada = await world.person("Ada")
    session = await ada.create()
    mine = await world.enter(ada, session)
    for _ in range(2):
        assert await world.report(joined(session["callId"], mine)) == 204
    assert world.livekit.asked == []


async def test_who_comes_with_an_old_token_is_shown_out_again(world: World) -> None:
    """A token is good for minutes, whatever is decided meanwhile."""
    ada = await world.person("Ada")
    session = await ada.create()
    guest = await world.guest(ada, session)
    kept = await world.enter(guest, session)
    await ada.call("DELETE", f"/api/sessions/{session['id']}/members/{guest.me['id']}")
    await world.settled()
    world.livekit.rooms[session["callId"]] = [kept.identity]
    for _ in range(2):  # the same report again is as good as once
        assert await world.report(joined(session["callId"], kept)) == 204
        assert world.livekit.rooms[session["callId"]] == []


async def test_nobody_opens_the_call_of_an_ended_session_again(world: World) -> None:
    ada = await world.person("Ada")
    session = await ada.create()
    mine = await world.enter(ada, session)
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    await world.settled()
    world.livekit.rooms[session["callId"]] = [mine.identity]
    await world.report(joined(session["callId"], mine))
    assert world.livekit.rooms[session["callId"]] == []


async def test_a_badge_opens_no_other_room_and_for_nobody_else(world: World) -> None:
    ada = await world.person("Ada")
    one, two = await ada.create(), await ada.create()
    mine = await world.enter(ada, one)
    world.livekit.rooms[two["callId"]] = [mine.identity]
    await world.report(joined(two["callId"], mine))
    assert world.livekit.rooms[two["callId"]] == []


async def test_recorders_and_agents_of_the_operator_are_let_be(world: World) -> None:
    for participant in (
        api.ParticipantInfo(identity="EG_1", kind=api.ParticipantInfo.Kind.EGRESS),
        api.ParticipantInfo(identity="agent", metadata="{}"),
        api.ParticipantInfo(identity="agent", metadata='{"sessionId":"s","personId":"p","role":"host"}'),
        api.ParticipantInfo(identity="agent", metadata="\x00not json"),
    ):
        assert await world.report(joined("any", participant)) == 204
    assert world.livekit.asked == []


async def test_a_report_that_could_not_be_acted_on_is_asked_for_again(world: World) -> None:
    ada = await world.person("Ada")
    session = await ada.create()
    mine = await world.enter(ada, session)
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    await world.settled()
    world.livekit.fault = 503
    assert await world.report(joined(session["callId"], mine)) == 503
