"""Messages in the log are those of now, with their files in the exports; what was taken back is in no byte of them."""

import base64
import io
from typing import Any

import pytest
from PIL import Image

from interview_platform.chat.model import Attachment
from interview_platform.chat.views import MessageView
from interview_platform.replay import log as replay_log
from interview_platform.sessions.policy import Access
from interview_platform.sessions.settings import ReplayFor
from tests.replay.conftest import AFTER, BEFORE, Played
from tests.replay.test_export import HOSTILE, Elements

PATHS = ("timeline", "export.json", "export.html")
HTML = b"<script>alert('owned')</script>" + HOSTILE.encode()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def picture() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    return out.getvalue()


def files_of(page: str) -> dict[str, bytes]:
    """The files that a page has in it, as its script finds them."""
    elements = Elements()
    elements.feed(page)
    found = [(given, text) for _, given, text in elements.found if given.get("class") == "attachment"]
    assert all(given["type"] == "text/plain" and set(given) == {"type", "class", "data-id"} for given, _ in found)
    return {given["data-id"] or "": base64.b64decode(text.strip(), validate=True) for given, text in found}


def messages_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event["data"]["message"] for event in events if event["kind"] == "chat"]


async def test_a_message_is_as_it_is_now(played: Played) -> None:
    first, second = await played.say("helo", "host"), await played.say("first thought")
    changes, session, people = played.world.changes, played.session.id, played.people
    await changes.edit(session, people["host"].person, first, "hello")
    for emoji in ("🎉", "👍"):
        await changes.react(session, people["candidate"].person, first, emoji, given=True)
    await changes.delete(session, people["candidate"].person, second)
    listed = [
        MessageView.of(one)
        for one in (await played.world.chat.newest(Access(played.session, people["host"].person)))[0]
    ]
    await played.end()
    events = await played.events()
    assert messages_of(events) == [one.model_dump(by_alias=True) for one in listed]
    assert [event["data"] for event in events if event["kind"].startswith("chat.")] == [
        {"messageId": first},
        {"messageId": second},
    ]
    edited, deleted = messages_of(events)
    assert (edited["text"], deleted["text"]) == ("hello", "")
    assert [one["emoji"] for one in edited["reactions"]] == ["👍", "🎉"]
    assert edited["editedAt"]
    assert deleted["deletedAt"]


async def test_messages_are_read_by_the_hundred(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(120):
        await played.say(f"message {n}", "host" if n % 2 else "candidate")
    await played.end()
    asked = 0
    chat = type(played.world.chat._store)
    newest, place = chat.newest, chat.place

    async def counted(store: Any, *given: Any, **more: Any) -> Any:
        nonlocal asked
        asked += 1
        return await newest(store, *given, **more)

    async def placed(store: Any, *given: Any) -> Any:
        nonlocal asked
        asked += 1
        return await place(store, *given)

    monkeypatch.setattr(chat, "newest", counted)
    monkeypatch.setattr(chat, "place", placed)
    assert len(messages_of(await played.events())) == 120
    pages = -(-120 // replay_log._CHAT_PAGE) + 2
    assert asked <= pages * 2


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["host", "candidate"])
async def test_what_was_taken_back_is_in_no_byte(played: Played, path: str, who: str) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    changes, session, ben = played.world.changes, played.session.id, played.people["candidate"].person
    secret = b"canary in a file"
    file = await played.attach("canary.txt", secret)
    gone, kept = await played.say("canary in a message", files=[file]), await played.say("canary before the edit")
    never_sent = await played.attach("never.txt", b"canary that was never sent")
    await changes.edit(session, ben, kept, "after the edit")
    await changes.delete(session, ben, gone)
    await played.end()
    answer = await played.ask(path, who)
    assert answer.status_code == 200
    assert "after the edit" in answer.text
    assert gone in answer.text
    encoded = (base64.b64encode(bytes(shift) + secret).decode()[4:-4] for shift in range(3))
    assert not [trace for trace in ("canary", file.id, never_sent.id, *encoded) if trace in answer.text]


async def attached(played: Played) -> list[Attachment]:
    """A picture and three files that would like to be pages, one of them in two messages."""
    files = [
        await played.attach("board.png", picture()),
        await played.attach(f"{HOSTILE}.html", HTML),
        await played.attach("drawing.svg", SVG),
    ]
    await played.say("my files", files=files)
    await played.say("once more", files=files[:1])
    gone = await played.attach("gone.txt", b"gone")
    await played.say("stays", files=[gone])
    also = await played.say("goes", files=[gone])
    await played.world.changes.delete(played.session.id, played.people["candidate"].person, also)
    await played.end()
    return files


@pytest.mark.parametrize("shareable", [False, True])
async def test_the_exports_hold_the_files(played: Played, shareable: bool) -> None:
    board, page, drawing = await attached(played)
    given = (await played.ask("export.json", shareable=shareable)).json()
    assert given["complete"] is True
    contents = {one["id"]: base64.b64decode(one["content"]) for one in given["attachments"]}
    assert list(contents) == [board.id, page.id, drawing.id]  # once, and not what went with another message
    assert (contents[page.id], contents[drawing.id]) == (HTML, SVG)
    assert contents[board.id].startswith(b"RIFF")
    told = {one["id"]: one for message in messages_of(given["events"]) for one in message["attachments"]}
    assert [told[one["id"]] for one in given["attachments"]] == [
        {key: value for key, value in one.items() if key != "content"} for one in given["attachments"]
    ]
    answer = await played.ask("export.html", shareable=shareable)
    assert files_of(answer.text) == contents


async def test_no_file_becomes_a_part_of_the_page(played: Played) -> None:
    await attached(played)
    answer = await played.ask("export.html")
    elements = Elements()
    elements.feed(answer.text)
    assert {tag for tag, _, _ in elements.found} == {"title", "body", "script"}
    types = {attributes["type"] for tag, attributes, _ in elements.found if tag == "script"}
    assert types == {"application/json", "text/plain"}  # neither of which is run
    body = answer.content.removeprefix(BEFORE).removesuffix(AFTER)
    assert body.count(b"<") == 2 * sum(tag == "script" for tag, _, _ in elements.found)
    assert b"onload" not in body
    # The end is said last: of a file that lacks an attachment it is missing.
    assert body.rstrip().endswith(b'<script type="application/json" class="session">{"complete":true}</script>')


async def test_the_timeline_tells_of_files_and_does_not_hold_them(played: Played) -> None:
    await attached(played)
    answer = await played.ask("timeline")
    assert "attachments" in answer.text
    assert base64.b64encode(SVG).decode() not in answer.text
    assert len(answer.content) < 20_000


@pytest.mark.parametrize("path", PATHS[1:])
async def test_what_was_sent_before_the_start_is_not_for_who_came_then(played: Played, path: str) -> None:
    await played.configure(replay_for=ReplayFor.EVERYONE)
    await played.say("among us", "host", [await played.attach("canary.txt", b"canary", "host")])
    await played.start()
    await played.say("to all", "host", [await played.attach("all.txt", b"for all", "host")])
    await played.end()
    inside, outside = await played.ask(path, "host"), await played.ask(path, "candidate")
    for answer, canary in ((inside, True), (outside, False)):
        assert base64.b64encode(b"for all").decode() in answer.text
        assert (base64.b64encode(b"canary").decode() in answer.text, "canary" in answer.text) == (canary, canary)
    assert "among us" not in outside.text
