"""What the page `/check` asks before a call: servers to gather addresses from, bytes to time (its echo: the socket)."""

import secrets
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query, Request, Response

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person, PersonId
from interview_platform.call.turn import MeshCalls
from interview_platform.call.views import CheckIceAnswer
from interview_platform.kit.errors import unauthenticated
from interview_platform.kit.http import NO_STORE, answer, client_address, documented
from interview_platform.kit.ids import digest
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.sessions.invites import InviteService

CREDENTIAL_SECONDS = 10 * 60  # a check takes half a minute; what a relay carries beyond this is not a check
SAMPLE_BYTES = 512 * 1024  # two seconds on the slowest line that carries a call
_TOKEN_MAX = 200  # ours have 43 characters


class CheckLimits(NamedTuple):
    servers: Limit = Limit(20, 600)
    """Credentials per person or invite: somebody who moves through the house with a laptop, not a script."""
    servers_address: Limit = Limit(200, 600)
    """Credentials per address: a class behind one."""
    sample: Limit = Limit(60, 600)
    """Samples per address: 30 MB."""
    echo: Limit = Limit(120, 600)
    """Echo sockets per address."""


@dataclass(frozen=True, slots=True)
class ConnectionCheck:
    """Rules of the check. Credentials of the relay are for who has an account, is a guest, or holds an invite: a relay
    that anybody may use is somebody else's proxy by tomorrow.
    """

    calls: MeshCalls
    invites: InviteService
    servers: RateLimiter
    servers_address: RateLimiter
    samples: RateLimiter

    @classmethod
    def of(cls, calls: MeshCalls, invites: InviteService, limits: CheckLimits | None = None) -> "ConnectionCheck":
        limits = limits or CheckLimits()
        message = "You have checked the connection very often. Try again in a few minutes."
        made = (RateLimiter(limit, message=message) for limit in limits[:3])
        return cls(calls, invites, *made)

    async def ice_servers(self, person: Person | None, invite: str | None, *, address: str) -> CheckIceAnswer:
        """Raises unauthenticated, invite_not_found, session_completed, too_fast."""
        # The address first: who tries invites must not learn of one, however many they try.
        self.servers_address.take(address)
        who = await self._who(person, invite)
        self.servers.take(who)
        given = self.calls.ice_servers(PersonId(who), CREDENTIAL_SECONDS)
        return CheckIceAnswer(ice_servers=given.ice_servers, expires_at=given.expires_at)

    async def _who(self, person: Person | None, invite: str | None) -> str:
        """The relay's name for them. It stands in the relay's log: nothing in it opens a door."""
        if person is not None:
            return person.id
        if invite is None:
            raise unauthenticated()
        await self.invites.preview(invite, None)
        return f"invite-{digest(invite)[:16]}"


def router(check: ConnectionCheck, identity: Identity) -> APIRouter:
    routes = APIRouter()

    @routes.get("/api/check/ice", operation_id="getCheckIceServers", responses=documented(CheckIceAnswer))
    async def ice_servers(
        request: Request, invite: Annotated[str | None, Query(max_length=_TOKEN_MAX)] = None
    ) -> Response:
        """STUN and relay servers to try before a call, for who is signed in, a guest, or holds an invite."""
        person = await identity.optional(request)
        return answer(await check.ice_servers(person, invite, address=client_address(request)))

    @routes.get(
        "/api/check/sample",
        operation_id="getCheckSample",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}}},
    )
    async def sample(request: Request) -> Response:
        """Bytes that no proxy can make smaller, to time the way from this server."""
        check.samples.take(client_address(request))
        return Response(secrets.token_bytes(SAMPLE_BYTES), headers=NO_STORE, media_type="application/octet-stream")

    return routes
