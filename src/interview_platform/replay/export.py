"""A session as one file: JSON of everything, or a page that plays it without any server."""

from collections.abc import AsyncIterator
from pathlib import Path

from interview_platform.kit.clock import now_ms, rfc3339
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.replay.log import SessionLog
from interview_platform.replay.views import ExportView
from interview_platform.room.views import RecordAnswer

PLAYER = "replay-file.html"
"""What the web app's build makes of `web/src/replay-file`: everything in one page but the session."""
MARK = b"<!--session-->"

# In JSON they stand in strings only, where this means the same. Nothing anybody wrote can end the element it is in.
_HTML = {b"<": b"\\u003c", b">": b"\\u003e", b"&": b"\\u0026"}


class NoPlayer(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.UNAVAILABLE, "web_app_missing", "The web app of this server is not built.")


async def as_json(record: RecordAnswer, log: SessionLog) -> AsyncIterator[bytes]:
    """Of a file that was cut off, `complete` is missing, and it is no JSON."""
    yield _head(record)[:-1] + b',"events":['
    first = True
    async for events in log.pages():
        if events:
            yield (b"\n" if first else b",\n") + b",\n".join(events)
            first = False
    yield b'],"complete":true}\n'


async def as_page(record: RecordAnswer, log: SessionLog, player: tuple[bytes, bytes]) -> AsyncIterator[bytes]:
    """One script element (of JSON, which browsers do not run) for the beginning and for each page of events."""
    before, after = player
    yield before + _element(_head(record))
    async for events in log.pages():
        yield _element(b"[" + b",".join(events) + b"]")
    yield _element(b'{"complete":true}') + after


def load_player(web: Path) -> tuple[bytes, bytes]:
    """The page before and after the session. Raises NoPlayer."""
    try:
        page = (web / PLAYER).read_bytes()
    except OSError as error:
        raise NoPlayer from error
    before, mark, after = page.partition(MARK)
    if not mark:
        raise NoPlayer
    return before, after


def _head(record: RecordAnswer) -> bytes:
    return ExportView(exported_at=rfc3339(now_ms()), record=record).to_json()


def _element(json: bytes) -> bytes:
    for sign, escaped in _HTML.items():
        json = json.replace(sign, escaped)
    return b'<script type="application/json" class="session">' + json + b"</script>\n"
