"""Password hashing away from the event loop: one hash takes about 30 ms of a core and 19 MB."""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pwdlib.hashers.argon2 import Argon2Hasher

from interview_platform.kit.errors import Kind, Refusal

T = TypeVar("T")

# OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane. More would let fewer people sign in at once on a small
# machine; the login rate limit does the rest.
TIME_COST = 2
MEMORY_KIB = 19_456
LANES = 1
THREADS = 2
WAITING_MAX = 100  # about 2 s of work on one core; who comes then is told to come back


class Passwords:
    """Hashes and verifies. `hasher` is for tests, which have no time for a good one."""

    def __init__(
        self, hasher: Argon2Hasher | None = None, *, threads: int = THREADS, waiting_max: int = WAITING_MAX
    ) -> None:
        self._hasher = hasher or Argon2Hasher(time_cost=TIME_COST, memory_cost=MEMORY_KIB, parallelism=LANES)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._waiting = 0
        self._waiting_max = waiting_max
        # What an unknown e-mail is verified against, so that it takes as long as a wrong password.
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """Raises a Refusal (503) when too many are waiting already."""
        return await self._away(lambda: self._hasher.hash(_normal(password)))

    async def verify(self, password: str, hash: str | None) -> bool:
        """Whether `password` is the one behind `hash`. None (nobody) takes the same time and is never right.

        Raises a Refusal (503) when too many are waiting already.
        """
        right = await self._away(lambda: self._hasher.verify(_normal(password), hash or self._nobody))
        return right and hash is not None

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _away(self, work: Callable[[], T]) -> T:
        if self._waiting >= self._waiting_max:
            raise Refusal(
                Kind.UNAVAILABLE, "busy", "Too many people sign in right now. Try again in a moment.", retry_after=3
            )
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def _normal(password: str) -> str:
    """The same letters, whichever way a keyboard composes them (NIST SP 800-63B 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
