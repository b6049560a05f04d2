"""Tries every protection for real, by attacking this machine from inside sandboxes. Takes a fraction of a second."""

import asyncio
import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview_platform.execution.sandbox import landlock
from interview_platform.execution.sandbox.home import place_code
from interview_platform.execution.sandbox.interpreters import find_python
from interview_platform.execution.sandbox.probe_inside import READABLE
from interview_platform.execution.sandbox.protocol import Cause
from interview_platform.execution.sandbox.sandbox import Sandbox
from interview_platform.execution.sandbox.slot import SlotLost
from interview_platform.execution.sandbox.spec import MB, Spec

_INSIDE = Path(__file__).with_name("probe_inside.py")
_INSIDE_CONFINED = Path(__file__).with_name("probe_confined.py")
_SECONDS = 20.0  # a machine so busy that a Python takes this long is no ground to run unprotected
_DISK = 2 * MB

# Goes on after it was refused, so that a watchdog gets to see it.
_FORK = """
import os, time
try:
    for _ in range(40): os.fork() or time.sleep(20)
finally:
    time.sleep(20)
"""
# Shared memory, because a watchdog that looks at the resident size of processes alone does not see all of it.
_FILL = "import mmap\nm = mmap.mmap(-1, 128 << 20)\nfor i in range(0, len(m), 4096): m[i] = 1"
# Waits at the end, so that a watchdog gets to see it.
_FILES = """
import time
for n in range(1000): open(f"/work/{n}", "w").close()
time.sleep(20)
"""
# No file is larger than may be, all of them together are.
_DISK_FULL = f"""
import time
for n in range(4): open(f"/work/{{n}}", "wb").write(bytes({_DISK // 2}))
time.sleep(20)
"""
_OUTRUN = "looked at every 20 ms: a program outruns it by what can be written meanwhile"
_SLEEP = "import time\ntime.sleep(20)"

_HOLDS: Mapping[str, str] = {
    "network": "no interface but its own loopback",
    "code": "what is to be run can be read",
    "files": "nothing of this machine but its programs",
    "writing": "only into its own memory, up to a size",
    "other processes": "none to be seen, and none of the server's environment",
    "rights": "an ordinary user's",
    "system calls": "a filter refuses the dangerous ones",
}

_HOLDS_CONFINED: Mapping[str, str] = {
    **_HOLDS,
    "network": "no socket can be made",
    "files": "nothing of this machine can be opened but its programs",
    "writing": "only into its own folder, no file above a size",
    "other processes": "none can be sent a signal, be read or traced",
    "rights": "an ordinary user without capabilities, who can gain none",
}


@dataclass(frozen=True, slots=True)
class Protection:
    name: str
    holds: bool
    detail: str
    required: bool = True
    """Without it nothing is run."""


@dataclass(frozen=True, slots=True)
class Report:
    """`available`: every protection holds. Else `reason` says which do not, for people."""

    protections: Sequence[Protection]
    available: bool
    reason: str

    @classmethod
    def none(cls, reason: str) -> "Report":
        return cls([Protection("sandbox", False, reason)], False, reason)

    @classmethod
    def of(cls, protections: Sequence[Protection]) -> "Report":
        failed = [
            f"{protection.name} ({protection.detail})"
            for protection in protections
            if protection.required and not protection.holds
        ]
        reason = f"The sandbox is not what it must be: {'; '.join(failed)}. See docs/execution.md." if failed else ""
        return cls(protections, not failed, reason)


async def probe(sandbox: Sandbox) -> Report:
    try:
        attacks, fresh, memory, processes, files, time = await asyncio.gather(
            _attacks(sandbox),
            _attacks(sandbox, from_nothing=True),
            _limit(sandbox, _FILL, Cause.MEMORY, memory_bytes=48 * MB),
            _limit(sandbox, _FORK, Cause.PROCESSES, processes=16),
            _limit(sandbox, _FILES, Cause.FILES, files_bytes=_DISK),
            _limit(sandbox, _SLEEP, Cause.TIME, wall_seconds=0.2),
        )
        disk = await _disk(sandbox)
    except SlotLost:
        return Report.none("The process that starts sandboxes died.")
    return Report.of(
        [
            *(one if not one.holds else other for one, other in zip(attacks, fresh, strict=True)),
            Protection("memory", memory == "", memory or f"shared memory counts; held by {sandbox.control}"),
            Protection("processes", processes == "", processes or f"held by {sandbox.control}"),
            Protection("number of files", files == "", files or "one for every 4 KB of the disk"),
            *disk,
            Protection("time", time == "", time or "the whole tree is killed"),
            Protection(
                "control groups",
                sandbox.control != "watchdog",
                sandbox.control if sandbox.control != "watchdog" else "not ours to use: a watchdog looks every 20 ms",
                required=False,
            ),
            *_of_namespaces(sandbox),
            *_of_fork_servers(sandbox),
            *_weaknesses(sandbox),
        ]
    )


def _of_namespaces(sandbox: Sandbox) -> Sequence[Protection]:
    host = sandbox.host
    if host.confined:
        return []
    proc = "mounted" if host.new_proc else "none can be mounted here: programs see an empty one"
    rows = [Protection("fresh /proc", host.new_proc, proc, required=False)]
    if not host.own_users:
        detail = "none here: a set-uid bubblewrap makes the other namespaces"
        rows.append(Protection("user namespaces", False, detail, required=False))
        rows.append(Protection("size of the disk", False, _OUTRUN, required=False))
    return rows


async def _disk(sandbox: Sandbox) -> Sequence[Protection]:
    """Where the file system has no size of its own. Where it has, `writing` has shown it."""
    if sandbox.host.own_users:
        return []
    disk = await _limit(sandbox, _DISK_FULL, Cause.FILES, files_bytes=_DISK)
    return [Protection("disk", disk == "", disk or "looked at every 20 ms")]


def _weaknesses(sandbox: Sandbox) -> Sequence[Protection]:
    """What cannot be had without namespaces."""
    if not sandbox.host.confined:
        return []
    abi = sandbox.host.landlock
    signals = abi >= landlock.ABI_SIGNALS
    own_user = os.geteuid() == 0
    lacking = {
        "namespaces": (False, f"none: Landlock (version {abi}) stands in for them. WEAK, allowed by RUNNER_WEAK"),
        "process numbers": (False, "a program learns which there are on this machine, not what they are"),
        "names of files": (False, "a program learns whether a path exists, and size, times, owner of what is there"),
        "host name": (False, "a program learns it"),
        "size of the disk": (False, _OUTRUN),
        "files in flight": (False, "deleted files on their way from process to process are counted by nobody"),
        "signals": (signals, "kept inside by the kernel" if signals else "a program can send some to itself alone"),
        "end of a run": (
            signals,
            "in one call" if signals else "all are stopped, one by one, then killed",
        ),
        "user of its own": (own_user, "for each place" if own_user else "none: programs run as the server's user"),
    }
    return [Protection(name, holds, detail, required=False) for name, (holds, detail) in lacking.items()]


def _of_fork_servers(sandbox: Sandbox) -> Sequence[Protection]:
    if not sandbox.wants_forks:
        return []
    detail = "sandboxes are copies" if sandbox.forks else "none here: every sandbox is made from nothing, 10 ms slower"
    return [Protection("fork servers", sandbox.forks, detail, required=False)]


async def _attacks(sandbox: Sandbox, *, from_nothing: bool = False) -> Sequence[Protection]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        script = _INSIDE_CONFINED if sandbox.host.confined else _INSIDE
        server = (str(os.getpid()),) if sandbox.host.confined else ()
        inside = ("-c", script.read_text(), str(port), str(sandbox.host.accounts), str(_DISK), *server)
        cause, said = await _run(sandbox, inside, from_nothing=from_nothing)
    try:
        found = json.loads(said)
    except ValueError:
        return [Protection(name, False, f"could not be tried: {cause}, {_last_line(said)}") for name in _HOLDS]
    holds = _HOLDS_CONFINED if sandbox.host.confined else _HOLDS
    return [Protection(name, found[name] == "", found[name] or detail) for name, detail in holds.items()]


async def _limit(sandbox: Sandbox, program: str, expected: Cause, **limits: Any) -> str:
    """Empty when `program` was stopped as expected."""
    cause, said = await _run(sandbox, ("-c", program), **limits)
    return "" if cause is expected else f"does not hold: ended by {cause} {_last_line(said)}".strip()


async def _run(
    sandbox: Sandbox, arguments: Sequence[str], *, from_nothing: bool = False, **limits: Any
) -> tuple[Cause, str]:
    python = find_python()
    settings = {
        "wall_seconds": _SECONDS,
        "memory_bytes": 256 * MB,
        "processes": 16,
        "files_bytes": _DISK,
        **limits,
    }
    spec = Spec(
        program=(python.program, "-I", "-S", *arguments),
        wall_seconds=settings["wall_seconds"],
        cpu_seconds=_SECONDS,
        memory_bytes=int(settings["memory_bytes"]),
        processes=int(settings["processes"]),
        files_bytes=int(settings["files_bytes"]),
        mounts=python.mounts,
        from_nothing=from_nothing,
    )
    said = bytearray()
    async with sandbox.slot() as slot:
        place_code(slot.code / READABLE, b"print()")
        ended = await slot.run(spec, sandbox.host, b"", said.extend, said.extend)
    return ended.cause, said.decode(errors="replace")


def _last_line(said: str) -> str:
    return said.strip().rpartition("\n")[2][-300:]
