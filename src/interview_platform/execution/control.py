"""The caller's hand on a run that goes on: types into it, stops it. No I/O."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol


class Handle(Protocol):
    """What a runner attaches: the program that runs now."""

    def write(self, text: str) -> None:
        """Into its standard input."""

    def end_input(self) -> None: ...

    def send(self, number: signal.Signals) -> None:
        """To the program, not to what watches over it."""

    def stop(self) -> None:
        """End it now, with all that belongs to it."""


class Control:
    """One for each `Runner.run`. What is typed before the program has started waits for it.

    After `stop` a job that waits in the queue leaves it and nothing more of it is started: verdict STOPPED.
    """

    def __init__(self) -> None:
        self._handle: Handle | None = None
        self._typed: list[str] = []
        self._ended = False
        self._on_stop: Callable[[], object] | None = None
        self.stopped = False

    def write(self, text: str) -> None:
        if self._ended:
            return
        if self._handle is None:
            self._typed.append(text)
        else:
            self._handle.write(text)

    def end_input(self) -> None:
        self._ended = True
        if self._handle is not None:
            self._handle.end_input()

    def send(self, number: signal.Signals) -> None:
        if self._handle is not None:
            self._handle.send(number)

    def stop(self) -> None:
        self.stopped = True
        if self._handle is not None:
            self._handle.stop()
        if self._on_stop is not None:
            self._on_stop()

    @contextmanager
    def until_stopped(self, on_stop: Callable[[], object]) -> Iterator[None]:
        """For runners, while nothing that could be typed to is there: stopping it calls `on_stop`."""
        self._on_stop = on_stop
        try:
            if self.stopped:
                on_stop()
            yield
        finally:
            self._on_stop = None

    def attach(self, handle: Handle) -> None:
        """For runners: the program is there. Gives it what was said before."""
        self._handle = handle
        if self.stopped:
            handle.stop()
            return
        for text in self._typed:
            handle.write(text)
        self._typed.clear()
        if self._ended:
            handle.end_input()

    def detach(self) -> None:
        """For runners: it has ended."""
        self._handle = None
