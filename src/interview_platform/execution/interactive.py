"""Programs that wait for somebody to type have places of their own, since most of the time they only wait."""

import os

from interview_platform.execution.live import Live
from interview_platform.execution.sandbox.spec import MB
from interview_platform.kit.errors import Kind, Refusal

_PER_SLOT = 8  # a program that waits takes no processor time; a person types for minutes at most
_BYTES = 512 * MB  # what the largest language may hold
_MEMORY_PART = 1 / 2  # of the machine's: the rest is for what does not wait


def places_of(slots: int | None) -> int:
    """Beside `slots` places (None: one per core) for what does not wait for people."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return max(1, min(_PER_SLOT * (slots or len(os.sched_getaffinity(0))), int(memory * _MEMORY_PART / _BYTES)))


class Places:
    """One interactive run for each lane (a room, or a person alone), and so many in all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: dict[str, Live] = {}

    def of(self, lane: str) -> Live | None:
        return self._taken.get(lane)

    def take(self, lane: str, live: Live) -> None:
        """Raises run_waits_for_input, interactive_full."""
        there = self._taken.get(lane)
        if there is not None:
            told = f"The program that {there.run.name} runs can still be typed to. Stop it first."
            raise Refusal(Kind.CONFLICT, "run_waits_for_input", told)
        if len(self._taken) >= self._most:
            told = (
                "All places for programs that can be typed to are taken. Give the input before the run, or try again."
            )
            raise Refusal(Kind.TOO_MANY, "interactive_full", told, retry_after=5)
        self._taken[lane] = live

    def leave(self, lane: str, live: Live) -> None:
        if self._taken.get(lane) is live:
            del self._taken[lane]
