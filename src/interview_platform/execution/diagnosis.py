"""What a checker of types says to a source: beside the runs, never on their way."""

from interview_platform.execution.languages.base import Installed
from interview_platform.execution.model import Job
from interview_platform.execution.output import Captured
from interview_platform.execution.ports import QueueFull
from interview_platform.execution.queue import Queue
from interview_platform.execution.sandbox.home import place_code
from interview_platform.execution.sandbox.protocol import Cause
from interview_platform.execution.sandbox.sandbox import Sandbox
from interview_platform.execution.sandbox.slot import SlotLost
from interview_platform.execution.sandbox.spec import MB, Spec

_SECONDS = 20.0  # in the background on a busy machine; tsc takes 1.4 s of processor time
_MEMORY_BYTES = 512 * MB  # tsc takes 180 for a small program
_PROCESSES = 64
_FILES_BYTES = 16 * MB
_SAID_BYTES = 64 * 1024  # nobody reads more errors than that


async def diagnosed(installed: Installed, job: Job, sandbox: Sandbox, queue: Queue) -> str:
    """Empty when there is nothing to say, or when it did not come to an end.

    Raises QueueFull while runs need the processor.
    """
    step = installed.language.check(installed.tools)
    if step is None:
        return ""
    slot = sandbox.take_spare() if queue.running < queue.places and not queue.waiting else None
    if slot is None:
        raise QueueFull
    said = Captured(_SAID_BYTES, _ignored, slot.kill)
    try:
        for file in job.files:
            place_code(slot.code / file.name, file.content)
        place_code(slot.code / installed.language.file_name, job.source.encode(errors="replace"))
        spec = Spec(
            step.command,
            *(_SECONDS, _SECONDS, _MEMORY_BYTES, _PROCESSES, _FILES_BYTES),
            environment=step.environment,
            mounts=installed.tools.mounts,
        )
        ended = await slot.run(spec, sandbox.host, b"", said.feed, _ignored, background=True)
    except SlotLost:
        return ""
    finally:
        slot.kill()
        sandbox.give_back(slot)
    return said.text() if ended.cause is Cause.ITSELF or said.full else ""


def _ignored(said: object) -> None:
    """It is asked for all of it at the end; and what a checker complains of is not about the program."""
    del said
