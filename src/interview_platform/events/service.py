"""Events are kept in the database until what is to be done about them is done: in this process, or by a `Relay`."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog

from interview_platform.events.model import (
    GIVE_UP_ATTEMPTS,
    RELAY,
    Counts,
    Daily,
    Data,
    Delivery,
    Function,
    Handler,
    Permanent,
    pause_ms,
)
from interview_platform.events.ports import EventStore, Relay
from interview_platform.events.worker import Worker
from interview_platform.kit.clock import now_ms
from interview_platform.kit.ids import digest, new_id

log = structlog.get_logger(__name__)

ERROR_MAX = 500
PAGE = 100


class EventService:
    """Implements ports.Events. Functions are added before `start`. `close` at the end.

    With a `relay` each event is one delivery, to it; scheduled work is its business, too. Without, each event is one
    delivery for each function that wants it.
    """

    def __init__(self, store: EventStore, *, relay: Relay | None = None, clock: Callable[[], int] = now_ms) -> None:
        self._store = store
        self._relay = relay
        self._clock = clock
        self._functions: dict[str, Function] = {}
        self._worker = Worker(store, self._try, clock)

    def on(self, name: str, function: str, handler: Handler) -> None:
        """Call `handler` with the data of every event called `name`. `function` is the handler's own lasting name."""
        self._add(Function(function, name, handler))

    def daily(self, at: Daily, function: str, handler: Callable[[], Any]) -> None:
        async def without_data(_: Mapping[str, Any]) -> None:
            await handler()

        self._add(Function(function, at, without_data))

    def _add(self, function: Function) -> None:
        if function.id in self._functions or function.id == RELAY:
            raise ValueError(f"two functions are called {function.id}")
        self._functions[function.id] = function

    @property
    def functions(self) -> Sequence[Function]:
        return tuple(self._functions.values())

    async def send(self, name: str, data: Mapping[str, Any], *, id: str | None = None) -> None:
        event = digest(id) if id else new_id()
        await self._address(event, name, data, [RELAY] if self._relay else self._wanting(name))

    async def start(self) -> None:
        await self._schedule()
        self._worker.start()

    async def close(self) -> None:
        await self._worker.close()

    async def work_off(self) -> int:
        """Try everything that is due now; how many that was."""
        return await self._worker.work_off()

    async def counts(self) -> Counts:
        return await self._store.counts()

    async def waiting(self, *, dead: bool, limit: int = PAGE) -> list[Delivery]:
        return await self._store.waiting(dead=dead, limit=limit)

    async def revive(self, id: str) -> bool:
        """Have a dead one tried again; whether there was one."""
        revived = await self._store.revive(id, self._clock())
        self._worker.wake()
        return revived

    async def revive_all(self) -> int:
        """Each of the dead once, although a running server may give some up again meanwhile; how many that was."""
        seen: set[str] = set()
        revived = 0
        while fresh := [one.id for one in await self.waiting(dead=True) if one.id not in seen]:
            seen.update(fresh)
            revived += sum([await self.revive(id) for id in fresh])
        return revived

    def _wanting(self, name: str) -> list[str]:
        return [function.id for function in self.functions if function.trigger == name]

    async def _address(self, event: str, name: str, data: Data, to: Sequence[str]) -> None:
        now = self._clock()
        if to:
            await self._store.add([Delivery(f"{event}-{one}", one, name, dict(data), now, next_at=now) for one in to])
            self._worker.wake()

    async def _schedule(self) -> None:
        """The next run of everything scheduled. Its id is the time: many nodes and starts make one of it. One whose
        time passed while no server ran is in the store still, and due at once.
        """
        for function in self.functions:
            await self._again(function)

    async def _again(self, function: Function | None) -> None:
        """What is scheduled goes on tomorrow, however today went."""
        if function is not None and isinstance(function.trigger, Daily) and self._relay is None:
            due = function.trigger.after(self._clock())
            await self._store.add([Delivery(f"{function.id}-{due}", function.id, "scheduled", {}, due, next_at=due)])

    async def _try(self, delivery: Delivery) -> None:
        try:
            await self._do(delivery)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            await self._failed(delivery, RuntimeError("it was cancelled from within"))
        except Exception as error:  # noqa: BLE001 - whatever a function raises, the others go on
            await self._failed(delivery, error)
        else:
            await self._again(self._functions.get(delivery.function))
            await self._store.done(delivery.id)

    async def _do(self, delivery: Delivery) -> None:
        if delivery.function != RELAY:
            function = self._functions.get(delivery.function)
            if function is None:
                raise Permanent("this version has no such function, or its provider is no longer set")
            await function.call(delivery.data)
        elif self._relay is not None:
            await self._relay.deliver(delivery)
        else:  # there was one when it was stored: its keys have been taken away since
            event = delivery.id.removesuffix(f"-{RELAY}")
            await self._address(event, delivery.name, delivery.data, self._wanting(delivery.name))

    async def _failed(self, delivery: Delivery, error: Exception) -> None:
        attempts = delivery.attempts + 1
        dead = isinstance(error, Permanent) or attempts >= GIVE_UP_ATTEMPTS
        said = _printable(str(error) or type(error).__name__)
        report = log.error if dead else log.warning
        report(
            "events.failed", function=delivery.function, name=delivery.name, attempts=attempts, dead=dead, error=said
        )
        if dead:
            await self._again(self._functions.get(delivery.function))
        await self._store.failed(
            delivery.id, attempts=attempts, next_at=self._clock() + pause_ms(attempts), dead=dead, error=said
        )


def _printable(text: str) -> str:
    """One line that every database keeps and no terminal obeys: a provider's words may hold anything."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:ERROR_MAX])
