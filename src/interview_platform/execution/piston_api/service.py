"""Who may run by this API, how much, and the way to the runner. Nothing of it is stored and no room hears of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol

from starlette.requests import HTTPConnection

from interview_platform.accounts.identity import bearer_of
from interview_platform.accounts.model import Person, PersonId
from interview_platform.execution.control import Control
from interview_platform.execution.model import Outcome, Stream
from interview_platform.execution.piston_api.limits import PistonLimits
from interview_platform.execution.piston_api.request import Asked, asked
from interview_platform.execution.piston_api.runtimes import Runtime, runtimes_of
from interview_platform.execution.ports import OnOutput, OnStart, Runner, RunnerUnavailable
from interview_platform.kit.asgi import header
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.kit.rate_limit import RateLimiter


class WhoAsks(Protocol):
    """`accounts.identity.Identity`, as far as it is needed here."""

    async def of_scope(self, scope: Mapping[str, Any]) -> Person | None: ...


class PistonService:
    def __init__(
        self, runner: Runner, identity: WhoAsks, limits: PistonLimits | None = None, *, client_url: str | None = None
    ) -> None:
        self.limits = limits or PistonLimits()
        self.client_url = client_url
        self._runner = runner
        self._identity = identity
        self._often = RateLimiter(self.limits.requests, code="too_many_runs")
        self._places = _Places(self.limits.jobs_at_once, self.limits.jobs_open)

    async def person(self, connection: HTTPConnection) -> Person:
        """Who asks. Raises unauthenticated."""
        person = await self._identity.of_scope(_with_bearer(connection.scope))
        if person is None:
            told = "Unauthorized: send an access token of this server as Authorization."
            raise Refusal(Kind.UNAUTHENTICATED, "unauthenticated", told)
        return person

    def runtimes(self) -> list[Runtime]:
        return runtimes_of(self._runner.languages())

    def count(self, person: Person) -> None:
        """One more request of `person`. Raises too_many_runs."""
        self._often.take(person.id)

    def asked(self, body: Mapping[str, Any]) -> Asked:
        """Raises WrongRequest, and runner_unavailable."""
        unavailable = self._runner.unavailable()
        if unavailable is not None:
            raise RunnerUnavailable(unavailable)
        return asked(body, self.runtimes(), self.limits)

    async def run(
        self,
        person: Person,
        job: Asked,
        on_output: OnOutput,
        on_start: OnStart | None = None,
        control: Control | None = None,
    ) -> Outcome:
        """Raises as `Runner.run`, and too_many_jobs."""
        async with self._places.of(person.id):
            # The lane of their runs on problem pages: they share its turns.
            mine = replace(job.job, lane=f"person {person.id}")
            return await self._runner.run(mine, on_output, on_start, control=control)

    async def run_whole(self, person: Person, job: Asked) -> tuple[Outcome, str]:
        """The outcome, and what the program printed on both streams in the order in which it came."""
        pieces: list[str] = []

        def printed(stream: Stream, text: str) -> None:
            if stream is not Stream.COMPILE:
                pieces.append(text)

        outcome = await self.run(person, job, printed)
        return outcome, "".join(pieces)


def _with_bearer(scope: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same request with a bare key in `Authorization`, as Piston's clients send it, told to be a bearer token."""
    key = header(scope, b"authorization")
    if key is None or " " in key.strip():
        return scope
    others = [(name, value) for name, value in scope["headers"] if name != b"authorization"]
    return {**scope, "headers": [*others, (b"authorization", f"Bearer {key.strip()}".encode("latin-1"))]}


def has_key(scope: Mapping[str, Any]) -> bool:
    """Whether it brings a credential that no page of another site could have made a browser send."""
    return bearer_of(_with_bearer(scope)) is not None


@dataclass
class _Line:
    places: asyncio.Semaphore
    open: int = 0


class _Places:
    """For each person: so many at once, the others wait for them in order, and no more than so many in all."""

    def __init__(self, at_once: int, most: int) -> None:
        self._at_once = at_once
        self._most = most
        self._lines: dict[PersonId, _Line] = {}

    @asynccontextmanager
    async def of(self, person: PersonId) -> AsyncIterator[None]:
        """Raises too_many_jobs."""
        line = self._lines.setdefault(person, _Line(asyncio.Semaphore(self._at_once)))
        if line.open >= self._most:
            told = f"{self._most} of your jobs have not ended yet. Wait for one of them."
            raise Refusal(Kind.TOO_MANY, "too_many_jobs", told, retry_after=1)
        line.open += 1
        try:
            async with line.places:
                yield
        finally:
            line.open -= 1
            if not line.open:
                del self._lines[person]


def read_json(text: str | bytes) -> Any:
    """As JavaScript reads it. Raises ValueError."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def written(value: Any) -> bytes:
    # Half characters are replaced: no UTF-8 can hold them.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
