"""Nobody watches in secret: who reads a live session without its events is shown to those in its room."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from interview_platform.room.limits import RoomLimits
from interview_platform.sessions.model import Role
from interview_platform.storage.database import Database
from tests.room.events import EventClient, events
from tests.room.world import QUICK, World, world_of
from tests.room.yjs import yjs

BRIEF: RoomLimits = replace(QUICK, reading_seconds=0.2)


def reading(client: EventClient) -> list[str]:
    return [person["name"] for person in client.state["people"] if person["reading"]]


@pytest.fixture
async def brief_world(database: Database) -> AsyncIterator[World]:
    async with world_of(database, BRIEF) as made:
        yield made


async def test_an_observer_with_the_document_alone_is_shown(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    oz, ben = await world.admit(session, "Oz", Role.OBSERVER), await world.admit(session, "Ben")
    async with events(world.url(session, "events"), ben.headers) as seen:
        async with yjs(world.url(session), oz.headers), yjs(world.url(session), oz.headers):
            await seen.until(lambda: reading(seen) == ["Oz"])
            async with events(world.url(session, "events"), host.headers) as late:
                assert reading(late) == ["Oz"]
            async with events(world.url(session, "events"), oz.headers):
                await seen.until(lambda: "Oz" in seen.online() and reading(seen) == [])
            await seen.until(lambda: reading(seen) == ["Oz"])
        await seen.until(lambda: reading(seen) == [])


async def test_who_reads_over_http_is_shown_for_a_while_also_to_who_comes_later(brief_world: World) -> None:
    world = brief_world
    host = await world.somebody("Ada")
    session = await world.session(host)
    oz, ben = await world.admit(session, "Oz", Role.OBSERVER), await world.admit(session, "Ben")
    await world.chat.history(session.id, oz.person)  # nobody is in the room yet
    async with events(world.url(session, "events"), ben.headers) as seen:
        assert reading(seen) == ["Oz"]
        await world.chat.history(session.id, ben.person)  # who is here reads as everybody does
        await seen.until(lambda: reading(seen) == [])
        await world.api.sessions.reading(session.id, oz.person)
        await seen.until(lambda: reading(seen) == ["Oz"])
        await seen.until(lambda: reading(seen) == [])
    assert [person["name"] for event in seen.of("presence") for person in event["people"] if person["reading"]] == [
        "Oz"
    ]


async def test_looking_at_a_session_is_not_reading_it(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    oz = await world.admit(session, "Oz", Role.OBSERVER)
    await world.api.sessions.looked_at(session.id, oz.person)
    async with events(world.url(session, "events"), host.headers) as seen:
        assert reading(seen) == []
