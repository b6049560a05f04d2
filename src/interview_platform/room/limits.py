"""The limits of a room, each with its reason, and the buckets that count what a person sends."""

import math
import time
from collections import OrderedDict
from dataclasses import dataclass

from interview_platform.accounts.model import PersonId
from interview_platform.sessions.model import SessionId

_BUCKETS_MAX = 10_000  # about 4 MB; whose sockets were opened longest ago is forgotten first


@dataclass(frozen=True, slots=True)
class RoomLimits:
    frame_bytes: int = 1_000_000
    """One message of the document socket. A paste of 1 MB is no interview; uvicorn's `ws_max_size` must be larger."""
    document_bytes: int = 5_000_000
    """The encoded document: 100,000 keystrokes are 0.4 MB, so this is a document nobody typed."""
    wide_characters: int = 100_000
    """Characters of two units, e.g. emoji, that were ever in the document: each costs some 60 bytes of memory."""
    awareness_bytes: int = 16_000
    """One person's cursor and name; a few hundred bytes in earnest."""
    event_frame_bytes: int = 128_000
    """One message of the events socket. An SDP with many candidates is about 20 kB."""
    messages_per_second: float = 1_000.0
    """Of one person, to one document, from all tabs together. A fast typist sends 30 (key and cursor); a plain
    y-websocket client also repeats the others' cursors, in every tab.
    """
    messages_burst: float = 10_000.0
    """A test tool that pastes sends a message for each letter, a program of one's own all that it did offline."""
    bytes_per_second: float = 200_000.0
    """As above. What is written stays in the log for good: no person writes so much, and a program that does for an
    hour has written 0.7 GB.
    """
    bytes_burst: float = 8_000_000.0
    """A reconnecting browser may send all it has at once, i.e. a whole document and some."""
    work_per_second: float = 0.1
    """Seconds of the CRDT library's time, of one person. Half an hour of typing costs 0.1 s; only somebody who aims at
    it makes the library look at the whole document for every letter.
    """
    work_burst: float = 1.0
    """100,000 edits made offline and sent at once take 0.1 s, on a slow machine 0.5 s."""
    clients: int = 5_000
    """Yjs client ids in the document. One is a page that was opened and typed in; each costs every change 0.2 µs."""
    events_per_second: float = 20.0
    """Of one person, in one session, from all tabs together."""
    events_burst: float = 400.0
    """Joining a call with three others sends some 100 candidates; all tabs reconnect at once."""
    bad_frames: int = 10
    """Frames of one connection that are answered with an `error`; then it is closed."""
    seats_per_person: int = 36
    """Sockets of one person in one session: a dozen tabs of somebody who interviews, three in each."""
    outbox_bytes: int = 8_000_000
    """What we hold for one peer beyond the transport's own 64 KiB: one whole document and some."""
    outbox_messages: int = 2_000
    behind_bytes: int = 256_000
    behind_messages: int = 256
    """From here on document updates are not queued one by one but merged into one when the peer reads again."""
    stall_seconds: float = 10.0
    """A peer whose transport is full is looked at every so often, …"""
    slowest_bytes_per_second: float = 16_000.0
    """… and dropped if it took less than a bad mobile network would have: a large document must get through."""
    kernel_bytes: int = 131_072
    """What the kernel may hold for one peer (it doubles this, for what it writes down beside it). By itself it takes up
    to 4 MB, and until that is full nobody notices that the peer does not read. For 100 ms to the other side and back
    this is 2.5 MB/s.
    """
    gather_seconds: float = 0.15
    """How long the first update waits for others before the log is written: bounds the writes per second and room."""
    beats: int = 4
    """In `gather_seconds`: all rooms write at one of 27 a second, so each is a commit of a quarter of what waits, which
    holds up nobody.
    """
    ack_seconds: float = 0.15
    """How long an acknowledgement waits for something else that goes to the same browser: nobody sees the difference
    between "saved" after 0.2 s and after 0.3 s, and each is a write to a socket (docs/room.md, Figures).
    """
    snapshot_every: int = 500
    """Updates between snapshots: what a cold start has to replay at most, about 5 ms."""
    idle_seconds: float = 60.0
    """An empty room stays in memory for so long: a reload, or both people losing the network, costs no cold start."""
    reading_seconds: float = 60.0
    """Who reads over HTTP is shown to the room for so long: a program that looks once a minute is always in sight."""
    unsaved_entries: int = 20_000
    unsaved_bytes: int = 32_000_000
    unsaved_seconds: float = 20.0
    """When the log cannot be written for so long, the room closes: clients show "offline" and keep what they have."""
    resyncs: int = 3
    """How often in a row a client may answer "send me all you have" with something incomplete."""
    client_ids: int = 16
    """Yjs client ids whose cursor one connection may set."""
    open_timeout_seconds: float = 15.0


class Bucket:
    """A token bucket. `take` is on the hot path: it reads the clock only when the tokens run out."""

    __slots__ = ("_burst", "_rate", "_since", "tokens")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._since = time.monotonic()
        self.tokens = burst

    def take(self, amount: float = 1.0) -> bool:
        """Whether `amount` may pass now."""
        self.tokens -= amount
        if self.tokens >= 0:
            return True
        now = time.monotonic()
        self.tokens = min(self._burst, self.tokens + (now - self._since) * self._rate)
        self._since = now
        if self.tokens >= 0:
            return True
        self.tokens += amount
        return False

    def spend(self, amount: float) -> None:
        """Take `amount` though it be more than there is: nothing more may pass until that is made up for."""
        if not self.take(amount):
            self.tokens -= amount

    @property
    def overdrawn(self) -> bool:
        """Whether more was spent than there was, and that is not made up for yet."""
        return not self.take(0.0)


UNLIMITED = Bucket(0.0, math.inf)
"""For what the server does of its own accord."""


class Buckets:
    """One bucket for each person in each session: more tabs give nobody more, and coming back fills nothing up."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._given: OrderedDict[tuple[SessionId, PersonId], Bucket] = OrderedDict()

    def of(self, session: SessionId, person: PersonId) -> Bucket:
        key = (session, person)
        bucket = self._given.setdefault(key, Bucket(self._rate, self._burst))
        self._given.move_to_end(key)
        if len(self._given) > _BUCKETS_MAX:
            self._given.popitem(last=False)
        return bucket
