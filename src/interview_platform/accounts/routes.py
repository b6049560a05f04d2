"""HTTP of accounts: sign-in, profile, tokens, pictures."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from interview_platform.accounts.identity import Identity, cookie_of
from interview_platform.accounts.model import Person
from interview_platform.accounts.service import AccountService, SignedIn
from interview_platform.accounts.tickets import SECONDS as TICKET_SECONDS
from interview_platform.accounts.views import (
    EraseBody,
    LoginBody,
    ProfileBody,
    RegisterBody,
    TicketAnswer,
    TokenAnswer,
    TokenBody,
    TokensAnswer,
    TokenView,
    UserAnswer,
    UserView,
)
from interview_platform.kit.errors import not_found
from interview_platform.kit.http import answer, client_address, documented
from interview_platform.kit.ids import digest

_IMAGE_NAME = re.compile(r"[0-9a-f]{40}\.webp")
_IMAGE_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",  # the name is the content's hash
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
}


def router(accounts: AccountService, identity: Identity) -> APIRouter:
    routes = APIRouter()
    _sign_in_routes(routes, accounts, identity)
    _profile_routes(routes, accounts, identity)
    _token_routes(routes, accounts, identity)
    return routes


def _user(person: Person, status: int = 200) -> Response:
    return answer(UserAnswer(user=UserView.of(person)), status)


def _sign_in_routes(routes: APIRouter, accounts: AccountService, identity: Identity) -> None:
    async def signed_in(request: Request, opened: SignedIn, status: int) -> Response:
        before = cookie_of(request.scope)
        if before:  # the browser forgets this one now, so nobody may use it any more
            await accounts.replace(digest(before))
        return identity.sign_in(request, _user(opened.person, status), opened.secret)

    @routes.post("/api/auth/register", operation_id="register", status_code=201, responses=documented(UserAnswer, 201))
    async def register(request: Request, body: RegisterBody) -> Response:
        visitor = await identity.optional(request)
        address = client_address(request)
        opened = await accounts.register(body.name, body.email, body.password, address=address, visitor=visitor)
        return await signed_in(request, opened, 201)

    @routes.post("/api/auth/login", operation_id="login", responses=documented(UserAnswer))
    async def login(request: Request, body: LoginBody) -> Response:
        opened = await accounts.login(body.email, body.password, address=client_address(request))
        return await signed_in(request, opened, 200)

    @routes.post("/api/auth/logout", operation_id="logout", status_code=204)
    async def logout(request: Request) -> Response:
        person, credential = await identity.optional(request), identity.credential(request)
        if person and credential:
            await accounts.logout(person, credential)
        return identity.sign_out(request, Response(status_code=204))


def _profile_routes(routes: APIRouter, accounts: AccountService, identity: Identity) -> None:
    @routes.get("/api/auth/me", operation_id="getMe", responses=documented(UserAnswer))
    async def me(request: Request) -> Response:
        return _user(await identity.required(request))

    @routes.patch("/api/auth/me", operation_id="updateMe", responses=documented(UserAnswer))
    async def update(
        request: Request, body: ProfileBody, person: Annotated[Person, Depends(identity.required)]
    ) -> Response:
        return _user(await accounts.update(person, body, identity.credential(request)))

    @routes.delete("/api/auth/me", operation_id="eraseMe", status_code=204)
    async def erase(
        request: Request, person: Annotated[Person, Depends(identity.required)], body: EraseBody | None = None
    ) -> Response:
        cookie = cookie_of(request.scope)
        await accounts.erase(
            person,
            body.password if body else None,
            digest(cookie) if cookie else None,
            vouched=identity.vouched(request),
        )
        return identity.sign_out(request, Response(status_code=204))

    @routes.get(
        "/api/images/{name}",
        operation_id="getImage",
        response_class=Response,
        responses={200: {"content": {"image/webp": {}}}},
    )
    async def image(name: str) -> Response:
        if not _IMAGE_NAME.fullmatch(name):
            raise not_found("picture")
        media_type, content = await accounts.image(name)
        return Response(content, media_type=media_type, headers=_IMAGE_HEADERS)


def _token_routes(routes: APIRouter, accounts: AccountService, identity: Identity) -> None:
    @routes.post(
        "/api/auth/tokens", operation_id="createToken", status_code=201, responses=documented(TokenAnswer, 201)
    )
    async def create(person: Annotated[Person, Depends(identity.required)], body: TokenBody | None = None) -> Response:
        asked = body or TokenBody()
        secret, token = await accounts.new_token(person, asked.label, asked.days)
        return answer(TokenAnswer(token=secret, **TokenView.of(token).model_dump()), 201)

    @routes.post("/api/auth/ticket", operation_id="createTicket", responses=documented(TicketAnswer))
    async def ticket(person: Annotated[Person, Depends(identity.required)]) -> Response:
        return answer(TicketAnswer(ticket=accounts.ticket(person), expires_in=TICKET_SECONDS))

    @routes.get("/api/auth/tokens", operation_id="listTokens", responses=documented(TokensAnswer))
    async def listed(person: Annotated[Person, Depends(identity.required)]) -> Response:
        return answer(TokensAnswer(tokens=[TokenView.of(token) for token in await accounts.tokens(person)]))

    @routes.delete("/api/auth/tokens/{id}", operation_id="revokeToken", status_code=204)
    async def revoke(id: str, person: Annotated[Person, Depends(identity.required)]) -> Response:
        await accounts.revoke_token(person, id)
        return Response(status_code=204)
