"""Clerk's users: what we take of one, and how one is asked for."""

from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from pydantic import BaseModel

from interview_platform.accounts.external import Seen, shown_email
from interview_platform.providers.asking import Unanswered, ask, json_of, parsed
from interview_platform.providers.clerk.keys import IMAGE_HOST

PROVIDER = "clerk"
_IMAGE_MAX = 2000


class ClerkEmail(BaseModel):
    id: str
    email_address: str


class ClerkUser(BaseModel):
    """What we take of Clerk's user object. The rest is not kept, not even in an event that waits."""

    id: str
    first_name: str | None = None
    last_name: str | None = None
    username: str | None = None
    image_url: str | None = None
    primary_email_address_id: str | None = None
    email_addresses: list[ClerkEmail] = []
    updated_at: int | None = None

    def seen(self, image_hosts: frozenset[str]) -> Seen:
        email = self._email()
        name = " ".join(part for part in (self.first_name, self.last_name) if part and part.strip())
        return Seen(
            provider=PROVIDER,
            subject=self.id,
            name=name or self.username or (email or "").partition("@")[0],
            email=email,
            image=_safe_image(self.image_url, image_hosts),
            at=self.updated_at,
        )

    def _email(self) -> str | None:
        for one in self.email_addresses:
            if one.id == self.primary_email_address_id:
                return shown_email(one.email_address)
        return None


def image_hosts(front_end: str | None) -> frozenset[str]:
    return frozenset({IMAGE_HOST, front_end} if front_end else {IMAGE_HOST})


def _safe_image(url: str | None, hosts: frozenset[str]) -> str | None:
    """Only from Clerk, by https: everybody in the room loads it."""
    if url is None or len(url) > _IMAGE_MAX or not url.isascii() or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme == "https" and parts.netloc in hosts else None


class ClerkApi:
    """Clerk's backend API, as far as we need it."""

    def __init__(self, client: httpx.AsyncClient, api_url: str, secret_key: str) -> None:
        self._client = client
        self._base = api_url.rstrip("/") + "/v1"
        self._headers = {"authorization": f"Bearer {secret_key}"}

    async def user(self, id: str) -> ClerkUser | None:
        """None when Clerk has no such user (any more). Raises Unanswered."""
        answer = await self._get(f"/users/{quote(id, safe='')}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        user = parsed(ClerkUser, _checked(answer))
        if user.id != id:
            raise Unanswered("Clerk answered with another user than the one asked for")
        return user

    async def key_set(self) -> Any:
        """Raises Unanswered."""
        return json_of(_checked(await self._get("/jwks")))

    async def check(self) -> str | None:
        """None when Clerk answers and knows the secret key; else what is wrong and what to do."""
        try:
            answer = await self._get("/jwks")
            if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
                return "Clerk does not take CLERK_SECRET_KEY: copy it again from the API keys page of its dashboard."
            json_of(_checked(answer))
        except Unanswered as error:
            return f"Clerk cannot be asked: {error}. Check the network, and https://status.clerk.com."
        return None

    async def _get(self, path: str) -> httpx.Response:
        return await ask(self._client, "GET", self._base + path, headers=self._headers)


def _checked(answer: httpx.Response) -> httpx.Response:
    if answer.status_code != httpx.codes.OK:
        raise Unanswered(f"Clerk answered {answer.status_code}; is CLERK_SECRET_KEY right?")
    return answer
