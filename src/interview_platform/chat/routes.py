"""HTTP of chat."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from interview_platform.accounts.identity import Identity
from interview_platform.accounts.model import Person
from interview_platform.accounts.tickets import Tickets
from interview_platform.chat.attachments import Attachments, headers_of
from interview_platform.chat.changes import MessageChanges
from interview_platform.chat.ports import ChatTokens
from interview_platform.chat.service import ChatService
from interview_platform.chat.views import (
    AttachmentAnswer,
    AttachmentBody,
    AttachmentView,
    ChatTokenAnswer,
    EditBody,
    MessageAnswer,
    MessageBody,
    MessagesAnswer,
    MessageView,
)
from interview_platform.kit.http import answer, documented


def router(
    chat: ChatService,
    changes: MessageChanges,
    attachments: Attachments,
    tickets: Tickets,
    identity: Identity,
    *,
    provider: ChatTokens | None = None,
) -> APIRouter:
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
        message = await chat.post(id, person, body.text, client_id=body.client_id, attachments=body.attachments)
        return answer(MessageAnswer(message=MessageView.of(message)), 201)

    _change_routes(routes, changes, identity)
    _attachment_routes(routes, attachments, identity)
    return routes


def _change_routes(routes: APIRouter, changes: MessageChanges, identity: Identity) -> None:
    path = "/api/sessions/{id}/messages/{message}"
    documentation = documented(MessageAnswer)

    @routes.patch(path, operation_id="editMessage", responses=documentation)
    async def edit(
        id: str, message: str, body: EditBody, person: Annotated[Person, Depends(identity.required)]
    ) -> Response:
        return answer(MessageAnswer(message=MessageView.of(await changes.edit(id, person, message, body.text))))

    @routes.delete(path, operation_id="deleteMessage", responses=documentation)
    async def delete(id: str, message: str, person: Annotated[Person, Depends(identity.required)]) -> Response:
        return answer(MessageAnswer(message=MessageView.of(await changes.delete(id, person, message))))

    @routes.put(f"{path}/reactions/{{emoji}}", operation_id="addReaction", responses=documentation)
    async def react(
        id: str, message: str, emoji: str, person: Annotated[Person, Depends(identity.required)]
    ) -> Response:
        return answer(
            MessageAnswer(message=MessageView.of(await changes.react(id, person, message, emoji, given=True)))
        )

    @routes.delete(f"{path}/reactions/{{emoji}}", operation_id="removeReaction", responses=documentation)
    async def unreact(
        id: str, message: str, emoji: str, person: Annotated[Person, Depends(identity.required)]
    ) -> Response:
        changed = await changes.react(id, person, message, emoji, given=False)
        return answer(MessageAnswer(message=MessageView.of(changed)))


def _attachment_routes(routes: APIRouter, attachments: Attachments, identity: Identity) -> None:
    @routes.post(
        "/api/sessions/{id}/attachments",
        operation_id="addAttachment",
        status_code=201,
        responses=documented(AttachmentAnswer, 201),
    )
    async def add(id: str, body: AttachmentBody, person: Annotated[Person, Depends(identity.required)]) -> Response:
        attachment = await attachments.add(id, person, body.name, body.content)
        return answer(AttachmentAnswer(attachment=AttachmentView.of(attachment)), 201)

    @routes.get(
        "/api/sessions/{id}/attachments/{attachment}",
        operation_id="getAttachment",
        response_class=Response,
        responses={200: {"content": {"image/webp": {}, "application/octet-stream": {}}}},
    )
    async def get(request: Request, id: str, attachment: str) -> Response:
        known, content = await attachments.get(id, await identity.optional(request), attachment)
        return Response(content, media_type=known.media_type, headers=headers_of(known))
