"""A run that goes on: what it has printed so far, what was typed to it, and the hand on it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from interview_platform.accounts.model import Person, PersonId
from interview_platform.execution.control import Control
from interview_platform.execution.model import Stream, Verdict
from interview_platform.execution.patience import Patience
from interview_platform.execution.runs import KEPT_STREAM, Result, Run, RunStatus
from interview_platform.execution.typed import RunFinished, Typed, check_typing, not_interactive, units
from interview_platform.execution.views import RunView
from interview_platform.kit.views import View
from interview_platform.timeline.model import Entry


@dataclass
class Live:
    run: Run
    begun: asyncio.Future[None]
    """Done when the runner has accepted it and it is stored: from then on nothing refuses it."""
    lane: str
    """See `Job.lane`."""
    interactive: bool = False
    """Its input stays open."""
    control: Control = field(default_factory=Control)
    position: int | None = None
    """In the queue, 1 for the next to leave it."""
    stdout: str = ""
    stderr: str = ""
    compile: str = ""
    typed: list[Typed] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)
    """What is still to be written into the timeline."""
    stopped: tuple[str, PersonId | None] | None = None
    """Why it was stopped, and by whom."""
    held: list[View] | None = None
    """What is to be told of it once it is stored."""
    over: bool = False
    """The program has ended; what came of it is being stored."""
    patience: Patience | None = None
    task: asyncio.Task[Run] | None = None

    @property
    def takes_input(self) -> bool:
        ended = self.over or self.control.stopped or (self.typed and self.typed[-1].ended)
        return self.interactive and not ended

    def printed(self, stream: Stream, text: str) -> str:
        """Keep it, and return what of it is kept: nobody is shown more, so that all see the same."""
        self._touch()
        name = stream.value
        before = getattr(self, name)
        kept = text[: max(0, KEPT_STREAM - len(before))]
        setattr(self, name, before + kept)
        return kept

    def type(self, by: Person, text: str, *, end: bool) -> None:
        """Note it, in its place. Raises run_finished, not_interactive, input_ended, input_too_large, input_full."""
        if self.over:
            raise RunFinished
        if not self.interactive:
            raise not_interactive()
        check_typing(text, self.typed)
        self._touch()
        self._know(by)
        self.typed.append(Typed(by.id, text, end, units(self.stdout), units(self.stderr)))

    def stop(self, message: str, by: Person | None = None) -> bool:
        """End it. Whether it was this that ended it: the first one who stops a run has stopped it."""
        if self.stopped is not None or self.over:
            return False
        if by is not None:
            self._know(by)
        self.stopped = (message, by.id if by else None)
        self.control.stop()
        return True

    def result(self, result: Result) -> Result:
        """The program's, with what was typed, and why it was stopped if that is how it ended."""
        self.over = True
        result = replace(result, typed=tuple(self.typed))
        if self.stopped is None or result.verdict is not Verdict.STOPPED:
            return result
        message, person = self.stopped
        return replace(result, message=message, stopped_by=person)

    def view(self) -> RunView:
        view = RunView.of(self.run, self.stdout, self.stderr, self.compile)
        waits = self.run.status is RunStatus.QUEUED
        return view.with_typing(self.run, self.typed).model_copy(
            update={"takes_input": self.takes_input, "queue_position": self.position if waits else None}
        )

    def _touch(self) -> None:
        if self.patience is not None:
            self.patience.touch()

    def _know(self, person: Person) -> None:
        names: Mapping[PersonId, str] = {**self.run.names, person.id: person.name}
        self.run = replace(self.run, names=names)
