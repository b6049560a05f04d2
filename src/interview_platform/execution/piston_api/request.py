"""From the body of /execute, or an `init` over the socket, to a job. The order and the words of Piston's own checks."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from interview_platform.execution.model import File, Job
from interview_platform.execution.piston_api import java
from interview_platform.execution.piston_api.limits import (
    COMPILE_DEFAULT,
    FILES_MAX,
    RUN_DEFAULT,
    PistonLimits,
)
from interview_platform.execution.piston_api.runtimes import Runtime, runtime_for
from interview_platform.execution.sandbox.protocol import ARGUMENTS_BYTES

_NAME_MAX = 200  # bytes; file systems end at 255
_CONSTRAINTS = tuple(
    f"{stage}_{what}" for what in ("memory_limit", "timeout", "cpu_time") for stage in ("compile", "run")
)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})*")


class WrongRequest(Exception):
    """`message` is the answer."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Asked:
    runtime: Runtime
    job: Job


def asked(body: Mapping[str, Any], runtimes: Sequence[Runtime], limits: PistonLimits) -> Asked:
    """`body`: JSON, of which nothing is known yet. Raises WrongRequest."""
    name, version = _text(body, "language"), _text(body, "version")
    files = _files(body.get("files"))
    runtime = runtime_for(runtimes, name, version)
    if runtime is None:
        raise WrongRequest(f"{name}-{version} runtime is unknown")
    if all(file.get("encoding") not in (None, "", "utf8") for file in files):
        raise WrongRequest("files must include at least one utf8 encoded file")
    amounts = _amounts(body, _most(runtime, limits))
    source, beside = _placed(files, runtime)
    job = Job(
        runtime.known.id,
        source,
        (_with_newline(body.get("stdin")),),
        beside,
        _arguments(body.get("args")),
        limits=replace(
            runtime.known.limits,
            wall_seconds=amounts["run_timeout"] / 1000,
            cpu_seconds=amounts["run_cpu_time"] / 1000,
            # The sandbox has one limit for both.
            compile_seconds=min(amounts["compile_timeout"], amounts["compile_cpu_time"]) / 1000,
            memory_bytes=int(amounts["run_memory_limit"]),
            output_bytes=limits.output_max_size,
        ),
    )
    return Asked(runtime, job)


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not value or not isinstance(value, str):
        raise WrongRequest(f"{name} is required as a string")
    return value


def _files(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list):
        raise WrongRequest("files is required as an array")
    for number, file in enumerate(given):
        if not isinstance(file, dict) or not isinstance(file.get("content"), str):
            raise WrongRequest(f"files[{number}].content is required as a string")
    if len(given) > FILES_MAX:
        raise WrongRequest(f"files must be at most {FILES_MAX}")
    return given


def _most(runtime: Runtime, limits: PistonLimits) -> dict[str, int]:
    return {
        "compile_memory_limit": limits.compile_memory_limit,
        "run_memory_limit": runtime.known.limits.memory_bytes,
        "compile_timeout": limits.compile_timeout,
        "run_timeout": limits.run_timeout,
        "compile_cpu_time": limits.compile_cpu_time,
        "run_cpu_time": limits.run_cpu_time,
    }


def _amounts(body: Mapping[str, Any], most: Mapping[str, int]) -> dict[str, float]:
    return {name: _amount(name, body.get(name), most[name]) for name in _CONSTRAINTS}


def _amount(name: str, value: Any, most: int) -> float:
    memory = name.endswith("memory_limit")
    if not value:  # 0 as well, which to the program under Piston would be no limit
        return most if memory else min(most, RUN_DEFAULT if name.startswith("run") else COMPILE_DEFAULT)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongRequest(f"If specified, {name} must be a number")
    if value > most:
        raise WrongRequest(f"{name} cannot exceed the configured limit of {most}")
    if value < 0:
        if memory:  # -1, "no limit", is what Piston's own examples send: here it is as much as there is
            return most
        raise WrongRequest(f"{name} must be non-negative")
    return value


def _placed(files: Sequence[Mapping[str, Any]], runtime: Runtime) -> tuple[str, tuple[File, ...]]:
    """The program, which is the first file of plain text, and what lies beside it."""
    main = next(number for number, file in enumerate(files) if _encoding(file) == "utf8")
    source: str = files[main]["content"]
    beside = [
        File(_name(file, number, runtime), _DECODERS[_encoding(file)](file["content"]))
        for number, file in enumerate(files)
        if number != main
    ]
    if runtime.known.id == "java":
        source, moved = java.placed(source)
        if moved is not None:
            beside.append(File(moved[0], moved[1].encode(errors="replace")))
    names = [file.name for file in beside]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WrongRequest(f"files must have different names: there are two of {twice}")
    return source, tuple(beside)


def _encoding(file: Mapping[str, Any]) -> str:
    given = file.get("encoding")
    return given if given in ("base64", "hex") else "utf8"


def _name(file: Mapping[str, Any], number: int, runtime: Runtime) -> str:
    name = file.get("name") or f"file{number}.code"
    if not isinstance(name, str):
        raise WrongRequest(f"files[{number}].name must be a string")
    own = runtime.known.file_name
    if name == own:
        raise WrongRequest(f"files[{number}].name must not be {own}: the first file is called that here")
    plain = "/" not in name and name not in (".", "..") and name.isprintable() and len(name.encode()) <= _NAME_MAX
    if not plain:
        raise WrongRequest(f"files[{number}].name must be a plain file name: there are no folders here")
    return name


def _of_base64(text: str) -> bytes:
    """As Node reads it: up to the first `=`, of both alphabets, what is in neither left out."""
    kept = _NOT_BASE64.sub("", text.partition("=")[0].translate({ord("-"): "+", ord("_"): "/"}))
    kept = kept[:-1] if len(kept) % 4 == 1 else kept
    return base64.b64decode(kept + "=" * (-len(kept) % 4))


def _of_hex(text: str) -> bytes:
    """As Node reads it: up to the first pair that is none."""
    found = _HEX.match(text)
    return binascii.unhexlify(found[0]) if found else b""


_DECODERS: Mapping[str, Callable[[str], bytes]] = {
    "utf8": lambda text: text.encode(errors="replace"),
    "base64": _of_base64,
    "hex": _of_hex,
}


def _with_newline(given: Any) -> str:
    stdin = "" if given is None else given
    if not isinstance(stdin, str):
        raise WrongRequest("stdin must be a string")
    return stdin if stdin.endswith("\n") else stdin + "\n"


def _arguments(given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or any(
        isinstance(one, bool) or not isinstance(one, str | int | float) for one in given
    ):
        raise WrongRequest("args must be an array of strings")
    arguments = tuple(map(str, given))
    if sum(len(one.encode(errors="replace")) + 1 for one in arguments) > ARGUMENTS_BYTES:
        raise WrongRequest(f"args must be at most {ARGUMENTS_BYTES} bytes together")
    if any("\0" in one for one in arguments):
        raise WrongRequest("args must not have a NUL character in them")
    return tuple(one.encode(errors="replace").decode() for one in arguments)
