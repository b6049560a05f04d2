"""From an outcome to what Piston would say of it."""

import signal
from typing import Any

from interview_platform.execution.model import Execution, Limits, Outcome, Verdict
from interview_platform.execution.piston_api.request import Asked

# Piston has no status for these; the words tell them apart from other kills (providers/piston/outcome.py reads them).
MEMORY = "Memory limit exceeded"
PROCESSES = "Process limit exceeded"

Stage = dict[str, Any]
_Ending = tuple[int | None, str | None, str | None, str | None]
"""code, signal, message, status"""


def result(asked: Asked, outcome: Outcome, output: str) -> dict[str, Any]:
    """`output`: both streams of the program as they came."""
    said = {"language": asked.runtime.names.language, "version": asked.runtime.version}
    compiled = compile_stage(asked, outcome)
    if outcome.executions:
        run = run_stage(asked, outcome.executions[0], output)
        return {**said, "run": run} if compiled is None else {**said, "run": run, "compile": compiled}
    # Piston tells what was not run as a copy of what did not compile.
    return {**said, "run": compiled, "compile": compiled}


def compile_stage(asked: Asked, outcome: Outcome) -> Stage | None:
    done = outcome.compile
    if done is None:
        return None
    return _stage(done, done.stdout + done.stderr, _of_compiler(done, _limits(asked)))


def run_stage(asked: Asked, done: Execution, output: str) -> Stage:
    return _stage(done, output or done.stdout + done.stderr, _of_program(done, _limits(asked)))


def exit_of(stage: Stage) -> Stage:
    """As the socket tells it. Piston says `code` and `signal`; the rest is more than its clients look for."""
    return {name: value for name, value in stage.items() if name not in ("stdout", "stderr", "output")}


def _limits(asked: Asked) -> Limits:
    return asked.job.limits or asked.runtime.known.limits


def _stage(done: Execution, output: str, ending: _Ending) -> Stage:
    code, killed_by, message, status = ending
    return {
        "signal": killed_by,
        "stdout": done.stdout,
        "stderr": done.stderr,
        "code": code,
        "output": output,
        "memory": done.memory_bytes,
        "message": message,
        "status": status,
        "cpu_time": round(done.cpu_ms),
        "wall_time": round(done.wall_ms),
    }


def _of_program(done: Execution, limits: Limits) -> _Ending:
    match done.verdict:
        case Verdict.TIME_LIMIT:
            on_the_clock = done.wall_ms >= limits.wall_seconds * 1000
            return _killed("TO", "Time limit exceeded (wall clock)" if on_the_clock else "Time limit exceeded")
        case Verdict.OUTPUT_LIMIT:
            of_stderr = len(done.stderr.encode()) > len(done.stdout.encode())
            return _killed(*(("EL", "stderr length exceeded") if of_stderr else ("OL", "stdout length exceeded")))
        case Verdict.MEMORY_LIMIT if done.exit_code is None:
            return _killed("SG", MEMORY)
        case Verdict.PROCESS_LIMIT if done.exit_code is None:
            return _killed("SG", PROCESSES)
        case Verdict.INTERNAL_ERROR:
            return None, None, done.message, "XX"
        case _:
            return _by_itself(done)


def _of_compiler(done: Execution, limits: Limits) -> _Ending:
    if done.verdict is Verdict.INTERNAL_ERROR:
        return None, None, done.message, "XX"
    if done.verdict is not Verdict.OK and done.exit_code in (None, 0):
        # Stopped, or what it made could not be taken: `code` must not be 0, which says that it compiled.
        if done.wall_ms >= limits.compile_seconds * 1000:
            return _killed("TO", "Time limit exceeded (wall clock)")
        return _killed("SG", done.message)
    return _by_itself(done)


def _by_itself(done: Execution) -> _Ending:
    if done.signal is not None:
        number = getattr(signal, done.signal, None)
        caught = f"Caught fatal signal {int(number)}" if isinstance(number, signal.Signals) else "Caught fatal signal"
        return None, done.signal, caught, "SG"
    if done.exit_code is None:
        return _killed("SG", done.message)
    if done.exit_code:
        return done.exit_code, None, f"Exited with error status {done.exit_code}", "RE"
    return 0, None, None, None


def _killed(status: str, message: str) -> _Ending:
    return None, signal.SIGKILL.name, message, status
