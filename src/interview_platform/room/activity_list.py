"""What was noted in one session (docs/room.md, "What is recorded"), as far as the room tells it."""

from collections.abc import Iterable

from interview_platform.activity.views import ActivityView
from interview_platform.room.event_peer import EventPeer

KEPT = 500  # the newest; the timeline has all. Nobody reads more of them, and a hello stays below 100 KB


class ActivityList:
    """Complete once it was read from the log; what is heard meanwhile is in it already."""

    def __init__(self) -> None:
        self.complete = False
        self._by_seq: dict[int, ActivityView] = {}

    def read(self, entries: Iterable[ActivityView]) -> None:
        self._by_seq = dict(sorted(({entry.seq: entry for entry in entries} | self._by_seq).items()))
        self.complete = True

    def add(self, entry: ActivityView) -> None:
        self._by_seq[entry.seq] = entry

    def seen_by(self, peer: EventPeer) -> list[ActivityView]:
        """The staff see all of it, everybody else what is noted of themselves."""
        return [entry for entry in self._by_seq.values() if may_see(peer, entry)][-KEPT:]


def may_see(peer: EventPeer, entry: ActivityView) -> bool:
    return peer.access.staff or entry.person_id == peer.person.id
