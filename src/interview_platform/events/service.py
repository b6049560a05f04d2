"""The embedded way: events are kept in the database and worked off in this process, again and again until done."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import structlog

from interview_platform.events.model import (
    GIVE_UP_MS,
    Daily,
    Delivery,
    Function,
    Handler,
    Permanent,
    pause_ms,
)
from interview_platform.events.ports import EventStore
from interview_platform.kit.clock import now_ms
from interview_platform.kit.ids import digest, new_id

log = structlog.get_logger(__name__)

AT_ONCE = 4  # functions mostly wait for a provider; more at once would only meet its rate limit
FUNCTION_SECONDS = 30.0  # a provider that has not answered by then counts as failed
LEASE_MS = 2 * 60_000  # longer than all claimed at once can take
LOOK_SECONDS = 30.0  # another node may have added some
ERROR_MAX = 500


class EventService:
    """Implements ports.Events. Functions are added before `start`. `close` at the end."""

    def __init__(self, store: EventStore, *, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._clock = clock
        self._functions: dict[str, Function] = {}
        self._news = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None

    def on(self, name: str, function: str, handler: Handler) -> None:
        """Call `handler` with the data of every event called `name`. `function` is the handler's own lasting name."""
        self._add(Function(function, name, handler))

    def daily(self, at: Daily, function: str, handler: Callable[[], Any]) -> None:
        async def without_data(_: Mapping[str, Any]) -> None:
            await handler()

        self._add(Function(function, at, without_data))

    def _add(self, function: Function) -> None:
        if function.id in self._functions:
            raise ValueError(f"two functions are called {function.id}")
        self._functions[function.id] = function

    @property
    def functions(self) -> Sequence[Function]:
        return tuple(self._functions.values())

    async def send(self, name: str, data: Mapping[str, Any], *, id: str | None = None) -> None:
        now, event = self._clock(), digest(id) if id else new_id()
        wanted = [function.id for function in self.functions if function.trigger == name]
        deliveries = [Delivery(f"{event}-{one}", one, name, dict(data), now, next_at=now) for one in wanted]
        if deliveries:
            await self._store.add(deliveries)
            self._news.set()

    async def start(self) -> None:
        await self._schedule()
        self._worker = asyncio.create_task(self._work())

    async def close(self) -> None:
        """What was begun is left to the next start."""
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)

    async def waiting(self, *, dead: bool, limit: int = 100) -> list[Delivery]:
        return await self._store.waiting(dead=dead, limit=limit)

    async def revive(self, id: str) -> bool:
        revived = await self._store.revive(id, self._clock())
        self._news.set()
        return revived

    async def work_off(self) -> int:
        """Try everything that is due now; how many that was."""
        tried = 0
        while claimed := await self._store.claim(self._clock(), self._clock() + LEASE_MS, AT_ONCE):
            await asyncio.gather(*(self._try(delivery) for delivery in claimed))
            tried += len(claimed)
        return tried

    async def _work(self) -> None:
        while True:
            self._news.clear()
            try:
                await self.work_off()
                first = await self._store.next_at()
            except Exception:
                log.warning("events.storage_away", exc_info=True)
                first = None
            wait = LOOK_SECONDS if first is None else min(LOOK_SECONDS, max(0.05, (first - self._clock()) / 1000))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), wait)

    async def _schedule(self) -> None:
        """The next run of everything scheduled. Its id is the time: many nodes and starts make one of it."""
        now = self._clock()
        for function in self.functions:
            if isinstance(function.trigger, Daily):
                await self._store.add([_scheduled(function, function.trigger, now)])

    async def _try(self, delivery: Delivery) -> None:
        try:
            await asyncio.wait_for(self._handler(delivery)(delivery.data), FUNCTION_SECONDS)
        except Exception as error:  # noqa: BLE001 - whatever a function raises, the others go on
            await self._failed(delivery, error)
        else:
            await self._again(delivery)
            await self._store.done(delivery.id)

    def _handler(self, delivery: Delivery) -> Handler:
        function = self._functions.get(delivery.function)
        if function is None:
            raise Permanent("this version has no such function, or its provider is no longer set")
        return function.handler

    async def _failed(self, delivery: Delivery, error: Exception) -> None:
        attempts, now = delivery.attempts + 1, self._clock()
        dead = isinstance(error, Permanent) or now - delivery.created_at >= GIVE_UP_MS
        said = (str(error) or type(error).__name__)[:ERROR_MAX]
        report = log.error if dead else log.warning
        report(
            "events.failed", function=delivery.function, name=delivery.name, attempts=attempts, dead=dead, error=said
        )
        if dead:
            await self._again(delivery)
        await self._store.failed(
            delivery.id, attempts=attempts, next_at=now + pause_ms(attempts), dead=dead, error=said
        )

    async def _again(self, delivery: Delivery) -> None:
        """What is scheduled goes on tomorrow, however today went."""
        function = self._functions.get(delivery.function)
        if function is not None and isinstance(function.trigger, Daily):
            await self._store.add([_scheduled(function, function.trigger, self._clock())])


def _scheduled(function: Function, at: Daily, now: int) -> Delivery:
    due = at.after(now)
    return Delivery(f"{function.id}-{due}", function.id, "scheduled", {}, due, next_at=due)
