"""What every `ChatStore` does."""

import json
from dataclasses import replace

import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.chat.model import TEXT_MAX, Message
from interview_platform.kit.errors import Kind, Refusal
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import Entry, EventKind
from tests.contracts.world import AnotherNode, Stores, outcomes


def message(id: str, text: str = "Hello", at: int = 1_000) -> Message:
    return Message(id, 0, PersonId("ada"), "Ada", text, at)


class ChatStoreContract:
    async def test_message_comes_back_numbered(self, stores: Stores) -> None:
        session = await stores.session()
        stored = await stores.chat.add(session.id, message("m1", "Grüße 😀\n\tif x:", at=5))
        assert stored == replace(message("m1", "Grüße 😀\n\tif x:", at=5), seq=1)
        assert await stores.chat.newest(session.id, before=None, limit=10) == [stored]

    async def test_longest_message(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.chat.add(session.id, message("m1", "😀" * TEXT_MAX))
        assert (await stores.chat.newest(session.id, before=None, limit=1))[0].text == "😀" * TEXT_MAX

    async def test_characters_no_database_keeps_are_no_error(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.chat.add(session.id, message("m1", "a\0b \ud800 c"))
        assert (await stores.chat.newest(session.id, before=None, limit=1))[0].text == "a\ufffdb \ufffd c"

    async def test_message_is_in_the_timeline(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.timeline.append(session.id, [Entry(EventKind.DOCUMENT, None, 1, b"x")])
        await stores.chat.add(session.id, message("m1", at=7))
        [event] = await stores.timeline.read(session.id, after=1)
        assert (event.seq, event.entry.kind, event.entry.person, event.entry.at) == (2, EventKind.CHAT, "ada", 7)
        assert json.loads(event.entry.payload) == {"messageId": "m1"}

    async def test_pages_go_back_from_the_newest(self, stores: Stores) -> None:
        session, other = await stores.session("one"), await stores.session("other")
        await stores.chat.add(other.id, message("elsewhere"))
        for n in range(1, 8):
            await stores.chat.add(session.id, message(f"m{n}"))

        async def numbers(before: int | None) -> list[int]:
            return [m.seq for m in await stores.chat.newest(session.id, before=before, limit=3)]

        assert await numbers(None) == [5, 6, 7]
        assert await numbers(5) == [2, 3, 4]
        assert await numbers(2) == [1]
        assert await numbers(1) == []

    async def test_the_place_of_a_message(self, stores: Stores) -> None:
        session, other = await stores.session("one"), await stores.session("other")
        await stores.chat.add(session.id, message("m1"))
        await stores.chat.add(session.id, message("m2"))
        assert await stores.chat.place(session.id, "m2") == 2
        assert await stores.chat.place(other.id, "m2") is None
        assert await stores.chat.place(session.id, "m3") is None

    async def test_parallel_messages_are_numbered_without_a_gap(
        self, stores: Stores, another_node: AnotherNode
    ) -> None:
        session, nodes = await stores.session(), (stores, await another_node())
        added = await outcomes([nodes[n % 2].chat.add(session.id, message(f"m{n}")) for n in range(50)])
        stored = await stores.chat.newest(session.id, before=None, limit=100)
        assert [m.seq for m in stored] == list(range(1, 51))
        assert sorted(added, key=lambda m: m.seq) == stored

    async def test_refused_message_leaves_nothing(self, stores: Stores) -> None:
        session = await stores.session()
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            await stores.chat.add(session.id, replace(message("m1"), person=PersonId("nobody")))
        assert await stores.chat.newest(session.id, before=None, limit=10) == []
        assert await stores.timeline.read(session.id) == []
        assert (await stores.chat.add(session.id, message("m1"))).seq == 1

    async def test_unknown_session(self, stores: Stores) -> None:
        unknown = SessionId("unknown")
        await stores.account("ada")
        with pytest.raises(Refusal) as refused:
            await stores.chat.add(unknown, message("m1"))
        assert refused.value.kind is Kind.NOT_FOUND
        assert await stores.chat.newest(unknown, before=None, limit=10) == []

    async def test_name_is_that_of_now(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.chat.add(session.id, message("m1"))
        await stores.people.erase(PersonId("ada"))
        [stored] = await stores.chat.newest(session.id, before=None, limit=10)
        assert (stored.person, stored.name, stored.text) == ("ada", "Somebody", "Hello")
