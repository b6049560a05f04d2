"""All inputs of a job: by one program that answers every one, or by a program for each."""

import time
from collections.abc import Sequence

from interview_platform.execution.attempt import TOO_LATE, Attempt
from interview_platform.execution.compiling import NotCompiled
from interview_platform.execution.conversation import converse
from interview_platform.execution.model import Execution, Outcome, Verdict
from interview_platform.execution.verdicts import stopped


async def worked(attempt: Attempt) -> Outcome:
    try:
        executions = await (converse if attempt.job.exchange else _executed)(attempt)
    except NotCompiled as failed:
        return Outcome(failed.execution)
    return Outcome(attempt.compiled, tuple(executions))


async def _executed(attempt: Attempt) -> Sequence[Execution]:
    job = attempt.job
    started = time.monotonic()
    executions: list[Execution] = []
    for stdin in job.inputs:
        if attempt.control.stopped:
            executions.append(stopped())
            break
        if executions and job.total_seconds is not None and time.monotonic() - started >= job.total_seconds:
            executions.append(TOO_LATE)
            continue
        executions.append(await attempt.run(stdin))
        failed = executions[-1].verdict is not Verdict.OK
        if executions[-1].verdict is Verdict.STOPPED or (failed and job.stop_at_first_failure):
            break
    return executions
