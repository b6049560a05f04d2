"""What the socket is told of a job as it goes on: the runtime, the stages, their output, how each ended."""

from collections.abc import Callable, Mapping
from typing import Any

from interview_platform.execution.model import Outcome, Stream
from interview_platform.execution.piston_api.answers import compile_stage, exit_of, run_stage
from interview_platform.execution.piston_api.request import Asked

_OK = {"code": 0, "signal": None}


class Stages:
    """`say` sends a message. A compiler that ended well is told when the program is there: nothing else tells it."""

    def __init__(self, asked: Asked, say: Callable[[Mapping[str, Any]], None]) -> None:
        self._asked = asked
        self._say = say
        self._stage: str | None = None

    def begun(self) -> None:
        """The job has left the queue."""
        runtime = self._asked.runtime
        self._say({"type": "runtime", "language": runtime.names.language, "version": runtime.version})
        self._go_to("compile" if runtime.compiled else "run")

    def running(self) -> None:
        """The program itself is there."""
        if self._stage == "compile":
            self._say({"type": "exit", "stage": "compile", **_OK})
        if self._stage != "run":
            self._go_to("run")

    def printed(self, stream: Stream, text: str) -> None:
        if stream is not Stream.COMPILE:
            self.running()
        # Compilers complain on their standard error.
        told = "stdout" if stream is Stream.STDOUT else "stderr"
        self._say({"type": "data", "stream": told, "data": text})

    def ended(self, outcome: Outcome) -> None:
        compiled = compile_stage(self._asked, outcome)
        if outcome.executions:
            self.running()
            self._exit("run", run_stage(self._asked, outcome.executions[0], ""))
        elif compiled is not None:
            if self._stage != "compile":
                self._go_to("compile")
            self._exit("compile", compiled)

    def _exit(self, stage: str, how: Mapping[str, Any]) -> None:
        self._say({"type": "exit", "stage": stage, **exit_of(dict(how))})

    def _go_to(self, stage: str) -> None:
        self._stage = stage
        self._say({"type": "stage", "stage": stage})
