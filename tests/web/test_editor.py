"""What only a real browser can show of the shared editor: its keys, its input methods, its storage."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Host, browser, context_of, host, server
from tests.journeys.room_page import RoomPage
from tests.serving import Server

__all__ = ["browser", "context_of", "host", "server"]  # fixtures

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SECONDS = 20.0


@pytest.fixture
def pair(context_of: Callable[..., Any], host: Host) -> tuple[RoomPage, RoomPage, str]:
    """Host and candidate in a room whose Python file is `one`, `two`, `three`; and the id of the session."""
    session = host.session()["id"]
    mine = context_of()
    host.sign_in(mine)
    first, second = RoomPage(mine.new_page()), RoomPage(context_of().new_page())
    first.page.goto(f"/session/{session}")
    first.page.get_by_test_id("join-without").click()
    first.wait_until_live()
    second.page.goto(host.invite(session))
    second.page.get_by_label("Your name").fill("Kim")
    second.page.get_by_test_id("join-without").click()
    second.wait_until_live()
    first.replace_code("one\ntwo\nthree\n")
    agree(host, session, "one\ntwo\nthree\n")
    second.expect_code("three")
    return first, second, session


def stored(host: Host, session: str) -> str:
    files = host.client.get(f"/api/sessions/{session}/record").json()["files"]
    return str(next(file["text"] for file in files if file["path"] == "solution.py"))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)  # between two looks


def agree(host: Host, session: str, text: str) -> None:
    """The server's document becomes `text`."""
    deadline = time.monotonic() + SECONDS
    while (now := stored(host, session)) != text:
        assert time.monotonic() < deadline, f"{now!r}"
        time.sleep(0.05)  # between two looks


def kept_in_browser(page: Page) -> int:
    """How many entries wait in IndexedDB to be sent."""
    count: int = page.evaluate(
        """() => new Promise((tell) => {
          indexedDB.open("interview-platform").onsuccess = ({ target }) => {
            const count = target.result.transaction("unsaved-changes").objectStore("unsaved-changes").count();
            count.onsuccess = () => { target.result.close(); tell(count.result); };
          };
        })"""
    )
    return count


def caret(page: Page, *keys: str) -> None:
    page.locator("[data-editor-ready=true] .view-lines").first.click()
    for key in keys:
        page.keyboard.press(key)


def test_undo_takes_back_ones_own(pair: tuple[RoomPage, RoomPage, str], host: Host) -> None:
    first, second, session = pair
    caret(first.page, "Control+Home")
    first.page.keyboard.type("AAA")
    second.expect_code("AAAone")
    caret(second.page, "Control+Home")
    second.page.keyboard.type("BBB")
    first.expect_code("BBBAAAone")
    first.page.keyboard.press("Control+Z")
    agree(host, session, "BBBone\ntwo\nthree\n")
    second.expect_code("BBBone")


def test_input_method_and_the_others_on_one_line(pair: tuple[RoomPage, RoomPage, str], host: Host) -> None:
    first, second, session = pair
    caret(second.page, "Control+End")
    browser_side = second.page.context.new_cdp_session(second.page)

    def compose(text: str) -> None:
        at = {"selectionStart": len(text), "selectionEnd": len(text)}
        browser_side.send("Input.imeSetComposition", {"text": text, **at})

    compose("か")
    agree(host, session, "one\ntwo\nthree\nか")
    caret(first.page, "Control+End", "Home")
    first.page.keyboard.type("zz")
    caret(first.page, "Control+End")
    first.page.keyboard.type("QQ")
    agree(host, session, "one\ntwo\nthree\nzzかQQ")
    compose("かん")
    compose("かんじ")
    browser_side.send("Input.insertText", {"text": "漢字"})
    agree(host, session, "one\ntwo\nthree\nzz漢字QQ")
    second.expect_code("zz漢字QQ")
    first.expect_code("zz漢字QQ")


def test_a_page_that_dies_while_the_server_is_down(
    pair: tuple[RoomPage, RoomPage, str], host: Host, server: Server
) -> None:
    _, second, session = pair
    server.kill()
    expect(second.page.locator("[data-saved-state=offline]").first).to_be_attached(timeout=20_000)
    caret(second.page, "Control+End")
    # One change: it is in the browser or it is not. Of letters typed slowly, the first ones would be there already.
    second.page.keyboard.insert_text("# only here")
    until(lambda: kept_in_browser(second.page) > 0)
    context = second.page.context
    second.page.close(run_before_unload=False)
    server.start()
    again = RoomPage(context.new_page())
    again.page.goto(f"/session/{session}")
    door = again.page.get_by_test_id("join-without")
    door.or_(again.page.locator(".monaco-editor")).first.wait_for()
    if door.count():
        door.click()
    again.wait_until_live()
    agree(host, session, "one\ntwo\nthree\n# only here")
    again.expect_saved()
    # Stored on the server: nothing of it stays in this browser.
    until(lambda: kept_in_browser(again.page) == 0)
