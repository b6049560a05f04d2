"""Starts a program that waits, without a sandbox, and plays the runner for it: descriptors 5 and 6, "ready", go."""

import fcntl
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple

from interview_platform.execution.languages.base import Language, Step, Toolchain
from interview_platform.execution.sandbox.spec import CODE

SECONDS = 60  # a machine under load; nothing here is about time


class Ended(NamedTuple):
    stdout: str
    stderr: str
    status: int


class Waiting:
    def __init__(self, step: Step, folder: Path) -> None:
        theirs_in, self._go = os.pipe()
        self._heard, theirs_out = os.pipe()
        # High, so that putting one at its place does not cover the other.
        fds = [fcntl.fcntl(fd, fcntl.F_DUPFD, 50) for fd in (theirs_in, theirs_out)]
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", f'exec "$@" 5<&{fds[0]} 6>&{fds[1]} {fds[0]}<&- {fds[1]}>&-', "bash", *step.command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=fds,
            cwd=folder,
            env=environment(step),
        )
        for fd in (theirs_in, theirs_out, *fds):
            os.close(fd)
        self.heard: IO[bytes] = os.fdopen(self._heard, "rb", buffering=0)
        ready = self.heard.readline()
        assert ready == b"ready\n", (ready, self._process.communicate())

    def go(self, path: Path, *arguments: str, exchange: bool = False) -> None:
        line = {"path": str(path), "arguments": arguments, "live": False, "exchange": exchange}
        self.say(json.dumps(line) + "\n")

    def say(self, text: str) -> None:
        os.write(self._go, text.encode())

    def hang_up(self) -> None:
        os.close(self._go)

    def end(self, stdin: str = "") -> Ended:
        out, err = self._process.communicate(stdin.encode(), timeout=SECONDS)
        self.heard.close()
        return Ended(out.decode(), err.decode(), self._process.returncode)


def cold(step: Step, folder: Path, *arguments: str, stdin: str = "") -> Ended:
    done = subprocess.run(
        ["/bin/bash", "-c", 'exec "$@"', "bash", *step.command, *arguments],  # as above: bash adds to the environment
        input=stdin.encode(),
        capture_output=True,
        timeout=SECONDS,
        cwd=folder,
        env=environment(step),
        check=False,
    )
    return Ended(done.stdout.decode(), done.stderr.decode(), done.returncode)


def outside(step: Step, tools: Toolchain, code: Path) -> Step:
    """The same without a sandbox: what that shows elsewhere, at its place on this machine."""
    places = {mount.target: str(mount.source) for mount in tools.mounts if mount.target != str(mount.source)}
    places[CODE] = str(code)
    return Step([_placed(word, places) for word in step.command], step.environment)


def warm_step(language: Language, tools: Toolchain) -> Step:
    warm = language.warm(tools)
    assert warm is not None
    return Step(warm.command, warm.environment)


def environment(step: Step) -> Mapping[str, str]:
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **step.environment}


def _placed(word: str, places: Mapping[str, str]) -> str:
    for inside, host in places.items():
        if word == inside or word.startswith(inside + "/"):
            return host + word.removeprefix(inside)
    return word
