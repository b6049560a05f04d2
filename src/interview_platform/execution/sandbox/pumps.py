"""Pipes to and from a sandbox, on the event loop."""

import asyncio
import fcntl
import os
import struct
import termios
from collections import deque
from collections.abc import Callable

_READ_BYTES = 64 * 1024  # what a pipe holds
_WRITE_BYTES = 64 * 1024


def unread(fd: int) -> int:
    """Bytes that lie in a pipe, of which `fd` is either end."""
    found: int = struct.unpack("i", fcntl.ioctl(fd, termios.FIONREAD, bytes(4)))[0]
    return found


class OutputPump:
    """Reads a pipe to its end. `done` is set at the end."""

    def __init__(self, fd: int, on_bytes: Callable[[bytes], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self.done: asyncio.Future[None] = self._loop.create_future()
        self._fd = fd
        self._on_bytes = on_bytes
        os.set_blocking(fd, False)
        self._loop.add_reader(fd, self._readable)

    def drain(self) -> None:
        """Take what is there now, and no more: a writer that goes on does not keep us."""
        left = 0 if self.done.done() else unread(self._fd)
        while left > 0 and not self.done.done():
            left -= self._readable(left)

    def _readable(self, most: int = _READ_BYTES) -> int:
        try:
            data = os.read(self._fd, min(most, _READ_BYTES))
        except BlockingIOError:
            return most
        if data:
            self._on_bytes(data)
        else:
            self.close()
        return len(data)

    def close(self) -> None:
        if not self.done.done():
            self._loop.remove_reader(self._fd)
            os.close(self._fd)
            self.done.set_result(None)


class InputPump:
    """Writes what it is given as fast as it is read. A reader that goes away is fine."""

    def __init__(self, fd: int) -> None:
        self._loop = asyncio.get_running_loop()
        self.fd = fd
        self._left: deque[memoryview] = deque()
        self._open = True
        self._ending = False
        self._watching = False
        self.waiting = 0
        """Bytes that are not in the pipe yet."""
        os.set_blocking(fd, False)

    def write(self, data: bytes) -> None:
        if self._open and not self._ending and data:
            self._left.append(memoryview(data))
            self.waiting += len(data)
            if not self._watching:
                self._writable()

    def end(self) -> None:
        """Close the pipe when all is written."""
        self._ending = True
        if self._open and not self._left:
            self.close()

    def taken(self) -> bool:
        """Whether the reader has read all that was written."""
        return not self._open or (not self._left and unread(self.fd) == 0)

    def _writable(self) -> None:
        try:
            while self._left:
                written = os.write(self.fd, self._left[0][:_WRITE_BYTES])
                self.waiting -= written
                self._left[0] = self._left[0][written:]
                if not self._left[0]:
                    self._left.popleft()
        except BlockingIOError:
            self._watch()
            return
        except BrokenPipeError:
            self.close()
            return
        self._rest()
        if self._ending:
            self.close()

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            self._loop.add_writer(self.fd, self._writable)

    def _rest(self) -> None:
        if self._watching:
            self._watching = False
            self._loop.remove_writer(self.fd)

    def close(self) -> None:
        if self._open:
            self._open = False
            self._rest()
            os.close(self.fd)
            self._left.clear()
            self.waiting = 0
