"""What insights needs from storage."""

from typing import Protocol

from interview_platform.accounts.model import PersonId
from interview_platform.insights.model import Dashboard


class InsightsStore(Protocol):
    async def dashboard(self, person: PersonId) -> Dashboard: ...
