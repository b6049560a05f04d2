"""Opening MongoDB, and one clear sentence when it cannot be; a database that goes away and comes back."""

import asyncio
from collections.abc import Awaitable, Callable

import dns.asyncresolver
import pymongo
import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.kit.errors import CannotOpen, StorageUnavailable
from interview_platform.providers.mongo.open import MongoStores, open_mongo
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import Entry, EventKind
from interview_platform.timeline.ports import Snapshot
from tests.contracts.chat import message
from tests.contracts.events import delivery
from tests.contracts.runs import run
from tests.contracts.world import account
from tests.mongo import Secantus, secantus
from tests.providers.mongo.conftest import sockets_left_by_the_driver
from tests.serving import free_port
from tests.storage.conftest import stores_of_mongo

SECRET = "hu%40sh"

pytestmark = sockets_left_by_the_driver


async def test_nothing_there(impatient: None) -> None:
    port = free_port()
    with pytest.raises(
        CannotOpen, match=rf"Cannot use the database at 127\.0\.0\.1:{port}: .*refused|failed"
    ) as failed:
        await open_mongo(f"mongodb://root:{SECRET}@127.0.0.1:{port}/x")
    assert_quiet(failed)


@pytest.mark.parametrize(
    "url",
    [
        "mongodb://root:hu@sh@127.0.0.1:9/x",
        "mongodb://root:hu/sh@127.0.0.1:9/x",
        "mongodb://root:hu?sh@127.0.0.1:9/x",
        "mongodb://root:hu:sh@127.0.0.1:9/x",
        "mongodb://root:hu%sh@127.0.0.1:9/x",
        "mongodb://127.0.0.1:hush/x",
        "mongodb://",
        "mongodb:///x",
        "mongodb://127.0.0.1/a.b$c d",
        "mongodb+srv://root:hush@127.0.0.1/x",
    ],
)
async def test_address_that_is_none(impatient: None, url: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(CannotOpen, match="Cannot use the database at") as failed:
        await open_mongo(url)
    for part in ("hu@sh", "hu:sh", "hush@", "root:hu"):
        assert part not in str(failed.value) + caplog.text


async def test_name_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(name: str, *_: object, **__: object) -> None:
        raise LookupError(f"no such name: {name}")

    monkeypatch.setattr(dns.asyncresolver, "resolve", resolve)
    with pytest.raises(CannotOpen, match=r"_mongodb\._tcp\.cluster\.example\.org") as failed:
        await open_mongo(f"mongodb+srv://root:{SECRET}@cluster.example.org/x")
    assert_quiet(failed)


async def test_wrong_password() -> None:
    with secantus("--auth") as server:
        url = server.url("x").replace("//", f"//root:{SECRET}@")
        with pytest.raises(CannotOpen, match=r"(?i)authentication|unauthorized|not allowed") as failed:
            await open_mongo(url)
    assert_quiet(failed)


def assert_quiet(failed: pytest.ExceptionInfo[CannotOpen]) -> None:
    said = str(failed.value)
    assert SECRET not in said
    assert "hu@sh" not in said
    assert "\n" not in said
    assert failed.value.__suppress_context__


async def test_database_of_a_newer_release_is_left_alone(mongo: MongoStores, url: str) -> None:
    await mongo.database.meta.update_one({"_id": "schema"}, {"$set": {"version": 9999}})
    with pytest.raises(CannotOpen, match=r"newer release .*9999"):
        await open_mongo(url)


async def test_indexes_that_guard_a_rule_are_there(mongo: MongoStores) -> None:
    async def guarded(collection: str) -> list[list[str]]:
        indexes = await mongo.database[collection].index_information()
        return sorted([field for field, _ in index["key"]] for index in indexes.values() if index.get("unique"))

    assert await guarded("people") == [["login"], ["provider", "subject"]]
    assert await guarded("interviews") == [["callId"]]
    assert await guarded("timeline") == [["chat.id"], ["session", "key"]]


async def test_sessions_of_somebody_whom_a_bad_backup_lost_can_be_read(mongo: MongoStores) -> None:
    stores = stores_of_mongo(mongo)
    session = await stores.session(host=await stores.account("ada"))
    await mongo.database.people.delete_one({"_id": "ada"})
    [listed] = (await stores.sessions.open_active(None, 5)).sessions
    assert (listed.id, listed.host.name) == (session.id, "Somebody")


async def test_the_originals_collections_stay_as_they_are(url: str) -> None:
    """A team that sets the original's DB_URL here loses nothing, and can go back."""
    with pymongo.MongoClient[dict[str, object]](url) as direct:
        database = direct.get_default_database()
        database.users.create_index("email", unique=True)
        database.users.insert_one({"name": "Ada", "email": "ada@example.org", "clerkId": "user_ada"})
        database.sessions.insert_one({"problem": "Two Sum", "callId": ""})
        before = [list(database.users.find()), list(database.sessions.find())]
        opened = await open_mongo(url)
        stores = stores_of_mongo(opened)
        await stores.session(host=await stores.account("ada"))
        assert (await stores.sessions.open_active(None, 9)).sessions[0].id == "session"
        await opened.close()
        assert [list(database.users.find()), list(database.sessions.find())] == before


def attempts(mongo: MongoStores) -> list[Callable[[], Awaitable[object]]]:
    session, nobody = SessionId("session"), PersonId("ada")
    return [
        lambda: mongo.people.person(nobody),
        lambda: mongo.people.by_credential("x", 1),
        lambda: mongo.people.add_account(account("eve"), "hash"),
        lambda: mongo.sessions.get(session),
        lambda: mongo.sessions.change(session, lambda s: s),
        lambda: mongo.sessions.open_active(None, 5),
        lambda: mongo.timeline.append(session, [Entry(EventKind.DOCUMENT, None, 1, b"x")]),
        lambda: mongo.timeline.read(session),
        lambda: mongo.timeline.save_snapshot(session, Snapshot(1, b"x")),
        lambda: mongo.chat.add(session, message("m")),
        lambda: mongo.runs.add(run("r")),
        lambda: mongo.insights.dashboard(nobody),
        lambda: mongo.events.add([delivery("d")]),
        lambda: mongo.events.claim(1, 2, 3),
        mongo.ping,
    ]


async def test_a_database_that_is_away_is_a_refusal_and_is_used_again_when_it_is_back(
    impatient: None,
) -> None:
    with secantus() as server:
        mongo = await open_mongo(server.url("x"))
        try:
            await goes_and_comes_back(mongo, server)
        finally:
            await mongo.close()


async def goes_and_comes_back(mongo: MongoStores, server: Secantus) -> None:
    stores = stores_of_mongo(mongo)
    session = await stores.session()
    await stores.timeline.append(session.id, [Entry(EventKind.DOCUMENT, None, 1, b"x")])
    assert await mongo.check() is None
    server.stop()
    for attempt in attempts(mongo):
        with pytest.raises(StorageUnavailable):
            await attempt()
    assert "does not answer" in (await mongo.check() or "")
    await asyncio.to_thread(server.start)
    async with asyncio.timeout(30):
        while await mongo.check():  # the driver looks again every half second
            continue
    assert await stores.timeline.append(session.id, [Entry(EventKind.DOCUMENT, None, 1, b"y")]) == 2


async def test_closed_is_away(url: str) -> None:
    mongo = await open_mongo(url)
    await mongo.close()
    await mongo.close()
    for attempt in attempts(mongo):
        with pytest.raises(StorageUnavailable):
            await attempt()
