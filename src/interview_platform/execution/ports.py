"""What running code needs from the outside."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from interview_platform.accounts.model import PersonId
from interview_platform.execution.control import Control
from interview_platform.execution.model import Job, Outcome, Stream
from interview_platform.execution.runs import Run
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.sessions.model import SessionId

OnAccept = Callable[[], Awaitable[None]]
"""Awaited once, when the job has its place in the queue. What it raises ends the job and passes through `run`."""
OnStart = Callable[[], None]
"""Called once, on the event loop, when the job leaves the queue."""
OnOutput = Callable[[Stream, str], None]
"""Gets output as it comes (decoded, whole characters). Called on the event loop; must not block."""
OnQueue = Callable[[int], None]
"""Gets the job's place in the queue, 1 for the next to leave it, when it has to wait and whenever the place changes."""


@dataclass(frozen=True, slots=True)
class LanguageInfo:
    id: str
    """`python`, `javascript`, `go`, …"""
    name: str
    version: str
    monaco: str
    """Monaco's language id."""
    file_name: str
    """Where the room keeps this language's text, e.g. `solution.py`, `Main.java`."""
    starter: str = ""
    """What an editor begins with where the problem has no starter code of its own."""


class RunnerUnavailable(Refusal):
    """Nothing that could run code safely is there. The message says why and how to get it."""

    def __init__(self, message: str) -> None:
        super().__init__(Kind.UNAVAILABLE, "runner_unavailable", message)


class QueueFull(Refusal):
    def __init__(self, retry_after: float = 5) -> None:
        message = "Too many runs are waiting. Try again in a moment."
        super().__init__(Kind.TOO_MANY, "queue_full", message, retry_after=retry_after)


class Runner(Protocol):
    """Runs code away from everything else. One contract suite (`tests/contracts/runner.py`) holds for every adapter."""

    def languages(self) -> Sequence[LanguageInfo]:
        """What can be run here and now: the tool chain is there and has not failed its self-test."""

    def unavailable(self) -> str | None:
        """Why nothing can be run here, for people; None when it can."""

    async def diagnose(self, job: Job) -> str:
        """What a checker of types says to the source, for people; empty when it has nothing to say or there is none.

        At low priority, and never on the way of a run. Raises RunnerUnavailable and QueueFull.
        """

    async def run(
        self,
        job: Job,
        on_output: OnOutput | None = None,
        on_start: OnStart | None = None,
        on_accept: OnAccept | None = None,
        *,
        on_queue: OnQueue | None = None,
        control: Control | None = None,
    ) -> Outcome:
        """Run the job to its end. What the program does wrong is in the outcome.

        Raises only RunnerUnavailable and QueueFull, the latter before `on_accept` only.

        Cancelling the call kills the program and frees everything it held.
        """


class RunStore(Protocol):
    async def add(self, run: Run) -> None:
        """Store a run that begins, with its timeline entry when it is in a session, in one step."""

    async def finish(self, run: Run) -> None:
        """Store the result of a run that was added, likewise."""

    async def revise(self, run: Run) -> None:
        """Store the result of a finished run again: something was added to it. Nothing of it is in the timeline."""

    async def of_session(self, session: SessionId, limit: int, before: str | None = None) -> list[Run]:
        """Newest first; those before the run `before`, none when the session has no such run."""

    async def one_of_session(self, session: SessionId, id: str) -> Run | None: ...

    async def of_person(self, id: str, person: PersonId) -> Run | None:
        """A run outside a room, for who started it only."""

    async def unfinished(self) -> list[Run]:
        """Runs that were begun and not finished."""
