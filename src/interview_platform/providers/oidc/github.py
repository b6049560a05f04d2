"""GitHub: OAuth 2 without OpenID. Who somebody is, its API says."""

from dataclasses import dataclass

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from pydantic import BaseModel, TypeAdapter, ValidationError

from interview_platform.accounts.external import Seen, shown_email
from interview_platform.providers.asking import Unanswered, ask, json_of, parsed
from interview_platform.providers.oidc.flow import PROVIDER, Flow, denied, unavailable

SCOPES = "read:user user:email"
ISSUER = "https://github.com"


@dataclass(frozen=True, slots=True)
class GitHubPlaces:
    """Its addresses; others in the tests."""

    site: str = ISSUER
    api: str = "https://api.github.com"


class GitHubToken(BaseModel):
    """GitHub refuses with 200 and an `error`."""

    access_token: str | None = None
    error: str | None = None


class GitHubUser(BaseModel):
    id: int
    login: str
    name: str | None = None


class GitHubEmail(BaseModel):
    email: str
    primary: bool = False
    verified: bool = False


_EMAILS = TypeAdapter(list[GitHubEmail])


class GitHubProvider:
    """Implements flow.SignInProvider."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        client_id: str,
        secret: str,
        name: str | None,
        places: GitHubPlaces = GitHubPlaces(),
    ) -> None:
        self.name = name or "GitHub"
        self._client = client
        self._client_id = client_id
        self._secret = secret
        self._places = places

    async def authorize_url(self, flow: Flow) -> str:
        return str(
            prepare_grant_uri(
                f"{self._places.site}/login/oauth/authorize",
                client_id=self._client_id,
                response_type="code",
                redirect_uri=flow.redirect_uri,
                scope=SCOPES,
                state=flow.state,
                code_challenge=create_s256_code_challenge(flow.verifier),
                code_challenge_method="S256",
            )
        )

    async def identify(self, flow: Flow, code: str) -> Seen:
        try:
            token = await self._redeemed(flow, code)
            user = parsed(GitHubUser, await self._get("/user", token))
            email = await self._email(token)
        except Unanswered as error:
            raise unavailable(error) from None
        return Seen(PROVIDER, f"{ISSUER}#{user.id}", user.name or user.login, email)

    def accepts(self, issuer: str | None) -> bool:
        """GitHub says `https://github.com/login/oauth`."""
        return issuer is None or issuer.startswith(f"{ISSUER}/")

    async def check(self) -> str | None:
        try:
            await ask(self._client, "GET", f"{self._places.api}/zen")
        except Unanswered as error:
            return f"GitHub cannot be asked: {error}. Check the network, and https://www.githubstatus.com."
        return None

    async def _redeemed(self, flow: Flow, code: str) -> str:
        form = {
            "client_id": self._client_id,
            "client_secret": self._secret,
            "code": code,
            "redirect_uri": flow.redirect_uri,
            "code_verifier": flow.verifier,
        }
        url, accept = f"{self._places.site}/login/oauth/access_token", {"accept": "application/json"}
        said = parsed(GitHubToken, await ask(self._client, "POST", url, data=form, headers=accept))
        if said.access_token is None or said.error is not None:
            raise denied(f"the code was not taken: {(said.error or '?')[:100]}")
        return said.access_token

    async def _email(self, token: str) -> str | None:
        """The first address, if GitHub has seen that it is theirs."""
        answer = await self._get("/user/emails", token, allowed=(httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND))
        if answer.status_code != httpx.codes.OK:  # the person has not granted it
            return None
        try:
            emails = _EMAILS.validate_python(json_of(answer))
        except ValidationError:
            raise Unanswered("GitHub's list of e-mails has a shape that is not expected") from None
        return next((shown_email(one.email) for one in emails if one.primary and one.verified), None)

    async def _get(self, path: str, token: str, allowed: tuple[int, ...] = ()) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}", "accept": "application/vnd.github+json"}
        answer = await ask(self._client, "GET", self._places.api + path, headers=headers)
        if answer.status_code not in (httpx.codes.OK, *allowed):
            raise Unanswered(f"GitHub answered {answer.status_code}")
        return answer
