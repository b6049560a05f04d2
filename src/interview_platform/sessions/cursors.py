"""The cursor of a list of sessions: which one the page before it ended with. The same from every store."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from interview_platform.kit.errors import invalid
from interview_platform.kit.ids import plausible
from interview_platform.sessions.model import Session

_END = 2**62  # above every time

START = (_END, "")
"""The place above every session, where the first page begins."""


def cursor_after(last: Session) -> str:
    return urlsafe_b64encode(f"{last.created_at} {last.id}".encode()).decode().rstrip("=")


def place_of(cursor: str | None) -> tuple[int, str]:
    """When the session was made that the page comes after, and its id. Raises invalid for what `cursor_after` did not
    make.
    """
    if cursor is None:
        return START
    try:
        at, _, id = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(" ")
        place = int(at), id
    except ValueError:
        raise _bad_cursor() from None
    if not plausible(id) or not 0 <= place[0] < _END:
        raise _bad_cursor()
    return place


def _bad_cursor() -> Exception:
    return invalid("This page address is not one of ours. Start from the first page.", "bad_cursor", cursor="unknown")
