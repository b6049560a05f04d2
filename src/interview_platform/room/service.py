"""The live side of all sessions of this process, put together."""

import asyncio
from functools import partial
from typing import Protocol

from interview_platform.activity.service import ActivityService
from interview_platform.call.recording import recorded_now
from interview_platform.kit.bus import Bus
from interview_platform.room.colors import Colors
from interview_platform.room.doc_socket import DocumentSocket
from interview_platform.room.door import Door, WhoAsks
from interview_platform.room.event_frames import TypeToRun
from interview_platform.room.events_socket import EventsSocket, NewestMessages, RecentRuns
from interview_platform.room.limits import RoomLimits
from interview_platform.room.measures import Measures
from interview_platform.room.notes import Notes
from interview_platform.room.peer import FOR_STAFF
from interview_platform.room.record import Records
from interview_platform.room.registry import Rooms
from interview_platform.room.seats import Seats
from interview_platform.room.seed import Seed
from interview_platform.room.sockets import Sockets
from interview_platform.room.watchers import Watchers
from interview_platform.sessions.model import Session
from interview_platform.sessions.service import SessionService
from interview_platform.timeline.model import DocumentName
from interview_platform.timeline.pads import pads_of
from interview_platform.timeline.ports import TimelineStore


class Begins(Protocol):
    """`starters.Starters`: what documents begin with."""

    def seed(self, session: Session) -> Seed: ...

    def seed_of(self, slug: str) -> Seed: ...

    def language_of(self, path: str) -> str: ...

    def untouched(self, path: str, text: str) -> bool: ...


class RoomService:
    """`sockets` is the ASGI application for WebSockets; `records` and `notes` are for `routes.router`."""

    def __init__(
        self,
        identity: WhoAsks,
        sessions: SessionService,
        timeline: TimelineStore,
        bus: Bus,
        *,
        starters: Begins,
        messages: NewestMessages,
        runs: RecentRuns,
        typed: TypeToRun,
        activity: ActivityService,
        client_url: str | None = None,
        limits: RoomLimits | None = None,
    ) -> None:
        limits = limits or RoomLimits()
        self.seats = Seats(bus, limits)
        door = Door(identity, sessions, self.seats, client_url)
        colors = Colors()
        self.measures = Measures()
        self.watchers = Watchers(limits)
        self.rooms = Rooms(timeline, starters.seed, self.seats, limits, measures=self.measures)
        self.staff = Rooms(timeline, None, self.seats, limits, DocumentName.STAFF, measures=self.measures)
        self.notes = Notes(self.staff)
        pads = partial(pads_of, timeline)
        self.records = Records(self.rooms, starters.language_of, starters.untouched, pads, starters.seed_of)
        self.sockets = Sockets(
            DocumentSocket(door, self.rooms, colors, self.watchers, limits),
            DocumentSocket(door, self.staff, colors, self.watchers, limits, rights=FOR_STAFF),
            EventsSocket(
                door,
                sessions,
                bus,
                colors,
                limits,
                watchers=self.watchers,
                messages=messages,
                runs=runs,
                typed=typed,
                recorded=partial(recorded_now, timeline),
                noted=activity.of,
                note=activity.note,
            ),
        )
        self._activity = activity
        sessions.on_ended += [self.rooms.settle, self.staff.settle]
        sessions.on_read.append(self.watchers.read)

    async def close(self) -> None:
        """Write every document down and close every socket. Before the storage is closed."""
        self.watchers.close()
        await asyncio.gather(self.rooms.close(), self.staff.close())
        await self._activity.close()
