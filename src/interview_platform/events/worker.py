"""Takes what is due from the store and has it worked on, several at once, until closed."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from interview_platform.events.model import FUNCTION_SECONDS, Delivery
from interview_platform.events.ports import EventStore
from interview_platform.kit.errors import StorageUnavailable

log = structlog.get_logger(__name__)

AT_ONCE = 8
PER_FUNCTION = 4
"""Of one function at once: when its provider hangs, the other functions still get their turn, and when its provider
is back it is not flooded."""
LEASE_MS = round(FUNCTION_SECONDS * 1000 * 1.5)
"""Longer than a function may take, with the noting of how it ended. What a killed server was at waits for so long."""
LOOK_SECONDS = 30.0
"""Another node, or `interview-platform events retry`, may have added some."""
CLOSE_SECONDS = 3.0
"""For what is running at the end; the rest of the shutdown needs some of Docker's 10 seconds too."""


class Worker:
    """`work` notes in the store how it ended; it raises only when the store is away."""

    def __init__(
        self, store: EventStore, work: Callable[[Delivery], Awaitable[None]], clock: Callable[[], int]
    ) -> None:
        self._store = store
        self._work = work
        self._clock = clock
        self._news = asyncio.Event()
        self._running: dict[asyncio.Task[None], Delivery] = {}
        self._loop: asyncio.Task[None] | None = None
        self._closing = False

    def start(self) -> None:
        self._loop = asyncio.create_task(self._go_on())

    def wake(self) -> None:
        """There may be something due."""
        self._news.set()

    async def close(self) -> None:
        """Let what is running end, for a moment; what does not is given back, and due at the next start."""
        self._closing = True
        self._news.set()
        if self._loop is not None:
            # Not cancelled: what a claim brings that nobody waits for would be nobody's until its lease ends.
            await asyncio.wait([self._loop], timeout=CLOSE_SECONDS)
            self._loop.cancel()
        if self._running:
            await asyncio.wait(self._running, timeout=CLOSE_SECONDS)
        left = list(self._running)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=CLOSE_SECONDS)

    async def work_off(self) -> int:
        """Try everything that is due now; how many that was."""
        tried = 0
        while (begun := await self._begin()) or self._running:
            tried += begun
            if self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        return tried

    async def _go_on(self) -> None:
        while not self._closing:
            self._news.clear()
            try:
                await self._begin()
                first = await self._store.next_at()
            except StorageUnavailable:
                log.warning("events.storage_away")
                first = None
            except Exception:
                log.exception("events.broken")
                first = None
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), self._pause(first))

    def _pause(self, first: int | None) -> float:
        """Seconds until the next look, when the first one is due at `first`. What ends here is news, too."""
        if first is None:
            return LOOK_SECONDS
        # What is due but has no free place must not be asked for all the time.
        least = 1.0 if self._full() or not self._room() else 0.05
        return min(LOOK_SECONDS, max(least, (first - self._clock()) / 1000))

    async def _begin(self) -> int:
        """Begin what is due, as far as there is room; how many that was."""
        begun = 0
        while not self._closing and (room := self._room()):
            now = self._clock()
            claimed = await self._store.claim(now, now + LEASE_MS, room, but=self._full())
            for delivery in claimed:
                task = asyncio.create_task(self._try(delivery))
                self._running[task] = delivery
                task.add_done_callback(self._ended)
            begun += len(claimed)
            if len(claimed) < room:
                break
        return begun

    def _room(self) -> int:
        """How many may be claimed, whichever functions they turn out to be of."""
        most = max((n for n in self._counts().values() if n < PER_FUNCTION), default=0)
        return min(AT_ONCE - len(self._running), PER_FUNCTION - most)

    def _full(self) -> list[str]:
        return [function for function, n in self._counts().items() if n >= PER_FUNCTION]

    def _counts(self) -> Counter[str]:
        return Counter(delivery.function for delivery in self._running.values())

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._news.set()

    async def _try(self, delivery: Delivery) -> None:
        try:
            await self._work(delivery)
        except asyncio.CancelledError:
            await self._give_back(delivery)
            raise
        except StorageUnavailable:  # how it ended could not be noted: its lease ends, and it is tried again
            log.warning("events.storage_away", delivery=delivery.id)
        except Exception:
            log.exception("events.broken", delivery=delivery.id)

    async def _give_back(self, delivery: Delivery) -> None:
        """As if it had not been claimed, so that the next start need not wait for its lease to end."""
        with suppress(Exception):
            await self._store.failed(
                delivery.id, attempts=delivery.attempts, next_at=self._clock(), dead=False, error=delivery.error
            )
