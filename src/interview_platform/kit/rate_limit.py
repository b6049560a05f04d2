"""Sliding-window rate limits, in memory. Across many nodes (later) the same two calls go to Redis."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from interview_platform.kit.errors import Kind, Refusal

KEYS_MAX = 20_000  # about 5 MB at the usual limits; the key that was quiet for longest is forgotten first


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in any `seconds`."""

    count: int
    seconds: float


class RateLimiter:
    def __init__(
        self,
        limit: Limit,
        *,
        code: str = "too_fast",
        message: str = "Too many requests. Try again in a moment.",
        keys_max: int = KEYS_MAX,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = limit
        self._code = code
        self._message = message
        self._keys_max = keys_max
        self._clock = clock
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Count one for `key`. Raises a Refusal (429, with the seconds to wait) when that is too many."""
        now = self._clock()
        taken = self._taken.get(key)
        if taken is None:
            self._forget(now)
            taken = self._taken[key] = deque()
        self._taken.move_to_end(key)
        while taken and taken[0] <= now - self._limit.seconds:
            taken.popleft()
        if len(taken) >= self._limit.count:
            wait = taken[0] + self._limit.seconds - now
            raise Refusal(Kind.TOO_MANY, self._code, self._message, retry_after=math.ceil(wait))
        taken.append(now)

    def give_back(self, key: str) -> None:
        """Uncount the newest of `key`: it turned out not to be one of those that are limited."""
        taken = self._taken.get(key)
        if taken:
            taken.pop()
            if not taken:
                del self._taken[key]

    def _forget(self, now: float) -> None:
        """Make room for one key."""
        while self._taken:
            oldest = next(iter(self._taken.values()))
            stale = not oldest or oldest[-1] <= now - self._limit.seconds
            if not stale and len(self._taken) < self._keys_max:
                return
            self._taken.popitem(last=False)

    def __len__(self) -> int:
        return len(self._taken)
