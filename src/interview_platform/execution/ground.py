"""What one job runs on: processes that wait for it while there are some, else a slot of its own."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from interview_platform.execution.sandbox.command import Host
from interview_platform.execution.sandbox.sandbox import Sandbox
from interview_platform.execution.sandbox.slot import Slot
from interview_platform.execution.warm import Waiting
from interview_platform.execution.warm_pool import WarmPool


class Ground:
    """An async context manager: at its end all of it is given back, and whatever runs on it is killed."""

    def __init__(self, sandbox: Sandbox, pool: WarmPool | None, *, attended: bool = False) -> None:
        """`attended`: the job waits for people, so it does not take the slot of one that does not."""
        self._sandbox = sandbox
        self._attended = attended
        self._pool = pool
        self._slots = AsyncExitStack()
        self._slot: Slot | None = None
        self._waiting: Waiting | None = None

    @property
    def host(self) -> Host:
        return self._sandbox.host

    async def slot(self) -> Slot:
        """The same for all of the job."""
        if self._slot is None:
            spare = self._sandbox.take_spare() if self._attended else None
            if spare is None:
                self._slot = await self._slots.enter_async_context(self._sandbox.slot())
            else:
                self._slot = spare
                self._slots.callback(self._give_back, spare)
        return self._slot

    def _give_back(self, slot: Slot) -> None:
        slot.kill()
        self._sandbox.give_back(slot)

    def warm(self, language: str) -> Waiting | None:
        """A new one; the one before is given back, so that a job has never more than one."""
        self._release()
        self._waiting = self._pool.take(language) if self._pool is not None else None
        return self._waiting

    def _release(self) -> None:
        if self._waiting is not None:
            self._waiting.release()
            self._waiting = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()
        await self._slots.aclose()
