"""Files of the chat: pictures are drawn again, everything else is only ever a download."""

import base64
import binascii
import re
from collections.abc import Callable
from urllib.parse import quote

from interview_platform.accounts.images import MEDIA_TYPE, Images
from interview_platform.accounts.model import Person
from interview_platform.chat.model import ATTACHMENT_MAX_BYTES, ATTACHMENTS_MAX_BYTES, NAME_MAX, Attachment
from interview_platform.chat.ports import ChatStore
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, invalid, not_found
from interview_platform.kit.ids import new_id, plausible
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.sessions.policy import Action
from interview_platform.sessions.service import SessionService

UPLOADING = Limit(20, 3600)  # per person: with the largest files 100 MB
DOWNLOAD = "application/octet-stream"

# Control characters, what separates folders, and the marks that let a name be read from its other end (gpj.exe).
_NOT_IN_A_NAME = re.compile("[\x00-\x1f\x7f-\x9f/\\\\\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Attachments:
    def __init__(
        self,
        store: ChatStore,
        sessions: SessionService,
        images: Images,
        *,
        limit: Limit = UPLOADING,
        session_bytes: int = ATTACHMENTS_MAX_BYTES,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._images = images
        self._session_bytes = session_bytes
        self._clock = clock
        self._uploading = RateLimiter(limit, message="These were many files. Send the next one later.")

    async def add(self, session: str, person: Person, name: str, content: str) -> Attachment:
        """Keep a file for a message to come. `content` is base64.

        Raises as `Access.require` does, invalid, file_too_large, too_fast, attachments_full, busy.
        """
        access = await self._sessions.access(session, person)
        access.require(Action.CHAT)
        given, id = _decoded(content), access.session.id
        self._uploading.take(person.id)
        if await self._store.attached_bytes(id) + len(given) > self._session_bytes:
            limit = self._session_bytes // 1024 // 1024
            raise Refusal(Kind.CONFLICT, "attachments_full", f"This session has {limit} MB of files: no more.")
        attachment, kept = await self._drawn(clean_name(name), given)
        await self._store.add_attachment(id, person.id, attachment, kept, self._clock())
        return attachment

    async def get(self, session: str, person: Person | None, attachment: str) -> tuple[Attachment, bytes]:
        """Raises as `Access.require` does, not_found."""
        access = await self._sessions.reading(session, person)
        found = await self._store.attachment(access.session.id, attachment) if plausible(attachment) else None
        if found is None:
            raise not_found("file")
        return found

    async def _drawn(self, name: str, given: bytes) -> tuple[Attachment, bytes]:
        picture = await self._images.shared(given)
        if picture is None:
            return Attachment(new_id(), name, DOWNLOAD, len(given)), given
        size = len(picture.content)
        drawn = Attachment(new_id(), name, MEDIA_TYPE, size, picture.width, picture.height)
        return drawn, picture.content


def headers_of(attachment: Attachment) -> dict[str, str]:
    """Whatever is in the file: in our origin it is a picture drawn by us, or nothing but bytes to be saved."""
    shown = attachment.media_type == MEDIA_TYPE
    name = quote(_saved_as(attachment), safe="")
    return {
        "content-disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",  # whoever sits there next, or was shown out, sees no old copy
    }


def _saved_as(attachment: Attachment) -> str:
    """What was a PNG is a WebP now."""
    if attachment.media_type != MEDIA_TYPE or attachment.name.lower().endswith(".webp"):
        return attachment.name
    return attachment.name.rpartition(".")[0] + ".webp" if "." in attachment.name[1:] else f"{attachment.name}.webp"


def clean_name(name: str) -> str:
    """A name that shows its end and leads nowhere."""
    cleaned = _NOT_IN_A_NAME.sub("", name).strip(" .")
    if len(cleaned) > NAME_MAX:
        half = NAME_MAX // 2
        cleaned = f"{cleaned[: half - 1]}…{cleaned[-half:]}"
    return cleaned or "file"


def _decoded(content: str) -> bytes:
    limit = f"at most {ATTACHMENT_MAX_BYTES // 1024 // 1024} MB"
    if len(content) > ATTACHMENT_MAX_BYTES * 4 // 3 + 4:
        raise Refusal(Kind.TOO_LARGE, "file_too_large", f"This file is too large: {limit}.", fields={"content": limit})
    try:
        given = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid("This file did not come whole.", content="must be base64") from error
    if len(given) > ATTACHMENT_MAX_BYTES:
        raise Refusal(Kind.TOO_LARGE, "file_too_large", f"This file is too large: {limit}.", fields={"content": limit})
    if not given:
        raise invalid("This file is empty.", content="must not be empty")
    return given
