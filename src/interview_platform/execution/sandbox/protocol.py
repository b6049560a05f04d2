"""What the server and its slot processes say to each other. Standard library only: the slot process imports it.

One SOCK_SEQPACKET pair per slot. Server: perhaps `Base` once, then `Launch` (JSON, with the descriptors for standard
input, output and error, and the two of the channel if there is one), then for that run any number of "signal N", "go"
with an `Allowance` when it is held, and perhaps KILL. Slot: `Hello` once, then for each launch WENT for every "go", one
`Ended`, as JSON, when it knows how the program ended, and BURIED when nothing of it is left. End of file on the socket
means that the server is gone: the slot kills what it runs and ends.
"""

import json
import signal
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

KILL = b"kill"
_SIGNAL = b"signal "
_GO = b"go "
WENT = b"went"
BURIED = b"buried"
ARGUMENTS_BYTES = 16 * 1024  # of one program: as JSON of the strangest characters it is six times as long
PACKET_MAX = 160 * 1024  # a Launch with such arguments is 110 KB; a socket takes 200

# Descriptors as the sandboxed side sees them.
STATUS_FD = 3  # the supervisor's report
CONTROL_FD = 3  # of the fork server, which is no run and reports nothing
SECCOMP_FD = 4  # bubblewrap reads the filter here and closes it
CHANNEL_FDS = (5, 6)  # of kit/exchange.py: what the program reads, what it writes

MAX_FDS = 5  # that come with a launch

WORKPLACE = "workplace"
"""Name in `Setup.stage` of the folder that is WORK where there are no namespaces."""


class Cause(StrEnum):
    """What ended a process."""

    ITSELF = "itself"
    TIME = "time"
    MEMORY = "memory"
    PROCESSES = "processes"
    FILES = "files"  # their number; of their size the disk itself takes care
    KILLED = "killed"  # the server said so
    NOT_STARTED = "not started"  # bubblewrap or the supervisor failed; standard error says why


@dataclass(frozen=True, slots=True)
class GroupFiles:
    """A control group of the slot's own: paths of its files, alike for both versions of cgroups."""

    join: Sequence[str]
    memory_limit: str
    memory_events: str
    """Has a line `oom_kill N`."""
    processes_limit: str
    processes_events: str
    """Has a line `max N`."""
    cpu: str | None = None
    """Where its share of the processor stands; None when that cannot be had."""
    cpu_share: str = ""
    cpu_background: str = ""
    """The smallest share there is."""


@dataclass(frozen=True, slots=True)
class Setup:
    """`uid`: become this user; None: stay who you are. `stage`: name -> path that this user must be able to read."""

    bwrap: str
    seccomp_fd: int
    uid: int | None
    stage: Mapping[str, str]
    group: GroupFiles | None
    unsized: bool = False
    """WORK is a tmpfs that takes as much as it gets."""
    confined: bool = False
    """There are no namespaces. `stage` has the folder WORKPLACE then, which is this user's."""

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def of_json(cls, text: str) -> "Setup":
        said = json.loads(text)
        if said["group"]:
            said["group"] = GroupFiles(**said["group"])
        return cls(**said)


@dataclass(frozen=True, slots=True)
class Hello:
    staged: Mapping[str, str]
    """Name -> path to bind from, of everything in `Setup.stage`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a program may use. Bytes and seconds."""

    wall_seconds: float
    cpu_seconds: int
    memory_bytes: int
    processes: int
    task_limit: int
    """RLIMIT_NPROC in the sandbox's user namespace: `processes` and what else is in there."""
    file_bytes: int
    stack_bytes: int


@dataclass(frozen=True, slots=True)
class Confinement:
    """A sandbox without namespaces (confined.py): paths are this machine's own."""

    landlock: int
    """Which version there is."""
    program: Sequence[str]
    environment: Mapping[str, str]
    """All of it."""
    read: Sequence[str]
    devices: Sequence[str]
    work: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch(Allowance):
    """`arguments` are bubblewrap's; with `confined` there are none.

    `held`: no clock runs before "go", which may come more than once.

    `background`: whatever else wants the processor goes first; until "go".
    """

    arguments: Sequence[str]
    held: bool = False
    background: bool = False
    program: Sequence[str]
    script: str | None
    """For the fork server, as is what follows: the Python file in `program` that its own interpreter is to run."""
    from_nothing: bool
    live: bool
    environment: Mapping[str, str]
    confined: Confinement | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """Have a fork server: bubblewrap's arguments for it."""

    base: Sequence[str]
    file_bytes: int
    """Of the disk of the sandboxes that it makes ahead."""


@dataclass(frozen=True, slots=True)
class Ended:
    cause: Cause
    status: int | None
    """As wait(2) gives it; None when the supervisor could not tell."""
    wall_ms: float
    cpu_ms: float
    memory_bytes: int
    forked: bool = False
    """Out of a fork server."""


def encode(message: Hello | Base | Launch | Ended) -> bytes:
    # Not asdict, which copies every word of bubblewrap's arguments: a tenth of a millisecond of every run.
    said = {field.name: getattr(message, field.name) for field in fields(message)}
    return json.dumps(said, default=asdict).encode()


def hello_of(packet: bytes) -> Hello:
    return Hello(**json.loads(packet))


def order_of(packet: bytes) -> Launch | Base | None:
    """None when the packet is about a run, which has ended then: it crossed our answer."""
    if not packet.startswith(b"{"):
        return None
    said = json.loads(packet)
    if "base" in said:
        return Base(**said)
    if said["confined"]:
        said["confined"] = Confinement(**said["confined"])
    return Launch(**said)


def go_packet(allowance: Allowance) -> bytes:
    return _GO + json.dumps(asdict(allowance)).encode()


def go_of(packet: bytes) -> Allowance | None:
    return Allowance(**json.loads(packet.removeprefix(_GO))) if packet.startswith(_GO) else None


def signal_packet(number: signal.Signals) -> bytes:
    return _SIGNAL + b"%d" % number


def signal_of(packet: bytes) -> int | None:
    return int(packet.removeprefix(_SIGNAL)) if packet.startswith(_SIGNAL) else None


def ended_of(packet: bytes) -> Ended:
    said = json.loads(packet)
    return Ended(**{**said, "cause": Cause(said["cause"])})
