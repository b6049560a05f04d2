"""Control groups for the slots: version 2 where it is delegated to us, else a writable version 1, else none.

Groups are made below the one that the server is in, so whatever limits an administrator set for it go on to hold.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from interview_platform.execution.sandbox.protocol import GroupFiles
from interview_platform.kit.ids import new_id

_PREFIX = "interview-platform-"

# Half of a normal process's share, whatever the number of its threads: a busy sandbox does not slow the server down.
_CPU_SHARES_V1 = "512"
_CPU_WEIGHT_V2 = "50"

# The smallest that the kernel knows: for what may wait until nobody else wants the processor.
_CPU_BACKGROUND_V1 = "2"
_CPU_BACKGROUND_V2 = "1"
# Version 1 counts what lies in TCP connections apart, and not at all unless told so. Programs that talk to themselves
# over the loopback need little.
_TCP_BYTES_V1 = str(16 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Groups:
    """`name` is what people are told. `folders` are to be removed at the end, in this order."""

    name: str
    slots: Sequence[GroupFiles]
    folders: Sequence[Path]


def make_groups(slots: int, proc: Path = Path("/proc")) -> Groups | None:
    """One group per slot; None when this machine lets us have none."""
    own = _own_paths(proc)
    name = f"{_PREFIX}{os.getpid()}-{new_id(6)}"
    return _version_2(own, name, slots) or _version_1(own, name, slots)


def _version_2(own: dict[str, Path], name: str, slots: int) -> Groups | None:
    home = own.get("")
    if home is None:
        return None
    made: list[Path] = []
    try:
        if not {"memory", "pids"} <= set((home / "cgroup.controllers").read_text().split()):
            return None
        _delegate(home, made)
        base = _made(home / name, made)
        _enable(base)
        return Groups("cgroup v2", [_slot_2(base, number, made) for number in range(slots)], made[::-1])
    except OSError:
        _remove(made)
        return None


def _delegate(home: Path, made: list[Path]) -> None:
    """Let `home` have groups below it: a group that hands controllers on may hold no processes itself.

    Fails (busy) when others than this server are in it: then it was not delegated to us.
    """
    if {"memory", "pids"} <= set((home / "cgroup.subtree_control").read_text().split()):
        return
    leaf = _made(home / f"{_PREFIX}server", made)
    (leaf / "cgroup.procs").write_text(str(os.getpid()))
    try:
        _enable(home)
    except OSError:
        (home / "cgroup.procs").write_text(str(os.getpid()))
        raise
    made.remove(leaf)  # this process stays in it


def _enable(group: Path) -> None:
    (group / "cgroup.subtree_control").write_text("+memory +pids")
    with suppress(OSError):  # a share of the processor is welcome, not needed
        (group / "cgroup.subtree_control").write_text("+cpu")


def _slot_2(base: Path, number: int, made: list[Path]) -> GroupFiles:
    group = _made(base / f"slot-{number}", made)
    with suppress(OSError):  # no swap accounting: then there is no swap to escape to, or the limit is softer
        (group / "memory.swap.max").write_text("0")
    share = group / "cpu.weight"
    return GroupFiles(
        join=[str(group / "cgroup.procs")],
        memory_limit=str(group / "memory.max"),
        memory_events=str(group / "memory.events"),
        processes_limit=str(group / "pids.max"),
        processes_events=str(group / "pids.events"),
        cpu=str(share) if _written(share, _CPU_WEIGHT_V2) else None,
        cpu_share=_CPU_WEIGHT_V2,
        cpu_background=_CPU_BACKGROUND_V2,
    )


def _version_1(own: dict[str, Path], name: str, slots: int) -> Groups | None:
    if "memory" not in own or "pids" not in own:
        return None
    made: list[Path] = []
    try:
        for base in {own["memory"] / name, own["pids"] / name}:
            _made(base, made)
        groups = [_slot_1(own, f"{name}/slot-{number}", made) for number in range(slots)]
    except OSError:
        _remove(made)
        return None
    return Groups("cgroup v1", groups, made[::-1])


def _slot_1(own: dict[str, Path], name: str, made: list[Path]) -> GroupFiles:
    memory, processes = own["memory"] / name, own["pids"] / name
    for group in {memory, processes}:
        _made(group, made)
    with suppress(OSError):
        (memory / "memory.swappiness").write_text("0")
    with suppress(OSError):  # kernels without it
        (memory / "memory.kmem.tcp.limit_in_bytes").write_text(_TCP_BYTES_V1)
    cpu = _cpu_1(own, name, made)
    return GroupFiles(
        join=[str(group / "cgroup.procs") for group in {memory, processes}]
        + ([str(cpu / "cgroup.procs")] if cpu else []),
        memory_limit=str(memory / "memory.limit_in_bytes"),
        memory_events=str(memory / "memory.oom_control"),
        processes_limit=str(processes / "pids.max"),
        processes_events=str(processes / "pids.events"),
        cpu=str(cpu / "cpu.shares") if cpu else None,
        cpu_share=_CPU_SHARES_V1,
        cpu_background=_CPU_BACKGROUND_V1,
    )


def _cpu_1(own: dict[str, Path], name: str, made: list[Path]) -> Path | None:
    if "cpu" not in own:
        return None
    group = own["cpu"] / name
    try:
        for folder in (group.parent, group):
            if not folder.is_dir():
                _made(folder, made)
    except OSError:
        return None
    return group if _written(group / "cpu.shares", _CPU_SHARES_V1) else None


def _written(path: Path, value: str) -> bool:
    with suppress(OSError):
        path.write_text(value)
        return True
    return False


def _made(group: Path, made: list[Path]) -> Path:
    group.mkdir()
    made.append(group)
    return group


def _remove(made: list[Path]) -> None:
    for group in reversed(made):
        with suppress(OSError):
            group.rmdir()


def _own_paths(proc: Path) -> dict[str, Path]:
    """Controller -> directory of the group that this process is in; the key of version 2 is ""."""
    mounts = {name: (root, point) for name, root, point in _mounted(proc)}
    own: dict[str, Path] = {}
    with suppress(OSError):
        for line in (proc / "self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            for name in controllers.split(","):
                if name in mounts:
                    root, point = mounts[name]
                    # In a container the mount shows only what lies below the container's own group.
                    below = os.path.relpath(path, root)
                    own[name] = point if below.startswith("..") else point / below
    return own


def _mounted(proc: Path) -> Iterator[tuple[str, str, Path]]:
    """Controller ("" for version 2), which group is mounted, and where."""
    with suppress(OSError):
        for line in (proc / "self/mountinfo").read_text().splitlines():
            before, _, after = line.partition(" - ")
            root, point = before.split()[3:5]
            kind, _, options = after.split(" ", 2)
            if kind == "cgroup2":
                yield "", root, Path(point)
            elif kind == "cgroup":
                for option in options.split(","):
                    yield option, root, Path(point)
