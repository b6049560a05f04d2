"""Recording a call: the host decides, everyone in the room is told, the timeline remembers."""

import asyncio
import json
from collections.abc import Callable
from weakref import WeakValueDictionary

from interview_platform.accounts.model import Person
from interview_platform.call.ports import CallRecorder
from interview_platform.call.views import CallRecordingEvent
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, StorageUnavailable
from interview_platform.sessions.model import Session, SessionId
from interview_platform.sessions.policy import Action
from interview_platform.sessions.ports import session_topic
from interview_platform.sessions.service import SessionService
from interview_platform.timeline.model import Entry, EventKind
from interview_platform.timeline.ports import TimelineStore


class Recordings:
    """`recorder` None: this server records no calls."""

    def __init__(
        self,
        recorder: CallRecorder | None,
        sessions: SessionService,
        timeline: TimelineStore,
        bus: Bus,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._recorder = recorder
        self._sessions = sessions
        self._timeline = timeline
        self._bus = bus
        self._clock = clock
        # What the host asks and what the provider reports of the same recording come at the same time.
        self._turns: WeakValueDictionary[SessionId, asyncio.Lock] = WeakValueDictionary()

    async def start(self, id: str, person: Person) -> None:
        """Raises not_found, not_host, session_completed, no_recording, NobodyInCall, AlreadyRecording."""
        session, recorder = await self._of_host(id, person)
        async with self._turn(session.id):
            recording = await recorder.start(session)
            await self._note(session, recording, EventKind.RECORDING_STARTED)

    async def stop(self, id: str, person: Person) -> None:
        """Raises not_found, not_host, session_completed, no_recording, not_recording."""
        session, recorder = await self._of_host(id, person)
        async with self._turn(session.id):
            recordings = await recorder.stop(session)
            for recording in recordings:
                await self._note(session, recording, EventKind.RECORDING_ENDED)
        if not recordings:
            raise Refusal(Kind.CONFLICT, "not_recording", "The call is not being recorded.")

    async def started(self, session: Session, recording: str) -> None:
        """The provider reports it; what is known already is not told again."""
        async with self._turn(session.id):
            await self._note(session, recording, EventKind.RECORDING_STARTED)

    async def ended(self, session: Session, recording: str) -> None:
        """The provider reports it, whoever or whatever ended it."""
        async with self._turn(session.id):
            await self._note(session, recording, EventKind.RECORDING_ENDED)

    async def _of_host(self, id: str, person: Person) -> tuple[Session, CallRecorder]:
        access = await self._sessions.access(id, person)
        access.require(Action.RECORD)
        if self._recorder is None:
            raise Refusal(Kind.NOT_FOUND, "no_recording", "This server does not record calls.")
        return access.session, self._recorder

    async def _note(self, session: Session, recording: str, kind: EventKind) -> None:
        payload = json.dumps({"recordingId": recording}).encode()
        if await self._known(session, kind, payload):
            return
        # The people first: nobody is recorded unseen because the database is away.
        event = CallRecordingEvent(recording=kind is EventKind.RECORDING_STARTED)
        self._bus.publish(session_topic(session.id), event.to_json())
        host = session.host.person if kind is EventKind.RECORDING_STARTED else None
        await self._timeline.append(session.id, [Entry(kind, host, self._clock(), payload)])

    async def _known(self, session: Session, kind: EventKind, payload: bytes) -> bool:
        try:
            events = await self._timeline.read(session.id, kinds=[kind])
        except StorageUnavailable:
            return False
        return any(event.entry.payload == payload for event in events)

    def _turn(self, id: SessionId) -> asyncio.Lock:
        lock = self._turns.get(id)
        if lock is None:
            lock = self._turns[id] = asyncio.Lock()
        return lock


async def recorded_now(timeline: TimelineStore, session: SessionId) -> bool:
    """Whether a recording has begun that has not ended."""
    going: set[bytes] = set()
    for event in await timeline.read(session, kinds=[EventKind.RECORDING_STARTED, EventKind.RECORDING_ENDED]):
        if event.entry.kind is EventKind.RECORDING_STARTED:
            going.add(event.entry.payload)
        else:
            going.discard(event.entry.payload)
    return bool(going)
