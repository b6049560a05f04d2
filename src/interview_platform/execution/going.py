"""The runs of this process that have not ended: what is said of them, typed to them, and who stops them."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

import structlog

from interview_platform.accounts.model import Person
from interview_platform.execution.live import Live
from interview_platform.execution.model import Stream
from interview_platform.execution.patience import IDLE_SECONDS, Patience
from interview_platform.execution.runs import Run, RunStatus
from interview_platform.execution.views import (
    RunInputEvent,
    RunnerView,
    RunOutputEvent,
    RunQueuedEvent,
    RunStartedEvent,
)
from interview_platform.kit.bus import Bus
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.kit.views import View
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.ports import session_topic, staff_topic
from interview_platform.timeline.model import Entry
from interview_platform.timeline.ports import TimelineStore

TYPING_LIMIT = Limit(200, 20)  # pieces of one person: Enter held down gives 30 a second, but not for long

log = structlog.get_logger()


def run_topic(id: str) -> str:
    """The bus topic of a run outside a room: messages are the same as in a room."""
    return f"run:{id}"


class Going:
    def __init__(self, bus: Bus, timeline: TimelineStore, clock: Callable[[], int]) -> None:
        self._bus = bus
        self._timeline = timeline
        self._clock = clock
        self._live: dict[str, Live] = {}
        self._writing: dict[str, asyncio.Task[None]] = {}
        self._typing = RateLimiter(TYPING_LIMIT, code="typing_too_fast", message="You type too fast. Wait a moment.")

    def __iter__(self) -> Iterator[Live]:
        return iter(tuple(self._live.values()))

    def __contains__(self, id: str) -> bool:
        return id in self._live

    def __getitem__(self, id: str) -> Live:
        return self._live[id]

    def announce(self, live: Live) -> None:
        """It is accepted, and being stored. What happens to it meanwhile is told by `add`."""
        live.held = [RunStartedEvent(run=live.view())]

    def add(self, live: Live) -> None:
        """It is stored."""
        self._live[live.run.id] = live
        held, live.held = live.held or [], None
        for event in held:
            self.publish(live.run, event)

    def started(self, live: Live) -> None:
        """It has left the queue."""
        live.run = replace(live.run, status=RunStatus.RUNNING)
        if live.interactive:
            told = f"Stopped: nothing was typed or printed for {IDLE_SECONDS / 60:g} minutes."
            live.patience = Patience(IDLE_SECONDS, lambda: self.stop(live, told))
        self._tell(live, RunStartedEvent(run=live.view()))

    async def remove(self, live: Live) -> None:
        """It has ended: when all that was noted of it is written down."""
        if live.patience is not None:
            live.patience.end()
        while writing := self._writing.get(live.run.id):
            await asyncio.wait([writing])
        del self._live[live.run.id]

    def in_room(self, id: str, session: SessionId) -> Live | None:
        live = self._live.get(id)
        return live if live is not None and live.run.session == session else None

    def alone(self, id: str, person: Person) -> Live | None:
        live = self._live.get(id)
        return live if live is not None and live.run.session is None and live.run.person == person.id else None

    @property
    def crowded(self) -> bool:
        """Whether some of them wait for a place."""
        return any(live.run.status is RunStatus.QUEUED for live in self)

    def publish(self, run: Run, event: View) -> None:
        topic = run_topic(run.id)
        if run.session is not None:
            topic = staff_topic(run.session) if run.for_staff else session_topic(run.session)
        self._bus.publish(topic, event.to_json())

    def _tell(self, live: Live, event: View) -> None:
        if live.held is None:
            self.publish(live.run, event)
        else:
            live.held.append(event)

    def printed(self, live: Live, stream: Stream, text: str) -> None:
        kept = live.printed(stream, text)
        if kept:
            self._tell(live, RunOutputEvent(run_id=live.run.id, stream=stream, text=kept))

    def queued(self, live: Live, position: int) -> None:
        """It waits, and stands there now."""
        if live.position != position:
            live.position = position
            self._tell(live, RunQueuedEvent(run_id=live.run.id, position=position))

    def type(self, live: Live, by: Person, text: str, *, end: bool) -> None:
        """Into the program. Raises typing_too_fast, not_interactive, input_ended, input_too_large, input_full."""
        if not text and not end:
            return
        self._typing.take(by.id)
        live.type(by, text, end=end)
        self._note(live, live.run.input(by.id, text, self._clock(), ended=end))
        told = RunnerView(id=by.id, name=by.name)
        # First what was typed, then what the program answers.
        self.publish(live.run, RunInputEvent(run_id=live.run.id, by=told, text=text, ended=end))
        if text:
            live.control.write(text)
        if end:
            live.control.end_input()

    def stop(self, live: Live, message: str, by: Person | None = None) -> None:
        if live.stop(message, by):
            self._note(live, live.run.stop(by.id if by else None, self._clock()))

    def _note(self, live: Live, entry: Entry) -> None:
        """Into the timeline, on the side: nobody who types waits for the database."""
        if live.run.session is None:
            return
        live.notes.append(entry)
        if live.run.id not in self._writing:
            self._writing[live.run.id] = asyncio.create_task(self._write(live, live.run.session))

    async def _write(self, live: Live, session: SessionId) -> None:
        try:
            while live.notes:
                entries, live.notes = live.notes, []
                await self._timeline.append(session, entries)
        except Exception:
            # The run keeps what was typed too, and goes on.
            log.exception("run.not_noted", run=live.run.id)
        finally:
            del self._writing[live.run.id]
