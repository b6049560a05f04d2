"""A stand-in for Stream's HTTP, on loopback. It checks what it is sent (key, signature, path, shape) and keeps users,
calls and channels as Stream's documentation describes them.

What it does not show: Stream's permissions and rate limits, its asynchronous deletions, the exact text and status of
its refusals, and everything between it and browsers (media, sockets, messages).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import jwt
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.room.world import server_of

KEY = "key-of-the-tests"
SECRET = "s3cret-of-the-tests-which-is-as-long-as-a-real-one-is"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class User(Strict):
    id: str
    name: str
    image: str | None = None


class Users(Strict):
    users: dict[str, User]


class Deletion(Strict):
    user_ids: list[str]
    user: str
    messages: str
    conversations: str


class CallMember(Strict):
    user_id: str
    role: str


class CallData(Strict):
    created_by_id: str
    members: list[CallMember]


class CallBody(Strict):
    data: CallData


class CallMembers(Strict):
    update_members: list[CallMember]
    remove_members: list[str]


class OneUser(Strict):
    user_id: str


class Hard(Strict):
    hard: bool


class ChannelMember(Strict):
    user_id: str


class ChannelData(Strict):
    created_by_id: str
    members: list[ChannelMember]


class ChannelBody(Strict):
    data: ChannelData


class ChannelMembers(Strict):
    add_members: list[ChannelMember] = []
    remove_members: list[str] = []


@dataclass
class Call:
    creator: str
    members: dict[str, str]
    blocked: set[str] = field(default_factory=set)
    ended: bool = False


@dataclass
class Channel:
    creator: str
    members: set[str]


class No(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


Trouble = Callable[[Request], Awaitable[Response | None]]


class StandIn:
    """`trouble`: asked before every request; what it answers is what is answered."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.deleted: set[str] = set()
        self.calls: dict[str, Call] = {}
        self.channels: dict[str, Channel] = {}
        self.asked: list[str] = []
        self.bodies: list[bytes] = []
        self.trouble: Trouble | None = None
        call, channel = "/api/v2/video/call/default/{id}", "/api/v2/chat/channels/messaging/{id}"
        routes: list[tuple[str, str, Callable[[str, bytes], Any]]] = [
            ("GET", "/api/v2/app", lambda _id, _body: {"app": {"name": "tests"}}),
            ("POST", "/api/v2/users", self._upsert),
            ("POST", "/api/v2/users/delete", self._delete),
            ("POST", call, self._call),
            ("POST", call + "/members", self._call_members),
            ("POST", call + "/block", self._block),
            ("POST", call + "/unblock", self._unblock),
            ("POST", call + "/mark_ended", self._mark_ended),
            ("POST", call + "/delete", self._delete_call),
            ("POST", channel + "/query", self._channel),
            ("POST", channel, self._channel_members),
            ("DELETE", channel, self._delete_channel),
        ]
        self.app = Starlette(routes=[Route(path, self._answer(do), methods=[method]) for method, path, do in routes])

    @property
    def changes(self) -> list[str]:
        """What was asked for, without the ids of calls."""
        return [one.split("/session_")[0] + (one.partition("/session_")[2].partition("/")[2]) for one in self.asked]

    def _answer(self, do: Callable[[str, bytes], Any]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            body = await request.body()
            self.asked.append(f"{request.method} {request.url.path}")
            self.bodies.append(body)
            if self.trouble is not None and (given := await self.trouble(request)) is not None:
                return given
            try:
                _check(request)
                return JSONResponse({"duration": "1ms", **do(request.path_params.get("id", ""), body)})
            except ValidationError as error:
                return refusal(400, str(error))
            except No as no:
                return refusal(no.status, str(no))

        return answer

    def _upsert(self, _: str, body: bytes) -> Any:
        users = Users.model_validate_json(body).users
        for id, user in users.items():
            if id != user.id:
                raise No(400, "the key is not the user's id")
            if id in self.deleted:
                raise No(400, "this user was deleted")
        self.users.update(users)
        return {"users": {id: user.model_dump() for id, user in users.items()}}

    def _delete(self, _: str, body: bytes) -> Any:
        asked = Deletion.model_validate_json(body)
        if (asked.user, asked.messages, asked.conversations) != ("hard", "hard", "hard"):
            raise No(400, "a hard deletion wants all three to be hard")
        for id in asked.user_ids:
            self._known([id], 404)
            del self.users[id]
            self.deleted.add(id)
            for call in self.calls.values():
                call.members.pop(id, None)
            for channel in self.channels.values():
                channel.members.discard(id)
        return {"task_id": "t1"}

    def _known(self, ids: list[str], status: int = 400) -> None:
        unknown = [id for id in ids if id not in self.users]
        if unknown:
            raise No(status, f"there are no users {unknown}")

    def _call(self, id: str, body: bytes) -> Any:
        data = CallBody.model_validate_json(body).data
        members = {member.user_id: member.role for member in data.members}
        self._known([data.created_by_id, *members])
        call = self.calls.setdefault(id, Call(data.created_by_id, members))
        shown = [{"user_id": id, "role": role} for id, role in call.members.items()]
        return {
            "call": {"cid": f"default:{id}", "id": id, "type": "default", "blocked_user_ids": sorted(call.blocked)},
            "members": shown,
        }

    def _call_members(self, id: str, body: bytes) -> Any:
        asked, call = CallMembers.model_validate_json(body), self._found(self.calls, id)
        members = {member.user_id: member.role for member in asked.update_members}
        self._known(list(members))
        call.members.update(members)
        for gone in asked.remove_members:
            call.members.pop(gone, None)
        return {"members": []}

    def _block(self, id: str, body: bytes) -> Any:
        user, call = OneUser.model_validate_json(body).user_id, self._found(self.calls, id)
        self._known([user], 404)
        call.blocked.add(user)
        return {}

    def _unblock(self, id: str, body: bytes) -> Any:
        user = OneUser.model_validate_json(body).user_id
        self._found(self.calls, id).blocked.discard(user)
        return {}

    def _mark_ended(self, id: str, body: bytes) -> Any:
        Strict.model_validate_json(body)
        call = self._found(self.calls, id)
        if call.ended:
            raise No(400, "this call has ended")
        call.ended = True
        return {}

    def _delete_call(self, id: str, body: bytes) -> Any:
        assert Hard.model_validate_json(body).hard
        self._found(self.calls, id)
        del self.calls[id]
        return {"task_id": "t2"}

    def _channel(self, id: str, body: bytes) -> Any:
        data = ChannelBody.model_validate_json(body).data
        members = [member.user_id for member in data.members]
        self._known([data.created_by_id, *members])
        channel = self.channels.setdefault(id, Channel(data.created_by_id, set(members)))
        shown = [{"user_id": id, "channel_role": "channel_member"} for id in sorted(channel.members)]
        return {"channel": {"cid": f"messaging:{id}"}, "members": shown, "messages": []}

    def _channel_members(self, id: str, body: bytes) -> Any:
        asked, channel = ChannelMembers.model_validate_json(body), self._found(self.channels, id)
        come = [member.user_id for member in asked.add_members]
        self._known(come)
        channel.members |= set(come)
        channel.members -= set(asked.remove_members)
        return {"members": []}

    def _delete_channel(self, id: str, body: bytes) -> Any:
        assert not body
        self._found(self.channels, id)
        del self.channels[id]
        return {}

    def _found(self, there: dict[str, Any], id: str) -> Any:
        if id not in there:
            raise No(404, f"there is no {id}")
        return there[id]


def refusal(status: int, message: str) -> Response:
    """As Stream refuses."""
    return JSONResponse({"code": 4, "StatusCode": status, "message": message, "duration": "1ms"}, status)


def _check(request: Request) -> None:
    if request.query_params.get("api_key") != KEY or request.headers.get("stream-auth-type") != "jwt":
        raise No(401, "api_key or stream-auth-type is not right")
    token = request.headers.get("authorization", "")
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise No(401, "the token's signature is not right") from None
    if not claims.get("server") or "user_id" in claims:
        raise No(403, "this is for servers only")


@asynccontextmanager
async def standing_in(stand_in: StandIn, port: int = 0) -> AsyncIterator[str]:
    """The address of the stand-in, served in this event loop."""
    server = server_of(stand_in.app, port)
    task = asyncio.create_task(server._serve())
    try:
        async with asyncio.timeout(10):
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
