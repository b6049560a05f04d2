"""Every message of the events socket, both ways. `contract/room.schema.json` is generated from here."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from interview_platform.activity.views import ActivityEvent, ActivityFrame, ActivityListEvent, ActivityView
from interview_platform.call.views import (
    CallJoinFrame,
    CallLeaveFrame,
    CallMediaFrame,
    CallRecordingEvent,
    CallSignalEvent,
    CallSignalFrame,
    CallStateEvent,
    PeerView,
)
from interview_platform.chat.views import (
    ChatChangedEvent,
    ChatMessageEvent,
    ChatTypingEvent,
    ChatTypingFrame,
    MessageView,
)
from interview_platform.execution.views import (
    RunDiagnosticsEvent,
    RunFinishedEvent,
    RunInputEndFrame,
    RunInputEvent,
    RunInputFrame,
    RunOutputEvent,
    RunQueuedEvent,
    RunStartedEvent,
    RunView,
)
from interview_platform.kit.views import Body, View
from interview_platform.sessions.events import SessionChangedEvent, SessionEndedEvent
from interview_platform.sessions.model import Role
from interview_platform.sessions.settings import AiPolicy
from interview_platform.sessions.views import SessionView


class PersonPresence(View):
    """Somebody of the session, and whether a browser of theirs is connected. `color`: index into the palette (0-7)."""

    id: str
    name: str
    profile_image: str | None
    role: Role
    color: int
    online: bool
    waiting: bool
    """Still outside. Only the staff are told of who waits."""
    reading: bool
    """Not here, but reads along: over HTTP just now, or by a document socket alone."""


class PresenceEvent(View):
    """The whole list, each time it changes."""

    type: Literal["presence"] = "presence"
    people: list[PersonPresence]


class MeView(View):
    id: str
    name: str
    role: Role
    color: int
    connection_id: str


class MeEvent(View):
    """Who I am has changed: my role, or what goes with it."""

    type: Literal["me"] = "me"
    me: MeView


class WaitingEvent(View):
    """Instead of the `hello`, which follows on this connection once they are let in."""

    type: Literal["waiting"] = "waiting"
    me: MeView
    host_name: str
    reason: Literal["lobby", "preparing"]
    ai_policy: AiPolicy
    ai_note: str
    server_time: str


class RoomState(View):
    session: SessionView
    messages: list[MessageView]
    """The newest page of the chat, oldest first."""
    messages_before: int | None
    runs: list[RunView]
    """The newest runs, newest first; running ones with their output so far."""
    peers: list[PeerView]
    recording: bool
    """The call is being recorded."""
    activity: list[ActivityView]
    """The newest of what was noted of the candidates, oldest first: for the staff all, for others their own."""


class HelloEvent(View):
    """First message on every connection: all that is needed to draw the room; later events only change it."""

    type: Literal["hello"] = "hello"
    me: MeView
    people: list[PersonPresence]
    state: RoomState
    server_time: str


class ErrorEvent(View):
    """A frame of yours was refused; the connection goes on."""

    type: Literal["error"] = "error"
    code: str
    message: str


class PongEvent(View):
    type: Literal["pong"] = "pong"


class PingFrame(Body):
    type: Literal["ping"]


ServerEvent = Annotated[
    HelloEvent
    | WaitingEvent
    | MeEvent
    | PresenceEvent
    | SessionChangedEvent
    | SessionEndedEvent
    | ChatMessageEvent
    | ChatChangedEvent
    | ChatTypingEvent
    | RunStartedEvent
    | RunQueuedEvent
    | RunOutputEvent
    | RunInputEvent
    | RunFinishedEvent
    | RunDiagnosticsEvent
    | CallStateEvent
    | CallSignalEvent
    | CallRecordingEvent
    | ActivityEvent
    | ActivityListEvent
    | ErrorEvent
    | PongEvent,
    Field(discriminator="type"),
]

ClientFrame = Annotated[
    PingFrame
    | ChatTypingFrame
    | RunInputFrame
    | RunInputEndFrame
    | CallJoinFrame
    | CallMediaFrame
    | CallLeaveFrame
    | CallSignalFrame
    | ActivityFrame,
    Field(discriminator="type"),
]

server_event: TypeAdapter[ServerEvent] = TypeAdapter(ServerEvent)
client_frame: TypeAdapter[ClientFrame] = TypeAdapter(ClientFrame)
