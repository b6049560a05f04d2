"""A stand-in for GitHub's OAuth 2: it refuses with status 200, has numbers for subjects and e-mails at an address of
their own. It does not show: consent, GitHub's rate limits, organisations that restrict access.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.providers.openid import CLIENT_ID, CLIENT_SECRET, challenge
from tests.providers.trouble import Troubled


@dataclass
class GitHub:
    port: int = 0
    user: dict[str, Any] = field(
        default_factory=lambda: {"id": 583231, "login": "octo", "name": None, "email": "x@y.z"}
    )
    emails: Any = field(
        default_factory=lambda: [
            {"email": "octo@users.noreply.example", "primary": False, "verified": True},
            {"email": "octo@example.org", "primary": True, "verified": True},
        ]
    )
    _asked: dict[str, str] | None = None

    def __post_init__(self) -> None:
        self.app = Troubled(
            Starlette(
                routes=[
                    Route("/login/oauth/authorize", self._authorize),
                    Route("/login/oauth/access_token", self._token, methods=["POST"]),
                    Route("/user", self._user),
                    Route("/user/emails", self._emails),
                    Route("/zen", self._zen),
                ]
            )
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def _authorize(self, request: Request) -> Response:
        self._asked = dict(request.query_params)
        back = {"code": "c-1", "state": self._asked["state"]}
        return RedirectResponse(f"{self._asked['redirect_uri']}?{urlencode(back)}", 302)

    async def _token(self, request: Request) -> Response:
        form, asked, self._asked = dict(parse_qsl((await request.body()).decode())), self._asked, None
        assert request.headers["accept"] == "application/json"
        assert (form["client_id"], form["client_secret"]) == (CLIENT_ID, CLIENT_SECRET)
        if asked is None or form["code"] != "c-1" or challenge(form["code_verifier"]) != asked["code_challenge"]:
            return JSONResponse({"error": "bad_verification_code", "error_description": "…"})
        return JSONResponse({"access_token": "gho_1", "token_type": "bearer", "scope": "read:user,user:email"})

    async def _user(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer gho_1"
        return JSONResponse(self.user)

    async def _emails(self, _: Request) -> Response:
        return JSONResponse(self.emails, 200 if isinstance(self.emails, list) else 404)

    async def _zen(self, _: Request) -> Response:
        return PlainTextResponse("Speak like a human.")
