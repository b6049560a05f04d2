"""Ending sandboxes so that nothing is left. Standard library only: the slot process imports it."""

import os
import signal
import time
from contextlib import suppress

from interview_platform.execution.sandbox.watch import children

_LOOK_SECONDS = 0.001  # between two looks whether what was killed is gone


def bury(monitor: int) -> tuple[float, int]:
    """Kill and collect `monitor` (bubblewrap) and every other child of this process.

    Returns CPU seconds of all of it, and the largest resident size in bytes.

    Killing bubblewrap kills its child (--die-with-parent), which is process 1 of the sandbox, and with that the kernel
    kills the rest. Process 1 is ours to collect then (PR_SET_CHILD_SUBREAPER), and the kernel hands it over only when
    nothing of its namespace is left.
    """
    cpu, memory = 0.0, 0
    with suppress(ProcessLookupError):
        os.kill(monitor, signal.SIGKILL)
    while left := children(os.getpid()):
        collected = 0
        for child in left:
            pid, _, usage = os.wait4(child, os.WNOHANG)
            if pid:
                collected += 1
                cpu += usage.ru_utime + usage.ru_stime
                memory = max(memory, usage.ru_maxrss * 1024)
            elif child != monitor:
                # bubblewrap can die before its child has asked to die with it.
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        if not collected:
            time.sleep(_LOOK_SECONDS)
    return cpu, memory
