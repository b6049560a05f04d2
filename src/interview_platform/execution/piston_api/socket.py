"""WebSocket `/api/v2/connect`: a program that is typed to while it runs, as Piston has it (docs/piston-api.md).

In: `init` (a job), `data` (for its input), `signal`, and `end`, our own, which closes its input; Piston ignores it.
Out: `runtime`, `stage`, `data`, `exit`, `error`.
"""

import asyncio
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from interview_platform.accounts.model import Person
from interview_platform.execution.control import Control, Handle
from interview_platform.execution.piston_api import PREFIXES
from interview_platform.execution.piston_api.limits import BODY_MAX, INIT_SECONDS, TYPED_MAX
from interview_platform.execution.piston_api.request import Asked, WrongRequest
from interview_platform.execution.piston_api.service import PistonService, has_key, read_json, written
from interview_platform.execution.piston_api.stages import Stages
from interview_platform.kit.asgi import refuse, same_origin
from interview_platform.kit.errors import Refusal, forbidden

PATHS = frozenset(f"{prefix}/connect" for prefix in PREFIXES)

# Piston's own close codes.
DONE = (4999, "Job Completed")
TWICE = (4000, "Already Initialized")
NO_INIT = (4001, "Initialization Timeout")
NOTIFIED = (4002, "Notified Error")
NOT_YET = (4003, "Not yet initialized")
ONLY_STDIN = (4004, "Can only write to stdin")
NO_SIGNAL = (4005, "Invalid signal")

_LEAVE_SECONDS = 30.0  # for who reads slowly to take what is left when all is said

log = structlog.get_logger()


class PistonSocket:
    """Takes the sockets of PATHS; every other one goes to `others`."""

    def __init__(self, others: ASGIApp, piston: PistonService, *, init_seconds: float = INIT_SECONDS) -> None:
        self._others = others
        self._piston = piston
        self._init_seconds = init_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].rstrip("/") not in PATHS:
            await self._others(scope, receive, send)
            return
        await receive()  # websocket.connect
        try:
            if not has_key(scope) and not same_origin(scope, self._piston.client_url):
                raise forbidden("This request came from another site.", "foreign_origin")
            person = await self._piston.person(HTTPConnection(scope))
        except Refusal as refusal:
            await refuse(refusal, scope, send)
            return
        await send({"type": "websocket.accept"})
        await _Conversation(self._piston, person, receive, send).carry(self._init_seconds)


class _Conversation:
    def __init__(self, piston: PistonService, person: Person, receive: Receive, send: Send) -> None:
        self._piston = piston
        self._person = person
        self._receive = receive
        self._send = send
        # What a program prints is limited, and so is what is ever in here.
        self._outbox: asyncio.Queue[bytes | tuple[int, str]] = asyncio.Queue()
        self._writing: asyncio.Task[None] | None = None
        self._job: asyncio.Task[None] | None = None
        self._control = _Hand()
        self._typed = 0
        self._closing = False

    async def carry(self, init_seconds: float) -> None:
        """To its end, whoever ends it; nothing of it is left."""
        reading = asyncio.create_task(self._read())
        writing = self._writing = asyncio.create_task(self._write())
        timer = asyncio.get_running_loop().call_later(init_seconds, self._not_begun)
        try:
            await asyncio.wait((reading, writing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
            tasks = [task for task in (reading, writing, self._job) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self) -> None:
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return
            if not self._closing:
                said = message.get("text")
                self._take(message.get("bytes") or b"" if said is None else said)

    async def _write(self) -> None:
        while True:
            message = await self._outbox.get()
            if isinstance(message, tuple):
                await self._send({"type": "websocket.close", "code": message[0], "reason": message[1]})
                return
            await self._send({"type": "websocket.send", "text": message.decode()})

    def _say(self, message: Mapping[str, Any]) -> None:
        if not self._closing:
            self._outbox.put_nowait(written(message))

    def _close(self, how: tuple[int, str]) -> None:
        """After what was said before. A program that still runs is for nobody."""
        if self._closing:
            return
        self._closing = True
        self._outbox.put_nowait(how)
        if self._job is not None and how is not DONE:
            self._job.cancel()
        if self._writing is not None:
            asyncio.get_running_loop().call_later(_LEAVE_SECONDS, self._writing.cancel)

    def _fail(self, message: str, **more: float) -> None:
        self._say({"type": "error", "message": message, **more})
        self._close(NOTIFIED)

    def _refuse(self, refusal: Refusal) -> None:
        """`retry_after`, our own, tells a program what the words tell people: not now."""
        self._fail(refusal.message, **({"retry_after": refusal.retry_after} if refusal.retry_after else {}))

    def _not_begun(self) -> None:
        if self._job is None:
            self._close(NO_INIT)

    def _take(self, frame: str | bytes) -> None:
        try:
            message = _message(frame)
            handle = self._HANDLERS.get(str(message.get("type")))
            if handle is not None:
                handle(self, message)
        except WrongRequest as wrong:
            self._fail(wrong.message)
        except Refusal as refusal:
            self._refuse(refusal)
        except ValueError as error:
            self._fail(str(error))

    def _init(self, message: Mapping[str, Any]) -> None:
        if self._job is not None:
            self._close(TWICE)
            return
        self._piston.count(self._person)
        asked = self._piston.asked(message)
        self._job = asyncio.create_task(self._work(asked))

    def _data(self, message: Mapping[str, Any]) -> None:
        if self._job is None:
            self._close(NOT_YET)
        elif message.get("stream") != "stdin":
            self._close(ONLY_STDIN)
        else:
            text = message.get("data")
            if not isinstance(text, str):
                raise WrongRequest("data must be a string")
            self._typed += len(text)
            if self._typed > TYPED_MAX:
                raise WrongRequest(f"stdin takes at most {TYPED_MAX} characters")
            self._control.write(text)

    def _end(self, message: Mapping[str, Any]) -> None:
        del message
        if self._job is None:
            self._close(NOT_YET)
        else:
            self._control.end_input()

    def _signal(self, message: Mapping[str, Any]) -> None:
        if self._job is None:
            self._close(NOT_YET)
            return
        name = message.get("signal")
        if not isinstance(name, str) or name not in _SIGNALS:
            self._close(NO_SIGNAL)
            return
        number = _SIGNALS[name]
        if number is not None:
            self._control.send(number)

    _HANDLERS = {"init": _init, "data": _data, "end": _end, "signal": _signal}  # noqa: RUF012 - a constant

    async def _work(self, asked: Asked) -> None:
        # Piston's socket takes the input in `data` alone, and leaves that of the job.
        job = replace(asked, job=replace(asked.job, inputs=("",), interactive=True))
        stages = Stages(job, self._say)
        self._control.on_attach = stages.running
        try:
            outcome = await self._piston.run(self._person, job, stages.printed, stages.begun, self._control)
            stages.ended(outcome)
            self._close(DONE)
        except Refusal as refusal:
            self._refuse(refusal)
        except Exception:
            log.exception("piston.socket_broken")
            self._fail("Something broke on our side, not in the program.")


def _message(frame: str | bytes) -> dict[str, Any]:
    """Raises WrongRequest and ValueError."""
    if len(frame) > BODY_MAX:
        raise WrongRequest("request entity too large")
    message = read_json(frame)
    if not isinstance(message, dict):
        raise WrongRequest("a message must be an object")
    return message


class _Hand(Control):
    """Tells when the program itself is there."""

    on_attach: Callable[[], None] | None = None

    def attach(self, handle: Handle) -> None:
        if self.on_attach is not None:
            self.on_attach()
        super().attach(handle)


def _signals() -> dict[str, signal.Signals | None]:
    """Every name that Piston knows; None for those of which nothing is sent, the real-time signals."""
    known: dict[str, signal.Signals | None] = {
        one.name: one for one in signal.Signals if not one.name.startswith("SIGRT")
    }
    low = {f"SIGRTMIN+{n}": None for n in range(1, 16)}
    high = {f"SIGRTMAX-{n}": None for n in range(1, 15)}
    return {**known, "SIGRTMIN": None, "SIGRTMAX": None, **low, **high}


_SIGNALS = _signals()
