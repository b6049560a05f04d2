"""The content security policy: as narrow as the providers in force allow."""

import httpx
from pydantic import SecretStr
from starlette.types import Receive, Scope, Send

from interview_platform.app.csp import content_security_policy, policy_of
from interview_platform.app.guard import Guard, Metrics
from interview_platform.app.settings import Settings
from tests.providers.livekit.standin import KEY, SECRET

ALONE = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def test_without_providers_everything_is_ours() -> None:
    assert policy_of(Settings(_env_file=None)) == content_security_policy() == ALONE


def test_livekit_may_be_connected_to_and_nothing_else() -> None:
    settings = Settings(
        _env_file=None,
        livekit_url="wss://lk.example.org",
        livekit_api_key=KEY,
        livekit_api_secret=SecretStr(SECRET),
    )
    wanted = ALONE.replace("connect-src 'self'", "connect-src 'self' wss://lk.example.org https://lk.example.org")
    assert policy_of(settings) == wanted


def test_a_directive_that_was_not_there_allows_what_was_named_alone() -> None:
    assert content_security_policy([("frame-src", "https://a"), ("frame-src", "https://b")]).endswith(
        "; frame-src https://a https://b"
    )


async def test_the_guard_sends_the_policy_it_was_given() -> None:
    async def nothing(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    guard = Guard(nothing, client_url=None, body_max=1, metrics=Metrics(), policy="default-src 'none'")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://test") as http:
        assert (await http.get("/")).headers["content-security-policy"] == "default-src 'none'"
