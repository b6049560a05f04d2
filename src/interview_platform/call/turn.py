"""How browsers find each other: STUN, and credentials for the relay (coturn's `use-auth-secret`)."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interview_platform.accounts.model import Person, PersonId
from interview_platform.call.views import CallConfigAnswer, IceServerView
from interview_platform.kit.clock import now_ms, rfc3339
from interview_platform.sessions.model import Role, Session

CREDENTIAL_SECONDS = 6 * 3600  # longer than an interview: the relay asks for them again and again while it lasts


@dataclass(frozen=True, slots=True)
class Turn:
    urls: tuple[str, ...]
    secret: str

    def credentials(self, person: PersonId, expires: int) -> tuple[str, str]:
        """User name and password that the relay accepts until `expires` (seconds since 1970)."""
        username = f"{expires}:{person}"
        signed = hmac.new(self.secret.encode(), username.encode(), hashlib.sha1).digest()  # the scheme says SHA-1
        return username, base64.b64encode(signed).decode()


class MeshCalls:
    """Browser to browser; implements ports.CallProvider. `turn` None: no relay, they must reach each other directly."""

    def __init__(self, stun_urls: Sequence[str], turn: Turn | None, clock: Callable[[], int] = now_ms) -> None:
        self._stun_urls = tuple(stun_urls)
        self._turn = turn
        self._clock = clock

    async def config(self, session: Session, person: Person, role: Role) -> CallConfigAnswer:
        del session, role
        return self.ice_servers(person.id)

    def ice_servers(self, person: PersonId, seconds: int = CREDENTIAL_SECONDS) -> CallConfigAnswer:
        """The relay accepts what is given here for `seconds`."""
        servers = [IceServerView(urls=list(self._stun_urls))] if self._stun_urls else []
        if self._turn is None:
            return CallConfigAnswer(provider="mesh", ice_servers=servers, expires_at=None)
        expires = self._clock() // 1000 + seconds
        username, credential = self._turn.credentials(person, expires)
        servers.append(IceServerView(urls=list(self._turn.urls), username=username, credential=credential))
        return CallConfigAnswer(provider="mesh", ice_servers=servers, expires_at=rfc3339(expires * 1000))
