"""The stand-in's /connect, from Piston's source: it never closes a program's input, does nothing with signals, leaves
the job's own `stdin`, and lets a program go on when whoever typed to it has gone away.
"""

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from interview_platform.execution.control import Control, Handle
from interview_platform.execution.model import Outcome, Stream

if TYPE_CHECKING:
    from tests.providers.piston_server import PistonServer


class PistonConnection:
    def __init__(self, server: "PistonServer", socket: WebSocket) -> None:
        self._server = server
        self._socket = socket
        self._outbox: asyncio.Queue[dict[str, Any] | tuple[int, str]] = asyncio.Queue()
        self._control = _Control(self)
        self._compiles = False

    async def serve(self) -> None:
        reading, writing = asyncio.create_task(self._read()), asyncio.create_task(self._write())
        await asyncio.wait((reading, writing), return_when=asyncio.FIRST_COMPLETED)
        for task in (reading, writing):
            task.cancel()
        await asyncio.gather(reading, writing, return_exceptions=True)

    async def _read(self) -> None:
        try:
            while True:
                message = await self._socket.receive_json()
                self._server.said.append(message)
                if message["type"] == "init":
                    self._init(message)
                elif message["type"] == "data":
                    self._control.write(message["data"])
        except WebSocketDisconnect:
            self._server.left.set()

    async def _write(self) -> None:
        while isinstance(message := await self._outbox.get(), dict):
            await self._socket.send_text(json.dumps(message))
        await self._socket.close(*message)

    def _init(self, body: dict[str, Any]) -> None:
        wrong = self._server.wrong(body)
        runtime = self._server.runtime(body)
        if wrong is not None or runtime is None:
            self.say(type="error", message=wrong)
            self._outbox.put_nowait((4002, "Notified Error"))
            return
        self._server.controls.append(self._control)
        self.say(type="runtime", language=runtime["language"], version=runtime["version"])
        self._server.going.append(asyncio.create_task(self._work(body, runtime)))

    async def _work(self, body: dict[str, Any], runtime: dict[str, Any]) -> None:
        assert self._server.runner is not None
        job = replace(self._server.job(body, runtime), interactive=True)
        self._compiles = job.language in ("c", "cpp")
        self.say(type="stage", stage="compile" if self._compiles else "run")
        outcome = await self._server.runner.run(job, self._printed, control=self._control)
        stages = self._server.stages(job.language, outcome, body)
        self._ended(outcome, stages)
        self._outbox.put_nowait((4999, "Job Completed"))

    def _ended(self, outcome: Outcome, stages: dict[str, Any]) -> None:
        last = "run" if outcome.executions or not self._compiles else "compile"
        self.say(type="exit", stage=last, code=stages["run"]["code"], signal=stages["run"]["signal"])

    def _printed(self, stream: Stream, text: str) -> None:
        self.say(type="data", stream="stdout" if stream is Stream.STDOUT else "stderr", data=text)

    def begun(self) -> None:
        if self._compiles:
            self.say(type="exit", stage="compile", code=0, signal=None)
            self.say(type="stage", stage="run")

    def say(self, **message: Any) -> None:
        self._outbox.put_nowait(message)


class _Control(Control):
    def __init__(self, connection: PistonConnection) -> None:
        super().__init__()
        self._connection = connection

    def attach(self, handle: Handle) -> None:
        self._connection.begun()
        super().attach(handle)
