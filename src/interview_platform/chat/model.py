"""A chat message, and what goes with it. No I/O."""

import json
from dataclasses import dataclass

from interview_platform.accounts.model import PersonId
from interview_platform.timeline.model import Entry, EventKind

TEXT_MAX = 8_000  # a long code block fits; a paste of a whole log does not
ATTACHMENTS_MAX = 4  # to a message: more is an archive's business
ATTACHMENT_MAX_BYTES = 5 * 1024 * 1024  # a phone's photo or a log; in base64 it fits into a request
ATTACHMENTS_MAX_BYTES = 100 * 1024 * 1024  # of one session: they are kept in the database
NAME_MAX = 120  # characters of a file's name; more does not fit where it is shown

# All that can be answered with. One character each, so that two devices never send the same picture in two ways.
EMOJI = ("👍", "👎", "😄", "🎉", "🤔", "👀", "🙏", "✅", "❌", "🚀", "😮", "💡")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as the message tells of it; the content is fetched by its id."""

    id: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    """Of a picture, in pixels; None: no picture, only to be downloaded."""
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    emoji: str
    person: PersonId


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    seq: int
    """Counts 1, 2, 3… within its session."""
    person: PersonId
    name: str
    text: str
    at: int
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    edited_at: int | None = None
    deleted_at: int | None = None
    """Then text, attachments and reactions are gone."""
    rev: int = 0
    """Goes up with every change: of two accounts of a message the one with the higher is newer."""

    @property
    def entry(self) -> Entry:
        """What stands in the timeline."""
        return entry_of(EventKind.CHAT, self.id, self.person, self.at)


def entry_of(kind: EventKind, message: str, person: PersonId, at: int) -> Entry:
    return Entry(kind, person, at, json.dumps({"messageId": message}).encode())


def in_order(reactions: set[Reaction]) -> tuple[Reaction, ...]:
    """The same for everybody, whoever was quicker."""
    return tuple(sorted(reactions, key=lambda one: (EMOJI.index(one.emoji), one.person)))
