"""Which tool chains have passed their self-test: remembered, so that a second start compiles nothing."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from interview_platform import __version__
from interview_platform.execution.languages.base import Language, Toolchain

MARKER = "languages-installed"


class SelfTests:
    """A small file. An installation is told by size and time of its files; another version of ours tests again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._passed: dict[str, str] = {}
        with suppress(OSError, ValueError):
            known = json.loads(path.read_text())
            if isinstance(known, dict):
                self._passed = known

    def passed(self, language: Language, tools: Toolchain) -> bool:
        return _stamp(language, tools) in self._passed.get(language.id, "").split()

    def remember(self, language: Language, tools: Toolchain) -> None:
        # Two: as it was found, and with what it has prepared.
        before = self._passed.get(language.id, "").split()[-1:]
        self._passed[language.id] = " ".join([*before, _stamp(language, tools)])
        new = self._path.with_suffix(f".{os.getpid()}")  # the server and a command may both be at it
        with suppress(OSError):  # a file that root left: then it is tested again at the next start
            new.write_text(json.dumps(self._passed))
            new.replace(self._path)


class Marker:
    """A file that is touched when languages were installed, so that a running server looks again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._time()

    def moved(self) -> bool:
        """Since this was asked last."""
        before, self._seen = self._seen, self._time()
        return before != self._seen

    def touch(self) -> None:
        self._path.touch()

    def _time(self) -> int | None:
        with suppress(OSError):
            return self._path.stat().st_mtime_ns
        return None


def _stamp(language: Language, tools: Toolchain) -> str:
    files = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in tools.files if path.exists()]
    commands = [str(language.compile(tools)), str(language.run(tools, live=False)), str(language.limits)]
    return hashlib.sha256(json.dumps([__version__, files, commands, language.self_test.source]).encode()).hexdigest()
