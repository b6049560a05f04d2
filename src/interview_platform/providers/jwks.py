"""A provider's public keys: fetched when one is needed that is not there, kept while the provider is away."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

import structlog

from interview_platform.providers.asking import Unanswered

log = structlog.get_logger(__name__)

UNKNOWN_SECONDS = 60.0  # tokens with made-up key ids must not make us ask again and again
FAILED_SECONDS = 5.0  # a provider that is away is asked again this soon
FRESH_SECONDS = 3600.0  # how long a key that the provider has taken back still counts

Key = TypeVar("Key")


class KeySet(Generic[Key]):
    """`fetch` gets the JWKS document and raises Unanswered; `read` makes a key of one entry, None when it is not for
    us.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[Any]],
        read: Callable[[Mapping[str, Any]], Key | None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._read = read
        self._clock = clock
        self._keys: dict[str, Key] = {}
        self._loaded_at = -FRESH_SECONDS
        self._not_before = float("-inf")
        self._failure: str | None = None
        self._loading: asyncio.Task[None] | None = None

    async def key(self, kid: str | None) -> Key | None:
        """None when the provider has no such key; without a `kid` its only one.

        Raises Unanswered when the provider has to be asked first and does not answer.
        """
        found = self._find(kid)
        if found is None:
            await asyncio.shield(self._load())
            found = self._find(kid)
            if found is None and self._failure is not None:
                raise Unanswered(self._failure)
        elif self._clock() - self._loaded_at > FRESH_SECONDS:
            self._load()  # nobody waits for it
        return found

    def _find(self, kid: str | None) -> Key | None:
        if kid is None:
            return next(iter(self._keys.values())) if len(self._keys) == 1 else None
        return self._keys.get(kid)

    def _load(self) -> "asyncio.Future[None]":
        """One at a time, and not again too soon."""
        if self._loading is not None and not self._loading.done():
            return self._loading
        if self._clock() < self._not_before:
            nothing: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            nothing.set_result(None)
            return nothing
        self._loading = asyncio.create_task(self._loaded())
        return self._loading

    async def _loaded(self) -> None:
        try:
            keys = self._parsed(await self._fetch())
        except Unanswered as error:
            self._failure, self._not_before = str(error), self._clock() + FAILED_SECONDS
            log.warning("jwks.away", reason=str(error), kept=len(self._keys))
            return
        self._keys, self._failure, self._loaded_at = keys, None, self._clock()
        self._not_before = self._clock() + UNKNOWN_SECONDS

    def _parsed(self, document: Any) -> dict[str, Key]:
        entries = document.get("keys") if isinstance(document, dict) else None
        if not isinstance(entries, list):
            raise Unanswered("the key set has no list of keys")
        keys = {}
        for entry in entries:
            key = self._read(entry) if isinstance(entry, dict) else None
            if key is not None:
                keys[str(entry.get("kid", ""))] = key
        return keys
