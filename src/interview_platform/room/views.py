"""JSON shapes of the document over HTTP."""

from interview_platform.kit.views import View
from interview_platform.sessions.views import SessionView


class FileView(View):
    path: str
    language: str
    """A language's id, or `plaintext`."""
    text: str


class RecordAnswer(View):
    """The document as it is, or as it was at the end; without the files that nobody has written in."""

    files: list[FileView]
    active_file: str
    language: str
    session: SessionView


class NoteView(View):
    id: str
    person_id: str
    """Who began it."""
    at: str
    """When they began it, by the server's clock."""
    text: str


class NotesAnswer(View):
    notes: list[NoteView]
    """Oldest first."""


class HintView(View):
    title: str
    text: str
    """Markdown."""


class PadGuideView(View):
    pad: str
    """Empty: the first one."""
    problem: str
    """Slug."""
    title: str
    hints: list[HintView]
    """From the smallest to the largest."""
    solutions: dict[str, str]
    """Language id -> a solution that passes every test."""


class GuideAnswer(View):
    pads: list[PadGuideView]
