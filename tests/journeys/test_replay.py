"""A session that is over is played, and taken away as a file that plays without any network."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Host, register, shot
from tests.journeys.room_page import RoomPage
from tests.journeys.test_accessible import assert_accessible
from tests.journeys.test_interview import accept, enter
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

HOSTILE = "</script><script>alert(1)</script><!-- <img src='https://evil.test/x.png' onerror=alert(2)> &lt;"
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
    candidate.run()
    for one in (room, candidate):
        expect(one.result("ok")).to_contain_text("played")
    candidate.switch_language("Java")
    room.expect_code("class Solution")
    room.type_at_top("// in Java\n")
    candidate.expect_code("// in Java")
    room.switch_language("Python")
    candidate.replace_code(FINAL)
    room.expect_code("evil.test")
    candidate.say("Thank you!")
    candidate.expect_saved()


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
    page.keyboard.press("Home")
    expect(page.get_by_test_id("replay-code")).to_contain_text("def ")
    page.keyboard.press("m")
    expect(page.get_by_test_id("replay-code")).to_have_text('# first\n# second\nprint("played")\n')
    page.get_by_role("tab", name="Chat", exact=True).click()
    expect(page.get_by_test_id("chat-message")).to_have_text(re.compile(re.escape(f"Hello {HOSTILE}")))
    slider.focus()
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


def test_the_host_plays_it(held: Held, context_of: Any) -> None:
    page = replay_of(held, context_of)
    plays(page)
    moments = page.get_by_role("list", name="Moments, oldest first").get_by_role("button")
    expect(moments.first).to_be_visible()
    texts = moments.all_inner_texts()
    assert [text for text in texts if "Carla Candidate ran the code (python)" in text]
    assert [text for text in texts if HOSTILE in text]
    moments.filter(has_text="ran the code").click()
    expect(page.get_by_test_id("replay-code")).to_have_text('# first\n# second\nprint("played")\n')
    page.get_by_role("tab", name="Main.java").click()
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
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
    names = ("Code", "Moments", "Chat", "Runs") if width < 900 else ("Moments", "Chat", "Runs")
    for name in names:
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
    assert_accessible(alone)
    shot(alone, "replay-file-1440")
    alone.set_viewport_size({"width": 390, "height": 844})
    shot(alone, "replay-file-390")
    assert_accessible(alone)
    assert asked == [file.as_uri()]
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
    said = [event["data"]["text"] for event in given["events"] if event["kind"] == "chat"]
    assert said == [f"Hello {HOSTILE}", "Thank you!"]
    assert given["complete"] is True
