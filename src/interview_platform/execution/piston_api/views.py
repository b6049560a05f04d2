"""The shapes of Piston's answers, for the contract. Nothing is validated by them: `answers.py` makes the answers."""

from typing import Any

from pydantic import BaseModel


class PistonRuntime(BaseModel):
    language: str
    version: str
    aliases: list[str]
    runtime: str | None = None


class PistonStage(BaseModel):
    """Of a process; times in ms, memory in bytes."""

    stdout: str
    stderr: str
    output: str
    """Both, as they came."""
    code: int | None
    signal: str | None
    message: str | None
    status: str | None
    """RE exit status, SG signal, TO time, OL standard output, EL standard error too long, XX our own failure."""
    cpu_time: int | None
    wall_time: int | None
    memory: int | None


class PistonResult(BaseModel):
    language: str
    version: str
    run: PistonStage
    compile: PistonStage | None = None


class PistonRefusal(BaseModel):
    message: str
    stack: str | None = None


_STAGES = {
    f"{stage}_{what}": {"type": "number", "description": description}
    for stage in ("compile", "run")
    for what, description in (("timeout", "ms"), ("cpu_time", "ms"), ("memory_limit", "bytes; -1: as much as there is"))
}

JOB: dict[str, Any] = {
    "type": "object",
    "required": ["language", "version", "files"],
    "properties": {
        "language": {"type": "string", "description": "Name or alias of a runtime."},
        "version": {"type": "string", "description": "A range as npm's semver reads it; `*` for any."},
        "files": {
            "type": "array",
            "description": "The first of plain text is the program.",
            "items": {
                "type": "object",
                "required": ["content"],
                "properties": {
                    "name": {"type": "string"},
                    "content": {"type": "string"},
                    "encoding": {"type": "string", "enum": ["utf8", "base64", "hex"]},
                },
            },
        },
        "stdin": {"type": "string"},
        "args": {"type": "array", "items": {"type": "string"}},
        **_STAGES,
    },
}
