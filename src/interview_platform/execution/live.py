"""A run that goes on, with what it has printed so far."""

import asyncio
from dataclasses import dataclass

from interview_platform.execution.model import Stream
from interview_platform.execution.runs import KEPT_STREAM, Run
from interview_platform.execution.views import RunView


@dataclass
class Live:
    run: Run
    begun: asyncio.Future[None]
    """Done when the runner has accepted it and it is stored: from then on nothing refuses it."""
    stdout: str = ""
    stderr: str = ""
    compile: str = ""

    def printed(self, stream: Stream, text: str) -> str:
        """Keep it, and return what of it is kept: nobody is shown more, so that all see the same."""
        name = stream.value
        before = getattr(self, name)
        kept = text[: max(0, KEPT_STREAM - len(before))]
        setattr(self, name, before + kept)
        return kept

    def view(self) -> RunView:
        return RunView.of(self.run, self.stdout, self.stderr, self.compile)
