"""Builds and runs drivers with the real tool chains, and talks to them as a runner does (kit/exchange.py)."""

import fcntl
import json
import os
import selectors
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from interview_platform.execution.languages.node import find_node
from interview_platform.kit.exchange import answer_in, hello, new_secret
from interview_platform.problems.signatures.drivers import LANGUAGES_WITH_DRIVERS, Mode, program
from interview_platform.problems.signatures.model import Signature, input_line

ANSWER_SECONDS = 60  # a hang is a failure; nothing here takes more than a few seconds on a busy machine
MAIN_FILES = {
    "python": "solution.py",
    "javascript": "solution.js",
    "typescript": "solution.ts",
    "java": "Main.java",
    "cpp": "solution.cpp",
    "go": "main.go",
}
_TOOLS = {"python": "/usr/bin/python3", "java": "javac", "cpp": "g++", "go": "go"}
# As the languages' own files call them, but for C++'s -O1: it takes as long again.
_COMPILE = {
    "java": "javac -J-XX:TieredStopAtLevel=1 -proc:none -encoding UTF-8 -Xlint:all -sourcepath . -d out Main.java",
    "cpp": "g++ -pipe -Wall -Wextra -Wno-unused-parameter -O0 -std=c++20 -o program solution.cpp",
    "go": "go build -o program {sources}",
}
_UTF_8 = "-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8"
_RUN = {
    "java": f"java {_UTF_8} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xmx320m -cp out Main",
    "python": "/usr/bin/python3 -B -X utf8 solution.py",
    "cpp": "./program",
    "go": "./program",
}

_ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}

every_language = pytest.mark.parametrize("language", LANGUAGES_WITH_DRIVERS)


def need(language: str) -> None:
    tool = _TOOLS.get(language)
    if tool is not None and shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed: the driver of {language} was not tried")


@cache
def _node() -> str:
    tools = find_node()
    assert tools is not None
    return str(tools.files[0])


def _command(language: str) -> Sequence[str]:
    if language in ("javascript", "typescript"):
        flags = ["--disable-warning=ExperimentalWarning", "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"]
        types = ["--experimental-transform-types"] if language == "typescript" else []
        return [_node(), *flags, *types, MAIN_FILES[language]]
    return _RUN[language].split()


@dataclass(frozen=True, slots=True)
class Built:
    folder: Path
    command: Sequence[str]
    compiler_said: str


class CompileError(Exception):
    pass


def build(language: str, signature: Signature, source: str, folder: Path, mode: Mode = "judge") -> Built:
    need(language)
    made = program(language, signature, source, mode)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((MAIN_FILES[language], made.source), *made.files):
        (folder / name).write_text(text, encoding="utf-8")
    if language not in _COMPILE:
        return Built(folder, _command(language), "")
    sources = " ".join(sorted(path.name for path in folder.iterdir() if path.suffix == ".go"))
    command = _COMPILE[language].format(sources=sources).split()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CompileError(done.stdout + done.stderr)
    return Built(folder, _command(language), done.stdout + done.stderr)


@dataclass(slots=True)
class Said:
    """What came of a conversation. `answers` is shorter than the inputs when the process ended early."""

    answers: list[dict[str, Any]] = field(default_factory=list)
    raw: str = ""
    """All that came on the channel."""
    stdout: str = ""
    stderr: str = ""
    status: int = 0

    @property
    def values(self) -> list[Any]:
        return [answer.get("ok", answer.get("error")) for answer in self.answers]


def talk(built: Built, lines: Sequence[str]) -> Said:
    """One process, lockstep over descriptors 5 and 6."""
    secret = new_secret()
    their_in, our_out = (_high(fd) for fd in os.pipe())
    our_in, their_out = (_high(fd) for fd in os.pipe())
    channel = f'exec "$@" 5<&{their_in} 6>&{their_out} {their_in}<&- {their_out}>&-'
    outputs = [built.folder / "stdout", built.folder / "stderr"]
    with outputs[0].open("wb") as stdout, outputs[1].open("wb") as stderr:
        process = subprocess.Popen(
            ["/bin/bash", "-c", channel, "driver", *built.command],
            cwd=built.folder, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
            pass_fds=(their_in, their_out), env=_ENVIRONMENT,
        )  # fmt: skip
    os.close(their_in)
    os.close(their_out)
    said = Said()
    try:
        _converse(said, secret, lines, our_in, our_out)
        said.status = process.wait(ANSWER_SECONDS)
    finally:
        process.kill()
        process.wait()
        os.close(our_in)
    said.stdout, said.stderr = (path.read_text(errors="replace") for path in outputs)
    return said


def _converse(said: Said, secret: str, lines: Sequence[str], our_in: int, our_out: int) -> None:
    reader = _Lines(our_in)
    try:
        _send(our_out, hello(secret))
        for line in lines:
            _send(our_out, line + "\n")
            answer = None
            while answer is None:
                heard = reader.next()
                said.raw += heard
                if not heard:
                    return
                answer = answer_in(heard, secret)
            said.answers.append(_read(answer))
    except BrokenPipeError:  # it ended early
        pass
    finally:
        os.close(our_out)


def _read(answer: str) -> dict[str, Any]:
    """A program may say anything of its own case, also what is no JSON."""
    try:
        read: dict[str, Any] = json.loads(answer)
    except ValueError:
        return {"ok": None, "unreadable": answer}
    return read


class _Lines:
    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._rest = b""
        self._selector = selectors.DefaultSelector()
        self._selector.register(fd, selectors.EVENT_READ)

    def next(self) -> str:
        end = time.monotonic() + ANSWER_SECONDS
        chunks = [self._rest]
        while b"\n" not in chunks[-1]:
            assert self._selector.select(max(0.0, end - time.monotonic())), "no answer"
            more = os.read(self._fd, 1 << 20)
            if not more:
                break
            chunks.append(more)
        line, newline, self._rest = b"".join(chunks).partition(b"\n")
        return (line + newline).decode(errors="replace")


def _high(fd: int) -> int:
    """Out of the way of 5 and 6."""
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD, 20)
    os.close(fd)
    return moved


def _send(fd: int, text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(fd, data) :]


def talk_in_batch(built: Built, lines: Sequence[str]) -> Said:
    """All at once over standard input, as where there is no channel. `stdout` is what is left without the answers."""
    secret = new_secret()
    text = hello(secret) + "".join(line + "\n" for line in lines)
    done = _run(built, text)
    said = Said(stderr=done.stderr, status=done.returncode, raw=done.stdout)
    for line in done.stdout.splitlines(keepends=True):
        answer = answer_in(line, secret)
        if answer is None:
            said.stdout += line
        else:
            said.answers.append(_read(answer))
            said.stdout = said.stdout.removesuffix("\n")
    return said


def run_with_input(built: Built, text: str) -> subprocess.CompletedProcess[str]:
    return _run(built, text)


def _run(built: Built, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        built.command, cwd=built.folder, input=text, capture_output=True, text=True, check=False,
        timeout=ANSWER_SECONDS, env=_ENVIRONMENT,
    )  # fmt: skip


def judged(language: str, signature: Signature, source: str, folder: Path, arguments: Sequence[Sequence[Any]]) -> Said:
    built = build(language, signature, source, folder)
    return talk(built, [input_line(signature, each) for each in arguments])
