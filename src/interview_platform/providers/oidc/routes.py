"""The two addresses a browser goes through. What goes wrong ends on the sign-in page, with a code that it explains."""

from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Query, Request, Response

from interview_platform.accounts.external import ExternalAccounts
from interview_platform.accounts.identity import Identity, cookie_of
from interview_platform.accounts.service import AccountService
from interview_platform.kit.errors import Refusal
from interview_platform.kit.http import client_address, origin_of
from interview_platform.kit.ids import digest
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.providers.oidc.flow import SECONDS, Flow, Flows, SignInFailed, SignInProvider, cookie_name

log = structlog.get_logger(__name__)

FOLDER = "/api/auth/oidc"
STARTS = Limit(300, 3600)  # per address: a class behind one address, as for registering
_WORD_MAX = 4000


def router(
    provider: SignInProvider,
    people: ExternalAccounts,
    accounts: AccountService,
    identity: Identity,
    client_url: str | None,
) -> APIRouter:
    routes = APIRouter()
    flows = Flows()
    starts = RateLimiter(STARTS, code="too_many_attempts", message="Too many attempts. Wait before you try again.")

    @routes.get(f"{FOLDER}/start", operation_id="startOidc", include_in_schema=False)
    async def start(request: Request, next: str | None = None) -> Response:
        try:
            starts.take(client_address(request))
            flow = flows.begin(f"{origin_of(request.scope, client_url)}{FOLDER}/callback", next)
            return _bound(_redirect(await provider.authorize_url(flow)), flow, SECONDS)
        except (SignInFailed, Refusal) as error:
            return _failed(error)

    @routes.get(f"{FOLDER}/callback", operation_id="finishOidc", include_in_schema=False)
    async def callback(
        request: Request,
        state: Annotated[str, Query(max_length=_WORD_MAX)] = "",
        code: Annotated[str, Query(max_length=_WORD_MAX)] = "",
        error: Annotated[str, Query(max_length=_WORD_MAX)] = "",
        iss: Annotated[str | None, Query(max_length=_WORD_MAX)] = None,
    ) -> Response:
        flow = flows.end(state, request.cookies.get(cookie_name(state)))
        if flow is None:
            return _failed(SignInFailed("oidc_expired", "no such sign-in was begun in this browser"))
        if error or not code or not provider.accepts(iss):
            said = "oidc_denied" if error == "access_denied" else "oidc_failed"
            return _bound(_failed(SignInFailed(said, f"the provider said {error[:100]!r}")), flow, 0)
        try:
            seen = await provider.identify(flow, code)
            person = await people.seen(seen, await identity.optional(request))
            opened = await accounts.open(person)
        except (SignInFailed, Refusal) as failure:
            return _bound(_failed(failure), flow, 0)
        before = cookie_of(request.scope)
        if before:  # the browser forgets this one now, so nobody may use it any more
            await accounts.replace(digest(before))
        return identity.sign_in(request, _bound(_redirect(flow.next), flow, 0), opened.secret)

    return routes


def _redirect(to: str) -> Response:
    return Response(status_code=302, headers={"location": to, "cache-control": "no-store"})


def _failed(error: SignInFailed | Refusal) -> Response:
    log.warning("oidc.failed", code=error.code, reason=str(error))
    return _redirect(f"/sign-in?{urlencode({'error': error.code})}")


def _bound(response: Response, flow: Flow, seconds: int) -> Response:
    """With the cookie that only the browser which began has. Lax: it comes along from the provider's page."""
    response.set_cookie(
        flow.cookie,
        flow.binding if seconds else "",
        max_age=seconds,
        path=FOLDER,
        secure=flow.redirect_uri.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return response
