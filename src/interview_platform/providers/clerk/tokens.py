"""Clerk's session tokens: checked here, without asking Clerk once its key is known."""

import asyncio
import base64
import json
import re
from collections.abc import Collection
from typing import Any, Protocol

import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.exceptions import PyJWTError

from interview_platform.accounts.external import ExternalAccounts
from interview_platform.accounts.model import Person
from interview_platform.kit.errors import Kind, Refusal, unauthenticated
from interview_platform.providers.asking import Unanswered
from interview_platform.providers.clerk.users import PROVIDER, ClerkApi

log = structlog.get_logger(__name__)

TOKEN_MAX = 16_000  # characters; Clerk's own limit comes from the 4 KB of a cookie
SKEW_SECONDS = 5  # between Clerk's clock and ours, as Clerk's own libraries allow
_SUBJECT = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Keys(Protocol):
    async def key(self, kid: str | None) -> RSAPublicKey | None:
        """Raises Unanswered."""


class OneKey:
    """The key of CLERK_JWT_KEY: nobody is asked."""

    def __init__(self, key: RSAPublicKey) -> None:
        self._key = key

    async def key(self, kid: str | None) -> RSAPublicKey | None:  # noqa: ARG002 - it is the only one
        return self._key


def clerk_unavailable() -> Refusal:
    message = "Clerk does not answer right now, so nobody new can be let in. Try again in a moment."
    return Refusal(Kind.UNAVAILABLE, "clerk_unavailable", message, retry_after=5)


class ClerkTokens:
    """Implements accounts.ports.TokenVerifier. `origins`: our own pages, the only ones that a token may be made for."""

    def __init__(
        self,
        issuer: str,
        *,
        origins: Collection[str],
        keys: Keys,
        api: ClerkApi,
        people: ExternalAccounts,
        image_hosts: frozenset[str],
    ) -> None:
        self._issuer = issuer
        self._origins = frozenset(origins)
        self._keys = keys
        self._api = api
        self._people = people
        self._image_hosts = image_hosts
        self._meetings: dict[str, asyncio.Task[Person]] = {}

    def concerns(self, token: str) -> bool:
        """Three parts, and the middle one names our Clerk as its issuer. Proves nothing."""
        parts = token.split(".")
        if len(parts) != 3 or len(token) > TOKEN_MAX:
            return False
        try:
            claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        except (ValueError, RecursionError):
            return False
        return isinstance(claims, dict) and claims.get("iss") == self._issuer

    async def person(self, token: str) -> Person:
        subject = await self._subject(token)
        return await self._people.known(PROVIDER, subject) or await self._met(subject)

    async def _subject(self, token: str) -> str:
        """Whose valid token it is. Raises unauthenticated."""
        try:
            claims = await self._claims(token)
        except (PyJWTError, ValueError, TypeError) as error:
            log.debug("clerk.token_refused", reason=type(error).__name__)
            raise unauthenticated() from None
        # A token is for one of our pages or it is refused, also when it does not say for which: that is how the token
        # in the cookie of a top-level navigation looks, which every sibling of our domain can read. What getToken()
        # gives to a page, the only thing that is sent as a bearer, always says it.
        if claims.get("azp") not in self._origins:
            log.warning("clerk.foreign_origin", azp=str(claims.get("azp"))[:200], ours=sorted(self._origins))
            raise unauthenticated()
        if claims.get("sts") == "pending":
            raise Refusal(Kind.UNAUTHENTICATED, "sign_in_pending", "Finish signing in first: Clerk asks for more.")
        subject = claims["sub"]
        if not _SUBJECT.fullmatch(subject):
            raise unauthenticated()
        return str(subject)

    async def _claims(self, token: str) -> dict[str, Any]:
        header = jwt.get_unverified_header(token)
        kid = header.get("kid")
        if header.get("alg") != "RS256" or header.get("typ", "JWT") != "JWT":  # at+jwt: an OAuth token, not a session
            raise jwt.InvalidAlgorithmError
        try:
            key = await self._keys.key(kid if isinstance(kid, str) else None)
        except Unanswered as error:
            log.warning("clerk.away", reason=str(error))
            raise clerk_unavailable() from None
        if key is None:
            raise jwt.InvalidKeyError
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=["RS256"],
            issuer=self._issuer,
            leeway=SKEW_SECONDS,
            options={"require": ["exp", "iat", "iss", "sub"], "verify_aud": False},
        )
        return claims

    async def _met(self, subject: str) -> Person:
        """Who comes for the first time, from Clerk. A page's many first requests are one question."""
        meeting = self._meetings.get(subject)
        if meeting is None:
            meeting = self._meetings[subject] = asyncio.create_task(self._meet(subject))
            meeting.add_done_callback(lambda done: self._over(subject, done))
        return await asyncio.shield(meeting)

    def _over(self, subject: str, meeting: asyncio.Task[Person]) -> None:
        del self._meetings[subject]
        if not meeting.cancelled():
            meeting.exception()  # looked at, in case everybody who waited has gone

    async def _meet(self, subject: str) -> Person:
        try:
            user = await self._api.user(subject)
        except Unanswered as error:
            log.warning("clerk.away", reason=str(error))
            raise clerk_unavailable() from None
        if user is None:  # deleted there while the token was still good
            raise unauthenticated()
        return await self._people.seen(user.seen(self._image_hosts))
