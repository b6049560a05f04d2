"""Messages of the call: who is in it and the signals between two browsers (perfect negotiation over the events socket).

A peer is one connection of a person (`connectionId`), so that two tabs of one person are two peers.
"""

from typing import Annotated, Literal

from pydantic import Field

from interview_platform.kit.views import Body, View


class PeerView(View):
    connection_id: str
    person_id: str
    name: str
    audio: bool
    video: bool
    screen: bool


class CallStateEvent(View):
    """Everyone in the call, in the order of joining. Of two peers the later one is the polite one."""

    type: Literal["call.state"] = "call.state"
    peers: list[PeerView]


class DescriptionSignal(View):
    kind: Literal["description"] = "description"
    type: Literal["offer", "answer", "pranswer", "rollback"]
    sdp: str = Field(max_length=100_000)


class CandidateSignal(View):
    kind: Literal["candidate"] = "candidate"
    candidate: str = Field(max_length=4_000)
    sdp_mid: str | None = None
    sdp_m_line_index: int | None = None
    username_fragment: str | None = None


Signal = Annotated[DescriptionSignal | CandidateSignal, Field(discriminator="kind")]


class CallSignalEvent(View):
    type: Literal["call.signal"] = "call.signal"
    sender: str
    """Connection id."""
    signal: Signal


class CallRecordingEvent(View):
    """The call is being recorded from now on, or no longer. Of those in it, its provider tells newcomers too."""

    type: Literal["call.recording"] = "call.recording"
    recording: bool


class CallJoinFrame(Body):
    type: Literal["call.join"]
    audio: bool
    video: bool
    screen: bool = False
    replaces: str | None = None
    """Connection id under which this browser is still in the call, though that connection is dead."""


class CallMediaFrame(Body):
    """Muted, camera off, screen shared: the receiver's tracks do not tell, so we say it."""

    type: Literal["call.media"]
    audio: bool
    video: bool
    screen: bool


class CallLeaveFrame(Body):
    type: Literal["call.leave"]


class CallSignalFrame(Body):
    type: Literal["call.signal"]
    to: str
    signal: Signal


class IceServerView(View):
    urls: list[str]
    username: str | None = None
    credential: str | None = None


class LiveKitView(View):
    url: str
    token: str


class StreamView(View):
    api_key: str
    token: str
    user_id: str
    call_type: str
    call_id: str


class CallConfigAnswer(View):
    provider: Literal["mesh", "livekit", "stream"]
    ice_servers: list[IceServerView]
    """Of `mesh`. With `stream` too: not every build of the browser's side can do that."""
    expires_at: str | None
    """When what is given here ends; ask again before."""
    livekit: LiveKitView | None = None
    stream: StreamView | None = None
    """Where Stream carries the call, or the chat beside another's call; null while it cannot: then `provider` says who
    carries the call meanwhile. Ask again.
    """


class CheckIceAnswer(View):
    """What a browser may try before a call."""

    ice_servers: list[IceServerView]
    expires_at: str | None
    """When the relay stops taking what is given here."""
