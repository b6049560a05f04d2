"""One entry of a session's log. No I/O."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from interview_platform.accounts.model import PersonId


class EventKind(StrEnum):
    DOCUMENT = "document"  # payload: one Yjs update (v1 encoding)
    CHAT = "chat"  # payload: JSON {messageId}
    RUN_STARTED = "run.started"  # payload: JSON {runId, language}
    RUN_INPUT = "run.input"  # typed to a program; payload: JSON {runId, text, ended}
    RUN_STOPPED = "run.stopped"  # somebody pressed Stop; payload: JSON {runId}
    RUN_FINISHED = "run.finished"  # payload: JSON {runId, verdict}
    JOINED = "joined"  # payload: JSON {role}
    LEFT = "left"  # payload: empty
    ENDED = "ended"  # payload: empty
    RECORDING_STARTED = "recording.started"  # of the call, by its provider; payload: JSON {recordingId}
    RECORDING_ENDED = "recording.ended"  # payload: JSON {recordingId}


class Entry(msgspec.Struct, frozen=True):
    """Something to be written down: who did what when (server time, ms). `person` is None for the server's own acts.

    (One is made for every letter, so it is made in C.)
    """

    kind: EventKind
    person: PersonId | None
    at: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Event:
    """An entry as stored. `seq` counts 1, 2, 3… within its session, without a gap."""

    seq: int
    entry: Entry
