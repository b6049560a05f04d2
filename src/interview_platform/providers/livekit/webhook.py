"""What LiveKit reports: who came in, how a recording goes. `POST /api/webhooks/livekit`, signed with our own secret."""

from collections.abc import Awaitable, Callable

import structlog
from fastapi import APIRouter, Request, Response
from google.protobuf.json_format import ParseError
from livekit import api

from interview_platform.accounts.model import Person, PersonId
from interview_platform.call.recording import Recordings
from interview_platform.kit.errors import Kind, Refusal, unauthenticated
from interview_platform.kit.ids import plausible
from interview_platform.providers.livekit.access import LiveKitKeys, badge_of, belongs_to
from interview_platform.providers.livekit.recorder import session_of
from interview_platform.providers.livekit.server import LiveKitServer
from interview_platform.sessions.model import Session, SessionId
from interview_platform.sessions.policy import Access, Action

log = structlog.get_logger(__name__)

FindSession = Callable[[SessionId], Awaitable[Session | None]]
FindPerson = Callable[[PersonId], Awaitable[Person | None]]


def router(keys: LiveKitKeys, reports: "Reports") -> APIRouter:
    routes = APIRouter()
    receiver = api.WebhookReceiver(api.TokenVerifier(keys.key, keys.secret))

    @routes.post("/api/webhooks/livekit", include_in_schema=False)
    async def report(request: Request) -> Response:
        await reports.take(_verified(receiver, await request.body(), request.headers.get("authorization") or ""))
        return Response(status_code=204)

    return routes


def _verified(receiver: api.WebhookReceiver, body: bytes, token: str) -> api.WebhookEvent:
    """Raises unauthenticated for what LiveKit did not sign, bad_request for what cannot be read."""
    try:
        return receiver.receive(body.decode(), token.removeprefix("Bearer "))
    except ParseError as error:  # signed, so it comes from a LiveKit that we do not understand
        raise Refusal(Kind.BAD_REQUEST, "bad_webhook", "This report cannot be read.") from error
    except Exception as error:  # whatever the vendor's code trips over, it is not what they signed
        log.warning("livekit.webhook_refused", reason=type(error).__name__)
        raise unauthenticated() from error


class Reports:
    """Does something about each report; the same one again changes nothing.

    Raises Kind.UNAVAILABLE when LiveKit or the database is away: LiveKit then sends the report again.
    """

    def __init__(self, server: LiveKitServer, recordings: Recordings, session: FindSession, person: FindPerson) -> None:
        self._server = server
        self._recordings = recordings
        self._session = session
        self._person = person

    async def take(self, event: api.WebhookEvent) -> None:
        match event.event:
            case "participant_joined":
                await self._joined(event.room.name, event.participant)
            case "egress_started" | "egress_updated" | "egress_ended":
                await self._recorded(event.egress_info)

    async def _joined(self, room: str, participant: api.ParticipantInfo) -> None:
        """A token outlives what was decided since: who may not be here any more is shown out again."""
        badge = badge_of(participant.metadata)
        if badge is None or not belongs_to(participant.identity, badge.personId):
            return  # a recorder, an agent of the operator's
        session, person = await self._session(badge.sessionId), await self._person(badge.personId)
        here = session is not None and session.call_id == room
        if session is not None and here and person and Access(session, person).may(Action.CALL):
            return
        log.info("livekit.shown_out", session=badge.sessionId, person=badge.personId)
        await self._server.remove(room, participant.identity)

    async def _recorded(self, info: api.EgressInfo) -> None:
        id = session_of(info)
        session = await self._session(id) if id is not None and plausible(id) else None
        if session is None or session.call_id != info.room_name:
            return
        if info.error:
            log.error("livekit.recording_failed", session=id, recording=info.egress_id, error=info.error)
        if info.status == api.EgressStatus.EGRESS_ACTIVE:
            await self._recordings.started(session, info.egress_id)
        elif info.status > api.EgressStatus.EGRESS_ENDING:
            files = [one.location or one.filename for one in info.file_results]
            log.info("livekit.recorded", session=id, recording=info.egress_id, files=files)
            await self._recordings.ended(session, info.egress_id)
