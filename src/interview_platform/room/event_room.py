"""The events of one session: passes on what the features publish; knows who is here, who types, who is in the call."""

import asyncio
from collections.abc import Callable

import msgspec

from interview_platform.accounts.model import PersonId
from interview_platform.activity.views import ActivityEvent, ActivityListEvent
from interview_platform.call.service import Call
from interview_platform.call.views import CallSignalEvent, CallStateEvent, Signal
from interview_platform.chat.views import ChatTypingEvent
from interview_platform.kit.bus import Bus
from interview_platform.kit.views import View
from interview_platform.room.activity_list import ActivityList, may_see
from interview_platform.room.colors import Colors
from interview_platform.room.event_peer import EventPeer
from interview_platform.room.messages import MeEvent, MeView, PersonPresence, PresenceEvent
from interview_platform.room.watchers import Watchers
from interview_platform.sessions.events import SessionChangedEvent, SessionEndedEvent
from interview_platform.sessions.model import Role, SessionId
from interview_platform.sessions.policy import Action
from interview_platform.sessions.ports import session_topic, staff_topic
from interview_platform.sessions.views import SessionView

_TYPING_AGAIN_SECONDS = 1.0  # "still typing" sooner than this is not passed on: the others forget after 6 s


class _Event(msgspec.Struct):
    """An event as far as the room must understand it."""

    type: str
    recording: bool = False


_decode = msgspec.json.Decoder(_Event).decode


class EventRoom:
    """Lives while somebody is connected. The session as the room knows it is None until it was read."""

    def __init__(self, session: SessionId, bus: Bus, colors: Colors, watchers: Watchers) -> None:
        self.session = session
        self.view: SessionView | None = None
        """As the staff see it."""
        self.shown: SessionView | None = None
        """As the others see it."""
        self.recording: bool | None = None
        """Whether the call is being recorded; None until that was read."""
        self.heard = 0
        """How many times the session's state was published."""
        self.call = Call()
        self.activity = ActivityList()
        self.peers: dict[str, EventPeer] = {}
        self._colors = colors
        self._watchers = watchers
        self._people: dict[bool, list[PersonPresence]] = {True: [], False: []}
        self._stops: tuple[Callable[[], None], ...] = (
            bus.subscribe(session_topic(session), self._hear),
            bus.subscribe(staff_topic(session), self._hear_for_staff),
        )

    def close(self) -> None:
        for stop in self._stops:
            stop()

    @property
    def inside(self) -> tuple[EventPeer, ...]:
        """Those who may know what happens here."""
        return tuple(peer for peer in self.peers.values() if not peer.outside)

    @property
    def here(self) -> set[PersonId]:
        return {peer.person.id for peer in self.peers.values() if peer.welcomed or peer.outside}

    def seen_by(self, peer: EventPeer) -> SessionView:
        view = self.view if peer.access.staff else self.shown
        assert view is not None  # it is read before anybody is welcomed
        return view

    def enter(self, peer: EventPeer) -> None:
        """From now on nothing that happens is lost to `peer`."""
        self.peers[peer.id] = peer

    def arrived(self, peer: EventPeer) -> None:
        """`peer` is about to be welcomed, or waits outside: the others see the person here."""
        self.tell_presence(besides=peer)

    def leave(self, peer: EventPeer) -> None:
        del self.peers[peer.id]
        self.hang_up(peer)
        self.tell_presence()

    def hang_up(self, peer: EventPeer) -> None:
        """It takes no part in the call and the chat any more."""
        if self.call.leave(peer.id):
            self.tell_call()
        self.typing(peer, typing=False)

    def people(self, *, for_staff: bool) -> list[PersonPresence]:
        """Everyone of the session, the host first."""
        view = self.view
        if view is None:
            return []
        here = self.here
        reading = self._watchers.of(self.session) - here
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
                waiting=id in view.waiting,
                reading=id in reading,
            )
            for id, name, image, role in everyone
            if for_staff or id not in view.waiting
        ]

    def tell_who_they_are(self, peer: EventPeer, me: MeView) -> None:
        """Their role, or what goes with it, has changed, and with it what they see of the session."""
        if not peer.access.may(Action.CALL):
            self.hang_up(peer)
        peer.send(MeEvent(me=me))
        peer.send(SessionChangedEvent(session=self.seen_by(peer)))
        peer.send(PresenceEvent(people=self.people(for_staff=peer.access.staff)))
        peer.send(ActivityListEvent(entries=self.activity.seen_by(peer)))

    def typing(self, peer: EventPeer, *, typing: bool) -> None:
        """Tell the other people that this one types, or no longer does."""
        now = asyncio.get_running_loop().time()
        since = peer.typing_since
        if typing == (since is not None) and not (since is not None and now - since >= _TYPING_AGAIN_SECONDS):
            return
        peer.typing_since = now if typing else None
        event = ChatTypingEvent(person_id=peer.person.id, typing=typing)
        for other in self.inside:
            if other.person.id != peer.person.id:
                other.tell(event.type, event.to_json())

    def signal(self, peer: EventPeer, to: str, signal: Signal) -> None:
        """Pass a signal on. Raises NotInCall."""
        self.call.check_signal(peer.id, to)
        event = CallSignalEvent(sender=peer.id, signal=signal)
        self.peers[to].tell(event.type, event.to_json())

    def tell_call(self) -> None:
        event = CallStateEvent(peers=self.call.peers())
        for peer in self.inside:
            self._tell_state(peer, event)

    def _hear(self, message: bytes) -> None:
        event = _decode(message)
        view = _session_in(event.type, message)
        if view is not None:
            self.shown = view
        elif event.type == "call.recording":
            self.recording = event.recording
        for peer in self.inside:
            if view is None or not peer.access.staff:  # the staff are told on a topic of their own
                peer.tell(event.type, message)

    def _hear_for_staff(self, message: bytes) -> None:
        kind = _decode(message).type
        if kind == "activity":
            self._note(ActivityEvent.model_validate_json(message), message)
            return
        for peer in self.inside:
            if peer.access.staff:
                peer.tell(kind, message)
        view = _session_in(kind, message)
        if view is not None:
            self.heard += 1
            self.view = view
            self.tell_presence()

    def _note(self, event: ActivityEvent, message: bytes) -> None:
        self.activity.add(event.entry)
        for peer in self.inside:
            if may_see(peer, event.entry):
                peer.tell(event.type, message)

    def tell_presence(self, besides: EventPeer | None = None) -> None:
        for for_staff, before in self._people.items():
            people = self.people(for_staff=for_staff)
            if people == before:
                continue
            self._people[for_staff] = people
            event = PresenceEvent(people=people)
            for peer in self.inside:
                if peer is not besides and peer.access.staff is for_staff:
                    self._tell_state(peer, event)

    def _tell_state(self, peer: EventPeer, event: View) -> None:
        """Of what the room itself knows the hello has the newest: no need to keep it."""
        if peer.welcomed:
            peer.send(event)


def _session_in(kind: str, message: bytes) -> SessionView | None:
    """The session that an event of this type tells, if it does."""
    if kind == "session.changed":
        return SessionChangedEvent.model_validate_json(message).session
    if kind == "session.ended":
        return SessionEndedEvent.model_validate_json(message).session
    return None
