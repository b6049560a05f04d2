"""A chat message. No I/O."""

import json
from dataclasses import dataclass

from interview_platform.accounts.model import PersonId
from interview_platform.timeline.model import Entry, EventKind

TEXT_MAX = 8_000  # a long code block fits; a paste of a whole log does not


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    seq: int
    """Counts 1, 2, 3… within its session."""
    person: PersonId
    name: str
    text: str
    at: int

    @property
    def entry(self) -> Entry:
        """What stands in the timeline."""
        return Entry(EventKind.CHAT, self.person, self.at, json.dumps({"messageId": self.id}).encode())
