"""Keeps processes of the languages in use waiting, as many as the policy (pool.py) says, one boot at a time."""

import asyncio
import time
from collections import Counter
from contextlib import suppress

import structlog

from interview_platform.execution.languages.base import Installed
from interview_platform.execution.pool import CELL_BYTES, Load, Policy
from interview_platform.execution.queue import Queue
from interview_platform.execution.warm import NotReady, Source, Waiting, available_memory

log = structlog.get_logger()

_LOOK_SECONDS = 30.0  # between two looks whether something has become idle; what is taken is seen at once


class WarmPool:
    """Begins to work when it is made; `close` it."""

    def __init__(self, source: Source, queue: Queue, most: int) -> None:
        """`most`: processes that wait, together. `queue` tells how busy the places are."""
        self._source = source
        self._queue = queue
        self._policy = Policy(most)
        self._languages: dict[str, Installed] = {}
        self._sizes: dict[str, int] = {}
        self._waiting: list[Waiting] = []
        self._available = 0  # bytes on this machine, at the last look: reading that takes as long as storing a run
        self._news = asyncio.Event()
        self.content = False
        """As many wait as should, for now."""
        self._keeping = asyncio.create_task(self._keep())

    def waiting(self) -> Counter[str]:
        """How many, by language."""
        return Counter(one.language for one in self._waiting if not one.dead)

    def allow(self, installed: Installed) -> None:
        """From now on, if it has something to boot: its tool chain has shown that it works."""
        id, warm = installed.language.id, installed.language.warm(installed.tools)
        if warm is not None:
            self._languages[id] = installed
            self._sizes[id] = warm.memory_bytes
            self._policy.allow(id, warm.memory_bytes, time.monotonic())
            self.look()

    def take(self, language: str) -> Waiting | None:
        """To be released by whoever takes it."""
        if language not in self._languages:
            return None
        self._policy.used(language, time.monotonic())
        self.look()
        for one in self._waiting:
            if one.language == language and not one.dead:
                self._waiting.remove(one)
                self._policy.worked(language)
                return one
        return None

    def look(self) -> None:
        """Something may have changed: how many wait, or how busy the places are."""
        self.content = False
        self._news.set()

    async def close(self) -> None:
        self._keeping.cancel()
        await asyncio.wait([self._keeping])
        while self._waiting:
            self._waiting.pop().release()

    async def _keep(self) -> None:
        while True:
            self._news.clear()
            self.content = False
            self._bury()
            self._available = available_memory()
            await self._drain()
            language = self._policy.next(self.waiting(), time.monotonic(), self._load())
            if language is not None and await self._boot(self._languages[language]):
                continue
            self.content = not self._news.is_set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), _LOOK_SECONDS)

    async def _boot(self, installed: Installed) -> bool:
        """False when there is no room for one."""
        try:
            one = await self._source.boot(installed)
        except (NotReady, OSError) as error:
            self._failed(installed.language.id, str(error))
            return True
        if one is None:
            return False
        self._waiting.append(one)
        one.process.end.add_done_callback(lambda _: self.look())
        return True

    def _bury(self) -> None:
        """Those that died while they waited."""
        for one in [one for one in self._waiting if one.dead]:
            self._waiting.remove(one)
            one.release()
            self._failed(one.language, "it ended while it waited: " + one.said.decode(errors="replace").strip())

    def _failed(self, language: str, problem: str) -> None:
        if self._policy.failed(language):
            log.warning("a language's programs start cold from now on", language=language, problem=problem[-500:])

    async def _drain(self) -> None:
        while (language := self._policy.surplus(self.waiting(), time.monotonic(), self._memory())) is not None:
            one = next(one for one in self._waiting if one.language == language)
            self._waiting.remove(one)
            one.release()
            if not self._waiting:
                await one.process.settled()
                await self._source.rest()

    def _load(self) -> Load:
        queue = self._queue
        return Load(queue.running, queue.places, queue.waiting, self._memory())

    def _memory(self) -> int:
        held = sum(self._sizes[one.language] + CELL_BYTES for one in self._waiting)
        return self._available + held
