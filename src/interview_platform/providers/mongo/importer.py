"""Takes over the people and sessions of the original Node app (Mongoose) into whichever database is ours.

All of it is read before anything is written; each person and each session is then written whole, in one step of its
store. What is there already stays as it is, so that an import which broke off is simply run again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bson import ObjectId
from bson.errors import BSONError
from pymongo.errors import PyMongoError

from interview_platform.accounts.external import shown_name
from interview_platform.accounts.model import EMAIL_MAX, Person, PersonId
from interview_platform.accounts.ports import PeopleStore
from interview_platform.kit.errors import CannotOpen
from interview_platform.kit.ids import plausible
from interview_platform.kit.text import storable
from interview_platform.problems.model import Difficulty
from interview_platform.problems.ports import ProblemBank
from interview_platform.providers.mongo.client import Document, connected, place, said
from interview_platform.sessions.limits import CAPACITY_MIN
from interview_platform.sessions.model import Member, Role, Session, SessionId, Status, Visibility
from interview_platform.sessions.ports import SessionStore

DEFAULT_DATABASE = "test"  # Mongoose's, for an address without one
PROVIDER = "clerk"
URL_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Original:
    users: list[Document]
    sessions: list[Document]


@dataclass
class Report:
    people: int = 0
    sessions: int = 0
    people_before: int = 0
    """Were here already."""
    sessions_before: int = 0
    refused: list[str] = field(default_factory=list)
    """What could not be taken, and why: a sentence each."""
    remarks: list[str] = field(default_factory=list)
    """What was taken with something left out."""

    def lines(self) -> Iterator[str]:
        yield f"People: {self.people} taken over, {self.people_before} were here already."
        yield f"Sessions: {self.sessions} taken over, {self.sessions_before} were here already."
        for title, sentences in (("Not taken over", self.refused), ("Taken over with a remark", self.remarks)):
            if sentences:
                yield f"{title} ({len(sentences)}):"
                yield from (f"  {sentence}" for sentence in sentences)


async def read_original(url: str) -> Original:
    """Raises CannotOpen."""
    database = connected(url, DEFAULT_DATABASE)
    try:
        users = await database.users.find().sort("_id").to_list()
        sessions = await database.sessions.find().sort("_id").to_list()
    except (PyMongoError, BSONError) as error:
        raise CannotOpen(f"Cannot read the database {place(url)}: {said(error, url)}.") from None
    finally:
        await database.client.close()
    if not users and not sessions:
        raise CannotOpen(
            f"The database “{database.name}” {place(url)} has no users and no sessions. "
            "Name the original's database at the end of the address: mongodb://host/name"
        )
    return Original(users, sessions)


class Importer:
    def __init__(self, people: PeopleStore, sessions: SessionStore, problems: ProblemBank) -> None:
        self._people = people
        self._sessions = sessions
        self._problems = problems
        self._known: dict[str, Person] = {}
        """By the original's id."""
        self._calls: set[str] = set()
        self._report = Report()

    async def take(self, original: Original) -> Report:
        """Raises StorageUnavailable: then what was written so far is whole, and the import may be run again."""
        for user in original.users:
            await self._user(user)
        for session in original.sessions:
            await self._session(session)
        return self._report

    async def _user(self, user: Document) -> None:
        person = _person(user)
        if isinstance(person, str):
            self._report.refused.append(f"user {user['_id']}: {person}")
            return
        subject = person.subject or ""
        found = await self._people.by_external(PROVIDER, subject)
        if found is not None:
            self._report.people_before += 1
        elif await self._people.was_erased(PROVIDER, subject):
            self._report.refused.append(f"user {user['_id']}: has been erased on this server")
            return
        else:
            found = await self._people.add_external(person)
            self._report.people += 1
        self._known[str(user["_id"])] = found

    async def _session(self, stored: Document) -> None:
        id = str(stored["_id"])
        before = await self._sessions.get(SessionId(id)) if plausible(id) else None
        if before is not None:
            self._calls.add(before.call_id)
            self._report.sessions_before += 1
            return
        session = self._of(stored)
        if isinstance(session, str):
            self._report.refused.append(f"session {id}: {session}")
            return
        await self._sessions.add(session)
        self._calls.add(session.call_id)
        self._report.sessions += 1

    def _of(self, stored: Document) -> Session | str:
        """The session as it is with us, or why it cannot be."""
        if not isinstance(stored["_id"], ObjectId):
            return "its _id is not an ObjectId"
        title = _text(stored.get("problem"))
        problem = self._problems.find(title)
        host = self._known.get(str(stored.get("host")))
        if problem is None:
            return f"there is no problem “{title}” in the problem bank"
        if host is None:
            return f"its host, user {stored.get('host')}, is not there"
        id, created = str(stored["_id"]), _ms(stored.get("createdAt"), stored["_id"])
        updated = max(created, _ms(stored.get("updatedAt"), stored["_id"]))
        completed = stored.get("status") == Status.COMPLETED.value
        return Session(
            id=SessionId(id),
            problem=problem.title,
            problem_slug=problem.slug,
            difficulty=_difficulty(stored.get("difficulty"), problem.difficulty),
            host=Member(host.id, host.name, host.image, Role.HOST, created),
            members=self._members(stored, host, created),
            status=Status.COMPLETED if completed else Status.ACTIVE,
            visibility=Visibility.OPEN,
            capacity=CAPACITY_MIN,
            call_id=self._call(stored, created),
            created_at=created,
            updated_at=updated,
            started_at=created,
            ended_at=updated if completed else None,
        )

    def _members(self, stored: Document, host: Person, created: int) -> tuple[Member, ...]:
        given = stored.get("participant")
        person = self._known.get(str(given))
        if given is not None and person is None:
            self._report.remarks.append(
                f"session {stored['_id']}: without its participant, user {given}, who is not there"
            )
        if person is None or person.id == host.id:
            return ()
        return (Member(person.id, person.name, person.image, Role.CANDIDATE, created),)

    def _call(self, stored: Document, created: int) -> str:
        """The original's default is the empty string; with us every call has an id of its own."""
        call = _text(stored.get("callId"))
        return call if call and call not in self._calls else f"session_{created}_{stored['_id']}"


def _person(user: Document) -> Person | str:
    """The user as a person of Clerk's, or why they cannot be."""
    subject = _text(user.get("clerkId"))
    if not isinstance(user["_id"], ObjectId):
        return "its _id is not an ObjectId"
    if not subject:
        return "has no clerkId, so nobody could sign in as them"
    email, image = _text(user.get("email")), _text(user.get("profileImage"))
    created = _ms(user.get("createdAt"), user["_id"])
    return Person(
        id=PersonId(str(user["_id"])),
        name=shown_name(_text(user.get("name"))),
        email=email if "@" in email and len(email) <= EMAIL_MAX else None,
        image=image if image.startswith(("https://", "http://")) and len(image) <= URL_MAX else None,
        guest=False,
        created_at=created,
        updated_at=max(created, _ms(user.get("updatedAt"), user["_id"])),
        provider=PROVIDER,
        subject=subject,
    )


def _text(value: Any) -> str:
    return storable(value) if isinstance(value, str) else ""


def _ms(value: Any, id: ObjectId) -> int:
    """PyMongo's times are UTC without saying so. An ObjectId begins with when it was made."""
    at = value.replace(tzinfo=UTC) if isinstance(value, datetime) else id.generation_time
    return round(at.timestamp() * 1000)


def _difficulty(value: Any, otherwise: Difficulty) -> Difficulty:
    return next((one for one in Difficulty if one.value == _text(value).lower()), otherwise)
