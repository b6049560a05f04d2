"""HTTP of chat."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.accounts.tickets import Tickets
from interview_platform.chat.ports import ChatTokens
from interview_platform.chat.service import ChatService
from interview_platform.chat.views import ChatTokenAnswer, MessageAnswer, MessageBody, MessagesAnswer, MessageView
from interview_platform.kit.http import answer, documented


def router(chat: ChatService, tickets: Tickets, identity: Identity, provider: ChatTokens | None = None) -> APIRouter:
    """`provider`: who carries the chat of browsers that have its plug-in; ours stays open beside it."""
    routes = APIRouter()

    @routes.get("/api/chat/token", operation_id="getChatToken", responses=documented(ChatTokenAnswer))
    async def token(person: Annotated[Person, Depends(identity.required)]) -> Response:
        token = provider.issue(person) if provider else tickets.issue(person.id)
        return answer(ChatTokenAnswer(token=token, user_id=person.id, user_name=person.name, user_image=person.image))

    @routes.get("/api/sessions/{id}/messages", operation_id="listMessages", responses=documented(MessagesAnswer))
    async def history(
        request: Request,
        id: str,
        before: Annotated[str | None, Query(description="A message's number or id; the page before it.")] = None,
    ) -> Response:
        messages, earlier = await chat.history(id, await identity.optional(request), before)
        return answer(MessagesAnswer(messages=[MessageView.of(message) for message in messages], before=earlier))

    @routes.post(
        "/api/sessions/{id}/messages",
        operation_id="postMessage",
        status_code=201,
        responses=documented(MessageAnswer, 201),
    )
    async def post(id: str, body: MessageBody, person: Annotated[Person, Depends(identity.required)]) -> Response:
        return answer(MessageAnswer(message=MessageView.of(await chat.post(id, person, body.text))), 201)

    return routes
