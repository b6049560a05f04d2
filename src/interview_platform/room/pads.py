"""Adding a pad to a session while it is live: a problem or a blank sheet, with files and a language of its own."""

import asyncio
from typing import Any, Protocol
from weakref import WeakValueDictionary

from pycrdt import Doc, Map, Text

from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, invalid
from interview_platform.kit.ids import new_id
from interview_platform.problems.ports import ProblemBank
from interview_platform.room.line_ends import with_newlines
from interview_platform.room.registry import Rooms
from interview_platform.room.seed import Seed
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Access, Action
from interview_platform.timeline.pads import PADS_MAX, Pad, pads_of
from interview_platform.timeline.ports import TimelineStore

TITLE_MAX = 80
"""Characters: what a tab can show, and some."""
ID_LENGTH = 8
"""Nobody can guess 40 bits before the pad is there, so nobody has written under its paths already."""


class Begins(Protocol):
    """`starters.Starters`: what the pad of a problem begins with; slug "" for none."""

    def seed_of(self, slug: str) -> Seed: ...


class Pads:
    def __init__(self, rooms: Rooms, timeline: TimelineStore, bank: ProblemBank, starters: Begins) -> None:
        self._rooms = rooms
        self._timeline = timeline
        self._bank = bank
        self._starters = starters
        self._adding: WeakValueDictionary[SessionId, asyncio.Lock] = WeakValueDictionary()

    async def add(self, access: Access, problem: str | None, title: str | None) -> Pad:
        """About `problem` (slug or title), else a blank one called `title`. Durable when it returns.

        Raises as `Access.require`, and unknown_problem, bad_title, too_many_pads, document_unavailable.
        """
        access.require(Action.PREPARE)
        assert access.person is not None
        pad = self._named(problem, title)
        session = access.session
        async with self._adding.setdefault(session.id, asyncio.Lock()):  # so that two at once are counted
            if len(await pads_of(self._timeline, session.id)) + 1 >= PADS_MAX:
                told = f"A session has at most {PADS_MAX} pads."
                raise Refusal(Kind.CONFLICT, "too_many_pads", told)
            live = await self._rooms.open(session)
            now = now_ms()
            await live.write(_update(pad, self._starters.seed_of(pad.problem), now), pad.entry(access.person.id, now))
        return pad

    def _named(self, problem: str | None, title: str | None) -> Pad:
        if problem is not None:
            found = self._bank.find(problem)
            if found is None:
                raise invalid("There is no such problem.", "unknown_problem", problem="is not in the problem bank")
            return Pad(new_id(ID_LENGTH), found.title, found.slug)
        named = (title or "").strip()
        if not named or len(named) > TITLE_MAX or not named.isprintable():
            told = f"Give the pad a title of 1 to {TITLE_MAX} characters."
            raise invalid(told, "bad_title", title=f"must have 1 to {TITLE_MAX} characters, on one line")
        return Pad(new_id(ID_LENGTH), named, "")


def _update(pad: Pad, seed: Seed, at: int) -> bytes:
    """As one Yjs update. Its client is nobody else's, so what is still of it in a file was written by nobody here."""
    doc: Doc[Any] = Doc()
    files, pads = doc.get("files", type=Map), doc.get("pads", type=Map)
    with doc.transaction():
        for file in seed.files:
            files[f"{pad.id}/{file.path}"] = Text(with_newlines(file.text))
        pads[pad.id] = Map(
            {
                "title": pad.title,
                "problem": pad.problem,
                "language": seed.language,
                "activeFile": f"{pad.id}/{seed.active_file}",
                "at": at,
            }
        )
    return doc.get_update()
