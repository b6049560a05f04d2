"""Messages that are sent again, edited, deleted and answered with an emoji."""

import asyncio
from typing import Any
from urllib.parse import quote

import pytest

from interview_platform.chat.model import EMOJI, TEXT_MAX
from tests.api import Api, on_both_databases
from tests.chat.test_messages import post, room

ID = "a1b2c3d4e5f6a7b8c9d0a1b2"


@on_both_databases
async def test_a_message_sent_again_is_there_once(api: Api) -> None:
    ada, bob, path = await room(api)
    heard = api.heard({"id": path.split("/")[3]})
    body = {"text": "hello", "clientId": ID}
    answers = await asyncio.gather(*(ada.call("POST", path, body, status=201) for _ in range(5)))
    assert {answer["message"]["id"] for answer in answers} == {ID}
    assert [event["type"] for event in heard] == ["chat.message"]
    await ada.call("PATCH", f"{path}/{ID}", {"text": "edited"})
    assert (await ada.call("POST", path, body, status=201))["message"]["text"] == "edited"
    assert await bob.refused("POST", path, body) == (409, "id_taken")
    assert len((await bob.call("GET", path))["messages"]) == 1


@pytest.mark.parametrize("id", ["", "short", "x" * 65, "../../../../../../../../x", "ä" * 20, 7])
async def test_a_bad_id_is_refused(api: Api, id: Any) -> None:
    ada, _, path = await room(api)
    answer = await ada.post(path, json={"text": "hi", "clientId": id})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["clientId"])


async def test_who_wrote_it_edits_and_deletes_it(api: Api) -> None:
    ada, bob, path = await room(api)
    heard = api.heard({"id": path.split("/")[3]})
    message = await post(bob, path, "secret")
    edited = (await bob.call("PATCH", f"{path}/{message['id']}", {"text": "less\r\nsecret  "}))["message"]
    assert (edited["text"], edited["rev"], edited["seq"]) == ("less\nsecret", 1, 1)
    assert edited["editedAt"] is not None
    deleted = (await bob.call("DELETE", f"{path}/{message['id']}"))["message"]
    assert (deleted["text"], deleted["rev"], deleted["createdAt"]) == ("", 2, message["createdAt"])
    assert deleted["deletedAt"] is not None
    assert heard[1:] == [{"type": "chat.changed", "message": one} for one in (edited, deleted)]
    assert (await ada.call("GET", path))["messages"] == [deleted]
    for method, more, body in (("PATCH", "", {"text": "x"}), ("DELETE", "", None), ("PUT", "/reactions/👍", None)):
        assert await bob.refused(method, f"{path}/{message['id']}{quote(more)}", body) == (409, "message_deleted")


async def test_anothers_message_is_not_changed(api: Api) -> None:
    ada, bob, path = await room(api)
    message = await post(bob, path, "mine")
    for browser in (ada,):  # not even the host's
        assert await browser.refused("PATCH", f"{path}/{message['id']}", {"text": "x"}) == (403, "not_yours")
        assert await browser.refused("DELETE", f"{path}/{message['id']}") == (403, "not_yours")
    assert (await ada.call("GET", path))["messages"] == [message]


@pytest.mark.parametrize(
    ("text", "field"), [("", "text"), (" \n", "text"), ("x" * (TEXT_MAX + 1), "text"), (None, "text")]
)
async def test_a_bad_edit_is_refused(api: Api, text: Any, field: str) -> None:
    ada, _, path = await room(api)
    message = await post(ada, path, "hi")
    answer = await ada.patch(f"{path}/{message['id']}", json={"text": text})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["text"])


async def test_every_reaction_is_given_and_taken_back(api: Api) -> None:
    ada, bob, path = await room(api)
    message = await post(ada, path, "well?")
    heard = api.heard({"id": path.split("/")[3]})
    for emoji in EMOJI:
        for browser in (ada, bob, bob):
            answer = await browser.call("PUT", f"{path}/{message['id']}/reactions/{quote(emoji)}")
    both = sorted([ada.me["id"], bob.me["id"]])
    assert answer["message"]["reactions"] == [{"emoji": emoji, "people": both} for emoji in EMOJI]
    for emoji in EMOJI[1:]:
        for browser in (ada, bob):
            await browser.call("DELETE", f"{path}/{message['id']}/reactions/{quote(emoji)}")
    [now] = (await bob.call("GET", path))["messages"]
    assert now["reactions"] == [{"emoji": EMOJI[0], "people": both}]
    assert heard[-1] == {"type": "chat.changed", "message": now}


@pytest.mark.parametrize("emoji", ["🦄", "x", "<b>", "👍👍", "%00"])
async def test_other_reactions_are_refused(api: Api, emoji: str) -> None:
    ada, _, path = await room(api)
    message = await post(ada, path, "hi")
    assert await ada.refused("PUT", f"{path}/{message['id']}/reactions/{quote(emoji)}") == (422, "invalid")


async def test_who_may_change(api: Api) -> None:
    ada, bob, path = await room(api, visibility="open", capacity=3)
    session = {"id": path.split("/")[3]}
    observer = await api.guest(await ada.invite(session, "observer"))
    eve = await api.person("Eve")
    message = await post(bob, path, "hi")
    ways: list[tuple[str, str, Any]] = [
        ("PATCH", f"{path}/{message['id']}", {"text": "x"}),
        ("DELETE", f"{path}/{message['id']}", None),
        ("PUT", f"{path}/{message['id']}/reactions/{quote('👍')}", None),
        ("DELETE", f"{path}/{message['id']}/reactions/{quote('👍')}", None),
    ]
    for way in ways:
        for browser in (observer, eve):
            assert await browser.refused(*way) == (403, "forbidden")
        assert await api.browser().refused(*way) == (401, "unauthenticated")
        assert await bob.refused(way[0], way[1].replace(message["id"], "unknown"), way[2]) == (404, "not_found")
    _, _, elsewhere = await room(api)
    assert await bob.refused("DELETE", f"{elsewhere}/{message['id']}") == (403, "forbidden")
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    for way in ways:
        assert await bob.refused(*way) == (400, "session_completed")
    assert (await ada.call("GET", path))["messages"] == [message]
