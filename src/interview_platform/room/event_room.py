"""The events of one session: passes on what the features publish; knows who is here, who types, who is in the call."""

import asyncio
from collections.abc import Callable

import msgspec

from interview_platform.call.service import Call
from interview_platform.call.views import CallSignalEvent, CallStateEvent, Signal
from interview_platform.chat.views import ChatTypingEvent
from interview_platform.kit.bus import Bus
from interview_platform.kit.views import View
from interview_platform.room.colors import Colors
from interview_platform.room.event_peer import EventPeer
from interview_platform.room.messages import PersonPresence, PresenceEvent
from interview_platform.sessions.events import SessionChangedEvent, SessionEndedEvent
from interview_platform.sessions.model import Role, SessionId
from interview_platform.sessions.ports import session_topic
from interview_platform.sessions.views import SessionView

_TYPING_AGAIN_SECONDS = 1.0  # "still typing" sooner than this is not passed on: the others forget after 6 s


class _Event(msgspec.Struct):
    """An event as far as the room must understand it."""

    type: str


_decode = msgspec.json.Decoder(_Event).decode


class EventRoom:
    """Lives while somebody is connected. `view` is the session as the room knows it, None until it was read."""

    def __init__(self, session: SessionId, bus: Bus, colors: Colors) -> None:
        self.session = session
        self.view: SessionView | None = None
        self.heard = 0
        """How many times the session's state was published."""
        self.call = Call()
        self.peers: dict[str, EventPeer] = {}
        self._colors = colors
        self._people: list[PersonPresence] = []
        self._stop: Callable[[], None] = bus.subscribe(session_topic(session), self._hear)

    def close(self) -> None:
        self._stop()

    def enter(self, peer: EventPeer) -> None:
        """From now on nothing that happens is lost to `peer`."""
        self.peers[peer.id] = peer

    def arrived(self, peer: EventPeer) -> None:
        """`peer` is about to be welcomed: the others see the person here."""
        self._tell_presence(besides=peer)

    def leave(self, peer: EventPeer) -> None:
        del self.peers[peer.id]
        if self.call.leave(peer.id):
            self.tell_call()
        self.typing(peer, typing=False)
        self._tell_presence()

    def people(self) -> list[PersonPresence]:
        """Everyone of the session, the host first."""
        view = self.view
        if view is None:
            return []
        here = {peer.person.id for peer in self.peers.values() if peer.welcomed}
        order = [participant.id for participant in view.participants]
        everyone = [(view.host.id, view.host.name, view.host.profile_image, Role.HOST)]
        everyone += [(one.id, one.name, one.profile_image, one.role) for one in view.participants]
        return [
            PersonPresence(
                id=id,
                name=name,
                profile_image=image,
                role=role,
                color=self._colors.among(self.session, view.host.id, order, id),
                online=id in here,
            )
            for id, name, image, role in everyone
        ]

    def typing(self, peer: EventPeer, *, typing: bool) -> None:
        """Tell the other people that this one types, or no longer does."""
        now = asyncio.get_running_loop().time()
        since = peer.typing_since
        if typing == (since is not None) and not (since is not None and now - since >= _TYPING_AGAIN_SECONDS):
            return
        peer.typing_since = now if typing else None
        event = ChatTypingEvent(person_id=peer.person.id, typing=typing)
        for other in tuple(self.peers.values()):
            if other.person.id != peer.person.id:
                other.tell(event.type, event.to_json())

    def signal(self, peer: EventPeer, to: str, signal: Signal) -> None:
        """Pass a signal on. Raises NotInCall."""
        self.call.check_signal(peer.id, to)
        event = CallSignalEvent(sender=peer.id, signal=signal)
        self.peers[to].tell(event.type, event.to_json())

    def tell_call(self) -> None:
        event = CallStateEvent(peers=self.call.peers())
        for peer in tuple(self.peers.values()):
            self._tell_state(peer, event)

    def _hear(self, message: bytes) -> None:
        kind = _decode(message).type
        for peer in tuple(self.peers.values()):
            peer.tell(kind, message)
        if kind == "session.changed":
            self.heard += 1
            self.view = SessionChangedEvent.model_validate_json(message).session
            self._tell_presence()
        elif kind == "session.ended":
            self.heard += 1
            self.view = SessionEndedEvent.model_validate_json(message).session

    def _tell_presence(self, besides: EventPeer | None = None) -> None:
        people = self.people()
        if people == self._people:
            return
        self._people = people
        event = PresenceEvent(people=people)
        for peer in tuple(self.peers.values()):
            if peer is not besides:
                self._tell_state(peer, event)

    def _tell_state(self, peer: EventPeer, event: View) -> None:
        """Of what the room itself knows the hello has the newest: no need to keep it."""
        if peer.welcomed:
            peer.send(event)
