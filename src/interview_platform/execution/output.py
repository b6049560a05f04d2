"""What a program prints: decoded as it comes, capped, and handed on in batches."""

import asyncio
import codecs
from collections.abc import Callable

from interview_platform.execution.model import Stream
from interview_platform.execution.ports import OnOutput

# What comes after silence goes at once (a prompt); after that a batch is on the screen before anybody notices that it
# waited, and a flood is few messages.
_BATCH_SECONDS = 0.05
_BATCH_CHARACTERS = 8 * 1024


class Captured:
    """One stream, up to `limit` bytes; beyond that bytes are thrown away and `on_full` is called, once."""

    def __init__(self, limit: int, on_text: Callable[[str], None], on_full: Callable[[], None]) -> None:
        self.full = False
        self._left = limit
        self._on_text = on_text
        self._on_full = on_full
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._parts: list[str] = []

    def feed(self, data: bytes) -> None:
        if self.full:
            return
        if len(data) > self._left:
            data, self.full = data[: self._left], True
        self._left -= len(data)
        self._take(self._decoder.decode(data))
        if self.full:
            self._on_full()

    def text(self) -> str:
        """All of it. Call once, at the end: half a character that never got its other half is shown as one."""
        if not self.full:  # the cut may have gone through a character, which is not the program's fault
            self._take(self._decoder.decode(b"", final=True))
        return "".join(self._parts)

    def _take(self, text: str) -> None:
        text = text.replace("\x00", "\ufffd")  # which PostgreSQL cannot store and a browser does not show
        if text:
            self._parts.append(text)
            self._on_text(text)


class Batches:
    """Collects text of all streams for `on_output`; never more than _BATCH_CHARACTERS in one call, order kept."""

    def __init__(self, on_output: OnOutput | None) -> None:
        self._on_output = on_output
        self._waiting: list[tuple[Stream, str]] = []
        self._size = 0
        self._timer: asyncio.TimerHandle | None = None
        self._flushed = -_BATCH_SECONDS
        """When the last batch went (loop time)."""

    def add(self, stream: Stream, text: str) -> None:
        if self._on_output is None:
            return
        self._waiting.append((stream, text))
        self._size += len(text)
        if self._size >= _BATCH_CHARACTERS:
            self.flush()
        elif self._timer is None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, self._flushed + _BATCH_SECONDS - loop.time())
            self._timer = loop.call_later(wait, self.flush)

    def flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting, self._size = self._waiting, [], 0
        if self._on_output is None or not waiting:
            return
        self._flushed = asyncio.get_running_loop().time()
        for stream, text in _joined(waiting):
            for start in range(0, len(text), _BATCH_CHARACTERS):
                self._on_output(stream, text[start : start + _BATCH_CHARACTERS])


def _joined(parts: list[tuple[Stream, str]]) -> list[tuple[Stream, str]]:
    """Neighbours of one stream put together."""
    joined: list[tuple[Stream, str]] = []
    for stream, text in parts:
        if joined and joined[-1][0] is stream:
            joined[-1] = (stream, joined[-1][1] + text)
        else:
            joined.append((stream, text))
    return joined
