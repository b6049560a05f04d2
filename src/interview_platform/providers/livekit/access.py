"""The keys, and what they sign: who may enter a call. Made here, so LiveKit being away keeps nobody from a token."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from livekit import api
from pydantic import BaseModel, ValidationError

from interview_platform.accounts.model import Person, PersonId
from interview_platform.call.views import CallConfigAnswer, LiveKitView
from interview_platform.kit.clock import now_ms, rfc3339
from interview_platform.kit.ids import new_id
from interview_platform.sessions.model import Role, Session, SessionId

TOKEN_SECONDS = 300
"""A token only opens the door: who is inside is given new ones by LiveKit. Short, because it outlives what we decide
later; five minutes forgive clocks that differ."""
_SOURCES = ["camera", "microphone", "screen_share", "screen_share_audio"]
_CLOUD = ".livekit.cloud"


@dataclass(frozen=True, slots=True)
class LiveKitKeys:
    url: str
    key: str
    secret: str = field(repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def secure(self) -> bool:
        return urlsplit(self.url).scheme in ("wss", "https")

    @property
    def socket_url(self) -> str:
        """What a browser connects to."""
        return f"{'wss' if self.secure else 'ws'}://{self.host}{urlsplit(self.url).path.rstrip('/')}"

    @property
    def browser_sources(self) -> tuple[str, ...]:
        """Where browsers go, for the content security policy: a socket, and HTTP to find out why one does not open."""
        hosts = [self.host]
        if self.host.endswith(_CLOUD):
            hosts.append(f"*{_CLOUD}")  # it sends each browser to its nearest region
        schemes = ("wss", "https") if self.secure else ("ws", "http")
        return tuple(f"{scheme}://{host}" for host in hosts for scheme in schemes)


class Badge(BaseModel):
    """What a participant carries as metadata, signed by us: browsers may not change it."""

    sessionId: SessionId  # noqa: N815 - as it is sent
    personId: PersonId  # noqa: N815
    role: Role


def badge_of(metadata: str) -> Badge | None:
    """None: this participant did not come by a token of ours."""
    try:
        return Badge.model_validate_json(metadata)
    except ValidationError:
        return None


def belongs_to(identity: str, person: PersonId) -> bool:
    """Identities are `<person>:<random>`: LiveKit throws out a second one of the same, and two windows are two."""
    return identity.partition(":")[0] == person


class LiveKitCalls:
    """Implements call.ports.CallProvider."""

    def __init__(self, keys: LiveKitKeys, clock: Callable[[], int] = now_ms) -> None:
        self._keys = keys
        self._clock = clock

    async def config(self, session: Session, person: Person, role: Role) -> CallConfigAnswer:
        expires = self._clock() + TOKEN_SECONDS * 1000
        view = LiveKitView(url=self._keys.socket_url, token=self._token(session, person, role))
        return CallConfigAnswer(provider="livekit", ice_servers=[], expires_at=rfc3339(expires), livekit=view)

    def _token(self, session: Session, person: Person, role: Role) -> str:
        token = api.AccessToken(self._keys.key, self._keys.secret)
        token.with_identity(f"{person.id}:{new_id(8)}").with_name(person.name)
        token.with_metadata(json.dumps({"sessionId": session.id, "personId": person.id, "role": role.value}))
        token.with_ttl(timedelta(seconds=TOKEN_SECONDS))
        return token.with_grants(grants_of(session, role)).to_jwt()


def grants_of(session: Session, role: Role) -> api.VideoGrants:
    """Observers are refused before anybody asks for a token; should one get here, it opens nothing."""
    if role is Role.OBSERVER:
        return api.VideoGrants(can_publish=False, can_subscribe=False, can_publish_data=False)
    return api.VideoGrants(
        room_join=True,
        room=session.call_id,
        room_admin=True if role is Role.HOST else None,
        can_publish=True,
        can_publish_sources=_SOURCES,
        can_subscribe=True,
        can_publish_data=False,  # chat is ours
        can_update_own_metadata=False,  # it says who somebody is
    )
