"""The limits of this API, each with its reason. Those with Piston's names can be set (docs/configuration.md)."""

from dataclasses import dataclass

from interview_platform.execution.languages.base import (
    COMPILE_MEMORY,
    COMPILE_SECONDS,
    CPU_SECONDS,
    OUTPUT_BYTES,
    WALL_SECONDS,
)
from interview_platform.kit.rate_limit import Limit

RUN_DEFAULT = 3_000  # ms; what Piston gives to who does not ask
COMPILE_DEFAULT = 10_000

BODY_MAX = 2 * 1024 * 1024  # bytes; Piston's 100 KB are too little for the large tests of our own problems
FILES_MAX = 100  # a program of a hundred files is a project, and each costs the sandbox a call
TYPED_MAX = 1_000_000  # characters into one program over a socket: what is not read yet is held in memory
INIT_SECONDS = 1.0  # Piston's own

_REQUESTS = Limit(300, 60)


@dataclass(frozen=True, slots=True)
class PistonLimits:
    """Maxima: times in ms, sizes in bytes. More is refused; without a word it is Piston's own defaults."""

    run_timeout: int = round(WALL_SECONDS * 1000)
    run_cpu_time: int = round(CPU_SECONDS * 1000)
    compile_timeout: int = round(COMPILE_SECONDS * 1000)
    compile_cpu_time: int = round(COMPILE_SECONDS * 1000)
    compile_memory_limit: int = COMPILE_MEMORY
    output_max_size: int = OUTPUT_BYTES
    """Of a stream. Piston's own default is 1,024 characters."""
    requests: Limit = _REQUESTS
    """Per person. The public Piston took five a second; here they need not be spread evenly."""
    jobs_at_once: int = 8
    """Per person, in the runner or its queue: what else they ask for waits here and takes nobody's place there."""
    jobs_open: int = 64
    """Per person, those that wait here included: as many as Piston works on at once."""
