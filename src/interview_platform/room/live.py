"""A document that people are connected to: passes changes on, keeps them, shows cursors. Explained in docs/room.md."""

from collections.abc import Callable

import structlog

from interview_platform.kit.close_codes import CloseCode
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.room.awareness import Awareness, join_entries
from interview_platform.room.beats import Beats
from interview_platform.room.document import DocumentBroken
from interview_platform.room.journal import Journal
from interview_platform.room.limits import RoomLimits
from interview_platform.room.measures import Measures
from interview_platform.room.opening import Opened
from interview_platform.room.peer import DocumentPeer
from interview_platform.room.update import Look
from interview_platform.room.wire import NOTHING, STEP_1, STEP_2, UPDATE, BadFrame, awareness_message, sync_message
from interview_platform.sessions.model import SessionCompleted, SessionId
from interview_platform.timeline.model import DocumentName, Entry
from interview_platform.timeline.ports import TimelineStore

log = structlog.get_logger(__name__)


class CannotKeep(Refusal):
    """The document cannot be written down just now; its people come back to it in a moment."""

    def __init__(self) -> None:
        super().__init__(
            Kind.UNAVAILABLE, "document_unavailable", "The document cannot be changed just now.", retry_after=5
        )


class LiveDocument:
    """`on_gone` is called once, when the document has failed and must be opened anew."""

    def __init__(
        self,
        session: SessionId,
        opened: Opened,
        store: TimelineStore,
        limits: RoomLimits,
        *,
        name: DocumentName,
        measures: Measures,
        beats: Beats,
        on_gone: Callable[[], None],
    ) -> None:
        self.session = session
        self.document = opened.document
        self.gone = False
        self.peers: set[DocumentPeer] = set()
        self.journal = Journal(
            store, session, limits, opened=opened, name=name, measures=measures, beats=beats, on_lost=self._lost
        )
        self._awareness = Awareness(limits)
        self._limits = limits
        self._on_gone = on_gone
        self._frozen = False

    def join(self, peer: DocumentPeer) -> None:
        """Send `peer` what it needs to begin; from now on it is told of every change."""
        self.peers.add(peer)
        peer.on_may_edit = self._ask_for_all
        if peer.can_edit:
            self._ask_for_all(peer)
        cursors = self._awareness.everything()
        if cursors is not None:
            peer.post(awareness_message(cursors))

    def leave(self, peer: DocumentPeer) -> None:
        self.peers.discard(peer)
        self.journal.forget(peer)
        self._tell_cursors(self._awareness.drop(peer), peer)

    def answer_step1(self, peer: DocumentPeer, state: bytes) -> None:
        """Send what `peer`, in this state, lacks. Raises BadFrame."""
        with self._guarded():
            peer.post(sync_message(STEP_2, self.document.diff(state)))

    def take_step2(self, peer: DocumentPeer, update: bytes) -> None:
        """All that `peer` has and we lacked. Raises BadFrame."""
        peer.received += 1
        peer.asked = False
        if self._frozen:
            return
        seen = self.document.look(update)
        if not seen.complete:
            peer.resyncs += 1
            if peer.resyncs > self._limits.resyncs:
                raise BadFrame("incomplete document")
            self._ask(peer)
            return
        peer.resyncs = 0
        if seen.fresh and not self._merge(peer, update, seen):
            return
        # It was all that the peer had when it sent it: what had a gap before is whole now.
        peer.held = None
        self._tell(peer)

    def take_update(self, peer: DocumentPeer, frame: bytes, update: bytes) -> None:
        """A change; `frame` is the message it came in. Raises BadFrame."""
        peer.received += 1
        if self._frozen:
            return
        seen = self.document.look(update)
        if not seen.complete:
            self._ask(peer)
            return
        if seen.fresh:
            taken = self._add(peer, frame, update, seen) if seen.plain else self._merge(peer, update, seen)
            if not taken:
                return
        self._tell(peer)

    def take_cursors(self, peer: DocumentPeer, frame: bytes, payload: bytes) -> None:
        """Raises BadFrame."""
        news = self._awareness.apply(peer, peer.persona, payload)
        if news.entries:
            self._tell_cursors(news.entries, peer, frame if news.as_sent else None)

    def answer_query(self, peer: DocumentPeer) -> None:
        peer.post(awareness_message(self._awareness.everything() or b"\x00"))

    async def write(self, update: bytes, said: Entry) -> None:
        """Make a complete change of the server's own, with what else the log says of it; durable when this returns.

        Raises SessionCompleted, and Refusal document_unavailable when it could not be kept.
        """
        if self._frozen:
            raise CannotKeep if self.gone else SessionCompleted
        with self._guarded():
            self.journal.note(said)
            for changed in self.document.merge(update, self.document.look(update)).changes:
                self._own(changed)
        await self.journal.flush()
        if self.gone:
            raise CannotKeep

    def freeze(self) -> None:
        """The session has ended: nothing changes any more, and nothing that comes is acknowledged."""
        self._frozen = True

    def close(self, code: CloseCode, reason: str) -> None:
        for peer in tuple(self.peers):
            peer.close(code, reason)

    def _add(self, peer: DocumentPeer, frame: bytes, update: bytes, seen: Look) -> bool:
        if self._refused_for_size(peer, update, seen):
            return False
        if self.document.must_settle:
            with self._guarded():
                self.document.settle()
            if self.gone:
                return False
        self._relay(frame, peer)  # before all else: this is what the others wait for
        self.document.add(update, seen, peer.allowance.work)
        self.journal.write(peer.person, update)
        if seen.returns:
            self._strip_returns(peer)
        return True

    def _merge(self, peer: DocumentPeer, update: bytes, seen: Look) -> bool:
        """An uncommon update: the library has to accept it before anybody else gets it."""
        if self._refused_for_size(peer, update, seen):
            return False
        with self._guarded():
            if seen.cuts:
                self._own(self.document.mend(seen.cuts, peer.allowance.work))
            merged = self.document.merge(update, seen, peer.allowance.work)
            for changed in merged.changes:
                self._relay(sync_message(UPDATE, changed), peer)
                self.journal.write(peer.person, changed)
            if seen.returns and merged.changes:
                self._strip_returns(peer)
            if merged.refused:
                raise BadFrame(merged.refused)
            if not merged.whole:  # it comes back with the rest when its bucket has filled up a little
                peer.close(CloseCode.TOO_FAST_OR_SLOW, "too_much_work")
                return False
        return not self.gone

    def _strip_returns(self, peer: DocumentPeer) -> None:
        with self._guarded():
            changed = self.document.without_returns(peer.allowance.work)
            if changed is not None:
                # It may be much more than what it corrects, and goes into the log as well.
                peer.allowance.bytes.spend(len(changed))
                self._own(changed)

    def _own(self, changed: bytes | None) -> None:
        """Tell and keep a change that the server made."""
        if changed is not None:
            self._relay(sync_message(UPDATE, changed), None)
            self.journal.write(None, changed)

    def _refused_for_size(self, peer: DocumentPeer, update: bytes, seen: Look) -> bool:
        limit = self._limits.document_bytes
        # Who only deletes makes it smaller, whatever the size of the message.
        if not seen.ends:
            return False
        crowded = seen.halves or len(self.document.known) + len(seen.ends) > self._limits.clients
        too_many = bool(crowded) and self._too_many(seen)
        if not too_many and self.document.size_with(len(update)) <= limit:
            return False
        with self._guarded():
            if not too_many and self.document.measure() + len(update) <= limit:
                return False
        peer.close(CloseCode.TOO_LARGE, "document_too_large")
        return True

    def _too_many(self, seen: Look) -> bool:
        """Characters of two units, or clients: what the size does not tell of."""
        if seen.halves and self.document.wide_characters > self._limits.wide_characters:
            return True
        known, limit = self.document.known, self._limits.clients
        return len(known) + sum(client not in known for client, _ in seen.ends) > max(limit, len(known))

    def _ask(self, peer: DocumentPeer) -> None:
        """An update builds on something that is not here: leave it, and ask for all that the peer has, once."""
        if peer.held is None:
            peer.held = peer.received - 1
        if not peer.asked:
            self._ask_for_all(peer)

    def _ask_for_all(self, peer: DocumentPeer) -> None:
        peer.asked = True
        peer.post(sync_message(STEP_1, self.document.state()))

    def _tell(self, peer: DocumentPeer) -> None:
        self.journal.tell(peer, peer.received if peer.held is None else peer.held)

    def _relay(self, frame: bytes, sender: DocumentPeer | None) -> None:
        state, missed = self.document.state, self._missed
        for peer in tuple(self.peers):
            if peer is not sender:
                peer.post_update(frame, state, missed)

    def _missed(self, state: bytes) -> bytes:
        with self._guarded():
            return self.document.diff(state)
        return NOTHING

    def _tell_cursors(self, entries: dict[int, bytes], sender: DocumentPeer, frame: bytes | None = None) -> None:
        if not entries:
            return
        frame = frame or awareness_message(join_entries(entries))
        for peer in tuple(self.peers):
            if peer is not sender:
                peer.post_cursors(frame, entries)

    def _guarded(self) -> "_Guard":
        return _Guard(self._lost)

    def _lost(self) -> None:
        """The log cannot be written, or the document is broken: all come back and are asked for what they have."""
        if not self.gone:
            self.gone = True
            self._frozen = True
            self._on_gone()
            self.close(CloseCode.FAILED, "room_failed")


class _Guard:
    """Turns a broken document into the end of the room."""

    __slots__ = ("_on_broken",)

    def __init__(self, on_broken: Callable[[], None]) -> None:
        self._on_broken = on_broken

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, DocumentBroken):
            log.error("document.broken", exc_info=error)
            self._on_broken()
            return True
        return False
