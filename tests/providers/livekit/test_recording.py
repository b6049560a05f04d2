"""Recording: the host decides, and nobody is recorded unseen."""

from pathlib import Path
from typing import Any

import pytest
from livekit import api

from tests.providers.livekit.conftest import World, world_of

ON, OFF = {"type": "call.recording", "recording": True}, {"type": "call.recording", "recording": False}


def reported(name: str, info: api.EgressInfo, status: api.EgressStatus | None = None) -> api.WebhookEvent:
    copy = api.EgressInfo.FromString(info.SerializeToString())
    if status is not None:
        copy.status = status
    return api.WebhookEvent(event=name, egress_info=copy, id="EV_2")


async def called(world: World) -> tuple[Any, dict[str, Any], str]:
    """The host in the call of their session, and the recording's address."""
    ada = await world.person("Ada")
    session = await ada.create()
    await world.enter(ada, session)
    return ada, session, f"/api/sessions/{session['id']}/recording"


async def test_the_host_starts_and_stops_and_the_room_is_told(world: World) -> None:
    ada, session, path = await called(world)
    heard = world.heard(session)
    await ada.call("POST", path, status=204)
    assert heard == [ON]
    info = world.livekit.recordings["EG_0"]
    assert info.room_composite.room_name == session["callId"]
    (output,) = info.room_composite.file_outputs
    assert output.filepath.startswith(f"recordings/{session['id']}/")
    assert output.filepath.endswith("-{time}.mp4")
    await ada.call("DELETE", path, status=204)
    assert heard == [ON, OFF]
    assert info.status == api.EgressStatus.EGRESS_COMPLETE
    assert await world.noted(session) == [("recording.started", "EG_0"), ("recording.ended", "EG_0")]


async def test_only_the_host(world: World) -> None:
    ada, session, path = await called(world)
    guest = await world.guest(ada, session, "interviewer")
    for method in ("POST", "DELETE"):
        assert await guest.refused(method, path) == (403, "not_host")
        assert await world.browser().refused(method, path) == (401, "unauthenticated")
    assert world.livekit.asked == []


async def test_what_cannot_be_done_is_told_apart(world: World) -> None:
    ada, session, path = await called(world)
    assert await ada.refused("DELETE", path) == (409, "not_recording")
    await ada.call("POST", path, status=204)
    assert await ada.refused("POST", path) == (409, "already_recording")
    empty = await ada.create()
    assert await ada.refused("POST", f"/api/sessions/{empty['id']}/recording") == (409, "nobody_in_call")
    assert await ada.refused("POST", "/api/sessions/unknown/recording") == (404, "not_found")
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert await ada.refused("DELETE", path) == (400, "session_completed")


@pytest.mark.parametrize("fault", [503, b"\xff"])
async def test_livekit_being_away_is_said(world: World, fault: int | bytes) -> None:
    ada, session, path = await called(world)
    heard = world.heard(session)
    world.livekit.fault = fault
    assert await ada.refused("POST", path) == (503, "livekit_unavailable")
    assert await ada.refused("DELETE", path) == (503, "livekit_unavailable")
    assert heard == []


@pytest.mark.parametrize("without", ["livekit_egress_path", "livekit"])
async def test_a_server_that_records_nothing_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    keys = ["livekit_url", "livekit_api_key", "livekit_api_secret"] if without == "livekit" else []
    async with world_of(tmp_path, monkeypatch, **dict.fromkeys([*keys, "livekit_egress_path"])) as world:
        ada = await world.person("Ada")
        session = await ada.create()
        path = f"/api/sessions/{session['id']}/recording"
        assert await ada.refused("POST", path) == (404, "no_recording")
        assert await ada.refused("DELETE", path) == (404, "no_recording")
        assert (await world.browser().call("GET", "/api/config"))["recording"] is False
        answer = await world.browser().post("/api/webhooks/livekit", json={})
        assert answer.status_code == (404 if without == "livekit" else 401)


async def test_reports_tell_the_room_what_it_does_not_know_yet(world: World) -> None:
    """The operator's limit ended it, or our answer was lost: LiveKit's report is the truth."""
    ada, session, path = await called(world)
    heard = world.heard(session)
    await ada.call("POST", path, status=204)
    info = world.livekit.recordings["EG_0"]
    for _ in range(2):
        assert await world.report(reported("egress_started", info)) == 204
    assert heard == [ON]
    for _ in range(2):
        await world.report(reported("egress_ended", info, api.EgressStatus.EGRESS_LIMIT_REACHED))
    assert heard == [ON, OFF]
    await world.report(reported("egress_started", info))  # an old report, once more
    assert heard == [ON, OFF]
    assert await world.noted(session) == [("recording.started", "EG_0"), ("recording.ended", "EG_0")]


async def test_a_recording_that_we_did_not_hear_begin_is_told(world: World) -> None:
    ada, session, path = await called(world)
    await ada.call("POST", path, status=204)
    heard = world.heard(session)
    info = api.EgressInfo.FromString(world.livekit.recordings["EG_0"].SerializeToString())
    info.egress_id = "EG_lost"
    await world.report(reported("egress_updated", info, api.EgressStatus.EGRESS_ACTIVE))
    assert heard == [ON]


async def test_other_recordings_of_the_operator_are_not_ours(world: World) -> None:
    ada, session, path = await called(world)
    heard = world.heard(session)
    output = api.EncodedFileOutput(filepath="audit/all.mp4")
    request = api.RoomCompositeEgressRequest(room_name=session["callId"], file_outputs=[output])
    foreign = api.EgressInfo(
        egress_id="EG_audit",
        room_name=session["callId"],
        room_composite=request,
        status=api.EgressStatus.EGRESS_ACTIVE,
    )
    world.livekit.recordings["EG_audit"] = foreign
    await world.report(reported("egress_started", foreign))
    assert await ada.refused("DELETE", path) == (409, "not_recording")
    await ada.call("POST", path, status=204)
    assert heard == [ON]
    elsewhere = api.EgressInfo.FromString(world.livekit.recordings["EG_1"].SerializeToString())
    elsewhere.room_name = "another room"
    await world.report(reported("egress_ended", elsewhere, api.EgressStatus.EGRESS_COMPLETE))
    assert heard == [ON]
