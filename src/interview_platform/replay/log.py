"""A session's log, page by page, for one reader: what they may see of it, with what its entries name."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from interview_platform.chat.model import Attachment, Message
from interview_platform.chat.ports import ChatStore
from interview_platform.chat.views import MessageView
from interview_platform.execution.ports import RunStore
from interview_platform.execution.views import RunView
from interview_platform.replay.views import LogEventView
from interview_platform.room.document import Document
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import DocumentName, Entry, Event, EventKind
from interview_platform.timeline.ports import TimelineStore

log = structlog.get_logger(__name__)

PAGE_MAX = 5_000
"""Events: half a megabyte of typing, a quarter of an hour of two fast hands."""
PAGE_BYTES = 4_000_000
"""A page ends early where pastes and outputs are large: this much at least is in memory for each reader."""
_STEP = 100
"""Entries read at once. One may be a megabyte, or name a run with as much output."""
_CHAT_PAGE = 50
_UPDATES = frozenset(name.kind for name in DocumentName)
"""What these hold is one Yjs update."""


@dataclass(slots=True)
class Page:
    events: list[bytes] = field(default_factory=list)
    """`LogEventView`s as JSON."""
    attachments: list[Attachment] = field(default_factory=list)
    """Those of the messages in it."""
    next: int | None = None


class SessionLog:
    """`hidden`: kinds that are not for this reader. `unseen`: numbers of entries that are not either. `begins`: the
    entry before which the reader knew nothing.
    """

    def __init__(
        self,
        session: SessionId,
        timeline: TimelineStore,
        chat: ChatStore,
        runs: RunStore,
        *,
        hidden: frozenset[EventKind] = frozenset(),
        unseen: frozenset[int] = frozenset(),
        begins: Event | None = None,
    ) -> None:
        self._session = session
        self._timeline = timeline
        self._chat = chat
        self._runs = runs
        self._hidden = hidden
        self._unseen = unseen
        self._begins = begins

    async def page(self, after: int, limit: int) -> Page:
        page = Page()
        size = 0
        if self._begins is not None and after < self._begins.seq - 1:
            page.events.append(_view(await self._prepared(self._begins), None))
            after = self._begins.seq - 1
        while len(page.events) < limit:
            step = min(_STEP, limit - len(page.events))
            found = await self._timeline.read(self._session, after=after, limit=step)
            async for seq, view, attachments in self._shown(found):
                page.events.append(view)
                page.attachments += attachments
                size += len(view)
                if size >= PAGE_BYTES:
                    page.next = seq
                    return page
            if len(found) < step:
                return page
            after = found[-1].seq
            await asyncio.sleep(0)  # a store that never waits must not keep the others waiting
        page.next = after
        return page

    async def pages(self) -> AsyncIterator[Page]:
        """All of it."""
        after: int | None = 0
        while after is not None:
            page = await self.page(after, PAGE_MAX)
            yield page
            after = page.next

    async def content(self, attachment: Attachment) -> bytes | None:
        """None: it went with another message that had it, too."""
        found = await self._chat.attachment(self._session, attachment.id)
        return found[1] if found else None

    async def _shown(self, events: Sequence[Event]) -> AsyncIterator[tuple[int, bytes, tuple[Attachment, ...]]]:
        """Number, JSON and files of each that is for the reader."""
        messages = await self._messages([event for event in events if event.entry.kind is EventKind.CHAT])
        for event in events:
            kind = event.entry.kind
            files: tuple[Attachment, ...] = ()
            if kind in self._hidden or event.seq in self._unseen:
                continue
            if kind in _UPDATES:
                yield event.seq, _view(event, None), files
                continue
            data = _json_of(self._session, event)
            if kind is EventKind.CHAT:
                message = messages.get(str(data.get("messageId", "")))
                files = message.attachments if message else ()
                data = {**data, "message": MessageView.of(message).model_dump(by_alias=True) if message else None}
            elif kind is EventKind.RUN_FINISHED:
                run = await self._runs.one_of_session(self._session, data.get("runId", ""))
                if run and self._begins and run.created_at <= self._begins.entry.at:
                    continue  # of the preparing, though it ended later
                data = {**data, "run": RunView.of(run).model_dump(by_alias=True) if run else None}
            yield event.seq, _view(event, data), files

    async def _messages(self, events: Sequence[Event]) -> dict[str, Message]:
        """Those that these entries name, as they are now."""
        ids = {str(_json_of(self._session, event).get("messageId", "")) for event in events}
        messages: dict[str, Message] = {}
        place = await self._place(events)
        while place is not None and ids - messages.keys():
            found = await self._chat.newest(self._session, before=place + 1, limit=_CHAT_PAGE)
            messages.update({message.id: message for message in found if message.id in ids})
            # Messages count 1, 2, 3…: those of these entries stand together.
            place = found[0].seq - 1 if found and any(message.id in ids for message in found) else None
        return messages

    async def _place(self, events: Sequence[Event]) -> int | None:
        """Where the last of these messages stands that there still is."""
        for event in reversed(events):
            place = await self._chat.place(self._session, str(_json_of(self._session, event).get("messageId", "")))
            if place is not None:
                return place
        return None

    async def _prepared(self, begins: Event) -> Event:
        """The document as it was when it was shown: who came then is told nothing of how it came about."""
        updates: list[bytes] = []
        after = 0
        while after < begins.seq:
            found = await self._timeline.read(self._session, after=after, kinds=[EventKind.DOCUMENT], limit=_STEP)
            updates += [event.entry.payload for event in found if event.seq < begins.seq]
            if len(found) < _STEP:
                break
            after = found[-1].seq
            await asyncio.sleep(0)
        document = Document()
        refused = document.load(updates)
        if refused:
            log.error("document.updates_refused", session=self._session, count=refused)
        entry = Entry(EventKind.DOCUMENT, None, begins.entry.at, document.encoded())
        return Event(begins.seq - 1, entry)


def _json_of(session: SessionId, event: Event) -> dict[str, Any]:
    """What an entry holds; of one that cannot be read nothing, and the rest of the log goes on."""
    payload = event.entry.payload
    try:
        data = json.loads(payload) if payload else {}
    except ValueError:
        data = None
    if isinstance(data, dict):
        return data
    log.error("timeline.entry_unreadable", session=session, seq=event.seq, kind=event.entry.kind.value)
    return {}


def _view(event: Event, data: dict[str, Any] | None) -> bytes:
    entry = event.entry
    return LogEventView(
        seq=event.seq,
        at=entry.at,
        kind=entry.kind,
        person_id=entry.person,
        data=base64.b64encode(entry.payload).decode() if data is None else data,
    ).to_json()
