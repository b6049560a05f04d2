"""What a document begins with."""

from dataclasses import dataclass
from typing import Any

from pycrdt import Doc, Map, Text

from interview_platform.room.line_ends import with_newlines

SEED_CLIENT = 1
"""Yjs client id of the seed. Fixed, so that a seed written twice would still be one text."""


@dataclass(frozen=True, slots=True)
class SeedFile:
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Seed:
    """What a new document begins with."""

    files: tuple[SeedFile, ...]
    language: str
    active_file: str

    def update(self) -> bytes:
        """As one Yjs update, the same bytes each time."""
        doc: Doc[Any] = Doc(client_id=SEED_CLIENT)
        files, room = doc.get("files", type=Map), doc.get("room", type=Map)
        with doc.transaction():
            for file in self.files:
                files[file.path] = Text(with_newlines(file.text))
            room["language"] = self.language
            room["activeFile"] = self.active_file
        return doc.get_update()
