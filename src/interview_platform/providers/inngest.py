"""Inngest runs our functions: it is given every event (docs/events.md), and calls us at /api/inngest.

The SDK serves that address: it checks Inngest's signature, answers in Inngest's form and registers the functions.
Events go out by our own request: the SDK's would try five times before it says anything, and the outbox tries anyway.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import cast
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import inngest
import structlog
from fastapi import APIRouter, Depends, FastAPI, Request
from inngest.fast_api import serve
from pydantic import BaseModel, Field, ValidationError

from interview_platform.events.model import Daily, Delivery, Function, Permanent
from interview_platform.kit.errors import Kind, Refusal

log = structlog.get_logger(__name__)

APP = "interview-platform"
"""To Inngest another name is another app: its functions would be there twice."""
PATH = "/api/inngest"
API_URL = "https://api.inngest.com"
EVENTS_URL = "https://inn.gs"
HTTP_SECONDS = 10.0
RETRIES = 20
"""In place of four: a provider may be away for longer. More than 20 its TypeScript SDK does not accept."""
BODY_MAX = 512_000
"""Bytes. Clerk's events are a few KB. The signature is over the JSON in canonical form, so a stranger's body costs us
its parsing before it is refused: 8 MB would be more than a second in which nobody else is served.
"""
_SIGNATURE = re.compile(r"[0-9a-f]{64}")


class _Accepted(BaseModel):
    ids: list[str] = Field(min_length=1)


class _Refused(BaseModel):
    error: str


class InngestAway(Exception):
    """It cannot be had right now; why, for the operator."""


class Inngest:
    """Implements events.ports.Relay. `close` at the end."""

    def __init__(
        self,
        event_key: str,
        signing_key: str,
        *,
        base_url: str | None = None,
        public_url: str | None = None,
        seconds: float = HTTP_SECONDS,
    ) -> None:
        """`base_url`: an Inngest of one's own. `public_url`: where it finds us, when a proxy hides that from us."""
        self._events_url = (base_url or EVENTS_URL).rstrip("/")
        self._event_key = event_key
        self._public_url = public_url
        self._seconds = seconds
        self._http = httpx.AsyncClient(timeout=seconds)
        self._client = inngest.Inngest(
            app_id=APP,
            api_base_url=base_url or API_URL,
            event_api_base_url=self._events_url,
            event_key=event_key,
            signing_key=signing_key,
            is_production=True,  # also with an Inngest of one's own: what is not signed is refused
            logger=logging.getLogger(APP),
        )

    @property
    def name(self) -> str:
        return f"Inngest, {urlsplit(self._events_url).netloc}"

    async def close(self) -> None:
        await self._http.aclose()
        opened = self._client._http_client  # noqa: SLF001 - the SDK has no way to close what it registered through
        await opened._http_client.aclose()  # noqa: SLF001
        opened._http_client_sync.close()  # noqa: SLF001

    async def deliver(self, delivery: Delivery) -> None:
        event = {"id": delivery.id, "name": delivery.name, "data": delivery.data, "ts": delivery.created_at}
        answer = await self._ask("POST", f"/e/{quote(self._event_key, safe='')}", [event])
        if answer.is_success:
            _accepted(answer)
        elif answer.status_code in {401, 403, 404}:  # nothing is wrong with the event: it goes when the key is right
            raise InngestAway("Inngest does not take this event key: check INNGEST_EVENT_KEY")
        elif answer.is_client_error and answer.status_code not in {408, 425, 429}:
            raise Permanent(f"Inngest refuses this event ({answer.status_code}{_why(answer)})")
        else:
            raise InngestAway(f"Inngest answered {answer.status_code}")

    async def check(self) -> str | None:
        """None when its event API answers, else what is wrong, for the operator."""
        try:
            answer = await self._ask("GET", "/health")
        except InngestAway as error:
            return f"{error}. Events wait until it does. Check INNGEST_BASE_URL and the way out of this network."
        if not answer.is_success:
            return f"Inngest answered {answer.status_code} at {self._events_url}/health. Events wait until it is well."
        return None

    def router(self, functions: Sequence[Function]) -> APIRouter:
        """Serves `functions` to Inngest, and to nobody else."""
        routes = APIRouter(dependencies=[Depends(_worth_checking)], include_in_schema=False)
        serve(
            cast("FastAPI", routes),  # of the two it only uses get, post and put
            self._client,
            [self._served(function) for function in functions],
            enable_unauthed_sync=False,
            serve_origin=self._public_url,
            serve_path=PATH,
            streaming=inngest.Streaming.DISABLE,
        )
        return routes

    def _served(self, function: Function) -> inngest.Function[None]:
        at = function.trigger
        trigger = inngest.TriggerCron(cron=at.cron) if isinstance(at, Daily) else inngest.TriggerEvent(event=at)

        @self._client.create_function(fn_id=function.id, trigger=trigger, retries=RETRIES)
        async def run(context: inngest.Context) -> None:
            try:
                await function.call(context.event.data)
            except Exception as error:
                dead = isinstance(error, Permanent)
                log.warning(
                    "events.failed", function=function.id, attempts=context.attempt + 1, dead=dead, error=str(error)
                )
                if dead:
                    raise inngest.NonRetriableError(str(error)) from error
                raise

        return run

    async def _ask(self, method: str, path: str, body: object = None) -> httpx.Response:
        headers = {"x-inngest-env": self._client.env} if self._client.env else {}
        try:
            # Each part of an answer may take `seconds`, so that all of it needs a bound of its own.
            async with asyncio.timeout(self._seconds):
                return await self._http.request(method, f"{self._events_url}{path}", json=body, headers=headers)
        except TimeoutError as error:
            raise InngestAway(f"Inngest did not answer within {self._seconds:g} seconds") from error
        except httpx.HTTPError as error:
            raise InngestAway(f"Inngest does not answer ({type(error).__name__})") from error


def _accepted(answer: httpx.Response) -> None:
    """A proxy's friendly page is no receipt."""
    try:
        _Accepted.model_validate_json(answer.content)
    except ValidationError:
        raise InngestAway("what answered is not Inngest: there is no id of the event in it") from None


def _why(answer: httpx.Response) -> str:
    try:
        return f": {_Refused.model_validate_json(answer.content).error}"
    except ValidationError:
        return ""


async def _worth_checking(request: Request) -> None:
    """Refuse what cannot be from Inngest before it costs anything; the SDK checks the rest."""
    signature = parse_qs(request.headers.get("x-inngest-signature", "")).get("s", [""])[0]
    if not _SIGNATURE.fullmatch(signature):
        raise Refusal(Kind.UNAUTHENTICATED, "not_signed", "Only Inngest may call this: it signs what it sends.")
    if len(await request.body()) > BODY_MAX:
        raise Refusal(Kind.TOO_LARGE, "too_large", f"This request is larger than {BODY_MAX:,} bytes.")
