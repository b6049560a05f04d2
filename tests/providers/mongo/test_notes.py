"""A change that concerns several documents, when its process dies in the middle, or another node is in the middle."""

import json
from collections.abc import Awaitable, Callable

import pytest
from pymongo.errors import AutoReconnect

from interview_platform.providers.mongo.notes import Notes
from interview_platform.providers.mongo.open import MongoStores, open_mongo
from interview_platform.sessions.model import Role, Session
from interview_platform.timeline.model import EventKind
from tests.contracts.chat import message
from tests.contracts.runs import RESULT, run
from tests.contracts.sessions import joined
from tests.contracts.timeline import update
from tests.contracts.world import Stores, guest, outcomes
from tests.storage.conftest import stores_of_mongo


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Until `undo`, every process dies right after the first write of a change."""

    async def dies(*_: object) -> None:
        raise AutoReconnect("gone")

    monkeypatch.setattr(Notes, "carry_out", dies)
    return monkeypatch


async def broken_off(stores: Stores, dying: pytest.MonkeyPatch) -> Session:
    session = await stores.session()
    gus = guest("gus")
    await stores.sessions.change(session.id, joined(gus, Role.OBSERVER), newcomer=gus)
    dying.undo()
    return session


async def test_the_timeline_is_whole_for_whoever_reads_it(stores: Stores, dying: pytest.MonkeyPatch) -> None:
    session = await broken_off(stores, dying)
    [event] = await stores.timeline.read(session.id)
    assert (event.seq, event.entry.kind, event.entry.person) == (1, EventKind.JOINED, "gus")
    assert json.loads(event.entry.payload) == {"role": "observer"}
    assert await stores.people.person(guest("gus").id) == guest("gus")


@pytest.mark.parametrize("how", ["get", "list", "change"])
async def test_who_looks_at_the_session_finds_the_newcomer(stores: Stores, dying: pytest.MonkeyPatch, how: str) -> None:
    session = await broken_off(stores, dying)
    looks: dict[str, Callable[[], Awaitable[object]]] = {
        "get": lambda: stores.sessions.get(session.id),
        "list": lambda: stores.sessions.open_active(None, 5),
        "change": lambda: stores.sessions.change(session.id, lambda s: s.ended_by(s.host.person, 9_000)),
    }
    assert "Gus" in str(await looks[how]())
    kinds = [event.entry.kind for event in await stores.timeline.read(session.id)]
    assert kinds == [EventKind.JOINED] + [EventKind.ENDED] * (how == "change")


async def test_many_who_do_the_rest_do_it_once(
    mongo: MongoStores, stores: Stores, url: str, dying: pytest.MonkeyPatch
) -> None:
    session = await broken_off(stores, dying)
    other = await open_mongo(url)
    nodes = (stores, stores_of_mongo(other))
    seen = await outcomes([nodes[n % 2].timeline.read(session.id) for n in range(20)])
    await other.close()
    assert all([event.seq for event in events] == [1] for events in seen)
    stored = await mongo.database.interviews.find_one({"_id": session.id})
    assert stored
    assert stored["notes"] == []


async def test_a_run_whose_beginning_was_left_begins_before_it_ends(stores: Stores, dying: pytest.MonkeyPatch) -> None:
    session = await stores.session()
    begun = run("r", session=session.id)
    await stores.runs.add(begun)
    dying.undo()
    await stores.runs.finish(begun.finished(RESULT, 2_000))
    kinds = [event.entry.kind for event in await stores.timeline.read(session.id)]
    assert kinds == [EventKind.RUN_STARTED, EventKind.RUN_FINISHED]


async def test_a_run_that_was_broken_off_is_in_the_timeline(stores: Stores, dying: pytest.MonkeyPatch) -> None:
    session = await stores.session()
    await stores.runs.add(run("r", session=session.id))
    dying.undo()
    assert [run.id for run in await stores.runs.unfinished()] == ["r"]
    [event] = await stores.timeline.read(session.id)
    assert event.entry.kind is EventKind.RUN_STARTED


async def test_what_is_larger_than_a_document_may_be_is_written_in_parts(
    stores: Stores, mongo: MongoStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview_platform.providers.mongo.log.PART_BYTES", 1_000)
    session = await stores.session()
    entries = [update(b"%d" % n * 300) for n in range(10)]
    assert await stores.timeline.append(session.id, entries) == 10
    assert [event.entry for event in await stores.timeline.read(session.id)] == entries
    assert [event.seq for event in await stores.timeline.read(session.id, after=4, limit=3)] == [5, 6, 7]
    assert await mongo.database.timeline.count_documents({"session": session.id}) > 2


async def test_a_message_that_was_changed_is_in_the_timeline_for_whoever_reads_it(
    stores: Stores, dying: pytest.MonkeyPatch
) -> None:
    session = await stores.session()
    await stores.chat.add(session.id, message("m1"))
    edited = await stores.chat.edit(session.id, "m1", "edited", 2_000)
    dying.undo()
    assert edited is not None
    assert await stores.chat.newest(session.id, before=None, limit=1) == [edited]
    for _ in range(2):
        kinds = [event.entry.kind for event in await stores.timeline.read(session.id)]
        assert kinds == [EventKind.CHAT, EventKind.CHAT_EDITED]
