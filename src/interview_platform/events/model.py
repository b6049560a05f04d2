"""An event, what is done about it, and when it is tried again. No I/O."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

Data = Mapping[str, Any]
"""What an event carries: JSON."""

RETRY_MS_MAX = 10 * 60_000
"""The longest pause between two attempts: when a provider is back, it is not waited for much longer."""
GIVE_UP_ATTEMPTS = 150
"""What has failed so often is dead: somebody has to look at it. With the pauses that is a day of trying; counted in
attempts because hours pass also while the server is off, and a clock may be put right by years.
"""
FAR_MS = 25 * 3600_000
"""Nothing is put off for longer. What is due later than that was stored by a clock that has been put back since."""
FUNCTION_SECONDS = 30.0
"""A function that has not ended by then counts as failed."""

RELAY = "relay"
"""Stands in a delivery for the function when the event goes to another system, which calls the functions itself."""


class Permanent(Exception):
    """Raised by a function when trying again cannot help. The message is for the operator."""


Handler = Callable[[Data], Awaitable[None]]
"""Does something about an event. It may be called again with the same data, so twice must be as good as once."""


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, UTC."""

    hour: int
    minute: int

    @property
    def cron(self) -> str:
        return f"{self.minute} {self.hour} * * *"

    def after(self, now_ms: int) -> int:
        """The next time (ms) later than `now_ms`."""
        now = datetime.fromtimestamp(now_ms / 1000, UTC)
        today = now.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        later = today if today > now else today + timedelta(days=1)
        return round(later.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Function:
    """`trigger`: the name of an event, or when to run (with no data)."""

    id: str
    trigger: str | Daily
    handler: Handler

    async def call(self, data: Data) -> None:
        """Once. Raises what the handler raises."""
        try:
            async with asyncio.timeout(FUNCTION_SECONDS) as limit:
                await self.handler(data)
        except TimeoutError as error:
            if limit.expired():
                raise TimeoutError(f"it did not end within {FUNCTION_SECONDS:g} seconds") from error
            raise


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one function, until it is done."""

    id: str
    function: str
    name: str
    data: Data
    created_at: int
    attempts: int = 0
    next_at: int = 0
    dead: bool = False
    error: str = ""
    """Why the last attempt failed."""


class Counts(NamedTuple):
    waiting: int
    dead: int


def pause_ms(attempts: int) -> int:
    """Before the next attempt, when `attempts` have failed: 1, 2, 4 seconds and so on."""
    return min(RETRY_MS_MAX, 1000 << min(attempts - 1, 20))
