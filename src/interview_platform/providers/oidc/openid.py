"""Any OpenID provider, by discovery: authorization code with PKCE, state and nonce; the ID token checked here."""

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import jwt
import structlog
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc.errors import JoseError
from jwt.exceptions import PyJWTError
from pydantic import BaseModel

from interview_platform.accounts.external import Seen, shown_email
from interview_platform.providers.asking import Unanswered, ask, is_loopback, is_safe, json_of, parsed
from interview_platform.providers.jwks import KeySet
from interview_platform.providers.oidc.flow import PROVIDER, Flow, denied, unavailable

log = structlog.get_logger(__name__)

SCOPES = "openid email profile"
SKEW_SECONDS = 30  # between the provider's clock and ours
FRESH_SECONDS = 3600.0  # how long a discovery document counts
SUBJECT_MAX = 255  # OpenID Connect Core §2
_ALGORITHMS: Mapping[str, tuple[str, ...]] = {
    "RSA": ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    "EC": ("ES256", "ES384", "ES512"),
    "OKP": ("EdDSA",),
}
"""By the key's type. Nothing symmetric and no `none`: anybody can make those."""


class Metadata(BaseModel):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]


class TokenAnswer(BaseModel):
    access_token: str
    id_token: str


class TokenRefusal(BaseModel):
    error: str = "?"


class OpenIdProvider:
    """Implements flow.SignInProvider."""

    def __init__(self, client: httpx.AsyncClient, issuer: str, client_id: str, secret: str, name: str | None) -> None:
        """Raises ValueError."""
        self._loopback = is_loopback(issuer)
        if not is_safe(issuer, loopback=self._loopback):
            raise ValueError("OIDC_ISSUER must be https://… (or google, or github)")
        self.name = name or urlsplit(issuer).hostname or issuer
        self._client = client
        self._issuer = issuer
        self._client_id = client_id
        self._secret = secret
        self._metadata: tuple[Metadata, float] | None = None
        self._keys: KeySet[Mapping[str, Any]] = KeySet(self._key_set, _for_signing)

    async def authorize_url(self, flow: Flow) -> str:
        try:
            there = await self._discovered()
        except Unanswered as error:
            raise unavailable(error) from None
        return str(
            prepare_grant_uri(
                there.authorization_endpoint,
                client_id=self._client_id,
                response_type="code",
                redirect_uri=flow.redirect_uri,
                scope=SCOPES,
                state=flow.state,
                nonce=flow.nonce,
                code_challenge=create_s256_code_challenge(flow.verifier),
                code_challenge_method="S256",
            )
        )

    async def identify(self, flow: Flow, code: str) -> Seen:
        try:
            there = await self._discovered()
            tokens = await self._redeemed(there, flow, code)
            claims = await self._claims(there, flow, tokens)
            about = await self._about(there, claims, tokens.access_token)
        except Unanswered as error:
            raise unavailable(error) from None
        email = about.get("email") if about.get("email_verified") in (True, "true") else None
        email = shown_email(email) if isinstance(email, str) else None
        names = (about.get("name"), about.get("preferred_username"), (email or "").partition("@")[0])
        name = next((name for name in names if isinstance(name, str) and name.strip()), "")
        # A subject is only the issuer's: with another issuer tomorrow, the same word is somebody else.
        return Seen(PROVIDER, f"{there.issuer}#{claims['sub']}", name, email)

    def accepts(self, issuer: str | None) -> bool:
        return issuer is None or issuer.rstrip("/") == self._issuer.rstrip("/")

    async def check(self) -> str | None:
        try:
            await self._discovered()
            await self._key_set()
        except Unanswered as error:
            return f"The sign-in provider cannot be used: {error}. Check OIDC_ISSUER and the network."
        return None

    async def _discovered(self) -> Metadata:
        """The provider's discovery document; an old one when it is away."""
        if self._metadata is not None and time.monotonic() < self._metadata[1]:
            return self._metadata[0]
        try:
            found = await self._discover()
        except Unanswered as error:
            if self._metadata is None:
                raise
            log.warning("oidc.away", reason=str(error))
            return self._metadata[0]
        self._metadata = (found, time.monotonic() + FRESH_SECONDS)
        return found

    async def _discover(self) -> Metadata:
        answer = await ask(self._client, "GET", get_well_known_url(self._issuer, external=True))
        if answer.status_code != httpx.codes.OK:
            raise Unanswered(f"{self._issuer} has no discovery document ({answer.status_code})")
        found = parsed(Metadata, answer)
        if found.issuer.rstrip("/") != self._issuer.rstrip("/"):
            raise Unanswered(f"{self._issuer} says that it is {found.issuer[:200]}")
        asked = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.userinfo_endpoint)
        if not all(is_safe(url, loopback=self._loopback) for url in asked if url is not None):
            raise Unanswered(f"{self._issuer} names addresses that are not https")
        return found

    async def _key_set(self) -> Any:
        answer = await ask(self._client, "GET", (await self._discovered()).jwks_uri)
        return json_of(answer)

    async def _redeemed(self, there: Metadata, flow: Flow, code: str) -> TokenAnswer:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": flow.redirect_uri,
            "code_verifier": flow.verifier,
        }
        auth = None
        if "client_secret_basic" in there.token_endpoint_auth_methods_supported:
            auth = httpx.BasicAuth(quote(self._client_id, safe=""), quote(self._secret, safe=""))
        else:
            form |= {"client_id": self._client_id, "client_secret": self._secret}
        accept = {"accept": "application/json"}
        given = {"auth": auth} if auth else {}
        answer = await ask(self._client, "POST", there.token_endpoint, data=form, headers=accept, **given)
        if answer.status_code != httpx.codes.OK:
            raise denied(f"the code was not taken: {parsed(TokenRefusal, answer).error[:100]}")
        return parsed(TokenAnswer, answer)

    async def _claims(self, there: Metadata, flow: Flow, tokens: TokenAnswer) -> Mapping[str, Any]:
        """What the ID token says, once everything about it is right."""
        try:
            header = jwt.get_unverified_header(tokens.id_token)
            kid, algorithm = header.get("kid"), str(header.get("alg"))
            key = await self._keys.key(kid if isinstance(kid, str) else None)
            if key is None or algorithm not in _ALGORITHMS[key["kty"]] or key.get("alg", algorithm) != algorithm:
                raise denied(f"the ID token is signed with no key of the provider's ({algorithm[:20]})")
            signing = jwt.PyJWK(dict(key), algorithm=algorithm)
            said: dict[str, Any] = jwt.decode(tokens.id_token, signing, algorithms=[algorithm], options=_SIGNATURE_ONLY)
            options = {"iss": {"essential": True, "value": there.issuer}, "aud": {"essential": True}}
            given = {"nonce": flow.nonce, "client_id": self._client_id, "access_token": tokens.access_token}
            claims = CodeIDToken(said, header, options, given)
            claims.validate(leeway=SKEW_SECONDS)
        except (PyJWTError, JoseError, ValueError, TypeError) as error:
            raise denied(f"the ID token is not good: {type(error).__name__} {error}"[:200]) from None
        # Authlib takes a token for others that has our name in `azp`; OpenID Connect Core §3.1.3.7 does not.
        audience = said["aud"] if isinstance(said["aud"], list) else [said["aud"]]
        subject = said["sub"]
        if self._client_id not in audience or not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_MAX:
            raise denied("the ID token is for somebody else")
        return said

    async def _about(self, there: Metadata, claims: Mapping[str, Any], access_token: str) -> Mapping[str, Any]:
        """Name and e-mail: from the ID token, or where it has none from the user-info endpoint."""
        if there.userinfo_endpoint is None or ("name" in claims and "email" in claims):
            return claims
        bearer = {"authorization": f"Bearer {access_token}"}
        answer = await ask(self._client, "GET", there.userinfo_endpoint, headers=bearer)
        said = json_of(answer) if answer.status_code == httpx.codes.OK else None
        if not isinstance(said, dict) or said.get("sub") != claims["sub"]:
            raise denied("the user-info endpoint answered about somebody else, or nobody")
        return {**said, **claims}


_SIGNATURE_ONLY: jwt.types.Options = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}
"""The claims are Authlib's business."""


def _for_signing(entry: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return entry if entry.get("kty") in _ALGORITHMS and entry.get("use", "sig") == "sig" else None
