"""Programs that wait for somebody to type hold a place of the runner meanwhile: how many may."""

import os

from interview_platform.execution.live import Live
from interview_platform.kit.errors import Kind, Refusal


def places_of(slots: int | None) -> int:
    """Of `slots` (None: one per core), at most half: what does not wait for people must get through."""
    return max(1, (slots or len(os.sched_getaffinity(0))) // 2)


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
