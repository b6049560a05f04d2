"""From how a process ended to the words for it."""

import os
import signal
from typing import NamedTuple

from interview_platform.execution.languages.base import COMPILE_MEMORY, Language
from interview_platform.execution.model import Execution, Limits, Verdict
from interview_platform.execution.sandbox.protocol import Cause, Ended
from interview_platform.execution.sandbox.spec import MB
from interview_platform.execution.sandbox.watch import BYTES_PER_FILE

_TAIL = 4096  # characters of standard error; a run-time complains last

_IN_WORDS: dict[int, str] = {
    signal.SIGSEGV: "it used memory that is not its own",
    signal.SIGABRT: "it gave up by itself",
    signal.SIGFPE: "a calculation is not possible, such as a division by zero",
    signal.SIGKILL: "it was killed",
    signal.SIGBUS: "it used memory that is not there",
    signal.SIGILL: "it ran into something that is not code",
    signal.SIGPIPE: "nobody reads what it writes",
    signal.SIGXFSZ: "a file became too large",
    signal.SIGSYS: "it made a system call that is not allowed",
    signal.SIGTERM: "it asked to be ended",
}


_NOT_STARTED = "The sandbox could not start the program. This is not the program's fault."


class _How(NamedTuple):
    code: int | None
    signal: int | None
    overflowed: bool


def stopped(message: str = "Stopped.") -> Execution:
    """Somebody stopped it before anything ran."""
    return Execution(Verdict.STOPPED, message=message)


def execution(
    ended: Ended, limits: Limits, language: Language, stdout: str, stderr: str, *, overflowed: bool
) -> Execution:
    number = None if ended.status is None or not os.WIFSIGNALED(ended.status) else os.WTERMSIG(ended.status)
    code = None if ended.status is None or number is not None else os.waitstatus_to_exitcode(ended.status)
    verdict, message = _judged(ended, limits, language, stderr, _How(code, number, overflowed))
    return Execution(
        verdict=verdict,
        stdout=stdout,
        stderr=stderr,
        exit_code=code,
        signal=_name(number),
        wall_ms=round(ended.wall_ms, 1),
        cpu_ms=round(ended.cpu_ms, 1),
        memory_bytes=ended.memory_bytes or None,
        truncated=overflowed,
        message=message,
    )


def failed_compile(
    ended: Ended, limits: Limits, language: Language, said: str, *, truncated: bool, too_large: bool
) -> Execution:
    """`said` is the compiler's; the verdict is COMPILE_ERROR unless the fault is ours."""
    verdict = Verdict.INTERNAL_ERROR if ended.cause is Cause.NOT_STARTED else Verdict.COMPILE_ERROR
    return Execution(
        verdict,
        stderr=said,
        exit_code=None if ended.status is None else os.waitstatus_to_exitcode(ended.status),
        wall_ms=round(ended.wall_ms, 1),
        cpu_ms=round(ended.cpu_ms, 1),
        memory_bytes=ended.memory_bytes or None,
        truncated=truncated,
        message=_why_not_compiled(ended, limits, language, said, too_large=too_large),
    )


def _why_not_compiled(ended: Ended, limits: Limits, language: Language, said: str, *, too_large: bool) -> str:
    if too_large:
        return "What the compiler made is too large."
    by_cause = {
        Cause.NOT_STARTED: _NOT_STARTED,
        Cause.TIME: f"Compiling was stopped after {limits.compile_seconds:g} s: the time limit.",
        Cause.MEMORY: f"Compiling was stopped: it needed more than {size(COMPILE_MEMORY)} of memory.",
        Cause.PROCESSES: "Compiling was stopped: it started too many processes.",
        Cause.FILES: "Compiling was stopped: it made too many files, or too large ones.",
    }
    return by_cause.get(ended.cause) or language.hint(said) or "The program does not compile."


def _judged(ended: Ended, limits: Limits, language: Language, stderr: str, how: _How) -> tuple[Verdict, str]:
    stopped = _stopped(ended, limits, how)
    if stopped is not None:
        return stopped
    if how.code == 0:
        return Verdict.OK, ""
    if any(phrase in stderr[-_TAIL:] for phrase in language.out_of_memory):
        return Verdict.MEMORY_LIMIT, memory_message(limits)
    if how.signal is not None:
        return Verdict.RUNTIME_ERROR, f"Ended by {_name(how.signal)}{in_words(how.signal)}."
    return Verdict.RUNTIME_ERROR, f"Ended with exit status {how.code}."


def _stopped(ended: Ended, limits: Limits, how: _How) -> tuple[Verdict, str] | None:
    """The verdict when something else than the program ended it."""
    if how.overflowed:
        return Verdict.OUTPUT_LIMIT, f"Stopped: it printed more than {size(limits.output_bytes)}."
    if ended.cause is Cause.ITSELF:
        if _out_of_cpu(ended, limits, how.signal):
            return Verdict.TIME_LIMIT, f"Stopped after {limits.cpu_seconds:g} s of processor time: the time limit."
        return None
    processes = f"Stopped: it wanted more than {limits.processes} processes and threads at once."
    most = limits.files_bytes
    files = f"Stopped: it made more than {most // BYTES_PER_FILE} files, or more than {size(most)} of them."
    by_cause = {
        Cause.NOT_STARTED: (Verdict.INTERNAL_ERROR, _NOT_STARTED),
        Cause.MEMORY: (Verdict.MEMORY_LIMIT, memory_message(limits)),
        Cause.PROCESSES: (Verdict.PROCESS_LIMIT, processes),
        Cause.FILES: (Verdict.MEMORY_LIMIT, files),  # files are memory here
        Cause.TIME: (Verdict.TIME_LIMIT, f"Stopped after {limits.wall_seconds:g} s: the time limit."),
        Cause.KILLED: (Verdict.INTERNAL_ERROR, "Stopped by the server."),
    }
    return by_cause[ended.cause]


def memory_message(limits: Limits) -> str:
    return f"Stopped: it needed more than {size(limits.memory_bytes)} of memory."


def _out_of_cpu(ended: Ended, limits: Limits, number: int | None) -> bool:
    """The kernel sends SIGXCPU at the limit and SIGKILL a second later."""
    if number == signal.SIGXCPU:
        return True
    return number == signal.SIGKILL and ended.cpu_ms >= limits.cpu_seconds * 1000


def in_words(number: int) -> str:
    """What a signal means, to be put behind its name; empty when only its name can be told."""
    return f": {_IN_WORDS[number]}" if number in _IN_WORDS else ""


def _name(number: int | None) -> str | None:
    if number is None:
        return None
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIG{number}"  # a real-time signal


def size(number: int) -> str:
    """Of bytes, for people."""
    return f"{number / MB:g} MB" if number >= MB else f"{number / 1024:g} KB"
