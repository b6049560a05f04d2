"""A stand-in for LiveKit's server: its Twirp HTTP over loopback, with the vendor's own messages and token checks.

It keeps rooms, participants and recordings in memory and says what livekit-server says of those that are not there.
What it does not show: media, how long anything takes, what a real egress writes, limits and errors of LiveKit's cloud,
and whether a real server sends the reports that a test signs here.
"""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import jwt
from google.protobuf.json_format import MessageToJson
from google.protobuf.message import Message
from livekit import api
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.room.world import serving

KEY = "APIkey"
SECRET = "a-livekit-secret-of-48-characters-for-the-tests!"


class Missing(Exception):
    pass


@dataclass
class LiveKitStandIn:
    url: str = ""
    rooms: dict[str, list[str]] = field(default_factory=dict)
    """Identities by room."""
    recordings: dict[str, api.EgressInfo] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fault: int | bytes | None = None
    """Until it is None again: a status to answer with, or a body that is no message. 0: no answer at all."""
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: Request) -> Response:
        service, method = request.path_params["service"], request.path_params["method"]
        self.asked.append(method)
        if self.fault == 0:
            await self.gate.wait()
        if isinstance(self.fault, int):
            return _error("internal" if self.fault >= 500 else "resource_exhausted", self.fault)
        if self.fault is not None:
            return Response(self.fault, media_type="application/protobuf")
        try:
            video = (
                api.TokenVerifier(KEY, SECRET).verify(request.headers["authorization"].removeprefix("Bearer ")).video
            )
        except jwt.PyJWTError:
            return _error("unauthenticated", 401)
        assert video is not None
        kind, handler = self._methods()[f"{service}/{method}"]
        asked = kind.FromString(await request.body())
        if not _granted(method, video, asked):
            return _error("permission_denied", 403)
        try:
            return Response(handler(asked).SerializeToString(), media_type="application/protobuf")
        except Missing:
            return _error("not_found", 404)

    def _methods(self) -> dict[str, tuple[type[Any], Callable[[Any], Message]]]:
        return {
            "RoomService/CreateRoom": (api.CreateRoomRequest, self._create),
            "RoomService/ListRooms": (api.ListRoomsRequest, self._list),
            "RoomService/DeleteRoom": (api.DeleteRoomRequest, self._delete),
            "RoomService/ListParticipants": (api.ListParticipantsRequest, self._participants),
            "RoomService/RemoveParticipant": (api.RoomParticipantIdentity, self._remove),
            "Egress/StartRoomCompositeEgress": (api.RoomCompositeEgressRequest, self._record),
            "Egress/ListEgress": (api.ListEgressRequest, self._recorded),
            "Egress/StopEgress": (api.StopEgressRequest, self._stop),
        }

    def _create(self, asked: api.CreateRoomRequest) -> Message:
        self.rooms.setdefault(asked.name, [])
        return api.Room(name=asked.name)

    def _list(self, asked: api.ListRoomsRequest) -> Message:
        return api.ListRoomsResponse(rooms=[api.Room(name=one) for one in self.rooms if one in asked.names])

    def _delete(self, asked: api.DeleteRoomRequest) -> Message:
        if self.rooms.pop(asked.room, None) is None:
            raise Missing
        return api.DeleteRoomResponse()

    def _participants(self, asked: api.ListParticipantsRequest) -> Message:
        there = self.rooms.get(asked.room, [])
        return api.ListParticipantsResponse(participants=[api.ParticipantInfo(identity=one) for one in there])

    def _remove(self, asked: api.RoomParticipantIdentity) -> Message:
        there = self.rooms.get(asked.room, [])
        if asked.identity not in there:
            raise Missing
        there.remove(asked.identity)
        return api.RemoveParticipantResponse()

    def _record(self, asked: api.RoomCompositeEgressRequest) -> Message:
        if asked.room_name not in self.rooms:
            raise Missing
        info = api.EgressInfo(
            egress_id=f"EG_{len(self.recordings)}",
            room_name=asked.room_name,
            status=api.EgressStatus.EGRESS_ACTIVE,
            room_composite=asked,
        )
        self.recordings[info.egress_id] = info
        return info

    def _recorded(self, asked: api.ListEgressRequest) -> Message:
        items = [one for one in self.recordings.values() if one.room_name == asked.room_name]
        return api.ListEgressResponse(items=[one for one in items if one.status < api.EgressStatus.EGRESS_ENDING])

    def _stop(self, asked: api.StopEgressRequest) -> Message:
        info = self.recordings[asked.egress_id]
        info.status = api.EgressStatus.EGRESS_COMPLETE
        return info


def _granted(method: str, video: api.VideoGrants, asked: Any) -> bool:
    if method in ("CreateRoom", "DeleteRoom"):
        return video.room_create is True
    if method == "ListRooms":
        return video.room_list is True
    if method.endswith("Egress"):
        return video.room_record is True
    return video.room_admin is True and video.room == asked.room


def _error(code: str, status: int) -> Response:
    return Response(json.dumps({"code": code, "msg": code}), status, media_type="application/json")


@asynccontextmanager
async def livekit_stand_in() -> AsyncIterator[LiveKitStandIn]:
    made = LiveKitStandIn()
    app = Starlette(routes=[Route("/twirp/livekit.{service}/{method}", made.answer, methods=["POST"])])
    async with serving(app) as port:
        made.url = f"ws://127.0.0.1:{port}"
        yield made
        made.gate.set()


def report(event: api.WebhookEvent) -> bytes:
    return MessageToJson(event).encode()


def signed(
    body: bytes, *, key: str = KEY, secret: str = SECRET, minutes: float = 5, sha: bool = True
) -> dict[str, str]:
    """The headers with which LiveKit sends a report."""
    token = api.AccessToken(key, secret).with_ttl(timedelta(minutes=minutes))
    if sha:
        token = token.with_sha256(base64.b64encode(hashlib.sha256(body).digest()).decode())
    return {"authorization": token.to_jwt(), "content-type": "application/webhook+json"}
