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
