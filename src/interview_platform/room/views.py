"""JSON shapes of the document over HTTP."""

from interview_platform.kit.views import Body, View
from interview_platform.sessions.views import SessionView
from interview_platform.timeline.pads import Pad


class FileView(View):
    path: str
    language: str
    """A language's id, or `plaintext`."""
    text: str


class PadView(View):
    """A problem or a blank sheet that was added to the session's first one."""

    id: str
    """The paths of its files begin with it and a slash."""
    title: str
    problem: str
    """Slug; empty for a pad without one."""

    @classmethod
    def of(cls, pad: Pad) -> "PadView":
        return cls(id=pad.id, title=pad.title, problem=pad.problem)


class PadBody(Body):
    """One of the two."""

    problem: str | None = None
    """Slug or title."""
    title: str | None = None
    """Of a blank pad."""


class PadAnswer(View):
    pad: PadView


class RecordAnswer(View):
    """The document as it is, or as it was at the end; without the files that nobody has written in."""

    files: list[FileView]
    active_file: str
    language: str
    pads: list[PadView]
    """Those added, in that order."""
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
