"""JSON shapes of a session's log."""

from typing import Any, Literal

from interview_platform.kit.views import View
from interview_platform.room.views import RecordAnswer
from interview_platform.timeline.model import EventKind


class LogEventView(View):
    """One entry of the log."""

    seq: int
    """Counts up within the session; numbers are missing where an entry is not for the reader."""
    at: int
    """Server time, in milliseconds since 1970 UTC."""
    kind: EventKind
    person_id: str | None
    """Null: the server's own act."""
    data: str | dict[str, Any] | None
    """Of `document` and `staff`: a Yjs update (v1) in base64. Of `chat`: also `message` as it is now, in the shape of
    `GET /api/sessions/{id}/messages`. Of `run.finished`: also `run`, as `GET /api/sessions/{id}/runs/{run}` gives it.
    (Either is null when it is not there any more.) Else what stands there.
    """


class LogAnswer(View):
    events: list[LogEventView]
    """In the order they were written down."""
    next: int | None
    """Ask with `?after=` for the events after these; null when there are none."""


class ExportView(View):
    """What an exported file begins with. `events` (as in `LogAnswer`), `attachments` (each an `AttachmentView` with its
    `content` in base64) and `complete` (true) follow.
    """

    format: Literal["interview-platform.session"] = "interview-platform.session"
    version: Literal[1] = 1
    exported_at: str
    record: RecordAnswer
    """The session, and its files as they were at the end."""
