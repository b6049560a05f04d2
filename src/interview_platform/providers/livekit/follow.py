"""Keeps LiveKit in step with our sessions: durable events, tried until it answers."""

from interview_platform.accounts.model import PersonId
from interview_platform.events.model import Data
from interview_platform.events.service import EventService
from interview_platform.providers.livekit.server import LiveKitServer
from interview_platform.providers.livekit.webhook import FindSession
from interview_platform.sessions.model import Member, Role, Session, SessionId


def takes_part(session: Session, member: Member) -> bool:
    return member.role is not Role.OBSERVER and not session.waits(member)


def follow(events: EventService, server: LiveKitServer, session: FindSession) -> None:
    async def ended(data: Data) -> None:
        found = await session(SessionId(data["sessionId"]))
        if found is not None:
            await server.delete_room(found.call_id)

    async def left(data: Data) -> None:
        """By themselves, shown out, sent back, or made an observer. LiveKit may have been away until they were back."""
        found = await session(SessionId(data["sessionId"]))
        member = found and found.member(PersonId(data["personId"]))
        if found is not None and not (member and member.present and takes_part(found, member)):
            await server.remove_person(found.call_id, PersonId(data["personId"]))

    async def signed_out(data: Data) -> None:
        """One of their browsers, we do not know which: all leave, and those who still may come in again."""
        found = await session(SessionId(data["sessionId"]))
        if found is not None:
            await server.remove_person(found.call_id, PersonId(data["personId"]))

    events.on("session/ended", "livekit-delete-room", ended)
    events.on("session/left", "livekit-remove-person", left)
    events.on("session/role", "livekit-remove-observer", left)
    events.on("session/signed-out", "livekit-ask-again", signed_out)
