"""uvicorn's HTTP protocol with a bound on the head of a request: nothing of ours is asked before a head is complete.

Give it to uvicorn as `http=BoundedHttp`. What comes after the head is bounded by `guard.py`.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_MAX = 64 * 1024
"""Bytes. Browsers send 2 KB, proxies add some; nginx stops at 32 KB."""
HEAD_SECONDS = 30.0
"""From the connection (browsers open one in advance), or a head's first byte, to the head's end."""

_BODY = b'{"code": "too_large", "message": "The head of this request is too large."}'
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: application/json\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%b" % (len(_BODY), _BODY)
)


class BoundedHttp(HttpToolsProtocol):
    _head = 0
    """Bytes of a head that has begun in an earlier packet."""
    _open = True
    """A head is awaited or has begun."""
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_clock()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._open = True
        if self._deadline is None:
            self._start_clock()

    def on_headers_complete(self) -> None:
        self._open = False
        self._head = 0
        self._stop_clock()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        whole = self._open
        super().data_received(data)
        # A packet in which a head ended or began is not counted: it is no longer than what the loop reads at once.
        if whole and self._open:
            self._head += len(data)
            if self._head > HEAD_MAX and not self.transport.is_closing():
                self.transport.write(_TOO_LARGE)
                self.transport.close()

    def _start_clock(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        self.transport.close()
