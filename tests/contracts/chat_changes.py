"""What every `ChatStore` does with a message after it was sent, and with files."""

import json
from collections.abc import Awaitable
from dataclasses import replace

import pytest

from interview_platform.accounts.model import PersonId
from interview_platform.chat.model import Attachment, Message, Reaction
from interview_platform.chat.ports import IdTaken
from interview_platform.sessions.model import SessionId
from interview_platform.timeline.model import EventKind
from tests.contracts.world import AnotherNode, Stores, outcomes

ADA = PersonId("ada")
BEN = PersonId("ben")
FILE = Attachment("f1", "notes.txt", "application/octet-stream", 5)
PICTURE = Attachment("f2", "Grüße.png", "image/webp", 3, 640, 480)


def message(id: str, text: str = "Hello") -> Message:
    return Message(id, 0, ADA, "Ada", text, 1_000)


class ChatChangesContract:
    async def test_an_edit_is_stored_and_in_the_timeline(self, stores: Stores) -> None:
        session = await stores.session()
        sent = await stores.chat.add(session.id, message("m1"))
        edited = await stores.chat.edit(session.id, "m1", "Bye 😀", 2_000)
        assert edited == replace(sent, text="Bye 😀", edited_at=2_000, rev=1)
        assert await stores.chat.newest(session.id, before=None, limit=9) == [edited]
        assert await stores.chat.find(session.id, "m1") == edited
        [_, event] = await stores.timeline.read(session.id)
        assert (event.seq, event.entry.kind, event.entry.person, event.entry.at) == (
            *(2, EventKind.CHAT_EDITED, ADA),
            2_000,
        )
        assert json.loads(event.entry.payload) == {"messageId": "m1"}

    async def test_nothing_of_a_deleted_message_is_left(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.chat.add_attachment(session.id, ADA, FILE, b"12345", 500)
        await stores.chat.add(session.id, replace(message("m1"), attachments=(FILE,)))
        await stores.chat.react(session.id, "m1", Reaction("🎉", ADA))
        deleted = await stores.chat.delete(session.id, "m1", 3_000)
        bare = replace(message("m1", ""), seq=1, deleted_at=3_000, rev=2)
        assert deleted == bare
        assert await stores.chat.newest(session.id, before=None, limit=9) == [bare]
        assert await stores.chat.attachment(session.id, FILE.id) is None
        kinds = [event.entry.kind for event in await stores.timeline.read(session.id)]
        assert kinds == [EventKind.CHAT, EventKind.CHAT_DELETED]

    async def test_what_is_deleted_or_elsewhere_does_not_change(self, stores: Stores) -> None:
        session, other = await stores.session("one"), await stores.session("other")
        await stores.chat.add(session.id, message("m1"))
        await stores.chat.add(other.id, message("m2"))
        await stores.chat.delete(session.id, "m1", 2_000)
        before = await stores.timeline.read(session.id)
        smile = Reaction("👍", ADA)
        for id in ("m1", "m2", "m3"):
            assert await stores.chat.edit(session.id, id, "x", 3_000) is None
            assert await stores.chat.delete(session.id, id, 3_000) is None
            assert await stores.chat.react(session.id, id, smile) is None
            assert await stores.chat.unreact(session.id, id, smile) is None
        assert await stores.timeline.read(session.id) == before
        assert (await stores.chat.newest(other.id, before=None, limit=1))[0].text == "Hello"

    async def test_reactions_are_there_once_and_in_one_order(self, stores: Stores) -> None:
        session = await stores.session()
        await stores.account("ben")
        await stores.chat.add(session.id, message("m1"))
        await stores.chat.add(session.id, message("m2"))
        for emoji, person in (("🎉", BEN), ("👍", BEN), ("👍", ADA), ("👍", ADA), ("👀", ADA)):
            await stores.chat.react(session.id, "m1", Reaction(emoji, person))
        last = await stores.chat.unreact(session.id, "m1", Reaction("👀", ADA))
        given = (Reaction("👍", ADA), Reaction("👍", BEN), Reaction("🎉", BEN))
        assert last is not None
        assert last.reactions == given
        [one, two] = await stores.chat.newest(session.id, before=None, limit=9)
        assert (one, two.reactions, two.rev) == (last, (), 0)
        assert [event.entry.kind for event in await stores.timeline.read(session.id)] == [EventKind.CHAT] * 2

    async def test_of_changes_at_once_none_is_lost(self, stores: Stores, another_node: AnotherNode) -> None:
        session, nodes = await stores.session(), (stores, await another_node())
        await stores.account("ben")
        await stores.chat.add(session.id, message("m1"))
        emoji = ("👍", "👎", "🎉", "👀")

        def react(n: int, person: PersonId) -> Awaitable[Message | None]:
            return nodes[n % 2].chat.react(session.id, "m1", Reaction(emoji[n], person))

        attempts = [react(n, person) for n in range(4) for person in (ADA, BEN)]
        told = await outcomes([*attempts, stores.chat.edit(session.id, "m1", "edited", 2_000)])
        assert sorted(one.rev for one in told) == list(range(1, 10))
        newest = max(told, key=lambda one: one.rev)
        assert newest == await stores.chat.find(session.id, "m1")
        assert (newest.text, len(newest.reactions)) == ("edited", 8)

    async def test_an_id_is_given_once(self, stores: Stores, another_node: AnotherNode) -> None:
        session, other = await stores.session("one"), await stores.session("other")
        nodes = (stores, await another_node())
        told = await outcomes([nodes[n % 2].chat.add(session.id, message("m1")) for n in range(6)])
        assert sum(isinstance(one, Message) for one in told) == 1
        assert sum(isinstance(one, IdTaken) for one in told) == 5
        with pytest.raises(IdTaken):
            await stores.chat.add(other.id, message("m1"))
        assert len(await stores.timeline.read(session.id)) == 1
        assert (await stores.chat.add(session.id, message("m2"))).seq == 2

    async def test_a_file_is_its_sessions_and_its_bringers(self, stores: Stores) -> None:
        session, other = await stores.session("one"), await stores.session("other")
        await stores.account("ben")
        await stores.chat.add_attachment(session.id, ADA, FILE, b"\x00<svg>", 1)
        await stores.chat.add_attachment(session.id, BEN, PICTURE, b"RIFF", 2)
        assert await stores.chat.attachment(session.id, "f1") == (FILE, b"\x00<svg>")
        assert await stores.chat.attachment(session.id, "f2") == (PICTURE, b"RIFF")
        assert await stores.chat.attachment(other.id, "f1") is None
        assert await stores.chat.attachments(session.id, ADA, ["f2", "f1", "f3"]) == [FILE]
        assert await stores.chat.attachments(other.id, ADA, ["f1"]) == []
        assert await stores.chat.attached_bytes(session.id) == FILE.size + PICTURE.size
        assert await stores.chat.attached_bytes(SessionId("unknown")) == 0

    async def test_a_message_tells_of_its_files(self, stores: Stores) -> None:
        session = await stores.session()
        sent = await stores.chat.add(session.id, replace(message("m1", ""), attachments=(PICTURE, FILE)))
        assert sent.attachments == (PICTURE, FILE)
        assert await stores.chat.newest(session.id, before=None, limit=1) == [sent]
