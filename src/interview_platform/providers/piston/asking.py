"""Asks the server for one job again and again until it takes it: with limits that it allows, and when it has time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from interview_platform.execution.languages.all import LANGUAGES
from interview_platform.execution.languages.base import COMPILE_MEMORY
from interview_platform.execution.model import Job, Limits
from interview_platform.execution.patience import patient
from interview_platform.providers.piston.answers import Answer
from interview_platform.providers.piston.client import Busy, LimitTooHigh, PistonClient
from interview_platform.providers.piston.outcome import Terms
from interview_platform.providers.piston.runtimes import Offered
from interview_platform.providers.piston.socket import Session

BUSY_SECONDS = 10.0  # a job waits so long altogether for a server that says 429; longer looks broken

_LIMITS = {language.id: language.limits for language in LANGUAGES}
_T = TypeVar("_T")


@dataclass
class Server:
    """What is known of the server and holds for every job."""

    client: PistonClient
    grace_seconds: float
    """Added to what a program may take, for the way there and back and for Piston's own queue."""
    ceilings: dict[tuple[str, str], int] = field(default_factory=dict)
    """(Piston's language, limit) -> the most that it takes, found out by a refusal."""
    busy_until: float = 0.0
    """On the event loop's clock: it asked to be left alone so long."""


class Asking:
    def __init__(self, job: Job, offered: Offered, server: Server) -> None:
        own = _LIMITS[job.language]
        self.limits: Limits = job.limits or (patient(own) if job.interactive else own)
        self._job = job
        self._offered = offered
        self._server = server
        self._loop = asyncio.get_running_loop()
        self._patience = self._loop.time() + BUSY_SECONDS

    @property
    def attends(self) -> bool:
        """Whether a program can be given all its input over the socket, and told that this was all."""
        return self._server.client.ends_input

    async def execute(self, stdin: str) -> tuple[Answer, Terms]:
        """Run it once, to its end. Raises PistonFailed."""
        began = self._loop.time()

        async def ask(request: dict[str, Any], terms: Terms) -> Answer:
            nonlocal began
            began = self._loop.time()
            return await self._server.client.execute({**request, "stdin": stdin}, self.seconds(terms))

        answer, terms = await self._until_taken(ask, cases=1)
        return answer, replace(terms, elapsed=(self._loop.time() - began) * 1000)

    async def session(self, *, cases: int = 1) -> tuple[Session, Terms]:
        """Begin to run it over the socket, with the time of `cases` together. Raises PistonFailed."""

        async def ask(request: dict[str, Any], terms: Terms) -> Session:
            return await Session.opened(self._server.client, request, self.seconds(terms))

        return await self._until_taken(ask, cases=cases)

    def seconds(self, terms: Terms) -> float:
        """How long it may take until the server has told of its end."""
        return (terms.compiling + terms.wall) / 1000 + self._server.grace_seconds

    async def _until_taken(
        self, ask: Callable[[dict[str, Any], Terms], Awaitable[_T]], *, cases: int
    ) -> tuple[_T, Terms]:
        while True:
            limits = self._asked(cases)
            terms = self._terms(limits)
            await asyncio.sleep(max(0.0, self._server.busy_until - self._loop.time()))
            try:
                return await ask(self._request(limits), terms), terms
            except LimitTooHigh as error:
                key = (self._offered.language, error.name)
                if error.allowed >= limits.get(error.name, 0):  # lowered already, or none of ours
                    raise
                self._server.ceilings[key] = error.allowed
            except Busy as error:
                self._server.busy_until = max(self._server.busy_until, self._loop.time() + error.retry_after)
                if self._server.busy_until > self._patience:
                    raise

    def _request(self, limits: dict[str, int]) -> dict[str, Any]:
        return {
            "language": self._offered.language,
            "version": self._offered.version,
            "files": self._offered.files(self._job.source, self._job.files, together=not self.attends),
            "args": list(self._job.arguments),
            **limits,
        }

    def _terms(self, limits: dict[str, int]) -> Terms:
        return Terms(
            language=self._job.language,
            wall=limits["run_timeout"],
            cpu=limits["run_cpu_time"],
            compiling=limits["compile_timeout"],
            memory=limits["run_memory_limit"],
            output=self.limits.output_bytes,
        )

    def _asked(self, cases: int) -> dict[str, int]:
        """Our limits, no higher than the server takes."""
        wanted = {
            "compile_timeout": round(self.limits.compile_seconds * 1000),
            "compile_cpu_time": round(self.limits.compile_seconds * 1000),
            "compile_memory_limit": COMPILE_MEMORY,  # without one `#include "/dev/random"` takes all the machine has
            "run_timeout": round(self.limits.wall_seconds * cases * 1000),
            "run_cpu_time": round(self.limits.cpu_seconds * cases * 1000),
            "run_memory_limit": self.limits.memory_bytes,
        }
        ceilings = self._server.ceilings
        return {name: min(most, ceilings.get((self._offered.language, name), most)) for name, most in wanted.items()}
