"""The log of a session: durability, late joiners and, later, replay all read this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import DocumentName, Entry, Event, EventKind


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The document's state as of entry `seq`: joining is fast whatever the history."""

    seq: int
    state: bytes
    """One Yjs update (v1) that builds the whole document."""
    checksum: int | None = None
    """CRC-32 of `state`; None when it was written by a release that made none."""


class TimelineStore(Protocol):
    async def append(self, session: SessionId, entries: Sequence[Entry]) -> int:
        """Write all of `entries` or none, durably and numbered without a gap; the last number."""

    async def read(
        self, session: SessionId, *, after: int = 0, kinds: Sequence[EventKind] | None = None, limit: int = 1000
    ) -> list[Event]:
        """Entries with `seq > after` in order, of these kinds if given. Fewer than `limit`: there are no more.

        A kind that this release does not know (a newer one wrote it) is left out.
        """

    async def snapshot(self, session: SessionId, document: DocumentName = DocumentName.MAIN) -> Snapshot | None: ...

    async def save_snapshot(
        self,
        session: SessionId,
        snapshot: Snapshot,
        document: DocumentName = DocumentName.MAIN,
        *,
        over: int | None = None,
    ) -> None:
        """Keep the newer one. Never removes log entries.

        `over`: the number of the stored one when that is known to be bad: then it goes, however new it claims to be.
        """

    async def newest(self, limit: int) -> list[SessionId]:
        """The sessions begun last, newest first."""
