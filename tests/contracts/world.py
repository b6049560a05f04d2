"""What the contracts of the stores work with: the stores of one database, and people and sessions to put in."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from interview_platform.accounts.model import Person, PersonId
from interview_platform.accounts.ports import PeopleStore
from interview_platform.chat.ports import ChatStore
from interview_platform.events.ports import EventStore
from interview_platform.execution.ports import RunStore
from interview_platform.insights.ports import InsightsStore
from interview_platform.problems.model import Difficulty
from interview_platform.sessions.model import Member, Role, Session, SessionId, Status, Visibility
from interview_platform.sessions.ports import SessionStore
from interview_platform.timeline.ports import TimelineStore


@dataclass
class Stores:
    people: PeopleStore
    sessions: SessionStore
    timeline: TimelineStore
    chat: ChatStore
    runs: RunStore
    insights: InsightsStore
    events: EventStore

    async def account(self, name: str, **given: Any) -> Person:
        """Adds the account `name@example.org`."""
        person = account(name, **given)
        await self.people.add_account(person, f"hash of {name}")
        return person

    async def session(self, id: str = "session", **given: Any) -> Session:
        """Adds a session; its host is `ada` unless given."""
        host = given.pop("host", None) or await self.people.person(PersonId("ada")) or await self.account("ada")
        added = session(id, host, **given)
        await self.sessions.add(added)
        return added


AnotherNode = Callable[[], Awaitable[Stores]]
"""Opens the same database once more, as a second server would."""


def account(name: str, **given: Any) -> Person:
    email = given.pop("email", f"{name}@example.org")
    values = {"image": None, "guest": False, "created_at": 1_000, "updated_at": 1_000, **given}
    return Person(PersonId(name), name.title(), email, **values)


def external(name: str) -> Person:
    """Somebody whom Clerk vouches for."""
    return account(name, provider="clerk", subject=f"user_{name}")


def guest(name: str) -> Person:
    return Person(PersonId(name), name.title(), None, None, True, 1_000, 1_000)


def member(person: Person, role: Role = Role.CANDIDATE, at: int = 2_000) -> Member:
    return Member(person.id, person.name, person.image, role, at)


def session(id: str, host: Person, **given: Any) -> Session:
    at = given.pop("created_at", 1_000)
    values = {
        "problem": "Two Sum",
        "problem_slug": "two-sum",
        "difficulty": Difficulty.EASY,
        "members": (),
        "status": Status.ACTIVE,
        "visibility": Visibility.OPEN,
        "capacity": 2,
        "call_id": f"call-{id}",
        "updated_at": at,
        "started_at": at,
        **given,
    }
    return Session(id=SessionId(id), host=member(host, Role.HOST, at), created_at=at, **values)


async def outcomes(attempts: Sequence[Awaitable[Any]]) -> list[Any]:
    """All at once; what each returned or raised."""
    return list(await asyncio.gather(*attempts, return_exceptions=True))
