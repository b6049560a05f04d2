"""The call of one session: who is in it, and whose signals may go to whom. In memory: a call is its connections."""

from dataclasses import dataclass, replace

from interview_platform.call.views import PeerView
from interview_platform.kit.errors import Kind, Refusal

PEERS_MAX = 4  # a mesh: each browser sends its picture to every other; measured: 4 saturate two cores


class CallFull(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.CONFLICT, "call_full", f"The call is full: {PEERS_MAX} can take part.")


class NotInCall(Refusal):
    def __init__(self, message: str = "Join the call first.") -> None:
        super().__init__(Kind.CONFLICT, "not_in_call", message)


@dataclass(frozen=True, slots=True)
class Media:
    """What a peer sends just now."""

    audio: bool
    video: bool
    screen: bool


@dataclass(frozen=True, slots=True)
class Peer:
    """One connection of a person: two tabs are two peers."""

    connection: str
    person: str
    name: str
    media: Media


class Call:
    def __init__(self) -> None:
        self._peers: dict[str, Peer] = {}

    def join(self, peer: Peer, replaces: str | None = None) -> None:
        """Add `peer` as the last one, or change its media when it is in the call. Raises CallFull.

        `replaces`: the connection that `peer` had before. After a cut network we may hold the dead one until its ping
        fails; it goes in the same change, if it is the same person's. In a full call a new connection takes the place
        of the same person's oldest without being asked to.
        """
        former = self._peers.get(replaces) if replaces is not None else None
        if former is not None and former.person == peer.person and former.connection != peer.connection:
            del self._peers[former.connection]
        if peer.connection not in self._peers and len(self._peers) >= PEERS_MAX:
            former = next((other for other in self._peers.values() if other.person == peer.person), None)
            if former is None:
                raise CallFull
            del self._peers[former.connection]
        self._peers[peer.connection] = peer

    def show(self, connection: str, media: Media) -> None:
        """Raises NotInCall."""
        peer = self._peers.get(connection)
        if peer is None:
            raise NotInCall
        self._peers[connection] = replace(peer, media=media)

    def leave(self, connection: str) -> bool:
        """Whether it was in the call."""
        return self._peers.pop(connection, None) is not None

    def check_signal(self, sender: str, receiver: str) -> None:
        """Signals go between two peers of the call only. Raises NotInCall."""
        if sender not in self._peers:
            raise NotInCall
        if receiver not in self._peers or receiver == sender:
            raise NotInCall("The other one is not in the call.")

    def peers(self) -> list[PeerView]:
        """In the order of joining."""
        return [
            PeerView(
                connection_id=peer.connection,
                person_id=peer.person,
                name=peer.name,
                audio=peer.media.audio,
                video=peer.media.video,
                screen=peer.media.screen,
            )
            for peer in self._peers.values()
        ]
