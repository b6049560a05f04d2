"""What is done once a night, whatever else the server does."""

import structlog

from interview_platform.accounts.ports import PeopleStore
from interview_platform.events.model import Daily
from interview_platform.events.service import EventService
from interview_platform.kit.clock import now_ms

log = structlog.get_logger(__name__)

NIGHT = Daily(hour=3, minute=30)  # UTC; few interviews anywhere between America's night and Asia's noon


def install(events: EventService, people: PeopleStore) -> None:
    async def forget_credentials() -> None:
        forgotten = await people.drop_expired(now_ms())
        log.info("housekeeping.credentials", forgotten=forgotten)

    events.daily(NIGHT, "forget-credentials", forget_credentials)
