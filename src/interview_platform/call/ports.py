"""What a call needs from outside."""

from typing import Protocol

from interview_platform.accounts.model import Person
from interview_platform.call.views import CallConfigAnswer
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.sessions.model import Role, Session


class CallProvider(Protocol):
    """Who carries picture and sound: the browsers themselves (`turn.py`), or a provider."""

    async def config(self, session: Session, person: Person, role: Role) -> CallConfigAnswer:
        """What the person's browser needs to take part. Raises Kind.UNAVAILABLE when the provider has to be asked first
        and does not answer.
        """


class NobodyInCall(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.CONFLICT, "nobody_in_call", "Nobody is in the call: there is nothing to record yet.")


class AlreadyRecording(Refusal):
    def __init__(self) -> None:
        super().__init__(Kind.CONFLICT, "already_recording", "The call is being recorded already.")


class CallRecorder(Protocol):
    """A provider that can record a call. Where the recording goes is a matter between it and the operator."""

    async def start(self, session: Session) -> str:
        """Begin; the recording's id. Raises NobodyInCall, AlreadyRecording, and Kind.UNAVAILABLE."""

    async def stop(self, session: Session) -> list[str]:
        """End what is recorded just now; the ids, none when nothing was. Raises Kind.UNAVAILABLE."""
