"""A session as one file: JSON of everything, or a page that plays it without any server."""

import base64
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path
from typing import TypeAlias

from interview_platform.chat.model import Attachment
from interview_platform.chat.views import AttachmentView
from interview_platform.kit.clock import now_ms, rfc3339
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.replay.log import Page, SessionLog
from interview_platform.replay.views import ExportView
from interview_platform.room.views import RecordAnswer

PLAYER = "replay-file.html"
"""What the web app's build makes of `web/src/replay-file`: everything in one page but the session."""
MARK = b"<!--session-->"

# In JSON they stand in strings only, where this means the same. Nothing anybody wrote can end the element it is in.
_HTML = {b"<": b"\\u003c", b">": b"\\u003e", b"&": b"\\u0026"}

Files: TypeAlias = dict[str, Attachment]
"""By id: several messages may have the same."""


class NoPlayer(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.UNAVAILABLE, "web_app_missing", "The web app of this server is not built.")


async def as_json(record: RecordAnswer, log: SessionLog) -> AsyncIterator[bytes]:
    """Of a file that was cut off, `complete` is missing, and it is no JSON."""
    files: Files = {}
    yield _head(record)[:-1] + b',"events":['
    between = b"\n"
    async for page in log.pages():
        _collect(page, files)
        if page.events:
            yield between + b",\n".join(page.events)
            between = b",\n"
    yield b'],"attachments":['
    between = b"\n"
    async for attachment, content in _contents(log, files):
        known = AttachmentView.of(attachment).to_json()
        yield between + known[:-1] + b',"content":"' + content + b'"}'
        between = b",\n"
    yield b'],"complete":true}\n'


async def as_page(record: RecordAnswer, log: SessionLog, player: tuple[bytes, bytes]) -> AsyncIterator[bytes]:
    """One script element (of JSON, which browsers do not run) for the beginning and for each page of events; one of
    base64 for each file of the chat, apart, so that nobody has to read 100 MB to begin to play.
    """
    before, after = player
    files: Files = {}
    yield before + _element(_head(record))
    async for page in log.pages():
        _collect(page, files)
        yield _element(b"[" + b",".join(page.events) + b"]")
    async for attachment, content in _contents(log, files):
        id = escape(attachment.id).encode()
        yield b'<script type="text/plain" class="attachment" data-id="' + id + b'">' + content + b"</script>\n"
    yield _element(b'{"complete":true}') + after


def _collect(page: Page, files: Files) -> None:
    files.update({attachment.id: attachment for attachment in page.attachments})


async def _contents(log: SessionLog, files: Files) -> AsyncIterator[tuple[Attachment, bytes]]:
    """Each with its content in base64: letters, digits, `+`, `/` and `=`, whatever is in it."""
    for attachment in files.values():
        content = await log.content(attachment)
        if content is not None:
            yield attachment, base64.b64encode(content)


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
