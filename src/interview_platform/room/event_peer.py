"""One connection to a room's events. Until its `hello` is sent, what happens is kept for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from interview_platform.kit.views import View
from interview_platform.room.connection import Connection
from interview_platform.room.limits import Bucket, RoomLimits
from interview_platform.sessions.policy import Access, Action


class _Message(msgspec.Struct):
    seq: int


class _ChatMessage(msgspec.Struct):
    message: _Message


class _Run(msgspec.Struct):
    id: str


class _RunStarted(msgspec.Struct):
    run: _Run


class _OfRun(msgspec.Struct):
    runId: str  # noqa: N815 - as it is sent


_chat_message = msgspec.json.Decoder(_ChatMessage).decode
_run_started = msgspec.json.Decoder(_RunStarted).decode
_of_run = msgspec.json.Decoder(_OfRun).decode
_OF_RUN = frozenset({"run.output", "run.input", "run.queued"})


@dataclass(frozen=True, slots=True)
class Contents:
    """What a hello contains of that which events also tell."""

    last_message: int
    """0 when there is none."""
    runs: frozenset[str]

    def has(self, kind: str, message: bytes) -> bool:
        """Whether the event says what the hello says at least as newly.

        The end of a run and the session may come again: they are told whole, and it is the last word. So may a changed
        message: it says itself how new it is. What was noted the room has all of at that moment.
        """
        if kind == "chat.message":
            return _chat_message(message).message.seq <= self.last_message
        if kind == "activity":
            return True
        if kind == "run.started":
            return _run_started(message).run.id in self.runs
        return kind in _OF_RUN and _of_run(message).runId in self.runs


class EventPeer(Connection):
    """`bucket` counts what the person sends over all connections to the session's events."""

    def __init__(self, id: str, access: Access, color: int, limits: RoomLimits, bucket: Bucket) -> None:
        super().__init__(limits, text=True)
        assert access.person is not None
        self.id = id
        self.access = access
        self.person = access.person
        self.color = color
        self.bucket = bucket
        self.bad_frames = 0
        self.typing_since: float | None = None
        """When it last said that it types; None when it does not."""
        self.on_access: Callable[[Access], None] | None = None
        """Called after `access` has changed, while they may stay."""
        self.held = False
        """It was told to wait outside."""
        self.welcoming: asyncio.Task[None] | None = None
        """Its hello is being made, after it has waited outside."""
        self._kept: list[tuple[str, bytes]] | None = []

    @property
    def welcomed(self) -> bool:
        return self._kept is None

    @property
    def outside(self) -> bool:
        """Waits at the door: is sent nothing of what happens inside."""
        return not self.access.may(Action.READ)

    def access_changed(self, access: Access) -> None:
        was_outside, self.access = self.outside, access
        if not (was_outside and access.may(Action.ENTER)):
            super().access_changed(access)
        if self.closing is None and self.on_access is not None:
            self.on_access(access)

    def tell(self, kind: str, message: bytes) -> None:
        """Send an event (of the type `kind`), or keep it until the hello."""
        if self._kept is None:
            self.post(message)
        else:
            self._kept.append((kind, message))

    def send(self, event: View) -> None:
        self.post(event.to_json())

    def welcome(self, hello: Callable[[], View], contents: Contents) -> None:
        """Send the hello, and of what was kept that which it does not contain."""
        kept, self._kept = self._kept or [], None
        self.send(hello())
        for kind, message in kept:
            if not contents.has(kind, message):
                self.post(message)
