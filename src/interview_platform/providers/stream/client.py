"""Stream's HTTP, as far as we use it. Everything here may be asked twice: what is there stays, what is gone is gone."""

import asyncio
from collections.abc import Collection, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from interview_platform.events.model import Permanent
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.providers.stream.tokens import Tokens

BASE_URL = "https://chat.stream-io-api.com"
CALL_TYPE = "default"
CHANNEL_TYPE = "messaging"
SECONDS = 10.0
_SAID_MAX = 200

# Wrong keys and wrong clocks are put right by people, and then the same request is a good one.
_WORTH_TRYING = frozenset({401, 403, 408, 429})
_GONE = frozenset({404})


class StreamUnavailable(Refusal):
    """Stream did not do it this time. `why` is for the operator."""

    def __init__(self, why: str) -> None:
        super().__init__(Kind.UNAVAILABLE, "stream_unavailable", f"Stream cannot be used right now: {why}")
        self.why = why


class _User(BaseModel):
    user_id: str


class _Call(BaseModel):
    cid: str
    blocked_user_ids: list[str] = []


class _Channel(BaseModel):
    cid: str


class CallAnswer(BaseModel):
    call: _Call
    members: list[_User] = []


class ChannelAnswer(BaseModel):
    channel: _Channel
    members: list[_User] = []


class _Anything(BaseModel):
    """Some JSON object: Stream answers every request with one."""


class _Error(BaseModel):
    message: str


Answer = TypeVar("Answer", bound=BaseModel)


class StreamClient:
    """Raises StreamUnavailable for what may succeed later, Permanent for what will not. `close` at the end."""

    def __init__(self, tokens: Tokens, base_url: str | None = None, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._http = httpx.AsyncClient(
            base_url=base_url or BASE_URL,
            params={"api_key": tokens.api_key},
            headers={"authorization": tokens.server(), "stream-auth-type": "jwt", "accept": "application/json"},
            timeout=seconds,
        )

    async def close(self) -> None:
        await self._http.aclose()

    async def check(self) -> str | None:
        """None when Stream answers and takes our keys, else what is wrong and what to do."""
        try:
            await self._ask(_Anything, "GET", "/api/v2/app")
        except (StreamUnavailable, Permanent) as error:
            why = error.why if isinstance(error, StreamUnavailable) else str(error)
            return (
                f"{why}. Look at STREAM_API_KEY, STREAM_API_SECRET_KEY and STREAM_BASE_URL, and at the way out of here."
            )
        return None

    async def upsert_users(self, users: Sequence[dict[str, str]]) -> None:
        await self._ask(_Anything, "POST", "/api/v2/users", {"users": {user["id"]: user for user in users}})

    async def delete_user(self, id: str) -> None:
        """With all they wrote. Stream takes its time for it."""
        hard = {"user": "hard", "messages": "hard", "conversations": "hard"}
        await self._ask(_Anything, "POST", "/api/v2/users/delete", {"user_ids": [id], **hard}, fine=_GONE)

    async def open_call(self, id: str, creator: str, members: Sequence[dict[str, str]]) -> CallAnswer:
        """The call, made if need be."""
        data = {"created_by_id": creator, "members": members}
        return await self._ask(CallAnswer, "POST", _call(id), {"data": data})

    async def change_call_members(self, id: str, come: Sequence[dict[str, str]], gone: Sequence[str]) -> None:
        body = {"update_members": come, "remove_members": gone}
        await self._ask(_Anything, "POST", _call(id, "members"), body)

    async def block(self, id: str, user: str) -> None:
        """Put the user out of the call and keep them out."""
        await self._ask(_Anything, "POST", _call(id, "block"), {"user_id": user}, fine=_GONE)

    async def unblock(self, id: str, user: str) -> None:
        await self._ask(_Anything, "POST", _call(id, "unblock"), {"user_id": user})

    async def end_call(self, id: str) -> None:
        """Hang up for everybody and delete the call."""
        # What has ended before may refuse to end again; that it is deleted is what counts.
        await self._ask(_Anything, "POST", _call(id, "mark_ended"), {}, fine={400, *_GONE})
        await self._ask(_Anything, "POST", _call(id, "delete"), {"hard": True}, fine=_GONE)

    async def open_channel(self, id: str, creator: str, members: Sequence[str]) -> ChannelAnswer:
        """The channel, made if need be."""
        data = {"created_by_id": creator, "members": _users(members)}
        return await self._ask(ChannelAnswer, "POST", f"{_channel(id)}/query", {"data": data})

    async def change_channel_members(self, id: str, come: Sequence[str], gone: Sequence[str]) -> None:
        body = {"add_members": _users(come), "remove_members": gone}
        await self._ask(_Anything, "POST", _channel(id), {key: value for key, value in body.items() if value})

    async def delete_channel(self, id: str) -> None:
        await self._ask(_Anything, "DELETE", _channel(id), fine=_GONE)

    async def _ask(
        self, model: type[Answer], method: str, path: str, body: Any = None, *, fine: Collection[int] = ()
    ) -> Answer:
        """The answer as `model`; an empty one for the statuses that are `fine`."""
        what = f"{method} {path}"
        try:
            async with asyncio.timeout(self._seconds):  # httpx's own only bounds the pause between two bytes
                answer = await self._http.request(method, path, json=body)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise StreamUnavailable(f"no answer to {what} in time") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise StreamUnavailable(f"{what} did not get through ({type(error).__name__})") from error
        if answer.status_code in fine:
            return model.model_construct()
        if not answer.is_success:
            raise _refused(what, answer)
        try:
            return model.model_validate_json(answer.content)
        except ValidationError as error:
            raise StreamUnavailable(f"{what} was answered with something else than Stream's JSON") from error


def _refused(what: str, answer: httpx.Response) -> Exception:
    status = answer.status_code
    try:
        said = _Error.model_validate_json(answer.content).message
    except ValidationError:
        said = ""
    shown = "".join(c for c in said if c.isprintable())[:_SAID_MAX]
    why = f"{what} was refused with {status}{': ' if shown else ''}{shown}"
    hopeless = 400 <= status < 500 and status not in _WORTH_TRYING
    return Permanent(f"Stream: {why}") if hopeless else StreamUnavailable(why)


def _call(id: str, more: str = "") -> str:
    path = f"/api/v2/video/call/{CALL_TYPE}/{quote(id, safe='')}"
    return f"{path}/{more}" if more else path


def _channel(id: str) -> str:
    return f"/api/v2/chat/channels/{CHANNEL_TYPE}/{quote(id, safe='')}"


def _users(ids: Sequence[str]) -> list[dict[str, str]]:
    return [{"user_id": id} for id in ids]
