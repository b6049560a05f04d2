"""Cleans up after the server, also after one that was killed: a shell that waits for the server's end of a pipe."""

import asyncio
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Removing a control group works once its last process is gone, which the slots see to on their own. So it is with the
# folder where programs write into it (workplace.py), who may also have closed to its owner what they made.
_SCRIPT = """
trap '' HUP INT TERM
read -r _
tries=0
until rm -rf -- "$1" 2>/dev/null || [ $tries -ge 100 ]; do
    tries=$((tries + 1))
    chmod -R u+rwx -- "$1" 2>/dev/null
    sleep 0.05
done
shift
tries=0
while [ $# -gt 0 ] && [ $tries -lt 100 ]; do
    if rmdir -- "$1" 2>/dev/null || [ ! -d "$1" ]; then
        shift
    else
        tries=$((tries + 1))
        sleep 0.05
    fi
done
"""


class Janitor:
    def __init__(self, folder: Path, groups: Sequence[Path]) -> None:
        """When this process ends: remove `folder` with all that is in it, then the (empty) `groups` in order."""
        self._shell = subprocess.Popen(  # noqa: S603 - constant
            ["/bin/sh", "-c", _SCRIPT, "janitor", str(folder), *map(str, groups)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={"PATH": "/usr/bin:/bin"},
        )

    async def clean(self) -> None:
        """Do it now."""
        if self._shell.stdin is not None:
            self._shell.stdin.close()
        await asyncio.to_thread(self._shell.wait)
