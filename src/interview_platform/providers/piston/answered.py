"""Finds a driver's answers (kit/exchange.py) in its standard output and takes them out of what was printed. No I/O."""

import json
from collections.abc import Callable
from dataclasses import replace

from interview_platform.execution.model import Execution, Verdict
from interview_platform.kit.exchange import answer_in

ANSWER_BYTES = 2 * 1024 * 1024  # of one line, as in the embedded sandbox

NOT_ANSWERED = "The program ended before it had answered."


class Answers:
    """Feed it what comes. An answer counts for the input that was `expect`ed last, the first one only.

    Prints need not end their line: an answer is found wherever its secret stands, and the newline before it is its own.
    """

    def __init__(self, secret: str, on_print: Callable[[str], None]) -> None:
        self.found: str | None = None
        self.memory: int | None = None
        """What the program says of itself."""
        self._secret = secret
        self._on_print = on_print
        self._number = 0
        self._rest = ""
        """Of which it is not known yet what it is."""

    def expect(self, number: int) -> None:
        self._number, self.found, self.memory = number, None, None

    @property
    def unfinished(self) -> int:
        """Characters of a line that has begun as an answer."""
        return len(self._rest)

    def feed(self, text: str) -> None:
        rest = self._rest + text
        while (start := rest.find(self._secret)) >= 0:
            self._print(rest[:start].removesuffix("\n"))
            end = rest.find("\n", start)
            if end < 0:
                self._rest = rest[start:]
                return
            self._take(rest[start:end])
            rest = rest[end + 1 :]
        # The beginning of an answer may stand at the end of a piece.
        keep = max((n for n in range(1, min(len(rest), len(self._secret)) + 1) if self._begins(rest[-n:])), default=0)
        self._print(rest[: len(rest) - keep])
        self._rest = rest[len(rest) - keep :]

    def end(self) -> None:
        """Nothing more comes. An answer without its end is none, and nothing that was printed either."""
        if not self._rest.startswith(self._secret):
            self._print(self._rest)
        self._rest = ""

    def _begins(self, end: str) -> bool:
        return f"\n{self._secret}".startswith(end) or self._secret.startswith(end)

    def _print(self, text: str) -> None:
        if text:
            self._on_print(text)

    def _take(self, line: str) -> None:
        answer = answer_in(line, self._secret)
        if answer is None or self.found is not None:
            return
        try:
            said = json.loads(answer)
        except (ValueError, RecursionError):
            return
        number = said.get("n") if isinstance(said, dict) else None
        if type(number) is int and number == self._number:
            memory = said.get("memory")
            self.memory = memory if type(memory) is int and memory > 0 else None
            self.found = answer


def answered(done: Execution, secret: str) -> Execution:
    """`done`, of a program that had one input: with its answer, which is what decides."""
    printed: list[str] = []
    answers = Answers(secret, printed.append)
    answers.feed(done.stdout)
    answers.end()
    done = replace(done, stdout="".join(printed))
    if answers.found is not None:
        memory = min((bytes_ for bytes_ in (answers.memory, done.memory_bytes) if bytes_), default=None)
        return replace(done, verdict=Verdict.OK, message="", memory_bytes=memory, answer=answers.found)
    if done.verdict is Verdict.OK:
        return replace(done, verdict=Verdict.RUNTIME_ERROR, message=NOT_ANSWERED)
    return done
