"""Runs in rooms and on problem pages: who may, what the others see, what is kept."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog

from interview_platform.accounts.model import Person, PersonId
from interview_platform.execution.cases import OwnCase
from interview_platform.execution.excerpts import excerpt, excerpts
from interview_platform.execution.live import Live
from interview_platform.execution.model import Mode, Stream, Verdict
from interview_platform.execution.ports import LanguageInfo, Runner, RunnerUnavailable, RunStore
from interview_platform.execution.runs import Result, Run, RunStatus
from interview_platform.execution.views import RunFinishedEvent, RunOutputEvent, RunStartedEvent, RunView
from interview_platform.execution.work import Work, work_of
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, invalid, not_found
from interview_platform.kit.ids import new_id, plausible
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.kit.views import View
from interview_platform.problems.model import Problem
from interview_platform.problems.ports import ProblemBank
from interview_platform.sessions.model import SessionId
from interview_platform.sessions.policy import Action
from interview_platform.sessions.ports import session_topic
from interview_platform.sessions.service import SessionService

log = structlog.get_logger()

SOURCE_MAX = 100_000  # characters; the longest solution of the bank has 3,000
STDIN_MAX = 100_000
ANSWER_SECONDS = 1.0  # a run that takes longer is answered with 202 and told by event (contract: design §4)
RUN_LIMIT = Limit(60, 60)  # per person; who presses Run once a second for a minute is a script
RUNS_AT_ONCE = 3  # per person: while one program hangs until its limit one tries the next; the queue bounds the rest
RECENT = 20  # runs that a room shows to who comes late, and of a page of the list

_STOPPED = "The server was stopped while this ran. Run it again."


@dataclass(frozen=True, slots=True)
class Request:
    language: str
    source: str
    stdin: str
    mode: Mode
    cases: tuple[OwnCase, ...] = ()
    """Mode `tests`: the person's own."""


class RunService:
    def __init__(
        self,
        runner: Runner,
        store: RunStore,
        problems: ProblemBank,
        sessions: SessionService,
        bus: Bus,
        *,
        limit: Limit = RUN_LIMIT,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._runner = runner
        self._store = store
        self._problems = problems
        self._sessions = sessions
        self._bus = bus
        self._clock = clock
        self._often = RateLimiter(limit, code="too_many_runs", message="You press Run too fast. Wait a moment.")
        self._live: dict[str, Live] = {}
        self._tasks: set[asyncio.Task[Run]] = set()
        self._busy: Counter[PersonId] = Counter()

    async def recover(self) -> None:
        """Close the runs that a killed server left open. Before the first request."""
        for run in await self._store.unfinished():
            await self._store.finish(run.finished(Result(Verdict.INTERNAL_ERROR, _STOPPED), self._clock()))

    async def close(self) -> None:
        """End what runs; it is kept as ended by us."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def in_room(self, session: str, person: Person, request: Request) -> RunView:
        """Run for everybody in the room. Finished, or after ANSWER_SECONDS as it is.

        Raises as `Access.require`, and unknown_language, source_too_large, stdin_too_large, too_many_runs,
        run_in_progress, queue_full, runner_unavailable, no_tests, no_tests_in_language, too_many_cases, bad_case.
        """
        access = await self._sessions.access(session, person)
        access.require(Action.RUN)
        problem = self._problems.get(access.session.problem_slug)
        return await self._begin(access.session.id, person, request, problem)

    async def alone(self, person: Person, request: Request, problem: str | None) -> RunView:
        """Run for `person` only, outside a room. `problem` is a slug or a title.

        Raises as `in_room`, and unknown_problem.
        """
        found = None
        if problem is not None:
            found = self._problems.find(problem)
            if found is None:
                raise invalid("There is no such problem.", "unknown_problem", problem="is not in the problem bank")
        return await self._begin(None, person, request, found)

    async def one_alone(self, id: str, person: Person) -> RunView:
        """A run of `person` outside a room. Raises not_found."""
        live = self._live.get(id)
        if live is not None and live.run.person == person.id and live.run.session is None:
            return live.view()
        run = await self._store.of_person(id, person.id) if plausible(id) else None
        if run is None:
            raise not_found("run")
        return RunView.of(run)

    async def of_session(
        self, session: str, person: Person | None, before: str | None = None
    ) -> tuple[list[RunView], str | None]:
        """A page of runs, newest first, and the `before` that gets those before it (None: there are none).

        Raises as `Access.require`, and not_found.
        """
        access = await self._sessions.access(session, person)
        access.require(Action.READ)
        if before is not None and not plausible(before):
            raise not_found("run")
        found = await self._store.of_session(access.session.id, RECENT + 1, before)
        page = found[:RECENT]
        return self._excerpts(page), page[-1].id if len(found) > RECENT else None

    async def one_of_session(self, session: str, id: str, person: Person | None) -> RunView:
        """All that is kept of a run. Raises as `Access.require`, and not_found."""
        access = await self._sessions.access(session, person)
        access.require(Action.READ)
        live = self._live.get(id)
        if live is not None and live.run.session == access.session.id:
            return live.view()
        run = await self._store.one_of_session(access.session.id, id) if plausible(id) else None
        if run is None:
            raise not_found("run")
        return RunView.of(run)

    async def recent(self, session: SessionId) -> list[RunView]:
        """The first page, for the room, which has asked for access already."""
        return self._excerpts(await self._store.of_session(session, RECENT))

    def _excerpts(self, runs: list[Run]) -> list[RunView]:
        return excerpts(self._live[run.id].view() if run.id in self._live else RunView.of(run) for run in runs)

    async def _begin(
        self, session: SessionId | None, person: Person, request: Request, problem: Problem | None
    ) -> RunView:
        self._check(request)
        work = work_of(problem, request.mode, request.language, request.source, stdin=request.stdin, own=request.cases)
        if self._busy[person.id] >= RUNS_AT_ONCE:
            told = f"{RUNS_AT_ONCE} of your runs have not ended yet. Wait for one of them."
            raise Refusal(Kind.TOO_MANY, "run_in_progress", told, retry_after=1)
        self._often.take(person.id)
        run = Run(
            id=new_id(),
            session=session,
            person=person.id,
            name=person.name,
            language=request.language,
            mode=request.mode,
            source=request.source,
            stdin=request.stdin,
            status=RunStatus.QUEUED,
            created_at=self._clock(),
        )
        live = Live(run, asyncio.get_running_loop().create_future())
        # The run goes on when who asked for it goes away, and when it takes longer than an answer should.
        task = asyncio.create_task(self._go(live, work))
        self._busy[person.id] += 1
        self._tasks.add(task)
        task.add_done_callback(lambda _: self._ended(person.id, task))
        either: set[asyncio.Future[Any]] = {task, live.begun}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        done, _ = await asyncio.wait({task}, timeout=ANSWER_SECONDS)
        return RunView.of(task.result()) if done else live.view()

    def _ended(self, person: PersonId, task: asyncio.Task[Run]) -> None:
        self._tasks.discard(task)
        self._busy[person] -= 1
        self._busy += Counter()  # drops who has none left
        if not task.cancelled():
            task.exception()  # who asked has it, or has gone away

    def _check(self, request: Request) -> None:
        if len(request.source) > SOURCE_MAX:
            raise Refusal(Kind.TOO_LARGE, "source_too_large", f"Code of at most {SOURCE_MAX:,} characters can be run.")
        if len(request.stdin) > STDIN_MAX:
            raise Refusal(Kind.TOO_LARGE, "stdin_too_large", f"Input of at most {STDIN_MAX:,} characters can be given.")
        unavailable = self._runner.unavailable()
        if unavailable is not None:
            raise RunnerUnavailable(unavailable)
        if all(language.id != request.language for language in self._runner.languages()):
            known = ", ".join(language.id for language in self._runner.languages())
            raise invalid("This language cannot be run here.", "unknown_language", language=f"one of: {known}")

    async def _go(self, live: Live, work: Work) -> Run:
        """Raises what refused the run before it was begun; one that was begun is finished, whatever happens."""
        result = await self._result(live, work)
        run = live.run
        try:
            finished = run.finished(result, self._clock())
            await self._store.finish(finished)
        except Exception:
            log.exception("run.not_stored", run=run.id)
            told = "The result could not be stored. Run it again."
            finished = run.finished(Result(Verdict.INTERNAL_ERROR, told), self._clock())
        finally:
            del self._live[run.id]
        self._publish(run.session, RunFinishedEvent(run=excerpt(RunView.of(finished))))
        return finished

    async def _result(self, live: Live, work: Work) -> Result:
        run = live.run

        async def accepted() -> None:
            await self._store.add(run)
            self._live[run.id] = live
            self._publish(run.session, RunStartedEvent(run=live.view()))
            live.begun.set_result(None)

        def started() -> None:
            live.run = replace(run, status=RunStatus.RUNNING)
            self._publish(run.session, RunStartedEvent(run=live.view()))

        def printed(stream: Stream, text: str) -> None:
            kept = live.printed(stream, text)
            if kept:
                self._publish(run.session, RunOutputEvent(run_id=run.id, stream=stream, text=kept))

        try:
            outcome = await self._runner.run(work.job, printed if work.watched else None, started, accepted)
            return await work.result(outcome, self._runner.run)
        except (Exception, asyncio.CancelledError) as error:
            if not live.begun.done():
                if isinstance(error, asyncio.CancelledError):
                    raise RunnerUnavailable("The server is being stopped.") from error
                raise
            return Result(Verdict.INTERNAL_ERROR, _told(error, run))

    def languages(self) -> list[LanguageInfo]:
        return list(self._runner.languages())

    def unavailable(self) -> str | None:
        """Why nothing can be run here, if so."""
        return self._runner.unavailable()

    def _publish(self, session: SessionId | None, event: View) -> None:
        if session is not None:
            self._bus.publish(session_topic(session), event.to_json())


def _told(error: BaseException, run: Run) -> str:
    """What people are told when the runner failed a run that was begun."""
    if isinstance(error, asyncio.CancelledError):
        return _STOPPED
    if isinstance(error, Refusal):  # the sandbox has gone
        return error.message
    log.error("run.broken", run=run.id, language=run.language, exc_info=error)
    return "Something broke on our side, not in the program. Run it again."
