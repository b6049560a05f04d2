"""What the browsers say on the events socket."""

from typing import Protocol

from pydantic import ValidationError

from interview_platform.accounts.model import Person
from interview_platform.activity.model import Act
from interview_platform.activity.views import ActivityFrame
from interview_platform.call.service import Media, Peer
from interview_platform.call.views import CallJoinFrame, CallLeaveFrame, CallMediaFrame, CallSignalFrame
from interview_platform.chat.views import ChatTypingFrame
from interview_platform.execution.views import RunInputEndFrame, RunInputFrame
from interview_platform.kit.close_codes import CloseCode
from interview_platform.kit.errors import Refusal
from interview_platform.room.event_peer import EventPeer
from interview_platform.room.event_room import EventRoom
from interview_platform.room.messages import ErrorEvent, PingFrame, PongEvent, client_frame
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Access, Action


class TypeToRun(Protocol):
    """Into a program of the session's that goes on. Raises a Refusal."""

    def __call__(self, session: SessionId, person: Person, id: str, text: str, *, end: bool = False) -> None: ...


class NoteActivity(Protocol):
    """Writes down what a candidate did. Raises a Refusal."""

    def __call__(self, access: Access, person: Person, act: Act) -> None: ...


class Listener:
    """Reads one peer's frames. What is wrong with one is said in an `error`; who goes on is sent away."""

    def __init__(self, room: EventRoom, peer: EventPeer, typed: TypeToRun, note: NoteActivity) -> None:
        self._room = room
        self._peer = peer
        self._typed = typed
        self._note = note

    def __call__(self, frame: bytes | str) -> None:
        peer = self._peer
        if len(frame) > peer.limits.event_frame_bytes:
            peer.close(CloseCode.TOO_LARGE, "frame_too_large")
            return
        if not peer.bucket.take():
            self._refuse("too_fast", "You send too much. Slow down.", CloseCode.TOO_FAST_OR_SLOW)
            return
        try:
            asked = client_frame.validate_json(frame)
        except ValidationError as error:
            self._refuse("bad_frame", _said(error), CloseCode.BAD_FRAME)
            return
        try:
            self._take(asked)
        except Refusal as refusal:
            peer.send(ErrorEvent(code=refusal.code, message=refusal.message))

    def _take(self, frame: object) -> None:
        room, peer = self._room, self._peer
        match frame:
            case PingFrame():
                peer.send(PongEvent())
            case ChatTypingFrame(typing=typing):
                peer.access.require(Action.CHAT)
                room.typing(peer, typing=typing)
            case RunInputFrame(run_id=run, text=text):
                peer.access.require(Action.RUN)
                self._typed(room.session, peer.person, run, text)
            case RunInputEndFrame(run_id=run):
                peer.access.require(Action.RUN)
                self._typed(room.session, peer.person, run, "", end=True)
            case ActivityFrame(act=act):
                self._note(peer.access, peer.person, act.act())
            case _:
                self._take_call(frame)

    def _take_call(self, frame: object) -> None:
        room, peer = self._room, self._peer
        match frame:
            case CallJoinFrame(audio=audio, video=video, screen=screen, replaces=replaces):
                peer.access.require(Action.CALL)
                room.call.join(Peer(peer.id, peer.person.id, peer.person.name, Media(audio, video, screen)), replaces)
                room.tell_call()
            case CallMediaFrame(audio=audio, video=video, screen=screen):
                room.call.show(peer.id, Media(audio, video, screen))
                room.tell_call()
            case CallLeaveFrame():
                if room.call.leave(peer.id):
                    room.tell_call()
            case CallSignalFrame(to=to, signal=signal):
                room.signal(peer, to, signal)

    def _refuse(self, code: str, message: str, then: CloseCode) -> None:
        peer = self._peer
        peer.bad_frames += 1
        if peer.bad_frames > peer.limits.bad_frames:
            peer.close(then, code)
        else:
            peer.send(ErrorEvent(code=code, message=message))


def _said(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])
