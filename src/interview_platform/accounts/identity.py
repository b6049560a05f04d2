"""Who is asking: from the cookie, a bearer token, or a socket's ticket. The one place that reads credentials."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from interview_platform.accounts.model import Person
from interview_platform.accounts.ports import PeopleStore, TokenVerifier
from interview_platform.accounts.tickets import Tickets
from interview_platform.kit.asgi import header
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import unauthenticated
from interview_platform.kit.ids import digest

COOKIE = "interview_session"
COOKIE_SECONDS = 30 * 24 * 3600  # people come back between the rounds of one hiring


class Identity:
    """`client_url`: the public address. When it is https, who comes by it gets a cookie for https alone, even if the
    proxy in front of us does not say how they came.
    """

    def __init__(
        self,
        people: PeopleStore,
        tickets: Tickets,
        clock: Callable[[], int] = now_ms,
        *,
        client_url: str | None = None,
        verifiers: Sequence[TokenVerifier] = (),
    ) -> None:
        self._people = people
        self._tickets = tickets
        self._clock = clock
        self._verifiers = tuple(verifiers)
        self._https_host = urlsplit(client_url).netloc if client_url and client_url.startswith("https:") else None

    async def optional(self, request: Request) -> Person | None:
        """FastAPI dependency: who is signed in, None when nobody is."""
        return await self._of(request.scope)

    async def required(self, request: Request) -> Person:
        """FastAPI dependency. Raises unauthenticated."""
        person = await self._of(request.scope)
        if person is None:
            raise unauthenticated()
        return person

    async def of_scope(self, scope: Mapping[str, Any]) -> Person | None:
        """Who opens this socket. A `?ticket=` counts before anything else, and is used up."""
        query: bytes = scope.get("query_string", b"")
        tickets = parse_qs(query.decode("latin-1")).get("ticket") if query else None
        if tickets:
            person = self._tickets.redeem(tickets[0])
            return await self._people.person(person) if person else None
        return await self._of(scope)

    def vouched(self, connection: HTTPConnection) -> bool:
        """Whether this request carries a token of a sign-in provider: one that is minutes old at most."""
        token = bearer_of(connection.scope)
        return bool(token) and any(verifier.concerns(token or "") for verifier in self._verifiers)

    def credential(self, connection: HTTPConnection) -> str | None:
        """Digest of the credential that this request carries (known to us or not)."""
        secret = _secret_of(connection.scope)
        return digest(secret) if secret else None

    def sign_in(self, request: Request, response: Response, secret: str) -> Response:
        """`response` with the cookie. Script cannot read it, other sites' forms do not send it."""
        return self._with_cookie(request, response, secret, COOKIE_SECONDS)

    def sign_out(self, request: Request, response: Response) -> Response:
        return self._with_cookie(request, response, "", 0)

    def _with_cookie(self, request: Request, response: Response, secret: str, seconds: int) -> Response:
        host = header(request.scope, b"host")
        https = request.scope["scheme"] == "https" or (host is not None and host == self._https_host)
        cookie = f"{COOKIE}={secret}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if https else ''}"
        response.headers.append("set-cookie", cookie)
        return response

    async def _of(self, scope: Mapping[str, Any]) -> Person | None:
        token = bearer_of(scope)
        if token:
            for verifier in self._verifiers:
                if verifier.concerns(token):
                    return await verifier.person(token)
        secret = cookie_of(scope) if token is None else token
        return await self._people.by_credential(digest(secret), self._clock()) if secret else None


def _secret_of(scope: Mapping[str, Any]) -> str | None:
    bearer = bearer_of(scope)
    return cookie_of(scope) if bearer is None else bearer


def bearer_of(scope: Mapping[str, Any]) -> str | None:
    """The bearer token, which counts before the cookie even when it is a wrong one.

    Other schemes are none of ours: a proxy in front may ask for Basic.
    """
    value = header(scope, b"authorization")
    if value is None:
        return None
    scheme, _, secret = value.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def cookie_of(scope: Mapping[str, Any]) -> str | None:
    for key, value in scope["headers"]:
        if key == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                name, _, secret = pair.strip().partition("=")
                if name == COOKIE:
                    return str(secret)
    return None
