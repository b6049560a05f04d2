"""The log of a session, replayed by itself: what it says must be what everybody has."""

from interview_platform.accounts.model import PersonId
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import EventKind
from interview_platform.timeline.ports import TimelineStore
from tests.room.yjs import YClient


async def replayed(store: TimelineStore, session: SessionId) -> YClient:
    """A fresh document that was given every entry of the log, one after the other, and nothing else."""
    fresh = YClient()
    for event in await store.read(session, kinds=[EventKind.DOCUMENT], limit=100_000):
        fresh.doc.apply_update(event.entry.payload)
    return fresh


async def authors(store: TimelineStore, session: SessionId) -> set[PersonId | None]:
    events = await store.read(session, kinds=[EventKind.DOCUMENT], limit=100_000)
    return {event.entry.person for event in events}


def files(client: YClient) -> dict[str, str]:
    return {path: client.read(path) for path in sorted(client.files.keys())}
