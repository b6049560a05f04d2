"""One entry of a session's log. No I/O."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from interview_platform.accounts.model import PersonId


class EventKind(StrEnum):
    DOCUMENT = "document"  # payload: one Yjs update (v1 encoding)
    CHAT = "chat"  # payload: JSON {messageId}
    RUN_STARTED = "run.started"  # payload: JSON {runId, language}
    RUN_INPUT = "run.input"  # typed to a program; payload: JSON {runId, text, ended}
    RUN_STOPPED = "run.stopped"  # somebody pressed Stop; payload: JSON {runId}
    RUN_FINISHED = "run.finished"  # payload: JSON {runId, verdict}
    JOINED = "joined"  # payload: JSON {role}, with {waiting: true} when only in the lobby
    LEFT = "left"  # payload: empty, or JSON {by} when they were shown out
    ENDED = "ended"  # payload: empty
    RECORDING_STARTED = "recording.started"  # of the call, by its provider; payload: JSON {recordingId}
    RECORDING_ENDED = "recording.ended"  # payload: JSON {recordingId}
    STAFF = "staff"  # payload: one Yjs update of the interviewers' document
    ROLE = "role"  # `person` has another role; payload: JSON {role, by}
    HOST = "host"  # `person` is the host now, handed over by the one before; payload: JSON {from}
    ADMITTED = "admitted"  # from the lobby; payload: JSON {by}
    SENT_BACK = "sent_back"  # to the lobby; payload: JSON {by}
    STARTED = "started"  # what was prepared is open to all; payload: empty
    SETTINGS = "settings"  # lock, timer, quiet time, AI policy, lobby, seats; payload: JSON, what changed
    ONLINE = "online"  # payload: empty
    OFFLINE = "offline"  # payload: empty
    PAD = "pad"  # payload: JSON {padId, problem, title}
    CHAT_EDITED = "chat.edited"  # payload: JSON {messageId}
    CHAT_DELETED = "chat.deleted"  # payload: JSON {messageId}
    FOCUS = "focus"  # payload: JSON {away, ms}
    PASTE = "paste"  # payload: JSON {chars, lines, from: "outside" | "room", path}
    COPY = "copy"  # payload: JSON {what: "statement", chars}


class DocumentName(StrEnum):
    """The documents of a session. Who may open one is decided for the whole document, never for a part of it."""

    MAIN = "main"
    STAFF = "staff"

    @property
    def kind(self) -> EventKind:
        """Of the entries that hold its updates."""
        return EventKind.DOCUMENT if self is DocumentName.MAIN else EventKind.STAFF


class Entry(NamedTuple):
    """Something to be written down: who did what when (server time, ms). `person` is None for the server's own acts.

    (One is made for every key that is pressed: of a frozen dataclass that takes three times as long.)
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
