"""What a driver answered, read with suspicion: it was written by a process that ran a stranger's code. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from interview_platform.execution.verdicts import in_words
from interview_platform.problems.signatures.model import Signature
from interview_platform.problems.values import BadValue, strict_json, typed

ANSWER_MAX = 1_000_000  # characters: five times the largest expected answer, so a longer one is wrong anyway
MESSAGE_MAX = 500  # of an exception
TRACE_MAX = 4_000  # what a frame loop or a deep recursion says after that is the same again

_UNREADABLE = "What came back is not an answer: something in the program disturbs how it is called."


@dataclass(frozen=True, slots=True)
class Returned:
    value: Any
    """Of the declared type."""


@dataclass(frozen=True, slots=True)
class WrongType:
    """It returned something, but not what the signature declares."""

    message: str


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer: an exception, or the end of the process."""

    message: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """There is no function to call."""

    message: str


Answer = Returned | WrongType | Failed | Missing


def read(text: str | None, signature: Signature) -> Answer:
    """Never raises, whatever `text` is. (What it says of memory the runner has read, and does not believe blindly.)"""
    if text is None:
        return Failed("The program ended before the function had returned.")
    if len(text) > ANSWER_MAX:
        return WrongType("The answer is too long to be right.")
    try:
        said = strict_json(text)
    except BadValue:
        said = None
    match said:
        case {"n": int(), "ok": value, **rest} if rest.keys() <= {"memory"}:
            return _returned(value, signature)
        case {"n": int(), "error": {"kind": str(kind), **error}, **rest} if rest.keys() <= {"memory"}:
            return _error(kind, error)
        case _:
            return WrongType(_UNREADABLE)


def _returned(value: Any, signature: Signature) -> Answer:
    try:
        return Returned(typed(signature.returns, value))
    except BadValue as error:
        return WrongType(f"The answer is not of the type {signature.returns}: {str(error)[:MESSAGE_MAX]}.")


def _error(kind: str, error: Mapping[Any, Any]) -> Answer:
    message = _text(error.get("message"), MESSAGE_MAX)
    match kind:
        case "exception":
            return Failed(message or "An exception.", _text(error.get("trace"), TRACE_MAX))
        case "wrong_type":
            return WrongType(message or "The answer is not of the declared type.")
        case "missing_function":
            return Missing(message or "The function is missing.")
        case "died":
            return Failed(_died(error.get("signal"), error.get("status")))
        case _:
            return WrongType(_UNREADABLE)


def _died(number: Any, status: Any) -> str:
    if isinstance(number, int) and 0 < number < 65:
        return f"The function ended the process by signal {number}{in_words(number)}."
    if isinstance(status, int):
        return f"The function ended the process with exit status {status % 256} instead of returning."
    return "The function ended the process instead of returning."


def _text(value: Any, most: int) -> str:
    return value[:most] if isinstance(value, str) else ""
