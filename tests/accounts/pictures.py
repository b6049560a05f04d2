"""Pictures to upload."""

import base64
import io
from typing import Any

from PIL import Image


def encoded(image: Image.Image, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def png(width: int = 40, height: int = 30, color: str = "teal") -> bytes:
    return encoded(Image.new("RGB", (width, height), color), "PNG")


def data_url(content: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
