"""Runs in rooms and on problem pages: who may, what the others see, what is kept."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog

from interview_platform.accounts.model import Person, PersonId
from interview_platform.execution.model import Job, Mode, Stream, Verdict
from interview_platform.execution.ports import LanguageInfo, Runner, RunnerUnavailable, RunStore
from interview_platform.execution.runs import Result, Run, RunStatus, result_of_run, result_of_tests
from interview_platform.execution.views import RunFinishedEvent, RunOutputEvent, RunStartedEvent, RunView
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, invalid, not_found
from interview_platform.kit.ids import new_id
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.kit.views import View
from interview_platform.problems.model import Problem, TestCase
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
TESTS_SECONDS = 30.0  # for all tests of a run: one that never ends must not hold a place for 10 s times their number
RECENT = 20  # runs that a room shows to who comes late
LIVE_OUTPUT = 200_000  # characters of a running run's stream kept for who comes late


@dataclass
class _Live:
    """A run that goes on, with what it has printed so far."""

    run: Run
    stdout: str = ""
    stderr: str = ""
    compile: str = ""

    def printed(self, stream: Stream, text: str) -> None:
        name = stream.value
        setattr(self, name, (getattr(self, name) + text)[:LIVE_OUTPUT])

    def view(self) -> RunView:
        return RunView.of(self.run, self.stdout, self.stderr, self.compile)


@dataclass(frozen=True, slots=True)
class Request:
    language: str
    source: str
    stdin: str
    mode: Mode


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
        self._live: dict[str, _Live] = {}
        self._tasks: dict[str, asyncio.Task[Run]] = {}
        self._busy: set[tuple[PersonId, SessionId | None]] = set()

    async def recover(self) -> None:
        """Close the runs that a killed server left open. Before the first request."""
        for run in await self._store.unfinished():
            told = "The server was stopped while this ran. Run it again."
            await self._store.finish(run.finished(Result(Verdict.INTERNAL_ERROR, told), self._clock()))

    async def close(self) -> None:
        """End what runs; it is kept as ended by us."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def in_room(self, session: str, person: Person, request: Request) -> RunView:
        """Run for everybody in the room. Finished, or after ANSWER_SECONDS as it is.

        Raises as `Access.require`, and unknown_language, source_too_large, stdin_too_large, too_many_runs,
        run_in_progress, queue_full, runner_unavailable, no_tests.
        """
        access = await self._sessions.access(session, person)
        access.require(Action.RUN)
        problem = self._problems.get(access.session.problem_slug)
        return await self._begin(access.session.id, person, request, problem)

    async def alone(self, person: Person, request: Request, problem: str | None) -> RunView:
        """Run for `person` only, outside a room. Raises as `in_room`, and unknown_problem."""
        found = None
        if problem is not None:
            found = self._problems.get(problem)
            if found is None:
                raise invalid("There is no such problem.", "unknown_problem", problem="is not in the problem bank")
        return await self._begin(None, person, request, found)

    async def one_alone(self, id: str, person: Person) -> RunView:
        """A run of `person` outside a room. Raises not_found."""
        live = self._live.get(id)
        if live is not None and live.run.person == person.id and live.run.session is None:
            return live.view()
        run = await self._store.of_person(id, person.id)
        if run is None:
            raise not_found("run")
        return RunView.of(run)

    async def of_session(self, session: str, person: Person | None) -> list[RunView]:
        """Newest first. Raises as `Access.require`."""
        access = await self._sessions.access(session, person)
        access.require(Action.READ)
        return await self.recent(access.session.id)

    async def recent(self, session: SessionId) -> list[RunView]:
        """As `of_session`, for the room, which has asked for access already."""
        runs = await self._store.of_session(session, RECENT)
        return [self._live[run.id].view() if run.id in self._live else RunView.of(run) for run in runs]

    async def _begin(
        self, session: SessionId | None, person: Person, request: Request, problem: Problem | None
    ) -> RunView:
        self._check(request)
        cases = _cases(request, problem)
        turn = (person.id, session)
        if turn in self._busy:
            raise Refusal(Kind.TOO_MANY, "run_in_progress", "Your last run has not ended yet.", retry_after=1)
        self._often.take(person.id)
        self._busy.add(turn)
        try:
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
            await self._store.add(run)
        except BaseException:
            self._busy.discard(turn)
            raise
        live = self._live[run.id] = _Live(run)
        self._publish(session, RunStartedEvent(run=live.view()))
        task = self._tasks[run.id] = asyncio.create_task(self._go(live, cases))
        task.add_done_callback(lambda _: self._busy.discard(turn))
        # The run goes on when who asked for it goes away, and when it takes longer than an answer should.
        done, _ = await asyncio.wait({task}, timeout=ANSWER_SECONDS)
        return RunView.of(task.result()) if done else live.view()

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

    async def _go(self, live: _Live, cases: tuple[TestCase, ...]) -> Run:
        run = live.run

        def started() -> None:
            live.run = replace(run, status=RunStatus.RUNNING)

        def printed(stream: Stream, text: str) -> None:
            live.printed(stream, text)
            self._publish(run.session, RunOutputEvent(run_id=run.id, stream=stream, text=text))

        try:
            result = await self._result(run, cases, started, printed)
            finished = run.finished(result, self._clock())
            await self._store.finish(finished)
        except Exception:
            log.exception("run.not_stored", run=run.id)
            told = "The result could not be stored. Run it again."
            finished = run.finished(Result(Verdict.INTERNAL_ERROR, told), self._clock())
        finally:
            del self._live[run.id], self._tasks[run.id]
        self._publish(run.session, RunFinishedEvent(run=RunView.of(finished)))
        return finished

    async def _result(
        self,
        run: Run,
        cases: tuple[TestCase, ...],
        started: Callable[[], None],
        printed: Callable[[Stream, str], None],
    ) -> Result:
        tests = run.mode is Mode.TESTS
        inputs = tuple(case.input for case in cases) if tests else (run.stdin,)
        job = Job(run.language, run.source, inputs, total_seconds=TESTS_SECONDS)
        try:
            # The output of tests is judged, not watched: a hidden test's would show its input.
            outcome = await self._runner.run(job, None if tests else printed, started)
        except Refusal as refusal:  # the queue is full, or the sandbox has gone
            return Result(Verdict.INTERNAL_ERROR, refusal.message)
        except asyncio.CancelledError:
            return Result(Verdict.INTERNAL_ERROR, "The server was stopped while this ran. Run it again.")
        except Exception:
            log.exception("run.broken", run=run.id, language=run.language)
            return Result(Verdict.INTERNAL_ERROR, "Something broke on our side, not in the program. Run it again.")
        return result_of_tests(outcome, cases) if tests else result_of_run(outcome)

    def languages(self) -> list[LanguageInfo]:
        return list(self._runner.languages())

    def unavailable(self) -> str | None:
        """Why nothing can be run here, if so."""
        return self._runner.unavailable()

    def _publish(self, session: SessionId | None, event: View) -> None:
        if session is not None:
            self._bus.publish(session_topic(session), event.to_json())


def _cases(request: Request, problem: Problem | None) -> tuple[TestCase, ...]:
    if request.mode is not Mode.TESTS:
        return ()
    if problem is None:
        raise invalid("There are no tests to run.", "no_tests", mode="the problem is not in the problem bank")
    return tuple(sorted(problem.tests, key=lambda case: case.hidden))
