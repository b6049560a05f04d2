"""What is noted while somebody is interviewed: pasting into the code, leaving the tab, copying the statement. No I/O.

These are all. What exactly is told to the candidate before they join and in the room stands in one place of the web
app (`features/integrity/recorded.tsx`) and in docs/room.md: whoever adds something here changes both.
"""

import json
from dataclasses import asdict, dataclass
from typing import ClassVar, Literal, TypeAlias

from interview_platform.accounts.model import PersonId
from interview_platform.timeline.model import Entry, Event, EventKind


@dataclass(frozen=True, slots=True)
class Paste:
    """Into the code. Its size, never its text."""

    kind: ClassVar = EventKind.PASTE
    chars: int
    lines: int
    source: Literal["outside", "room"]
    """`room`: it had been copied in the room's page."""
    path: str
    """The file."""


@dataclass(frozen=True, slots=True)
class Focus:
    """They left the room's tab (`away`), or came back after `ms`."""

    kind: ClassVar = EventKind.FOCUS
    away: bool
    ms: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A part of the problem's statement."""

    kind: ClassVar = EventKind.COPY
    what: Literal["statement"]
    chars: int


Act: TypeAlias = Paste | Focus | Copy
KINDS = (EventKind.PASTE, EventKind.FOCUS, EventKind.COPY)
_OF_KIND: dict[EventKind, type[Paste | Focus | Copy]] = {
    EventKind.PASTE: Paste,
    EventKind.FOCUS: Focus,
    EventKind.COPY: Copy,
}
_FROM = "from"  # as it is stored; in Python it is no name


@dataclass(frozen=True, slots=True)
class Noted:
    seq: int
    """Of the timeline."""
    person: PersonId
    at: int
    act: Act


def entry_of(person: PersonId, at: int, act: Act) -> Entry:
    values = asdict(act)
    if isinstance(act, Paste):
        values[_FROM] = values.pop("source")
    return Entry(act.kind, person, at, json.dumps(values).encode())


def noted_of(event: Event) -> Noted:
    """`event` is of one of `KINDS`."""
    entry = event.entry
    assert entry.person is not None
    values = json.loads(entry.payload)
    if _FROM in values:
        values["source"] = values.pop(_FROM)
    return Noted(event.seq, entry.person, entry.at, _OF_KIND[entry.kind](**values))
