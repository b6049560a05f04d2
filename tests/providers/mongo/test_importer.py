"""`interview-platform import`: a database as the original Node app (Mongoose) leaves it, into SQLite and MongoDB."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pymongo
import pytest
import pytest_asyncio
from bson import ObjectId

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import CannotOpen, StorageUnavailable
from interview_platform.problems.embedded import load_bank
from interview_platform.problems.model import Difficulty
from interview_platform.providers.mongo.importer import Importer, Report, read_original
from interview_platform.providers.mongo.open import open_mongo
from interview_platform.sessions.model import Role, Session, SessionId, Status
from interview_platform.storage.open import open_database
from tests.contracts.world import Stores, external
from tests.mongo import MongoServer
from tests.providers.mongo.conftest import sockets_left_by_the_driver
from tests.serving import free_port
from tests.storage.conftest import stores_of, stores_of_mongo

BANK = load_bank(Path(__file__).parents[3] / "problems")
MADE = datetime(2025, 3, 1, 12, 0, 0, 123_000, tzinfo=UTC)
ENDED = datetime(2025, 3, 1, 13, 0, 0, tzinfo=UTC)


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def user(called: str, **given: Any) -> dict[str, Any]:
    fields = {"name": called.title(), "email": f"{called}@example.org", "clerkId": f"user_{called}"}
    fields["profileImage"] = f"https://img.example/{called}"
    return {"_id": ObjectId(), **fields, "createdAt": MADE, "updatedAt": MADE, "__v": 0, **given}


def session(host: ObjectId, problem: str = "Two Sum", **given: Any) -> dict[str, Any]:
    fields = {"problem": problem, "difficulty": "easy", "host": host, "participant": None, "status": "active"}
    return {
        "_id": ObjectId(),
        **fields,
        "callId": f"session_{ObjectId()}",
        "createdAt": MADE,
        "updatedAt": MADE,
        **given,
    }


@pytest.fixture
def original(mongo_server: MongoServer) -> str:
    return mongo_server.fresh_url()


def fill(url: str, users: list[dict[str, Any]], sessions: list[dict[str, Any]]) -> None:
    with pymongo.MongoClient[dict[str, Any]](url) as direct:
        database = direct.get_default_database()
        if users:
            database.users.insert_many(users)
        if sessions:
            database.sessions.insert_many(sessions)


@pytest_asyncio.fixture(params=["sqlite", "mongodb", "mongodb beside the original"])
async def stores(
    request: pytest.FixtureRequest, mongo_server: MongoServer, original: str, tmp_path: Path
) -> AsyncIterator[Stores]:
    """Where the import goes."""
    if request.param == "sqlite":
        database = await open_database(None, tmp_path)
        yield stores_of(database)
        await database.close()
    else:
        mongo = await open_mongo(original if "beside" in request.param else mongo_server.fresh_url())
        yield stores_of_mongo(mongo)
        await mongo.close()


async def taken(stores: Stores, url: str) -> Report:
    return await Importer(stores.people, stores.sessions, BANK).take(await read_original(url))


async def test_people_and_sessions_come_over(stores: Stores, original: str) -> None:
    ada, bob = user("ada"), user("bob", profileImage="")
    active = session(ada["_id"])
    done = session(
        bob["_id"],
        "container with most water",
        difficulty="hard",
        participant=ada["_id"],
        status="completed",
        updatedAt=ENDED,
    )
    fill(original, [ada, bob], [active, done])
    report = await taken(stores, original)
    assert (report.people, report.sessions, report.refused, report.remarks) == (2, 2, [], [])

    found = await stores.people.by_external("clerk", "user_ada")
    assert found
    assert found.id == str(ada["_id"])
    assert (found.name, found.email, found.image) == ("Ada", "ada@example.org", "https://img.example/ada")
    assert (found.created_at, found.guest) == (ms(MADE), False)
    one = await stores.sessions.get(SessionId(str(active["_id"])))
    two = await stores.sessions.get(SessionId(str(done["_id"])))
    assert one
    assert two
    assert (one.problem, one.problem_slug, one.host.person, one.members) == ("Two Sum", "two-sum", found.id, ())
    assert (one.status, one.call_id, one.created_at) == (Status.ACTIVE, active["callId"], ms(MADE))
    assert (two.problem, two.difficulty, two.host.image) == ("Container With Most Water", Difficulty.HARD, None)
    assert (two.status, two.ended_at) == (Status.COMPLETED, ms(ENDED))
    assert [(m.person, m.role, m.joined_at) for m in two.members] == [(found.id, Role.CANDIDATE, ms(MADE))]
    mine = await stores.sessions.of_person(found.id, active=False, cursor=None, limit=9)
    assert [s.id for s in mine.sessions] == [two.id]


async def test_again_changes_nothing(stores: Stores, original: str) -> None:
    ada = user("ada")
    fill(original, [ada], [session(ada["_id"]), session(ada["_id"])])
    await taken(stores, original)
    person = await stores.people.by_external("clerk", "user_ada")
    assert person
    await stores.people.update(replace(person, name="Countess"))
    before = await stores.sessions.open_active(None, 9)
    report = await taken(stores, original)
    assert (report.people, report.people_before, report.sessions, report.sessions_before) == (0, 1, 0, 2)
    assert await stores.sessions.open_active(None, 9) == before
    assert before.sessions[0].host.name == "Countess"


async def test_who_has_signed_in_here_already_keeps_their_id(stores: Stores, original: str) -> None:
    here = await stores.people.add_external(external("ada"))
    ada = user("ada")
    fill(original, [ada], [session(ada["_id"])])
    report = await taken(stores, original)
    assert (report.people, report.people_before) == (0, 1)
    page = await stores.sessions.open_active(None, 9)
    assert [s.host.person for s in page.sessions] == [here.id]


async def test_what_cannot_be_taken_is_named_and_the_rest_comes(stores: Stores, original: str) -> None:
    ada, gone = user("ada"), ObjectId()
    await stores.people.add_external(external("eve"))
    await stores.people.erase(PersonId("eve"))
    eve, nobody = user("eve"), user("nobody", clerkId="")
    unknown, orphan = (
        session(ada["_id"], "Reverse 😀"),
        session(gone),
    )
    alone = session(ada["_id"], participant=gone)
    fill(original, [ada, eve, nobody], [unknown, orphan, session(eve["_id"]), alone])
    report = await taken(stores, original)
    assert (report.people, report.sessions) == (1, 1)
    said = "\n".join(report.lines())
    assert f"user {eve['_id']}: has been erased on this server" in said
    assert f"user {nobody['_id']}: has no clerkId" in said
    assert f"session {unknown['_id']}: there is no problem “Reverse 😀”" in said
    assert f"session {orphan['_id']}: its host, user {gone}, is not there" in said
    assert f"its host, user {eve['_id']}, is not there" in said
    assert f"session {alone['_id']}: without its participant, user {gone}" in said
    assert await stores.people.by_external("clerk", "user_eve") is None


async def test_what_mongoose_lets_through_is_no_error(stores: Stores, original: str) -> None:
    odd = user("odd", name=" \u202e\n", email=7, profileImage="javascript:alert(1)", createdAt=None, updatedAt="soon")
    two = [session(odd["_id"], callId=""), session(odd["_id"], callId="", difficulty="Easy", participant=odd["_id"])]
    fill(
        original, [odd, {"_id": "text"}, {"_id": ObjectId()}], [*two, {"_id": 7}, {"_id": ObjectId(), "problem": ["x"]}]
    )
    report = await taken(stores, original)
    assert (report.people, report.sessions, len(report.refused)) == (1, 2, 4)
    person = await stores.people.by_external("clerk", "user_odd")
    assert person
    assert (person.name, person.email, person.image) == ("Somebody", None, None)
    assert person.created_at == person.updated_at == ms(odd["_id"].generation_time)
    page = await stores.sessions.open_active(None, 9)
    assert len({s.call_id for s in page.sessions}) == 2


class _Breaking:
    """A store that goes away after some sessions."""

    def __init__(self, stores: Stores, after: int) -> None:
        self._sessions, self._left = stores.sessions, after

    async def get(self, id: SessionId) -> Session | None:
        return await self._sessions.get(id)

    async def add(self, added: Session) -> None:
        if not self._left:
            raise StorageUnavailable
        self._left -= 1
        await self._sessions.add(added)


async def test_an_import_that_broke_off_goes_on_where_it_stopped(stores: Stores, original: str) -> None:
    ada = user("ada")
    fill(original, [ada], [session(ada["_id"], callId="same") for _ in range(4)])
    breaking: Any = _Breaking(stores, 2)
    with pytest.raises(StorageUnavailable):
        await Importer(stores.people, breaking, BANK).take(await read_original(original))
    report = await taken(stores, original)
    assert (report.sessions, report.sessions_before) == (2, 2)


async def test_nothing_to_take_says_where_to_look(original: str) -> None:
    with pytest.raises(CannotOpen, match="has no users and no sessions"):
        await read_original(original)


@sockets_left_by_the_driver
async def test_an_original_that_is_away(impatient: None) -> None:
    with pytest.raises(CannotOpen, match="Cannot read the database") as failed:
        await read_original(f"mongodb://root:hush@127.0.0.1:{free_port()}/x")
    assert "hush" not in str(failed.value)


@pytest.mark.parametrize("how", ["argument", "standard input"])
def test_the_command(original: str, tmp_path: Path, how: str) -> None:
    ada = user("ada")
    fill(original, [ada], [session(ada["_id"]), session(ada["_id"], "No Such Thing")])
    done = subprocess.run(
        [sys.executable, "-m", "interview_platform", "import", original if how == "argument" else "-"],
        input=original if how == "standard input" else "",
        env={**os.environ, "DATA_DIR": str(tmp_path / "data")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for words in ("SQLite", "People: 1 taken over", "Sessions: 1 taken over", "Not taken over (1)", "No Such Thing"):
        assert words in done.stdout


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "interview_platform", "import", "postgresql://x"],
        env={**os.environ, "DATA_DIR": str(tmp_path / "data")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "starts with mongodb://" in done.stderr
    assert "Traceback" not in done.stderr
