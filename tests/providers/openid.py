"""A stand-in for an OpenID provider: discovery, authorization (everybody consents at once), token, keys, user info;
real HTTP, its own RSA key, PKCE and single use of codes checked as the standards say.

It does not show: consent pages, sessions at the provider, and the ways in which single providers differ from the
standards.
"""

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from interview_platform.kit.ids import new_secret
from tests.providers.signer import Signer
from tests.providers.trouble import Troubled

CLIENT_ID, CLIENT_SECRET = "interviews & co", "s3cret/with:signs"


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@dataclass
class OpenId:
    signer: Signer = field(default_factory=lambda: Signer("op_one"))
    port: int = 0
    person: dict[str, Any] = field(default_factory=dict)
    """Who is signed in there, and so in the ID token."""
    change: dict[str, Any] = field(default_factory=dict)
    """What is wrong in its ID tokens; None leaves a claim out."""
    sign: Callable[["OpenId", dict[str, Any]], str] = lambda op, claims: op.signer.token(claims)
    about: dict[str, Any] = field(default_factory=dict)
    """What only the user-info endpoint says."""
    metadata: dict[str, Any] = field(default_factory=dict)
    callback: dict[str, str] = field(default_factory=dict)
    """What is wrong in the address that it sends the browser back to."""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.be("ada")
        self.app = Troubled(
            Starlette(
                routes=[
                    Route("/.well-known/openid-configuration", self._discovery),
                    Route("/authorize", self._authorize),
                    Route("/token", self._token, methods=["POST"]),
                    Route("/keys", self._keys),
                    Route("/about", self._about),
                ]
            )
        )

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def be(self, name: str) -> None:
        email = f"{name}@openid.example"
        self.person = {"sub": f"s-{name}", "name": f"{name.title()} Open", "email": email, "email_verified": True}

    async def _discovery(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/about",
                "response_types_supported": ["code"],
                "code_challenge_methods_supported": ["S256"],
                **self.metadata,
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = new_secret()
        self._codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer} | self.callback
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    async def _token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        if not self._is_client(request, form):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self._codes.pop(form["code"], None)
        fits = asked is not None and form["redirect_uri"] == asked["redirect_uri"]
        if asked is None or not fits or challenge(form["code_verifier"]) != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = self.sign(self, self._claims(asked["nonce"]))
        return JSONResponse({"access_token": "at-1", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def _is_client(self, request: Request, form: dict[str, str]) -> bool:
        kind, _, encoded = request.headers.get("authorization", "").partition(" ")
        if kind == "Basic":
            name, _, secret = base64.b64decode(encoded).decode().partition(":")
            return (unquote(name), unquote(secret)) == (CLIENT_ID, CLIENT_SECRET)
        return (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)

    def _claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 60, "nonce": nonce}
        changed = said | self.person | self.change
        return {name: value for name, value in changed.items() if value is not None}

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.signer.jwk]})

    async def _about(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer at-1"
        return JSONResponse({"sub": self.person["sub"], **self.about})
