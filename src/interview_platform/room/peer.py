"""One connection to a document: what it may do, what it was promised, what it has still to be told."""

from collections.abc import Callable
from typing import NamedTuple

from interview_platform.accounts.model import PersonId
from interview_platform.room.awareness import Persona, join_entries
from interview_platform.room.connection import Connection
from interview_platform.room.limits import Bucket, RoomLimits
from interview_platform.room.wire import UPDATE, ack_message, awareness_message, denied_message, sync_message
from interview_platform.sessions.policy import Access, Action

_DENIED = denied_message("read-only: you may not change the document")


class Allowance(NamedTuple):
    messages: Bucket
    bytes: Bucket
    work: Bucket
    """Seconds of the CRDT library's time."""

    def passes(self, size: int) -> bool:
        """Whether one message of so many bytes may be looked at now."""
        messages, bytes_, work = self
        # Nearly always there are enough of all: then it is these three comparisons, for every key that is pressed.
        if messages.tokens >= 1.0 and bytes_.tokens >= size and work.tokens >= 0.0:
            messages.tokens -= 1.0
            bytes_.tokens -= size
            return True
        return messages.take() and bytes_.take(size) and not work.overdrawn


class Rights(NamedTuple):
    """What one has to be allowed to do in the session to have a document open, and to change it."""

    opens: Action
    edits: Action


SHARED = Rights(opens=Action.READ, edits=Action.EDIT)
FOR_STAFF = Rights(opens=Action.STAFF, edits=Action.STAFF)


class DocumentPeer(Connection):
    """`allowance`: what the person may still send, shared by all the person's connections to the document."""

    def __init__(
        self, persona: Persona, limits: RoomLimits, allowance: Allowance, rights: Rights, *, can_edit: bool, acks: bool
    ) -> None:
        super().__init__(limits, needs=rights.opens)
        self._edits = rights.edits
        self.persona = persona
        self.person = PersonId(persona.id)
        self.can_edit = can_edit
        self.on_may_edit: Callable[[DocumentPeer], None] | None = None
        """Called when it may edit from now on: what it has and we lack must be asked for."""
        self.received = 0
        """Sync update messages so far."""
        self.held: int | None = None
        """How many of them may be called durable at most: the next one had a gap before it. None: all."""
        self.asked = True
        """We asked for all it has (every connection begins with that) and it has not answered yet."""
        self.resyncs = 0
        self.allowance = allowance
        self._acks = acks
        self._durable: int | None = None
        """What it has to be told of: goes with whatever is sent to it next."""
        self._behind: bytes | None = None
        self._missed: Callable[[bytes], bytes] | None = None
        self._cursors: dict[int, bytes] = {}

    def access_changed(self, access: Access) -> None:
        before, self.can_edit = self.can_edit, access.may(self._edits)
        if self.can_edit and not before and self.on_may_edit is not None:
            self.on_may_edit(self)
        super().access_changed(access)

    def denied(self) -> None:
        """It sent a change that was not taken: what it sent from here on is durable once it was asked for all again."""
        self.received += 1
        if self.held is None:
            self.held = self.received - 1
        self.post(_DENIED)

    def durable(self, count: int) -> None:
        if self._acks:
            self._durable = count

    def tell_now(self) -> None:
        if self._durable is not None:
            self.wake()

    def post_update(self, frame: bytes, state: Callable[[], bytes], missed: Callable[[bytes], bytes]) -> None:
        """Queue an update; when the peer is far behind, from here on only what it misses in the end."""
        if self._behind is not None:
            return
        self.post(frame)
        limits = self.limits
        if len(self._outbox) >= limits.behind_messages or self._bytes >= limits.behind_bytes:
            self._behind = state()
            self._missed = missed

    def post_cursors(self, frame: bytes, entries: dict[int, bytes]) -> None:
        """Queue cursors; for a peer that is behind only the newest of each client."""
        limits = self.limits
        if self._cursors or len(self._outbox) >= limits.behind_messages or self._bytes >= limits.behind_bytes:
            self._cursors.update(entries)
        else:
            self.post(frame)

    def take(self) -> list[bytes]:
        messages, self._outbox, self._bytes = self._outbox, [], 0
        if self._behind is not None and self._missed is not None:
            behind, self._behind = self._behind, None
            messages.append(sync_message(UPDATE, self._missed(behind)))
        if self._cursors:
            cursors, self._cursors = self._cursors, {}
            messages.append(awareness_message(join_entries(cursors)))
        if self._durable is not None:
            messages.append(ack_message(self._durable))
            self._durable = None
        return messages
