"""Stream's tokens: signed here with the API secret, never asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import jwt

from interview_platform.accounts.model import Person, PersonId
from interview_platform.kit.clock import now_ms

USER_SECONDS = 6 * 3600  # longer than an interview, as the relay's credentials; a browser may ask for another
SKEW_SECONDS = 5  # Stream's clock may be behind ours: a token from the future is refused


@dataclass(frozen=True, slots=True)
class Tokens:
    """Implements chat's `ChatTokens`."""

    api_key: str
    secret: str = field(repr=False)
    clock: Callable[[], int] = now_ms

    def issue(self, person: Person) -> str:
        """For the person's browser: chat, and whatever Stream lets its users do."""
        return self._signed(self._of(person.id))

    def for_call(self, person: PersonId, cid: str, role: str) -> str:
        """For the person's browser in one call. `cid`: type and id of the call, `default:session_…`."""
        return self._signed({**self._of(person), "call_cids": [cid], "role": role})

    def server(self) -> str:
        """For ourselves: everything. It never leaves this process but to Stream."""
        return self._signed({"server": True})

    def expires(self) -> int:
        """When a token made now ends, in seconds since 1970."""
        return self.clock() // 1000 + USER_SECONDS

    def _of(self, person: PersonId) -> dict[str, Any]:
        return {"user_id": person, "iat": self.clock() // 1000 - SKEW_SECONDS, "exp": self.expires()}

    def _signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.secret, algorithm="HS256")
