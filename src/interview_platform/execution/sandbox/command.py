"""bubblewrap's arguments: what the inside of a sandbox looks like."""

import math
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from interview_platform.execution.sandbox.protocol import (
    CONTROL_FD,
    SECCOMP_FD,
    WORKPLACE,
    Allowance,
    Base,
    Confinement,
    Launch,
)
from interview_platform.execution.sandbox.spec import CODE, CODE_FROM, WORK, Forker, Mount, Spec
from interview_platform.execution.sandbox.syscalls import ARCHITECTURES

# What a merged-/usr system links to /usr, and an older one has as directories.
_SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")

# Parts of /etc without which tool chains do not work: the linker's cache, Debian's choice of commands.
_ETC = ("ld.so.cache", "alternatives")

_DEVICES = ("null", "zero", "full", "random", "urandom")

# No user of the host has anything to do with it. Not 0: programs that look find out that they are nobody special.
_USER = 1000

_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": WORK,
    "TMPDIR": WORK,
    "LANG": "C.UTF-8",
    "USER": "sandbox",
}

# What programs look for and may not open, where it is there to be seen. They get on without what is not there.
_CONFINED = {"OPENSSL_CONF": "/dev/null"}

# Of the supervisor and of what the kernel counts per user, above the program's own number.
_PROCESS_SLACK = 32

# A path of the inside: at the beginning of a word, or behind an option of a letter or two (-Fu/code).
_BEGINS = r"(?:^|(?<=[\s:=,;'\"(<>&|@])|(?<=^-\w)|(?<=^-\w\w))"

# Of a held program, until its run says how many: a limit can only go down.
_HELD_TASKS = 1024


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Process 1 of a sandbox. `command` is followed by the limit of processes, `extra`, and the program."""

    command: Sequence[str]
    extra: Sequence[str]
    mounts: Sequence[Mount]


@dataclass(frozen=True, slots=True)
class Host:
    """What all sandboxes of this machine have in common. `new_proc`: a fresh /proc can be mounted here."""

    supervisor: Supervisor
    accounts: Path
    """A passwd file with the sandbox's one user."""
    new_proc: bool
    exact_processes: bool
    """A control group counts processes, so the rlimit is only the second line and may be wider."""
    own_users: bool = True
    """Sandboxes have user namespaces of their own. Else bubblewrap is set-uid, or there is none (`confined`)."""
    landlock: int = 0
    """There are no namespaces at all, and this version of Landlock instead of them."""

    @property
    def confined(self) -> bool:
        return self.landlock > 0


def launch(
    spec: Spec, host: Host, code: str, staged: Mapping[str, str], *, held: bool = False, background: bool = False
) -> Launch:
    """`code`: directory to show as CODE. `staged`: mount name -> where its source can be read."""
    may = allowance(spec, host)
    tasks = _HELD_TASKS if held else may.task_limit
    bare = host.confined
    return Launch(
        arguments=[] if bare else [*_sandbox(spec, host, code, staged), "--", *_supervision(host, tasks)],
        confined=confinement(spec, host, code, staged) if bare else None,
        held=held,
        background=background,
        program=spec.program,
        script=spec.script,
        from_nothing=spec.from_nothing,
        live=spec.live,
        environment=spec.environment,
        **{field.name: getattr(may, field.name) for field in fields(may)},
    )


def allowance(spec: Spec, host: Host) -> Allowance:
    return Allowance(
        wall_seconds=spec.wall_seconds,
        cpu_seconds=math.ceil(spec.cpu_seconds),
        memory_bytes=spec.memory_bytes,
        processes=spec.processes,
        task_limit=spec.processes + (_PROCESS_SLACK if host.exact_processes else 1) + _neighbours(host),
        file_bytes=spec.files_bytes,
        stack_bytes=spec.stack_bytes,
    )


def _neighbours(host: Host) -> int:
    """At most so many tasks has the program's user besides: without a namespace the kernel counts them, too.

    All that there are, of every user: the watchdog is exact.
    """
    if host.own_users:
        return 0
    return int(Path("/proc/loadavg").read_text().split()[3].partition("/")[2])


def confinement(spec: Spec, host: Host, code: str, staged: Mapping[str, str]) -> Confinement:
    """Nothing can be shown elsewhere than where it is, so programs are told where that is."""
    work = staged[WORKPLACE]
    places = {mount.target: staged.get(mount.name, str(mount.source)) for mount in spec.mounts}
    outside = {**places, CODE: code, WORK: work}
    inside = re.compile(f"{_BEGINS}({'|'.join(sorted(map(re.escape, outside), reverse=True))})(?![\\w.-])")

    def told(text: str) -> str:
        return inside.sub(lambda found: outside[found[1]], text)

    system = [str(path) for name in _SYSTEM if not (path := Path("/", name)).is_symlink()]
    return Confinement(
        landlock=host.landlock,
        program=[told(word) for word in spec.program],
        environment={name: told(value) for name, value in {**_ENVIRONMENT, **_CONFINED, **spec.environment}.items()},
        read=["/usr", *system, *(f"/etc/{name}" for name in _ETC), code, *places.values()],
        devices=[f"/dev/{name}" for name in _DEVICES],
        work=work,
    )


def _supervision(host: Host, tasks: int) -> list[str]:
    return [*host.supervisor.command, str(tasks), *host.supervisor.extra]


def base(forker: Forker, mounts: Sequence[Mount], host: Host, code: str, staged: Mapping[str, str]) -> Base:
    """The sandbox in which a fork server makes the sandboxes of runs, with `mounts` for all of them.

    As `_sandbox`, but for what every run gets anew: the filter, which would forbid making namespaces, CODE and WORK.
    """
    clone = ARCHITECTURES[platform.machine()].numbers["clone"]
    numbers = " ".join(map(str, (CONTROL_FD, SECCOMP_FD, clone)))
    return Base(
        [
            *_namespaces({**_ENVIRONMENT, **forker.environment, "FORK_SERVER": numbers}),
            *_system(),
            *_devices(),
            *("--proc", "/proc"),
            *("--ro-bind", str(staged.get("passwd", host.accounts)), "/etc/passwd"),
            *("--dir", WORK),
            *_links(),
            *_mounts((*mounts, *forker.mounts), staged, "--ro-bind-try"),  # of a language that is being removed
            *("--ro-bind", code, CODE_FROM),
            *("--dir", CODE),
            *("--remount-ro", "/"),
            *("--chdir", WORK),
            "--",
            *forker.program,
        ],
        forker.files_bytes,
    )


def _sandbox(spec: Spec, host: Host, code: str, staged: Mapping[str, str]) -> list[str]:
    return [
        *_namespaces({**_ENVIRONMENT, **spec.environment}, own_users=host.own_users),
        *("--seccomp", str(SECCOMP_FD)),
        *_system(),
        *_devices(),
        # Read-only, so that a program cannot have itself spared when the machine is out of memory (oom_score_adj).
        *(("--proc", "/proc", "--remount-ro", "/proc") if host.new_proc else ("--dir", "/proc")),
        *("--ro-bind", str(staged.get("passwd", host.accounts)), "/etc/passwd"),
        *(("--size", str(spec.files_bytes)) if host.own_users else ()),  # forbidden where it is set-uid
        *("--tmpfs", WORK),
        *_links(),
        *_mounts((*host.supervisor.mounts, *spec.mounts), staged),
        *("--ro-bind", code, CODE),
        *("--remount-ro", "/"),  # bubblewrap's root is a tmpfs without a size
        *("--chdir", WORK),
    ]


def _namespaces(environment: Mapping[str, str], *, own_users: bool = True) -> list[str]:
    return [
        *(("--unshare-user", "--uid", str(_USER), "--gid", str(_USER)) if own_users else ()),
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--hostname", "sandbox"),
        "--unshare-cgroup-try",  # kernels without cgroup namespaces have nothing to hide there
        *("--die-with-parent", "--new-session", "--as-pid-1"),
        "--clearenv",
        *(word for name, value in environment.items() for word in ("--setenv", name, value)),
    ]


def _links() -> Sequence[str]:
    return ("--symlink", WORK, "/tmp", "--symlink", WORK, "/dev/shm")  # noqa: S108 - inside


@cache  # a machine does not change between the two in a server's life
def _system() -> Sequence[str]:
    words = ["--ro-bind", "/usr", "/usr"]
    for name in _SYSTEM:
        path = Path("/", name)
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            words += ["--ro-bind", str(path), str(path)]
    for name in _ETC:
        words += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return words


@cache
def _devices() -> Sequence[str]:
    # Not --dev: it would come with a writable tmpfs without a size, and with terminals, of which a machine has 4096.
    words = ["--dir", "/dev"]
    for name in _DEVICES:
        words += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    for name, number in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        words += ["--symlink", f"/proc/self/fd{number}", f"/dev/{name}"]
    return words


def _mounts(mounts: Sequence[Mount], staged: Mapping[str, str], how: str = "--ro-bind") -> list[str]:
    words: list[str] = []
    for target, source in {m.target: staged.get(m.name, str(m.source)) for m in mounts}.items():
        words += [how, source, target]
    return words
