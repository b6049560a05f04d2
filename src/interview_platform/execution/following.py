"""What happens to a run outside a room, as a stream of server-sent events: the same messages as in a room."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable

import msgspec

from interview_platform.execution.excerpts import excerpt
from interview_platform.execution.going import run_topic
from interview_platform.execution.runs import RunStatus
from interview_platform.execution.views import RunFinishedEvent, RunStartedEvent, RunView
from interview_platform.kit.bus import Bus

BEHIND_BYTES = 4_000_000  # a follower who is so far behind is let go; coming back, they get the run as it then is
ALIVE_SECONDS = 15.0  # proxies close what is silent for a minute


class _Event(msgspec.Struct):
    type: str


_kind = msgspec.json.Decoder(_Event).decode


async def follow(
    bus: Bus, id: str, look: Callable[[], Awaitable[RunView]], expects_more: Callable[[], bool]
) -> AsyncIterator[bytes]:
    """First the run as it is, then what happens to it. `expects_more`: something will be said after its end.

    `look` must not be interrupted while the run goes on, so that nothing falls between it and the first message.
    """
    follower = _Follower()
    stop = bus.subscribe(run_topic(id), follower.hear)
    try:
        run = excerpt(await look())
        ended = run.status is RunStatus.FINISHED
        first = RunFinishedEvent(run=run) if ended else RunStartedEvent(run=run)
        yield _sent(first.to_json())
        last = ended and not expects_more() and not follower.waiting
        while not last and not follower.behind:
            message = await follower.next()
            yield b":\n\n" if message is None else _sent(message)
            kind = _kind(message).type if message else ""
            ended = ended or kind == "run.finished"
            last = kind == "run.diagnostics" or (ended and not expects_more() and not follower.waiting)
    finally:
        stop()


class _Follower:
    def __init__(self) -> None:
        self.waiting: deque[bytes] = deque()
        self.behind = False
        self._bytes = 0
        self._woken = asyncio.Event()

    def hear(self, message: bytes) -> None:
        self._bytes += len(message)
        self.behind = self.behind or self._bytes > BEHIND_BYTES
        if not self.behind:
            self.waiting.append(message)
        self._woken.set()

    async def next(self) -> bytes | None:
        """None when nothing happened for a while."""
        if not self.waiting:
            self._woken.clear()
            try:
                async with asyncio.timeout(ALIVE_SECONDS):
                    await self._woken.wait()
            except TimeoutError:
                return None
        if not self.waiting:
            return None
        message = self.waiting.popleft()
        self._bytes -= len(message)
        return message


def _sent(message: bytes) -> bytes:
    return b"data: " + message + b"\n\n"  # JSON has no line breaks
