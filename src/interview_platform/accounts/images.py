"""Pictures: whatever somebody uploads leaves here as our own WebP, or not at all. For profiles 256 x 256."""

import asyncio
import base64
import binascii
import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from PIL import Image, ImageOps

from interview_platform.kit.errors import Kind, Refusal, invalid

T = TypeVar("T")

UPLOAD_MAX = 5 * 1024 * 1024  # a phone's photo fits
PIXELS_MAX = 25_000_000  # a 24-megapixel camera's picture; 100 MB while it is decoded, in the one thread there is
SIDE = 256  # pixels; twice the largest place it is shown in
SHARED_SIDE = 1_600  # pixels, of a picture in a chat: a screenshot's text can still be read
QUALITY = 82
MEDIA_TYPE = "image/webp"
WAITING_MAX = 20
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")  # decoded by well-tested libraries; no SVG: it is a program


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    """Hash of the content and `.webp`: the address never shows anything else."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Shared:
    """A picture to be looked at as a whole."""

    content: bytes
    width: int
    height: int


class Images:
    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="images")
        self._waiting = 0

    async def picture(self, data_url: str) -> Picture:
        """Decode a `data:` address into our picture. Raises Refusals: invalid_image, image_too_large, busy."""
        return await self._apart(lambda: _picture(data_url))

    async def shared(self, given: bytes) -> Shared | None:
        """The picture that `given` is; None when it is none that we draw again. Raises Refusal: busy."""
        return await self._apart(lambda: _shared(given))

    async def _apart(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING_MAX:
            raise Refusal(Kind.UNAVAILABLE, "busy", "Too many pictures at once. Try again in a moment.", retry_after=5)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)


def _picture(data_url: str) -> Picture:
    given = _decoded(data_url)
    try:
        content = _drawn(given)
    except Refusal:
        raise
    except Exception as error:
        # Hostile bytes make decoders raise nearly anything (struct.error, SyntaxError, KeyError, MemoryError's kin…).
        raise _bad("cannot be read as PNG, JPEG, WebP or GIF") from error
    return Picture(f"{hashlib.sha256(content).hexdigest()[:40]}.webp", content)


def _decoded(data_url: str) -> bytes:
    head, comma, body = data_url.partition(",")
    if not comma or not head.startswith("data:image/") or not head.endswith(";base64"):
        raise _bad("must be a data:image/…;base64,… address")
    if len(body) > UPLOAD_MAX * 4 // 3 + 4:
        raise _too_large()
    try:
        given = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad("is not valid base64") from error
    if len(given) > UPLOAD_MAX:
        raise _too_large()
    return given


def _drawn(given: bytes) -> bytes:
    with Image.open(io.BytesIO(given), formats=_FORMATS) as source:
        # The header alone tells the size: a bomb is refused before a byte of it is unpacked.
        if source.width * source.height > PIXELS_MAX:
            raise _bad(f"has more than {PIXELS_MAX // 1_000_000} million pixels")
        source.draft("RGB", (SIDE * 2, SIDE * 2))  # JPEG: decode at a fraction of the size
        upright = ImageOps.exif_transpose(source)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        square = ImageOps.fit(upright.convert(mode), (SIDE, SIDE), Image.Resampling.LANCZOS)
    return _webp(square)


def _shared(given: bytes) -> Shared | None:
    try:
        with Image.open(io.BytesIO(given), formats=_FORMATS) as source:
            if source.width * source.height > PIXELS_MAX:
                return None
            source.draft("RGB", (SHARED_SIDE, SHARED_SIDE))
            upright = ImageOps.exif_transpose(source)
            drawn = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        drawn.thumbnail((SHARED_SIDE, SHARED_SIDE), Image.Resampling.LANCZOS)
        return Shared(_webp(drawn), drawn.width, drawn.height)
    except Exception:  # noqa: BLE001 - as in `_picture`; what cannot be drawn is no picture
        return None


def _webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    # Only pixels go over: no EXIF (it has the place), no colour profile, no comment, nothing appended.
    image.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return out.getvalue()


def _bad(why: str) -> Refusal:
    return invalid("This picture cannot be used.", "invalid_image", profileImage=why)


def _too_large() -> Refusal:
    limit = f"at most {UPLOAD_MAX // 1024 // 1024} MB"
    return Refusal(
        Kind.TOO_LARGE, "image_too_large", f"This picture is too large: {limit}.", fields={"profileImage": limit}
    )
