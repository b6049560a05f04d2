"""Files in the chat: drawn again or downloaded, never a page of ours."""

import base64
import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from interview_platform.chat.attachments import clean_name
from interview_platform.chat.model import ATTACHMENT_MAX_BYTES, NAME_MAX
from interview_platform.kit.rate_limit import Limit
from interview_platform.storage.database import Database
from tests.api import Api, Browser, assemble, on_both_databases
from tests.chat.test_messages import room

SCRIPT = b"<script>alert(document.domain)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **given: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **given)
    return out.getvalue()


def upload_path(messages: str) -> str:
    return messages.replace("/messages", "/attachments")


async def upload(browser: Browser, messages: str, name: str, content: bytes) -> dict[str, Any]:
    body = {"name": name, "content": base64.b64encode(content).decode()}
    answer = await browser.call("POST", upload_path(messages), body, status=201)
    attachment: dict[str, Any] = answer["attachment"]
    return attachment


async def send(browser: Browser, messages: str, *ids: str, text: str = "") -> dict[str, Any]:
    answer = await browser.call("POST", messages, {"text": text, "attachments": list(ids)}, status=201)
    message: dict[str, Any] = answer["message"]
    return message


@on_both_databases
async def test_a_file_is_sent_and_saved(api: Api) -> None:
    ada, bob, path = await room(api)
    file = await upload(bob, path, "trace.log", b"12345")
    assert file == file | {"name": "trace.log", "mediaType": "application/octet-stream", "size": 5, "width": None}
    message = await send(bob, path, file["id"])
    assert (message["text"], message["attachments"]) == ("", [file])
    assert (await ada.call("GET", path))["messages"] == [message]
    answer = await ada.get(f"{upload_path(path)}/{file['id']}")
    assert answer.content == b"12345"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''trace.log"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
async def test_a_picture_is_drawn_again(api: Api, kind: str) -> None:
    ada, bob, path = await room(api)
    given = picture(kind, (2_000, 1_000)) + SCRIPT
    file = await upload(ada, path, f"me.{kind.lower()}", given)
    assert (file["mediaType"], file["width"], file["height"]) == ("image/webp", 1_600, 800)
    answer = await bob.get(f"{upload_path(path)}/{file['id']}")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''me.webp"
    assert len(answer.content) == file["size"]
    assert SCRIPT not in answer.content
    with Image.open(io.BytesIO(answer.content)) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (1_600, 800))


async def test_where_a_picture_was_taken_stays_with_its_taker(api: Api) -> None:
    ada, _, path = await room(api)
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    given = picture("JPEG", exif=exif)
    assert b"taken at home" in given
    file = await upload(ada, path, "home.jpg", given)
    assert b"taken at home" not in (await ada.get(f"{upload_path(path)}/{file['id']}")).content


def hostile() -> dict[str, bytes]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", bytes(20_000_000))
    enormous = picture("PNG", (6_000, 5_000))  # a few KB that become 90 MB
    return {
        "page.html": b"<!doctype html>" + SCRIPT,
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
        "cut.png": picture()[:60] + SCRIPT,
        "gif.js": b"GIF89a/*" + SCRIPT + b"*/=1",
        "bomb.zip": archive.getvalue(),
        "enormous.png": enormous,
        "app.xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>",
        "paper.pdf": b"%PDF-1.7 " + SCRIPT,
    }


@pytest.mark.parametrize("name", list(hostile()))
async def test_whatever_it_is_it_is_only_bytes_to_be_saved(api: Api, name: str) -> None:
    ada, bob, path = await room(api)
    content = hostile()[name]
    file = await upload(bob, path, name, content)
    assert (file["mediaType"], file["width"]) == ("application/octet-stream", None)
    answer = await ada.get(f"{upload_path(path)}/{file['id']}")
    assert answer.content == content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "etcpasswd"),
        ("C:\\temp\\a.txt", "C:tempa.txt"),
        ("gpj.\u202eexe.txt", "gpj.exe.txt"),
        ('a"\r\nSet-Cookie: x=1', 'a"Set-Cookie: x=1'),
        ("...", "file"),
        ("", "file"),
        (" Grüße 😀.png ", "Grüße 😀.png"),
        (".bashrc", "bashrc"),
    ],
)
def test_a_name_leads_nowhere(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_end() -> None:
    cleaned = clean_name("x" * 500 + ".exe")
    assert len(cleaned) == NAME_MAX
    assert cleaned.endswith(".exe")


async def test_what_is_too_large_or_broken_is_refused(api: Api) -> None:
    ada, _, path = await room(api)
    upload_to = upload_path(path)
    big = base64.b64encode(bytes(ATTACHMENT_MAX_BYTES + 1)).decode()
    assert await ada.refused("POST", upload_to, {"name": "big", "content": big}) == (413, "file_too_large")
    for content in ("", "?", "AAA", "data:text/plain;base64,QQ=="):
        assert await ada.refused("POST", upload_to, {"name": "x", "content": content}) == (422, "invalid")
    largest = await upload(ada, path, "largest", bytes(ATTACHMENT_MAX_BYTES))
    assert largest["size"] == ATTACHMENT_MAX_BYTES


async def test_a_session_does_not_take_files_without_end(database: Database) -> None:
    api = assemble(database, attached_bytes_max=10)
    ada, bob, path = await room(api)
    await upload(ada, path, "a", b"123456")
    body = {"name": "b", "content": base64.b64encode(b"12345").decode()}
    assert await bob.refused("POST", upload_path(path), body) == (409, "attachments_full")
    await upload(bob, path, "c", b"1234")
    await api.close()


async def test_uploading_is_limited_for_each_person(database: Database) -> None:
    api = assemble(database, upload_limit=Limit(2, 3600))
    ada, bob, path = await room(api)
    for _ in range(2):
        await upload(ada, path, "a", b"1")
    body = {"name": "a", "content": "MQ=="}
    assert await ada.refused("POST", upload_path(path), body) == (429, "too_fast")
    await upload(bob, path, "a", b"1")
    await api.close()


async def test_one_sends_only_what_one_has_brought(api: Api) -> None:
    ada, bob, path = await room(api)
    _, carl, elsewhere = await room(api)
    mine = await upload(ada, path, "a", b"1")
    there = await upload(carl, elsewhere, "b", b"2")
    for ids in ([mine["id"]], ["unknown"], [there["id"]], ["../x"], ["x" * 100]):
        assert await bob.refused("POST", path, {"text": "", "attachments": ids}) == (422, "invalid")
    twice = {"text": "", "attachments": [mine["id"], mine["id"]]}
    assert await ada.refused("POST", path, twice) == (422, "invalid")
    many = [(await upload(ada, path, "a", b"1"))["id"] for _ in range(5)]
    assert await ada.refused("POST", path, {"text": "", "attachments": many}) == (422, "invalid")
    assert (await ada.call("GET", path))["messages"] == []


async def test_who_may_bring_and_fetch(api: Api) -> None:
    ada, bob, path = await room(api, visibility="open", capacity=3)
    session = {"id": path.split("/")[3]}
    observer = await api.guest(await ada.invite(session, "observer"))
    eve = await api.person("Eve")
    file = await upload(bob, path, "a", b"1")
    address, body = f"{upload_path(path)}/{file['id']}", {"name": "a", "content": "MQ=="}
    assert (await observer.get(address)).content == b"1"
    for browser, code in ((observer, None), (eve, (403, "forbidden")), (api.browser(), (401, "unauthenticated"))):
        assert await browser.refused("POST", upload_path(path), body) == (code or (403, "forbidden"))
        if code:
            assert await browser.refused("GET", address) == code
    _, _, elsewhere = await room(api)
    assert (await eve.get(f"{upload_path(elsewhere)}/{file['id']}")).status_code == 403
    await ada.call("POST", f"/api/sessions/{session['id']}/end")
    assert await bob.refused("POST", upload_path(path), body) == (400, "session_completed")
    assert (await bob.get(address)).content == b"1"


async def test_the_file_of_a_deleted_message_is_gone(api: Api) -> None:
    ada, bob, path = await room(api)
    file = await upload(bob, path, "oops.txt", b"secret")
    message = await send(bob, path, file["id"], text="oops")
    edited = (await bob.call("PATCH", f"{path}/{message['id']}", {"text": ""}))["message"]
    assert (edited["text"], edited["attachments"]) == ("", [file])
    await bob.call("DELETE", f"{path}/{message['id']}")
    for browser in (ada, bob):
        assert await browser.refused("GET", f"{upload_path(path)}/{file['id']}") == (404, "not_found")
