"""Pipes to and from a sandbox, on the event loop."""

import asyncio
import os
from collections.abc import Callable

_READ_BYTES = 64 * 1024  # what a pipe holds
_WRITE_BYTES = 64 * 1024


class OutputPump:
    """Reads a pipe to its end. `done` is set at the end."""

    def __init__(self, fd: int, on_bytes: Callable[[bytes], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self.done: asyncio.Future[None] = self._loop.create_future()
        self._fd = fd
        self._on_bytes = on_bytes
        os.set_blocking(fd, False)
        self._loop.add_reader(fd, self._readable)

    def _readable(self) -> None:
        try:
            data = os.read(self._fd, _READ_BYTES)
        except BlockingIOError:
            return
        if data:
            self._on_bytes(data)
        else:
            self.close()

    def close(self) -> None:
        if not self.done.done():
            self._loop.remove_reader(self._fd)
            os.close(self._fd)
            self.done.set_result(None)


class InputPump:
    """Writes `data` as fast as it is read, then closes the pipe. A reader that goes away is fine."""

    def __init__(self, fd: int, data: bytes) -> None:
        self._loop = asyncio.get_running_loop()
        self._fd = fd
        self._left = memoryview(data)
        self._open = True
        os.set_blocking(fd, False)
        self._writable()
        if self._open:
            self._loop.add_writer(fd, self._writable)

    def _writable(self) -> None:
        try:
            while self._left:
                written = os.write(self._fd, self._left[:_WRITE_BYTES])
                self._left = self._left[written:]
        except BlockingIOError:
            return
        except BrokenPipeError:
            pass
        self.close()

    def close(self) -> None:
        if self._open:
            self._open = False
            self._loop.remove_writer(self._fd)
            os.close(self._fd)
