"""One input over the socket: output as it comes, and a hand on the program."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass

from interview_platform.execution.control import Control
from interview_platform.execution.model import Job, Stream
from interview_platform.execution.output import Batches, Captured
from interview_platform.providers.piston.answers import Answer, Event, Stage
from interview_platform.providers.piston.asking import Asking
from interview_platform.providers.piston.client import SERVER, PistonFailed
from interview_platform.providers.piston.outcome import COMPILER_OUTPUT_BYTES, Terms
from interview_platform.providers.piston.socket import Session

_STOP_SECONDS = 2.0  # a server that does not hear signals is left alone after this


@dataclass(frozen=True, slots=True)
class Attended:
    """How it went. `answer.run` is what the program did as far as it was let."""

    answer: Answer
    terms: Terms
    overflowed: bool = False
    stopped: bool = False


async def attended(asking: Asking, job: Job, stdin: str, batches: Batches, control: Control) -> Attended:
    """Raises PistonFailed."""
    session, terms = await asking.session()
    watch = _Watch(session, terms, batches)
    try:
        with control.until_stopped(watch.stop):
            async with asyncio.timeout(asking.seconds(terms)):
                async for event in session:
                    if watch.take(event):
                        hand = _Hand(session, watch.stop)
                        hand.write(stdin)
                        if not job.interactive:
                            hand.end_input()
                        control.attach(hand)
        return watch.result()
    except TimeoutError:
        raise PistonFailed(f"{SERVER} did not answer in time ({asking.seconds(terms):g} s).") from None
    finally:
        control.detach()
        batches.flush()
        await session.close()


class _Hand:
    """control.Handle"""

    def __init__(self, session: Session, stop: Callable[[], None]) -> None:
        self._session = session
        self._stop = stop

    def write(self, text: str) -> None:
        if text:
            self._session.say(type="data", stream="stdin", data=text)

    def end_input(self) -> None:
        self._session.say(type="end", stream="stdin")

    def send(self, number: signal.Signals) -> None:
        self._session.say(type="signal", signal=number.name)

    def stop(self) -> None:
        self._stop()


class _Watch:
    """What was heard so far."""

    def __init__(self, session: Session, terms: Terms, batches: Batches) -> None:
        self._session = session
        self._terms = terms
        self._loop = asyncio.get_running_loop()
        self._stage = ""
        self._began = self._loop.time()
        self._exits: dict[str, Stage] = {}
        self._stopped = False

        def captured(stream: Stream, limit: int, on_full: Callable[[], None]) -> Captured:
            return Captured(limit, lambda text: batches.add(stream, text), on_full)

        self._compiler = captured(Stream.COMPILE, COMPILER_OUTPUT_BYTES, lambda: None)
        self._stdout = captured(Stream.STDOUT, terms.output, session.abort)
        self._stderr = captured(Stream.STDERR, terms.output, session.abort)

    def take(self, event: Event) -> bool:
        """Whether the program itself begins."""
        match event.type:
            case "stage":
                self._stage = event.stage or ""
                self._began = self._loop.time()
                return self._stage == "run"
            case "data":
                self._heard(event).feed(event.data.encode(errors="replace"))
            case "exit":
                self._exits[event.stage or ""] = event.ending
        return False

    def _heard(self, event: Event) -> Captured:
        if self._stage == "compile":
            return self._compiler
        return self._stderr if event.stream == "stderr" else self._stdout

    def stop(self) -> None:
        """Told by the control, and by the hand once that is attached."""
        if self._stopped:
            return
        self._stopped = True
        if self._stage == "run":
            self._session.say(type="signal", signal="SIGKILL")
            self._loop.call_later(_STOP_SECONDS, self._session.abort)
        else:
            self._session.abort()

    def result(self) -> Attended:
        overflowed = self._stdout.full or self._stderr.full
        compiling, run = self._exits.get("compile"), self._exits.get("run")
        if run is None and not (overflowed or self._stopped or compiling is not None):
            raise PistonFailed(f"{SERVER} broke off the connection.")
        if compiling is not None:
            compiling = compiling.model_copy(update={"stderr": self._compiler.text()})
        if run is None and compiling is not None and compiling.code != 0:
            run = compiling
        else:
            said = {"stdout": self._stdout.text(), "stderr": self._stderr.text()}
            run = (run or Stage(signal="SIGKILL")).model_copy(update=said)
        elapsed = (self._loop.time() - self._began) * 1000
        return Attended(
            Answer(run=run, compile=compiling),
            self._terms.with_elapsed(elapsed),
            overflowed,
            self._stopped and run.signal == "SIGKILL",
        )
