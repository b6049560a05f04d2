"""A session that is over is played, and taken away as a file that plays without any network."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.journeys.conftest import Host, register, shot
from tests.journeys.room_page import RoomPage
from tests.journeys.test_accessible import assert_accessible
from tests.journeys.test_chat_complete import act, png
from tests.journeys.test_interview import accept, enter
from tests.journeys.test_pads import make_file, pad
from tests.journeys.test_staff import note
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

HOSTILE = "</script><script>alert(1)</script><!-- <img src='https://evil.test/x.png' onerror=alert(2)> &lt;"
SECRET = "a secret that was taken back"
IN_PAD = "# in the second problem\n"
PROBLEM = "Valid Palindrome"
PAGE = f"<script>document.title='owned'</script>{HOSTILE}".encode()
FINAL = f'# first\n# second\nprint("played")\n# {HOSTILE}\n'


@dataclass
class Held:
    """An interview that was held."""

    host: Host
    session: str
    candidate: list[dict[str, Any]]
    """The candidate's cookies."""


@pytest.fixture(scope="module")
def held(server: Server, browser: Browser) -> Iterator[Held]:
    host = register(server, "Hanna Host")
    session = host.session()["id"]
    link = host.invite(session)
    options: dict[str, Any] = {"base_url": server.url, "permissions": ["clipboard-read", "clipboard-write"]}
    theirs, other = browser.new_context(**options), browser.new_context(**options)
    try:
        host.sign_in(theirs)
        page = theirs.new_page()
        page.goto(f"/session/{session}")
        room = enter(page, "join-without")
        candidate = accept(other.new_page(), link, "Carla Candidate", "join-without")
        hold(room, candidate)
        assert host.client.post(f"/api/sessions/{session}/end").status_code == 200
        expect(candidate.page.get_by_role("dialog", name="The session has ended")).to_be_visible()
        yield Held(host, session, [dict(cookie) for cookie in other.cookies()])
    finally:
        theirs.close()
        other.close()
        host.client.close()


def hold(room: RoomPage, candidate: RoomPage) -> None:
    candidate.replace_code('print("played")\n')
    room.expect_code("played")
    room.type_at_top("# second\n")
    candidate.expect_code("# second")
    candidate.type_at_top("# first\n")
    room.expect_code("# first")
    room.say(f"Hello {HOSTILE}")
    expect(candidate.page.get_by_test_id("chat-log")).to_contain_text("Hello </script>")
    chat(candidate.page)
    candidate.run()
    for one in (room, candidate):
        expect(one.result("ok")).to_contain_text("played")
    candidate.switch_language("Java")
    room.expect_code("class Solution")
    room.type_at_top("// in Java\n")
    candidate.expect_code("// in Java")
    room.switch_language("Python")
    second_problem(room, candidate)
    candidate.replace_code(FINAL)
    room.expect_code("evil.test")
    candidate.say("Thank you!")
    candidate.expect_saved()
    room.page.get_by_role("tab", name="Notes").click()
    note(room.page, "Quick, and asks")
    expect(room.page.locator("[data-notes-state=saved]")).to_be_visible()


def chat(page: Page) -> None:
    """An edit, a picture, a file that would like to be a page, and something taken back."""
    RoomPage(page).say("helo again")
    act(page, "helo again", "Edit")
    page.get_by_test_id("chat-edit").fill("hello again")
    page.get_by_test_id("chat-edit").press("Enter")
    expect(page.get_by_test_id("chat-message").last).to_have_text(re.compile(r"hello again\s*edited"))
    files: list[FilePayload] = [
        {"name": "board.png", "mimeType": "image/png", "buffer": png()},
        {"name": "page.html", "mimeType": "text/html", "buffer": PAGE},
    ]
    page.get_by_test_id("chat-files").set_input_files(files)
    expect(page.locator("[data-testid=chat-upload][data-state=ready]")).to_have_count(2)
    RoomPage(page).say("my drawing")
    expect(page.get_by_test_id("chat-picture")).to_be_visible()
    RoomPage(page).say(SECRET)
    act(page, SECRET, "Delete")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_test_id("chat-message").last).to_have_text("Message deleted")


def second_problem(room: RoomPage, candidate: RoomPage) -> None:
    """Added, shown to everybody, worked on in two files, and back to the first one."""
    page, other = room.page, candidate.page
    page.get_by_role("button", name="Add a problem or a pad").click()
    page.get_by_role("combobox", name="Problem").select_option(label=PROBLEM)
    page.get_by_role("button", name="Add it").click()
    room.expect_code("def is_palindrome")
    page.get_by_role("button", name="Show to everybody").click()
    candidate.expect_code("def is_palindrome")
    candidate.replace_code(IN_PAD)
    room.expect_code("in the second")
    other.get_by_role("button", name="Files", exact=True).click()
    make_file(other, "tools/helper.py")
    candidate.replace_code("# helps\n")
    candidate.expect_saved()
    pad(page, "Two Sum").click()
    page.get_by_role("button", name="Show to everybody").click()
    candidate.expect_code("played")


def shown(page: Page) -> str:
    text: str = page.get_by_test_id("replay-code").text_content() or ""
    return text


def expect_shown(page: Page, pattern: str) -> None:
    expect(page.get_by_test_id("replay-code")).to_have_text(re.compile(pattern, re.DOTALL), use_inner_text=True)


def replay_of(held: Held, context_of: Any, width: int = 1440, **options: Any) -> Page:
    context = context_of(width, 900 if width > 1000 else 844, **options)
    held.host.sign_in(context)
    page: Page = context.new_page()
    page.goto(f"/session/{held.session}")
    page.get_by_role("tab", name="Replay").click()
    expect(page.get_by_role("slider", name="Moment of the session")).to_be_visible()
    return page


def plays(page: Page) -> None:
    """From the beginning to the end, by keyboard; the same in the app and in a file."""
    slider = page.get_by_role("slider", name="Moment of the session")
    expect(page.locator("[data-file='solution.py']")).to_be_visible()
    assert "def " in shown(page), "the code that the problem begins with"
    slider.focus()
    page.keyboard.press("End")
    expect(page.get_by_test_id("replay-code")).to_have_text(FINAL)
    pads = page.get_by_role("tablist", name="Problems and pads").get_by_role("tab")
    expect(pads).to_have_text(["Two Sum", PROBLEM])
    expect(pads.first).to_have_attribute("aria-selected", "true")
    pads.last.click()
    expect(page.get_by_test_id("replay-code")).to_have_text(IN_PAD)
    expect(page.get_by_role("tablist", name="Files").get_by_role("tab")).to_have_text(
        ["solution.py", "tools/helper.py"]
    )
    page.get_by_role("tab", name="tools/helper.py").click()
    expect(page.get_by_test_id("replay-code")).to_have_text("# helps\n")
    page.get_by_role("button", name="Follow").click()
    slider.focus()
    page.keyboard.press("Home")
    expect(pads).to_have_count(0)
    expect(page.get_by_test_id("replay-code")).to_contain_text("def ")
    page.keyboard.press("m")
    expect(page.get_by_test_id("replay-code")).to_have_text('# first\n# second\nprint("played")\n')
    page.get_by_role("tab", name="Chat", exact=True).click()
    expect(page.get_by_test_id("chat-message")).to_have_text(re.compile(re.escape(f"Hello {HOSTILE}")))
    plays_chat(page)
    slider.focus()
    page.keyboard.press("Home")
    page.keyboard.press("r")
    page.get_by_role("tab", name="Runs", exact=True).click()
    expect(page.locator("[data-run]")).to_have_attribute("data-verdict", "running")
    slider.focus()
    # Back over the letters of "# first", one change at a time.
    page.keyboard.press("Home")
    for _ in range(200):
        page.keyboard.press(".")
        if "# sec\n" in shown(page) or shown(page).startswith("# sec"):
            break
    assert shown(page).startswith("# sec")
    before = shown(page)
    page.keyboard.press(".")
    assert shown(page) == before.replace("# sec", "# seco", 1)
    page.keyboard.press(",")
    assert shown(page) == before
    reached = slider.input_value()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(slider).not_to_have_value(reached)
    page.get_by_role("combobox", name="Speed").select_option("32")
    expect(page.locator("[data-replay=paused]")).to_be_visible()
    expect(page.get_by_test_id("replay-code")).to_have_text(FINAL)
    expect(page.locator("[data-run][data-verdict=ok]")).to_contain_text("played")
    page.get_by_role("tab", name="Moments").click()


def plays_chat(page: Page) -> None:
    """From the first message on: edited when it was edited, with its files, and nothing of what was taken back."""
    slider = page.get_by_role("slider", name="Moment of the session")
    messages = page.get_by_test_id("chat-message")
    slider.focus()
    page.keyboard.press("m")
    expect(messages.last).to_have_text("hello again")
    page.keyboard.press("m")
    expect(messages.last).to_have_text(re.compile(r"hello again\s*edited"))
    page.keyboard.press("m")
    picture = page.get_by_test_id("chat-picture").get_by_role("img")
    expect(picture).to_be_visible()
    page.wait_for_function("(image) => image.naturalWidth === 900", arg=picture.element_handle())
    with page.expect_download() as download:
        page.get_by_test_id("chat-file").click()
    assert download.value.suggested_filename == "page.html"
    assert download.value.path().read_bytes() == PAGE
    expect(page).to_have_title(re.compile("^(?!owned)"))
    slider.focus()
    page.keyboard.press("m")
    expect(messages.last).to_have_text("Message deleted")
    page.keyboard.press("End")
    expect(messages).to_have_count(5)
    assert SECRET not in (page.text_content("body") or "")


def test_the_host_plays_it(held: Held, context_of: Any) -> None:
    page = replay_of(held, context_of)
    plays(page)
    moments = page.get_by_role("list", name="Moments, oldest first").get_by_role("button")
    expect(moments.first).to_be_visible()
    texts = moments.all_inner_texts()
    assert [text for text in texts if "Carla Candidate ran the code (python)" in text]
    assert [text for text in texts if HOSTILE in text]
    for part in (
        f"Hanna Host added the problem “{PROBLEM}”",
        "Carla Candidate pasted from elsewhere into solution.py",
        f"Carla Candidate pasted from elsewhere into {PROBLEM}/solution.py",
        "Carla Candidate wrote a message that was deleted later",
        "Carla Candidate edited a message",
        "Carla Candidate deleted a message",
        "Note by Hanna Host: Quick, and asks",
    ):
        assert [text for text in texts if part in text], part
    moments.filter(has_text="added the problem").click()
    expect(page.get_by_role("tablist", name="Problems and pads").get_by_role("tab", selected=True)).to_have_text(
        "Two Sum"
    )
    page.get_by_role("slider").focus()
    page.keyboard.press(".")
    page.keyboard.press(".")
    tab = page.get_by_role("tablist", name="Problems and pads").get_by_role("tab", selected=True)
    expect(tab).to_have_accessible_name(re.compile(f"{PROBLEM}.*shown to everybody"))
    expect(page.get_by_test_id("replay-language")).to_have_text(re.compile("^Python"))
    moments.filter(has_text="ran the code").click()
    expect(page.get_by_test_id("replay-code")).to_have_text('# first\n# second\nprint("played")\n')
    expect(page.get_by_role("tab", name="Main.java")).to_have_count(0)  # not yet
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    page.get_by_role("tab", name="Main.java").click()
    expect(page.get_by_test_id("replay-code")).to_contain_text("// in Java")
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_test_id("replay-code")).to_have_text(FINAL)
    page.get_by_role("slider").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the replay")).to_contain_text("Play or pause")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_it_is_accessible(held: Held, context_of: Any, width: int, scheme: str) -> None:
    page = replay_of(held, context_of, width, color_scheme=scheme)
    page.get_by_role("slider").focus()
    page.keyboard.press("r")
    page.keyboard.press("End")
    names = ("Moments", "Chat", "Runs", "Notes")
    for name in ("Code", *names) if width < 900 else names:
        page.get_by_role("tab", name=name, exact=True).click()
        assert_accessible(page)
        shot(page, f"replay-{name.lower()}-{width}-{scheme}")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_candidate_sees_the_record_only(held: Held, context_of: Any) -> None:
    context = context_of()
    context.add_cookies(held.candidate)
    page = context.new_page()
    page.goto(f"/session/{held.session}")
    expect(page.locator("[data-record]")).to_contain_text("Thank you!")
    expect(page.get_by_role("tab", name="Replay")).to_have_count(0)
    expect(page.get_by_role("button", name="Export")).to_have_count(0)
    for path in ("timeline", "export.html", "export.json"):
        assert page.request.get(f"/api/sessions/{held.session}/{path}").status == 403


@pytest.mark.parametrize("entry", ["Replay (HTML)", "Replay to share, without notes and pastes"])
def test_the_file_plays_without_a_network(
    held: Held, context_of: Any, browser: Browser, tmp_path: Path, entry: str
) -> None:
    page = replay_of(held, context_of)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=entry).click()
    assert re.fullmatch(r"two-sum-\d{4}-\d\d-\d\d\.html", download.value.suggested_filename)
    file = tmp_path / "replay.html"
    download.value.save_as(file)
    assert SECRET.encode() not in file.read_bytes()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    alone = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("console", lambda message: said.append(message.text))
    alone.on("pageerror", lambda error: said.append(str(error)))
    alone.on("dialog", lambda dialog: said.append(dialog.message))
    alone.goto(file.as_uri())
    expect(alone.get_by_role("heading", name="Two Sum")).to_be_visible()
    plays(alone)
    moments = alone.get_by_role("list", name="Moments, oldest first").get_by_role("button")
    everything = entry == "Replay (HTML)"
    for staff_only in ("pasted from", "Note by"):
        expect(moments.filter(has_text=staff_only).first).to_be_attached(attached=everything)
    assert_accessible(alone)
    shot(alone, "replay-file-1440")
    alone.set_viewport_size({"width": 390, "height": 844})
    shot(alone, "replay-file-390")
    assert_accessible(alone)
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [file.as_uri()]
    assert said == []
    context.close()


def test_a_file_that_was_cut_off_says_so(held: Held, browser: Browser, tmp_path: Path) -> None:
    whole = held.host.client.get(f"/api/sessions/{held.session}/export.html").content
    for name, length in (("end", whole.index(b'{"complete":true}')), ("middle", whole.index(b'"kind":"chat"'))):
        file = tmp_path / f"{name}.html"
        file.write_bytes(whole[:length])
        context = browser.new_context()
        page = context.new_page()
        page.goto(file.as_uri())
        expect(page.get_by_text("This file is not complete")).to_be_visible()
        context.close()


def test_everything_as_json(held: Held, context_of: Any, tmp_path: Path) -> None:
    page = replay_of(held, context_of)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Everything as JSON").click()
    download.value.save_as(tmp_path / "session.json")
    given = json.loads((tmp_path / "session.json").read_text())
    assert {file["path"]: file["text"] for file in given["record"]["files"]}["solution.py"] == FINAL
    said = [event["data"]["message"]["text"] for event in given["events"] if event["kind"] == "chat"]
    assert said == [f"Hello {HOSTILE}", "hello again", "my drawing", "", "Thank you!"]
    files = {one["name"]: base64.b64decode(one["content"]) for one in given["attachments"]}
    assert files["page.html"] == PAGE
    assert files["board.png"].startswith(b"RIFF")
    assert SECRET not in (tmp_path / "session.json").read_text()
    assert given["complete"] is True
