"""The document sockets `/api/sessions/{id}/doc` and `/staff`: the standard y-websocket protocol, as raw ASGI
(docs/room.md).
"""

from urllib.parse import parse_qs

from interview_platform.kit.close_codes import CloseCode
from interview_platform.room.awareness import Persona
from interview_platform.room.colors import Colors
from interview_platform.room.door import Door, Entrance
from interview_platform.room.limits import Buckets, RoomLimits
from interview_platform.room.live import LiveDocument
from interview_platform.room.peer import SHARED, Allowance, DocumentPeer, Rights
from interview_platform.room.registry import CannotOpen, Rooms
from interview_platform.room.socket import Receive, Scope, Send, carry
from interview_platform.room.watchers import Watchers
from interview_platform.room.wire import (
    AWARENESS,
    NOTHING,
    QUERY_AWARENESS,
    STEP_1,
    STEP_2,
    SYNC,
    UPDATE,
    BadFrame,
    only_payload,
)


class DocumentSocket:
    def __init__(
        self,
        door: Door,
        rooms: Rooms,
        colors: Colors,
        watchers: Watchers,
        limits: RoomLimits,
        *,
        rights: Rights = SHARED,
    ) -> None:
        self._door = door
        self._watchers = watchers
        self._colors = colors
        self._rooms = rooms
        self._limits = limits
        self._rights = rights
        self._messages = Buckets(limits.messages_per_second, limits.messages_burst)
        self._bytes = Buckets(limits.bytes_per_second, limits.bytes_burst)
        self._work = Buckets(limits.work_per_second, limits.work_burst)

    async def __call__(self, id: str, scope: Scope, receive: Receive, send: Send) -> None:
        acks = parse_qs(scope["query_string"].decode("latin-1")).get("acks") == ["1"]

        async def serve(entrance: Entrance) -> None:
            await self._serve(entrance, scope, receive, send, acks=acks)

        await self._door.answer(id, scope, receive, send, serve, action=self._rights.opens)

    async def _serve(self, entrance: Entrance, scope: Scope, receive: Receive, send: Send, *, acks: bool) -> None:
        person, session = entrance.person, entrance.access.session
        persona = Persona(person.id, person.name, self._colors.of(session, person.id))
        buckets = (self._messages, self._bytes, self._work)
        allowance = Allowance(*(each.of(session.id, person.id) for each in buckets))
        can_edit = entrance.access.may(self._rights.edits)
        peer = DocumentPeer(persona, self._limits, allowance, self._rights, can_edit=can_edit, acks=acks)
        entrance.seat.fill(peer)
        try:
            live = await self._rooms.join(session, peer)
        except CannotOpen:
            await send({"type": "websocket.close", "code": CloseCode.FAILED, "reason": "cannot_open"})
            return
        try:
            with self._watchers.connected(session.id, person.id):
                await carry(scope, receive, send, peer, Listener(live, peer, self._limits))
        finally:
            self._rooms.leave(live, peer)


class Listener:
    """Reads one peer's messages. Called with each; raises BadFrame."""

    def __init__(self, live: LiveDocument, peer: DocumentPeer, limits: RoomLimits) -> None:
        self._live = live
        self._peer = peer
        self._limits = limits

    def __call__(self, frame: bytes | str) -> None:
        peer = self._peer
        if not peer.allowance.passes(len(frame)):
            peer.close(CloseCode.TOO_FAST_OR_SLOW, "too_fast")
            return
        if len(frame) > self._limits.frame_bytes:
            peer.close(CloseCode.TOO_LARGE, "frame_too_large")
            return
        if isinstance(frame, str) or len(frame) == 0:
            raise BadFrame("not a message")
        kind = frame[0]
        if kind == SYNC:
            self._sync(frame)
        elif kind == AWARENESS:
            payload = only_payload(frame, 1)
            if len(payload) > self._limits.awareness_bytes:
                peer.close(CloseCode.TOO_LARGE, "awareness_too_large")
                return
            self._live.take_cursors(peer, frame, payload)
        elif kind == QUERY_AWARENESS and len(frame) == 1:
            self._live.answer_query(peer)
        else:
            raise BadFrame("unknown message")

    def _sync(self, frame: bytes) -> None:
        live, peer = self._live, self._peer
        step = frame[1] if len(frame) > 1 else -1
        payload = only_payload(frame, 2)
        if step == UPDATE and peer.can_edit:
            live.take_update(peer, frame, payload)
        elif step == STEP_1:
            live.answer_step1(peer, payload)
        elif step == STEP_2 and peer.can_edit:
            live.take_step2(peer, payload)
        elif step == UPDATE or (step == STEP_2 and payload != NOTHING):
            peer.denied()
        elif step == STEP_2:
            peer.received += 1  # nothing, but it waits to hear that nothing is missing once it may write again
        else:
            raise BadFrame("unknown sync message")
