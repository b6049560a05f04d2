import asyncio
from typing import Any

import pytest

from interview_platform.chat.model import TEXT_MAX
from interview_platform.chat.service import PAGE, clean_text
from interview_platform.kit.rate_limit import Limit
from interview_platform.storage.database import Database
from tests.api import Api, Browser, assemble, on_both_databases


async def room(api: Api, **given: Any) -> tuple[Browser, Browser, str]:
    """A host, a candidate, and the address of their session's messages."""
    ada, bob = await api.person("Ada"), await api.person("Bob")
    session = await ada.create(**given)
    await bob.call("POST", f"/api/invites/{await ada.invite(session)}/accept")
    return ada, bob, f"/api/sessions/{session['id']}/messages"


async def post(browser: Browser, path: str, text: str) -> dict[str, Any]:
    message: dict[str, Any] = (await browser.call("POST", path, {"text": text}, status=201))["message"]
    return message


async def test_a_message_is_stored_and_told_to_the_room(api: Api) -> None:
    ada, bob, path = await room(api)
    heard = api.heard({"id": path.split("/")[3]})
    message = await post(bob, path, "Hello\n\n```py\nx\t= 1\n```  \n")
    plain: dict[str, Any] = {"attachments": [], "reactions": [], "editedAt": None, "deletedAt": None, "rev": 0}
    assert message.keys() == {"id", "seq", "personId", "name", "text", "createdAt"} | plain.keys()
    assert {key: message[key] for key in plain} == plain
    assert (message["seq"], message["personId"], message["name"]) == (1, bob.me["id"], "Bob")
    assert message["text"] == "Hello\n\n```py\nx\t= 1\n```"
    assert heard == [{"type": "chat.message", "message": message}]
    assert await ada.call("GET", path) == {"messages": [message], "before": None}


@on_both_databases
async def test_applying_what_was_heard_gives_what_is_fetched(api: Api) -> None:
    ada, bob, path = await room(api)
    await post(ada, path, "before")
    known = (await bob.call("GET", path))["messages"]
    heard = api.heard({"id": path.split("/")[3]})
    await asyncio.gather(*(post(browser, path, f"{n}") for n in range(10) for browser in (ada, bob)))
    fetched = (await bob.call("GET", path))["messages"]
    assert [m["seq"] for m in fetched] == list(range(1, 22))
    by_seq = sorted(known + [event["message"] for event in heard], key=lambda m: m["seq"])
    assert by_seq == fetched


@pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, 2 * PAGE + 1])
async def test_every_message_is_on_exactly_one_page(database: Database, count: int) -> None:
    api = assemble(database, chat_limit=Limit(1000, 1))
    ada, _, path = await room(api)
    for number in range(count):
        await post(ada, path, f"{number}")
    pages: list[list[str]] = []
    before: int | None = None
    while True:
        page = await ada.call("GET", path + (f"?before={before}" if before else ""))
        pages.append([message["text"] for message in page["messages"]])
        before = page["before"]
        if before is None:
            break
    assert [text for page in reversed(pages) for text in page] == [f"{number}" for number in range(count)]
    assert all(len(page) == PAGE for page in pages[:-1])
    assert pages[-1] or count == 0
    await api.close()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "invalid"),
        (" \n\t ", "invalid"),
        ("\x00\x1b", "invalid"),
        ("x" * (TEXT_MAX + 1), "invalid"),
        ("\ud800", "invalid"),
        (None, "invalid"),
        (["x"], "invalid"),
    ],
)
async def test_a_bad_message_is_refused_by_its_field(api: Api, text: Any, code: str) -> None:
    ada, _, path = await room(api)
    body = b'{"text": "\\ud800"}' if text == "\ud800" else None
    headers = {"content-type": "application/json"}
    answer = await (ada.post(path, content=body, headers=headers) if body else ada.post(path, json={"text": text}))
    assert (answer.status_code, answer.json()["code"], list(answer.json()["fields"])) == (422, code, ["text"])
    assert (await ada.call("GET", path))["messages"] == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("  indented\n", "  indented"),
        ("a\x00b\x1b[31mc\x7fd\x85e", "ab[31mcde"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("👩 é \u202e", "👩 é \u202e"),
        ("x" * TEXT_MAX + "\n\n", "x" * TEXT_MAX),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_text_is_kept_but_for_what_cannot_be_seen(given: str, kept: str) -> None:
    assert clean_text(given) == kept


async def test_who_may_write_and_read(api: Api) -> None:
    ada, bob, path = await room(api, visibility="open", capacity=3)
    session = {"id": path.split("/")[3]}
    observer = await api.guest(await ada.invite(session, "observer"))
    eve = await api.person("Eve")
    message = await post(ada, path, "hi")
    body = {"text": "hi"}
    assert (await observer.call("GET", path))["messages"] == [message]
    assert await observer.refused("POST", path, body) == (403, "forbidden")
    for method in ("GET", "POST"):
        assert await eve.refused(method, path, body) == (403, "forbidden")
        assert await api.browser().refused(method, path, body) == (401, "unauthenticated")
    await bob.call("POST", f"/api/sessions/{session['id']}/leave")
    assert await bob.refused("GET", path) == (403, "forbidden")
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    for browser in (ada, bob, observer):  # who took part reads what was said
        assert (await browser.call("GET", path))["messages"] == [message]
    assert await ada.refused("POST", path, body) == (400, "session_completed")
    assert await bob.refused("POST", path, body) == (400, "session_completed")
    assert await eve.refused("GET", path) == (403, "forbidden")


async def test_a_page_begins_at_a_number_or_an_id(api: Api) -> None:
    ada, _, path = await room(api)
    sent = [await post(ada, path, str(number)) for number in range(3)]
    for before in (str(sent[2]["seq"]), sent[2]["id"]):
        page = await ada.call("GET", f"{path}?before={before}")
        assert page["messages"] == sent[:2]
    assert (await ada.call("GET", f"{path}?before="))["messages"] == sent
    eve, _, elsewhere = await room(api)
    assert await eve.refused("GET", f"{elsewhere}?before={sent[0]['id']}") == (422, "bad_place")


@pytest.mark.parametrize("before", ["0", "-1", "x", "1.5", str(2**53), "9" * 400])
async def test_a_page_that_cannot_be_is_refused(api: Api, before: str) -> None:
    ada, _, path = await room(api)
    assert await ada.refused("GET", f"{path}?before={before}") == (422, "bad_place")


async def test_writing_is_limited_for_each_person(database: Database) -> None:
    api = assemble(database, chat_limit=Limit(3, 60))
    ada, bob, path = await room(api)
    for _ in range(3):
        await post(ada, path, "again")
    await ada.refused("POST", path, {"text": ""})
    answer = await ada.post(path, json={"text": "again"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_fast")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    await post(bob, path, "I may")
    assert len((await bob.call("GET", path))["messages"]) == 4
    await api.close()


async def test_the_token_is_a_ticket_in_streams_shape(api: Api) -> None:
    ada = await api.person("Ada")
    token = await ada.call("GET", "/api/chat/token")
    assert token == {
        "token": token["token"],
        "userId": ada.me["id"],
        "userName": "Ada",
        "userImage": None,
    }
    assert api.tickets.redeem(token["token"]) == ada.me["id"]
    assert await api.browser().refused("GET", "/api/chat/token") == (401, "unauthenticated")
