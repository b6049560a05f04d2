"""What tool chains say of themselves. Each is asked once, not at every start: GHC alone takes 80 ms to answer."""

import json
import re
import subprocess
from contextlib import suppress
from pathlib import Path

from interview_platform.kit.folders import make_passable

_NUMBER = re.compile(r"\d+(?:\.\d+)+")
_KEPT = 500  # characters of an answer; the version stands in the first line
_SECONDS = 10.0  # a virtual machine on a busy computer


class Answers:
    """A small file. Another installation is told by size and time of the program."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}
        self._changed = False

    def load(self, path: Path) -> None:
        with suppress(OSError, ValueError):
            known = json.loads(path.read_text())
            if isinstance(known, dict):
                self._said.update(known)

    def save(self, path: Path) -> None:
        if self._changed:
            with suppress(OSError):  # then they are asked again
                make_passable(path.parent)
                path.write_text(json.dumps(self._said))
                self._changed = False

    def of(self, program: Path, *options: str) -> str | None:
        """What it says to these options; None when it does not work."""
        state = program.stat()
        key = json.dumps([str(program.resolve()), state.st_size, state.st_mtime_ns, *options])
        if key not in self._said:
            said = _ask(program, *options)
            if said is None:
                return None
            self._said[key] = said
            self._changed = True
        return self._said[key]


ANSWERS = Answers()
"""Of this process."""


def said_version(program: Path, *options: str) -> str | None:
    """The first number with a point in what it says."""
    number = _NUMBER.search(ANSWERS.of(program, *options) or "")
    return number[0] if number else None


def _ask(program: Path, *options: str) -> str | None:
    answer = subprocess.run(  # noqa: S603 - found by us
        [program, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=_SECONDS,
        check=False,
    )
    return answer.stdout[:_KEPT] if answer.returncode == 0 else None
