"""Time as the product keeps it: whole milliseconds since 1970 UTC inside, RFC 3339 at the edge."""

import time
from datetime import UTC, datetime
from functools import lru_cache


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def rfc3339(ms: int) -> str:
    """`1731234567890` -> `2024-11-10T10:29:27.890Z`."""
    second, rest = divmod(ms, 1000)
    return f"{_to_the_second(second)}.{rest:03d}Z"


@lru_cache(maxsize=4096)  # a page of sessions has sixty times, mostly the same ones as the last time it was asked for
def _to_the_second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")
