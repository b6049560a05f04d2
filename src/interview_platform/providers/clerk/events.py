"""Keeping in step with Clerk's users. The same events come by webhook, and from Inngest by Clerk's integration.

They may come twice, late and in any order. A user's `updated_at` decides: what is older than what we have changes
nothing; who was deleted stays deleted.
"""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from interview_platform.accounts.external import ExternalAccounts
from interview_platform.events.model import Data, Permanent
from interview_platform.events.service import EventService
from interview_platform.kit.errors import Refusal
from interview_platform.providers.clerk.users import PROVIDER, ClerkUser

Model = TypeVar("Model", bound=BaseModel)
CREATED, UPDATED, DELETED = "clerk/user.created", "clerk/user.updated", "clerk/user.deleted"


class DeletedUser(BaseModel):
    """All that Clerk says of a user who is gone."""

    id: str


def install(events: EventService, people: ExternalAccounts, image_hosts: frozenset[str]) -> None:
    async def sync(data: Data) -> None:
        try:
            await people.seen(_parsed(ClerkUser, data).seen(image_hosts))
        except Refusal as refusal:
            if refusal.code != "account_erased":  # which is final, and as it should be
                raise

    async def delete(data: Data) -> None:
        await people.erased(PROVIDER, _parsed(DeletedUser, data).id)

    events.on(CREATED, "sync-user", sync)
    events.on(UPDATED, "sync-user-updated", sync)
    events.on(DELETED, "delete-user", delete)


def payload(kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """What of a webhook's `data` goes into the event: its own shape, only what is needed. Raises Permanent."""
    kept: type[BaseModel] = DeletedUser if kind == DELETED else ClerkUser
    return _parsed(kept, data).model_dump()


def _parsed(model: type[Model], data: Data) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        wrong = ", ".join(".".join(str(part) for part in one["loc"]) for one in error.errors(include_input=False))
        raise Permanent(f"this is no user of Clerk's: {wrong}") from None
