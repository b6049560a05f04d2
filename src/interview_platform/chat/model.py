"""A chat message. No I/O."""

from dataclasses import dataclass

from interview_platform.accounts.model import PersonId

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
