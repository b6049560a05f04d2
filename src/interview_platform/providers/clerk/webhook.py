"""Clerk's webhooks, which Svix delivers and signs: `POST /api/webhooks/clerk`."""

import base64
import binascii
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ValidationError
from svix.webhooks import Webhook, WebhookVerificationError

from interview_platform.events.model import Permanent
from interview_platform.events.ports import Events
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.providers.clerk.events import CREATED, DELETED, UPDATED, payload

log = structlog.get_logger(__name__)


class ClerkWebhook(BaseModel):
    type: str
    data: dict[str, Any]


def signature_of(secret: str) -> Webhook:
    """Raises ValueError. Svix itself would take anything, a key pasted in the wrong place too."""
    try:
        base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        if secret.startswith("whsec_") and len(secret) > len("whsec_"):
            return Webhook(secret)
    except binascii.Error:
        pass
    raise ValueError("CLERK_WEBHOOK_SIGNING_SECRET is not a signing secret (whsec_…)")


def router(signature: Webhook, events: Events) -> APIRouter:
    routes = APIRouter()

    @routes.post("/api/webhooks/clerk", operation_id="clerkWebhook", include_in_schema=False, status_code=204)
    async def webhook(request: Request) -> Response:
        """Answered as soon as the event is stored: then it is ours to try again, before that Svix's."""
        body = await request.body()
        try:
            signature.verify(body, dict(request.headers))
        except (WebhookVerificationError, ValueError) as error:  # ValueError: what it makes of garbage
            log.warning("clerk.webhook_refused", reason=type(error).__name__)
            message = "This webhook's signature is missing, wrong or more than five minutes old."
            raise Refusal(Kind.UNAUTHENTICATED, "bad_signature", message) from None
        await _noted(events, body, request.headers.get("svix-id") or request.headers["webhook-id"])
        return Response(status_code=204)

    return routes


async def _noted(events: Events, body: bytes, id: str) -> None:
    """What is signed but none of ours is done with: Svix must not try it again."""
    try:
        said = ClerkWebhook.model_validate_json(body)
        name = f"clerk/{said.type}"
        if name in (CREATED, UPDATED, DELETED):
            await events.send(name, payload(name, said.data), id=f"svix {id}")
    except (ValidationError, Permanent):
        raise Refusal(Kind.BAD_REQUEST, "malformed", "This is no event of Clerk's.") from None
