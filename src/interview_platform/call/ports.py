"""What a call needs from outside."""

from typing import Protocol

from interview_platform.accounts.model import Person
from interview_platform.call.views import CallConfigAnswer
from interview_platform.sessions.model import Role, Session


class CallProvider(Protocol):
    """Who carries picture and sound: the browsers themselves (`turn.py`), or a provider."""

    async def config(self, session: Session, person: Person, role: Role) -> CallConfigAnswer:
        """What the person's browser needs to take part. Raises Kind.UNAVAILABLE when the provider has to be asked first
        and does not answer.
        """
