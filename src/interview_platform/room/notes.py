"""The notes of those who interview, as text: they write them in a document of their own (decision 12)."""

import math
from typing import Any

from pycrdt import Map, Text

from interview_platform.kit.clock import rfc3339
from interview_platform.room.registry import Rooms
from interview_platform.room.views import NotesAnswer, NoteView
from interview_platform.sessions.model import Session

_LATEST_MS = 253_402_300_799_999  # the last moment that a date can say: the year 9999


class Notes:
    """`rooms`: of the staff's documents."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    async def of(self, session: Session) -> NotesAnswer:
        """In the order of their times. For somebody of the staff. Raises CannotOpen."""
        document = await self._rooms.read(session)
        found = [note for note in map(_note, document.maps("notes")) if note is not None]
        found.sort(key=lambda note: note.at)  # texts of one length, so in the order of time
        return NotesAnswer(notes=found)


def _note(one: Map[Any]) -> NoteView | None:
    """None: something of that name, but no note; a program of somebody's own may have written it."""
    id, author, at, text = (one.get(name) for name in ("id", "author", "at", "text"))
    if not isinstance(id, str) or not isinstance(author, str) or not isinstance(text, Text):
        return None
    if not isinstance(at, int | float) or not math.isfinite(at) or not 0 <= at <= _LATEST_MS:
        return None
    return NoteView(id=id, person_id=author, at=rfc3339(int(at)), text=str(text))
