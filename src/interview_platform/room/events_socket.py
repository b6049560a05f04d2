"""The events socket `/api/sessions/{id}/events`: JSON messages as in `messages.py` (docs/room.md)."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from interview_platform.accounts.model import PersonId
from interview_platform.activity.model import Noted
from interview_platform.activity.views import ActivityView
from interview_platform.chat.model import Message
from interview_platform.chat.views import MessageView
from interview_platform.execution.views import RunView
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms, rfc3339
from interview_platform.kit.close_codes import CloseCode
from interview_platform.kit.ids import new_id
from interview_platform.room.colors import Colors
from interview_platform.room.door import AsksAccess, Door, Entrance
from interview_platform.room.event_frames import Listener, NoteActivity, TypeToRun
from interview_platform.room.event_peer import Contents, EventPeer
from interview_platform.room.event_room import EventRoom
from interview_platform.room.limits import Buckets, RoomLimits
from interview_platform.room.messages import (
    HelloEvent,
    MeView,
    RoomState,
    WaitingEvent,
)
from interview_platform.room.socket import Receive, Scope, Send, carry
from interview_platform.room.watchers import Watchers
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Access, Action
from interview_platform.sessions.views import SessionView

log = structlog.get_logger(__name__)

NewestMessages = Callable[[Access], Awaitable[tuple[list[Message], int | None]]]
"""The newest page of the chat that is for them, oldest first, and the `before` of the page before it."""

RecentRuns = Callable[[Access], Awaitable[list[RunView]]]
"""The newest runs, newest first. Output of running ones must be read last: after it nothing may be awaited."""


IsRecorded = Callable[[SessionId], Awaitable[bool]]
"""Whether the session's call is being recorded."""

WasNoted = Callable[[SessionId], Awaitable[list[Noted]]]
"""All that was noted of what candidates did."""


class EventsSocket:
    def __init__(
        self,
        door: Door,
        sessions: AsksAccess,
        bus: Bus,
        colors: Colors,
        limits: RoomLimits,
        *,
        watchers: Watchers,
        messages: NewestMessages,
        runs: RecentRuns,
        typed: TypeToRun,
        recorded: IsRecorded,
        noted: WasNoted,
        note: NoteActivity,
    ) -> None:
        self._door = door
        self._sessions = sessions
        self._bus = bus
        self._colors = colors
        self._watchers = watchers
        watchers.shown, watchers.changed = self._shows, self._tell_who_watches
        self._limits = limits
        self._buckets = Buckets(limits.events_per_second, limits.events_burst)
        self._messages = messages
        self._runs = runs
        self._typed = typed
        self._recorded = recorded
        self._noted = noted
        self._note = note
        self._rooms: dict[SessionId, EventRoom] = {}

    async def __call__(self, id: str, scope: Scope, receive: Receive, send: Send) -> None:
        async def serve(entrance: Entrance) -> None:
            await self._serve(entrance, scope, receive, send)

        await self._door.answer(id, scope, receive, send, serve, action=Action.ENTER)

    async def _serve(self, entrance: Entrance, scope: Scope, receive: Receive, send: Send) -> None:
        session = entrance.access.session
        color = self._colors.of(session, entrance.person.id)
        bucket = self._buckets.of(session.id, entrance.person.id)
        peer = EventPeer(new_id(), entrance.access, color, self._limits, bucket)
        entrance.seat.fill(peer)
        room = self._rooms.get(session.id)
        if room is None:
            room = self._rooms[session.id] = EventRoom(session.id, self._bus, self._colors, self._watchers)
        room.enter(peer)
        peer.on_access = partial(self._access_changed, room, peer)
        try:
            if peer.outside:
                self._hold(room, peer)
            else:
                await self._welcome(room, peer)
            await carry(scope, receive, send, peer, Listener(room, peer, self._typed, self._note))
        finally:
            if peer.welcoming is not None:
                peer.welcoming.cancel()
            room.leave(peer)
            if not room.peers:
                room.close()
                self._rooms.pop(session.id, None)

    def _shows(self, session: SessionId, person: PersonId) -> bool:
        room = self._rooms.get(session)
        return room is not None and person in room.here

    def _tell_who_watches(self, session: SessionId) -> None:
        room = self._rooms.get(session)
        if room is not None:
            room.tell_presence()

    def _access_changed(self, room: EventRoom, peer: EventPeer, _access: Access) -> None:
        if peer.outside:
            self._hold(room, peer)
        elif peer.welcomed:
            room.tell_who_they_are(peer, _me(peer))
        elif peer.held and peer.welcoming is None:
            peer.welcoming = asyncio.create_task(self._let_in(room, peer))

    def _hold(self, room: EventRoom, peer: EventPeer) -> None:
        """They wait at the door."""
        peer.held = True
        session = peer.access.session
        member = session.member(peer.person.id)
        assert member is not None
        peer.send(
            WaitingEvent(
                me=_me(peer),
                host_name=session.host.name,
                reason="lobby" if member.waiting else "preparing",
                ai_policy=session.settings.ai_policy,
                ai_note=session.settings.ai_note,
                server_time=rfc3339(now_ms()),
            )
        )
        room.arrived(peer)

    async def _let_in(self, room: EventRoom, peer: EventPeer) -> None:
        try:
            await self._welcome(room, peer)
        except Exception:
            log.exception("room.cannot_welcome", session=room.session)
            peer.close(CloseCode.FAILED, "cannot_welcome")  # it comes back, and through the door

    async def _welcome(self, room: EventRoom, peer: EventPeer) -> None:
        """The bus is heard already: what happens while we read is kept for the peer and sent after its hello."""
        heard = room.heard
        fresh = await self._sessions.access(room.session, peer.person)
        if room.heard == heard or room.view is None:
            room.view = SessionView.of(fresh.session, for_staff=True)
            room.shown = SessionView.of(fresh.session, for_staff=False)
        if room.recording is None:
            recorded = await self._recorded(room.session)
            room.recording = recorded if room.recording is None else room.recording
        if not room.activity.complete:
            room.activity.read([ActivityView.of(noted) for noted in await self._noted(room.session)])
        messages, before = await self._messages(fresh)
        runs = await self._runs(fresh)
        # From here on nothing is awaited: all parts of the hello are of one moment.
        contents = Contents(messages[-1].seq if messages else 0, frozenset(run.id for run in runs))
        peer.welcome(lambda: self._hello(room, peer, messages, before, runs), contents)
        room.arrived(peer)

    def _hello(
        self, room: EventRoom, peer: EventPeer, messages: list[Message], before: int | None, runs: list[RunView]
    ) -> HelloEvent:
        state = RoomState(
            session=room.seen_by(peer),
            messages=[MessageView.of(message) for message in messages],
            messages_before=before,
            runs=runs,
            peers=room.call.peers(),
            recording=bool(room.recording),
            activity=room.activity.seen_by(peer),
        )
        people = room.people(for_staff=peer.access.staff)
        return HelloEvent(me=_me(peer), people=people, state=state, server_time=rfc3339(now_ms()))


def _me(peer: EventPeer) -> MeView:
    role = peer.access.role
    assert role is not None
    return MeView(id=peer.person.id, name=peer.person.name, role=role, color=peer.color, connection_id=peer.id)
