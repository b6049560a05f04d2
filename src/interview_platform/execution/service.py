"""Runs in rooms and on problem pages: who may, what the others see, what is kept."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog

from interview_platform.accounts.model import Person, PersonId
from interview_platform.execution.beside import put_beside
from interview_platform.execution.cases import OwnCase
from interview_platform.execution.diagnoses import Diagnoses
from interview_platform.execution.excerpts import excerpt
from interview_platform.execution.going import Going
from interview_platform.execution.hands import Hands, ended
from interview_platform.execution.interactive import Places, places_of
from interview_platform.execution.live import Live
from interview_platform.execution.model import File, Job, Mode, Outcome, Stream, Verdict
from interview_platform.execution.ports import LanguageInfo, Runner, RunnerUnavailable, RunStore
from interview_platform.execution.reading import Reading
from interview_platform.execution.runs import Result, Run, RunStatus
from interview_platform.execution.views import RunFinishedEvent, RunView
from interview_platform.execution.work import Work, work_of
from interview_platform.kit.bus import Bus
from interview_platform.kit.clock import now_ms
from interview_platform.kit.errors import Kind, Refusal, invalid
from interview_platform.kit.ids import new_id
from interview_platform.kit.rate_limit import Limit, RateLimiter
from interview_platform.problems.model import Problem
from interview_platform.problems.ports import ProblemBank
from interview_platform.sessions.model import Session
from interview_platform.sessions.policy import Action
from interview_platform.sessions.service import SessionService
from interview_platform.timeline.pads import problem_of
from interview_platform.timeline.ports import TimelineStore

log = structlog.get_logger()

SOURCE_MAX = 100_000  # characters; the longest solution of the bank has 3,000
STDIN_MAX = 100_000
ANSWER_SECONDS = 1.0  # a run that takes longer is answered with 202 and told by event (contract: design §4)
RUN_LIMIT = Limit(60, 60)  # per person; who presses Run once a second for a minute is a script
RUNS_AT_ONCE = 3  # per person: while one program hangs until its limit one tries the next; the queue bounds the rest

_STOPPED = "The server was stopped while this ran. Run it again."


@dataclass(frozen=True, slots=True)
class Request:
    language: str
    source: str
    stdin: str
    mode: Mode
    interactive: bool = False
    cases: tuple[OwnCase, ...] = ()
    """Mode `tests`: the person's own."""
    files: tuple[File, ...] = ()
    """Beside the source."""


class RunService:
    def __init__(
        self,
        runner: Runner,
        store: RunStore,
        problems: ProblemBank,
        sessions: SessionService,
        bus: Bus,
        *,
        timeline: TimelineStore,
        limit: Limit = RUN_LIMIT,
        slots: int | None = None,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        """`slots`: what the runner runs at once, if that was set."""
        self._runner = runner
        self._store = store
        self._problems = problems
        self._sessions = sessions
        self._clock = clock
        self._often = RateLimiter(limit, code="too_many_runs", message="You press Run too fast. Wait a moment.")
        self._timeline = timeline
        self._going = Going(bus, timeline, clock)
        self._places = Places(places_of(slots))
        self._diagnoses = Diagnoses(runner, store, self._going)
        self.hands = Hands(sessions, self._going, store)
        self.reading = Reading(sessions, self._going, store, bus)
        self._tasks: set[asyncio.Task[Run]] = set()
        self._busy: Counter[PersonId] = Counter()
        sessions.on_ended.append(self.hands.session_ended)

    async def recover(self) -> None:
        """Close the runs that a killed server left open. Before the first request."""
        for run in await self._store.unfinished():
            await self._store.finish(run.finished(Result(Verdict.INTERNAL_ERROR, _STOPPED), self._clock()))

    async def close(self) -> None:
        """End what runs; it is kept as ended by us."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._diagnoses.close()

    async def in_room(self, session: str, person: Person, request: Request, pad: str = "") -> RunView:
        """Run for everybody in the room, on a `pad`'s problem. Finished, or after ANSWER_SECONDS as it is.

        Raises as `Access.require`, and unknown_pad, unknown_language, source_too_large, stdin_too_large, too_many_runs,
        run_in_progress, queue_full, runner_unavailable, no_tests, no_tests_in_language, too_many_cases, bad_case,
        bad_file.
        """
        access = await self._sessions.access(session, person)
        access.require(Action.RUN)
        problem = self._problems.get(await problem_of(self._timeline, access.session, pad))
        if access.session.started_at is None:  # perhaps it was meanwhile
            access = await self._sessions.access(session, person)
        return await self._begin(access.session, person, request, problem)

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

    def follow(self, id: str, person: Person) -> AsyncIterator[bytes]:
        """What happens to a run of `person` outside a room, as server-sent events."""
        return self.reading.follow(id, person, lambda: self._diagnoses.expected(id))

    async def _begin(
        self, session: Session | None, person: Person, request: Request, problem: Problem | None
    ) -> RunView:
        self._check(request)
        work = work_of(problem, request.mode, request.language, request.source, stdin=request.stdin, own=request.cases)
        put_beside(work, request.files, self._file_name(request.language))
        if self._busy[person.id] >= RUNS_AT_ONCE:
            told = f"{RUNS_AT_ONCE} of your runs have not ended yet. Wait for one of them."
            raise Refusal(Kind.TOO_MANY, "run_in_progress", told, retry_after=1)
        self._often.take(person.id)
        lane = session.id if session else f"person {person.id}"
        run = Run(
            id=new_id(),
            session=session.id if session else None,
            person=person.id,
            name=person.name,
            language=request.language,
            mode=request.mode,
            source=request.source,
            stdin=request.stdin,
            status=RunStatus.QUEUED,
            created_at=self._clock(),
            for_staff=session is not None and session.started_at is None,
        )
        interactive = request.interactive and work.whole_program
        live = Live(run, asyncio.get_running_loop().create_future(), lane, interactive)
        if live.interactive:
            await self._replace(lane, person)
            self._places.take(lane, live)
        # The run goes on when who asked for it goes away, and when it takes longer than an answer should.
        live.task = task = asyncio.create_task(self._go(live, work, alone=not request.files))
        self._busy[person.id] += 1
        self._tasks.add(task)
        task.add_done_callback(lambda _: self._ended(live, task))
        either: set[asyncio.Future[Any]] = {task, live.begun}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        done, _ = await asyncio.wait({task}, timeout=ANSWER_SECONDS)
        return RunView.of(task.result()) if done else live.view()

    async def _replace(self, lane: str, person: Person) -> None:
        """Who runs again while their last program still waits for them has done with that."""
        before = self._places.of(lane)
        if before is not None and before.run.person == person.id:
            self._going.stop(before, "Stopped: it was run again.")
            await ended(before)

    def _ended(self, live: Live, task: asyncio.Task[Run]) -> None:
        person = live.run.person
        self._places.leave(live.lane, live)
        self._tasks.discard(task)
        self._busy[person] -= 1
        self._busy += Counter()  # drops who has none left
        if not task.cancelled():
            task.exception()  # who asked has it, or has gone away

    def _check(self, request: Request) -> None:
        if request.interactive and request.mode is not Mode.RUN:
            raise invalid("Tests bring their own input.", interactive="is for mode `run`")
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

    async def _go(self, live: Live, work: Work, *, alone: bool) -> Run:
        """Raises what refused the run before it was begun; one that was begun is finished, whatever happens.

        `alone`: there are no files beside the source. A checker of types looks at nothing else.
        """
        result = live.result(await self._result(live, work))
        run = live.run
        checked = alone and self._diagnoses.wanted(run, result.verdict)
        try:
            finished = run.finished(replace(result, diagnostics=None) if checked else result, self._clock())
            await self._store.finish(finished)
        except Exception:
            log.exception("run.not_stored", run=run.id)
            told = "The result could not be stored. Run it again."
            finished = run.finished(Result(Verdict.INTERNAL_ERROR, told), self._clock())
            checked = False
        finally:
            await self._going.remove(live)
        if checked:
            self._diagnoses.begin(finished, live.lane)
        self._going.publish(run, RunFinishedEvent(run=excerpt(RunView.of(finished))))
        return finished

    async def _result(self, live: Live, work: Work) -> Result:
        run = live.run
        job = replace(work.job, lane=live.lane, interactive=live.interactive)

        storing: list[asyncio.Task[None]] = []

        async def accepted() -> None:
            # While it starts: a program takes longer to start than a row to be written, and nobody hears of it before.
            self._going.announce(live)
            storing.append(asyncio.create_task(self._stored(live, run)))

        def printed(stream: Stream, text: str) -> None:
            self._going.printed(live, stream, text)

        async def besides(job: Job) -> Outcome:
            return await self._runner.run(replace(job, lane=live.lane), control=live.control)

        try:
            outcome = await self._runner.run(
                job,
                printed if work.watched else None,
                lambda: self._going.started(live),
                accepted,
                on_queue=lambda position: self._going.queued(live, position),
                control=live.control,
            )
            await asyncio.gather(*storing)
            if live.stopped is not None and _cut_short(outcome, len(job.inputs)):
                return Result(Verdict.STOPPED, "Stopped.", total=work.total)
            return await work.result(outcome, besides)
        except (Exception, asyncio.CancelledError) as error:
            await asyncio.gather(*storing, return_exceptions=True)
            if not live.begun.done():
                if isinstance(error, asyncio.CancelledError):
                    raise RunnerUnavailable("The server is being stopped.") from error
                raise
            return Result(Verdict.INTERNAL_ERROR, _told(error, run))

    async def _stored(self, live: Live, run: Run) -> None:
        try:
            await self._store.add(run)
        except BaseException:
            live.control.stop()
            raise
        self._going.add(live)
        live.begun.set_result(None)

    def languages(self) -> list[LanguageInfo]:
        return list(self._runner.languages())

    def _file_name(self, language: str) -> str:
        return next(one.file_name for one in self._runner.languages() if one.id == language)

    def unavailable(self) -> str | None:
        """Why nothing can be run here, if so."""
        return self._runner.unavailable()


def _cut_short(outcome: Outcome, inputs: int) -> bool:
    """Whether it was stopped before it was compiled, or between two inputs: nothing says so by itself."""
    compiled = outcome.compile is None or outcome.compile.verdict is Verdict.OK
    verdicts = {execution.verdict for execution in outcome.executions}
    return compiled and len(outcome.executions) < inputs and Verdict.STOPPED not in verdicts


def _told(error: BaseException, run: Run) -> str:
    """What people are told when the runner failed a run that was begun."""
    if isinstance(error, asyncio.CancelledError):
        return _STOPPED
    if isinstance(error, Refusal):  # the sandbox has gone
        return error.message
    log.error("run.broken", run=run.id, language=run.language, exc_info=error)
    return "Something broke on our side, not in the program. Run it again."
