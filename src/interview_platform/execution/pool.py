"""How many warm processes of which language wait, and what is booted next. No I/O, no clock."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from interview_platform.execution.sandbox.spec import MB

# What waits may hold of the memory that is available: the rest is for runs, the server and the page cache.
MEMORY_PART = 1 / 8
MEMORY_MAX = 768 * MB  # two JVMs and thirty of the small ones: more would wait for nobody
CELL_BYTES = 16 * MB  # of every waiting one, whatever the language: slot process, bubblewrap, supervisor

_LARGE = 48 * MB  # a JVM: 0.7 s of processor time to boot, so it is not booted on a guess
_LARGE_MAX = 2
_RECENT_SECONDS = 60.0  # somebody who runs a program runs it again within a minute
_IDLE_SECONDS = 600.0  # of a language: an interview's pause; then nobody works with it
_FAILURES = 2  # once can be the machine's bad moment


@dataclass(frozen=True, slots=True)
class Load:
    """Of the server, now."""

    running: int
    places: int
    queued: int
    memory_bytes: int
    """Available on the machine, what waits not counted in."""


class Policy:
    """Languages become known by `allow`, which counts as a use: then the first run finds one that waits."""

    def __init__(self, most: int) -> None:
        """`most`: all that may wait together."""
        self._most = most
        self._sizes: dict[str, int] = {}
        self._uses: dict[str, deque[float]] = {}
        self._failures: dict[str, int] = {}

    def allow(self, language: str, memory_bytes: int, now: float) -> None:
        self._sizes[language] = memory_bytes
        self._uses[language] = deque([now], maxlen=self._most)

    def used(self, language: str, now: float) -> None:
        """Somebody wanted one, whether there was one or not."""
        if language in self._uses:
            self._uses[language].append(now)

    def worked(self, language: str) -> None:
        """One of its processes did what it was for."""
        self._failures.pop(language, None)

    def failed(self, language: str) -> bool:
        """One did not become ready, or died while it waited. True when that was once too often: no more of it."""
        self._failures[language] = self._failures.get(language, 0) + 1
        given_up = self._failures[language] >= _FAILURES
        if given_up:
            self._sizes.pop(language, None)
            self._uses.pop(language, None)
        return given_up

    def wanted(self, now: float, memory_bytes: int) -> Mapping[str, int]:
        """How many of each should wait: one of every language in use, then one after the other by recent demand."""
        left = min(MEMORY_MAX, memory_bytes * MEMORY_PART)
        targets = self._targets(now)
        wanted = dict.fromkeys(targets, 0)
        for level in range(1, self._most + 1):
            for language, target in targets.items():
                cost = self._sizes[language] + CELL_BYTES
                if target >= level and cost <= left and sum(wanted.values()) < self._most:
                    wanted[language] += 1
                    left -= cost
        return wanted

    def next(self, waiting: Mapping[str, int], now: float, load: Load) -> str | None:
        """Which to boot now: the one that lacks most, of these the one used last. None: none, or not now."""
        busy = load.running >= load.places
        starved = load.queued > 0 and not any(waiting.values())
        if busy and not starved:
            return None  # booting takes time from programs that are measured
        lacking = {
            language: waiting.get(language, 0) / wanted
            for language, wanted in self.wanted(now, load.memory_bytes).items()
            if waiting.get(language, 0) < wanted
        }
        return min(lacking, key=lambda language: (lacking[language], -self._uses[language][-1]), default=None)

    def surplus(self, waiting: Mapping[str, int], now: float, memory_bytes: int) -> str | None:
        """Of which one may go: nobody has used the language for long, or memory has become short."""
        wanted = self.wanted(now, memory_bytes)
        idle = [language for language in waiting if waiting[language] > 0 and not self._in_use(language, now)]
        return next(iter(idle), None) or self._too_many(waiting, wanted, memory_bytes)

    def _too_many(self, waiting: Mapping[str, int], wanted: Mapping[str, int], memory_bytes: int) -> str | None:
        # One that demand does not ask for any more stays: it may again. One that there is no memory for goes.
        held = sum(count * (self._sizes.get(name, 0) + CELL_BYTES) for name, count in waiting.items())
        if held <= min(MEMORY_MAX, memory_bytes * MEMORY_PART):
            return None
        return max(
            (name for name, count in waiting.items() if count > wanted.get(name, 0)),
            key=lambda name: self._sizes.get(name, 0),
            default=None,
        )

    def _in_use(self, language: str, now: float) -> bool:
        uses = self._uses.get(language)
        return bool(uses) and now - uses[-1] < _IDLE_SECONDS if uses else False

    def _targets(self, now: float) -> dict[str, int]:
        """The last used first."""
        used = sorted((name for name in self._sizes if self._in_use(name, now)), key=lambda name: -self._uses[name][-1])
        return {name: self._target(name, now) for name in used}

    def _target(self, language: str, now: float) -> int:
        recent = sum(now - use < _RECENT_SECONDS for use in self._uses[language])
        most = _LARGE_MAX if self._sizes[language] >= _LARGE else self._most
        return min(max(1, recent), most)
