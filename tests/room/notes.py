"""The staff's document as a browser writes it (web/src/features/room/staff/shared-notes.ts)."""

from typing import Any

from pycrdt import Array, Map, Text

from interview_platform.kit.clock import now_ms
from tests.room.yjs import YClient


class NotesClient(YClient):
    """Writes notes. `NotesClient().doc` may live over several connections, like a browser's."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: Array[Any] = self.doc.get("notes", type=Array)

    def add(self, id: str, author: str, text: str, at: object = None) -> Text:
        shared = Text(text)
        when = float(now_ms()) if at is None else at
        self.notes.append(Map({"id": id, "author": author, "at": when, "text": shared}))
        return shared

    def texts(self) -> list[str]:
        return [str(note["text"]) for note in self.notes]
