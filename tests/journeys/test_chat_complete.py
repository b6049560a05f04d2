"""Chat with files, reactions, edits and deletions, and what is recorded of a candidate, in real browsers."""

import io
import re
from collections.abc import Callable
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage, open_from_header

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SECONDS = 30_000
THEMES: dict[Literal["light", "dark"], str] = {"light": "day", "dark": "night"}


@pytest.fixture
def room(context_of: Any, host: Host) -> Callable[..., tuple[Page, Page, dict[str, Any]]]:
    """A host and a candidate who came by a link."""

    def begin(**guest_options: Any) -> tuple[Page, Page, dict[str, Any]]:
        session = host.session()
        first = context_of()
        host.sign_in(first)
        page = first.new_page()
        page.goto(f"/session/{session['id']}")
        page.get_by_test_id("join-without").click()
        other = context_of(**guest_options).new_page()
        other.goto(host.invite(session["id"]))
        expect(other.get_by_test_id("recorded")).to_contain_text("Nothing else is collected")
        shot(other, f"disclosure-{guest_options.get('width', 1440)}", full_page=True)
        other.get_by_test_id("join-name").fill("Gina Guest")
        other.get_by_test_id("join-without").click()
        for one in (page, other):
            expect(one.locator("[data-saved-state=saved]").first).to_be_attached(timeout=SECONDS)
        return page, other, session

    return begin


def say(page: Page, text: str) -> None:
    page.get_by_test_id("chat-input").fill(text)
    page.get_by_test_id("chat-input").press("Enter")


def act(page: Page, message: str, name: str) -> None:
    """Press `name` in the menu of a message."""
    beside = page.locator(".group", has=page.get_by_test_id("chat-message").filter(has_text=message))
    beside.hover()
    beside.get_by_test_id("chat-actions").click()
    beside.get_by_role("button", name=name, exact=True).click()


def in_themes(page: Page, name: str) -> None:
    """A picture in both themes."""
    for scheme, theme in THEMES.items():
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_attribute("data-theme", theme)
        shot(page, f"{name}-{theme}")


def png() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((900, 500)).save(out, "PNG")
    return out.getvalue()


def test_a_conversation_with_all_that_chat_can_do(room: Callable[..., Any]) -> None:
    host, guest, session = room()
    say(guest, "helo")
    act(guest, "helo", "Edit")
    guest.get_by_test_id("chat-edit").fill("hello")
    guest.get_by_test_id("chat-edit").press("Enter")
    expect(host.get_by_test_id("chat-message")).to_have_text([re.compile(r"hello\s*edited")])
    act(host, "hello", "Hooray")
    expect(guest.get_by_test_id("chat-reactions")).to_contain_text("1")
    guest.get_by_role("button", name="Hooray by Hanna Host").click()
    expect(host.get_by_role("button", name=re.compile("^Hooray by"), pressed=True)).to_contain_text("2")

    hostile = b"<script>document.title='owned'</script>"
    guest.get_by_test_id("chat-files").set_input_files(
        [
            {"name": "board.png", "mimeType": "image/png", "buffer": png()},
            {"name": "page.html", "mimeType": "text/html", "buffer": hostile},
        ]
    )
    expect(guest.locator("[data-testid=chat-upload][data-state=ready]")).to_have_count(2)
    say(guest, "my drawing")
    picture = host.get_by_test_id("chat-picture").get_by_role("img")
    expect(picture).to_be_visible()
    host.wait_for_function("(image) => image.naturalWidth === 900", arg=picture.element_handle())
    with host.expect_download() as download:
        host.get_by_test_id("chat-file").click()
    assert download.value.suggested_filename == "page.html"
    assert download.value.path().read_bytes() == hostile
    expect(host).not_to_have_title("owned")
    # Not even typed into the address bar is it a page.
    address = host.get_by_test_id("chat-file").get_attribute("href")
    answer = host.request.get(address or "")
    assert answer.headers["content-type"] == "application/octet-stream"

    say(guest, "a secret")
    expect(host.get_by_test_id("chat-message")).to_have_count(3)
    act(guest, "a secret", "Delete")
    guest.get_by_role("dialog").get_by_role("button", name="Delete").click()
    for page in (host, guest):
        expect(page.get_by_test_id("chat-message").last).to_have_text("Message deleted")
    stored = host.request.get(f"/api/sessions/{session['id']}/messages").text()
    assert "a secret" not in stored
    in_themes(host, "chat-complete-1440")

    host.reload()
    expect(host.get_by_test_id("chat-message").last).to_have_text("Message deleted", timeout=SECONDS)
    expect(host.get_by_test_id("chat-picture")).to_be_visible()


def test_what_a_candidate_does_is_seen_by_the_staff_and_by_them(room: Callable[..., Any]) -> None:
    host, guest, _ = room()
    RoomPage(guest).wait_until_live()
    host.get_by_role("tab", name="Activity").click()
    expect(host.get_by_test_id("activity-panel")).to_contain_text("Nothing noted yet")

    guest.evaluate("() => navigator.clipboard.writeText('def answer():\\n    return 42\\n')")
    RoomPage(guest).go_to_top()
    guest.keyboard.press("Control+V")
    line = host.get_by_test_id("activity").first
    expect(line).to_contain_text("Gina Guest: pasted from elsewhere into solution.py (28 characters, 3 lines)")

    # Cut here and pasted here: from the room.
    guest.keyboard.press("Control+A")
    guest.keyboard.press("Control+X")
    guest.keyboard.press("Control+V")
    expect(line).to_contain_text("pasted from this room")

    statement = guest.get_by_role("region", name="Problem")
    statement.click()
    guest.evaluate("(box) => getSelection().selectAllChildren(box)", statement.element_handle())
    guest.keyboard.press("Control+C")
    expect(line).to_contain_text("copied from the statement")

    elsewhere = guest.context.new_page()
    elsewhere.bring_to_front()
    hide = "(state) => { Object.defineProperty(document, 'visibilityState', {value: state, configurable: true}); }"
    tell = "() => document.dispatchEvent(new Event('visibilitychange'))"
    guest.evaluate(hide, "hidden")  # headless pages are never hidden by another tab
    guest.evaluate(tell)
    expect(line).to_contain_text("left the tab and is not back yet")
    guest.evaluate(hide, "visible")
    guest.evaluate(tell)
    expect(line).to_contain_text("left the tab for")
    in_themes(host, "activity-1440")

    # Those who interview paste as they like.
    RoomPage(host).go_to_top()
    host.evaluate("() => navigator.clipboard.writeText('# from the host\\n')")
    host.keyboard.press("Control+V")
    RoomPage(guest).expect_code("# from the host")
    expect(host.get_by_test_id("activity")).to_have_count(4)

    guest.get_by_test_id("rules").click()
    expect(guest.get_by_role("dialog").get_by_test_id("activity")).to_have_count(4)
    expect(guest.get_by_role("dialog").get_by_test_id("recorded")).to_contain_text("Nothing else is collected")
    in_themes(guest, "rules-1440")


def test_on_a_phone(room: Callable[..., Any]) -> None:
    host, guest, _ = room(width=390, height=844, has_touch=True, is_mobile=True)
    say(host, "Can you send a picture?")
    guest.get_by_role("tab", name=re.compile("Chat")).click()
    guest.get_by_test_id("chat-files").set_input_files({"name": "board.png", "mimeType": "image/png", "buffer": png()})
    expect(guest.locator("[data-testid=chat-upload][data-state=ready]")).to_have_count(1)
    shot(guest, "chat-upload-390")
    guest.get_by_test_id("chat-send").click()
    expect(host.get_by_test_id("chat-picture")).to_be_visible()
    guest.get_by_role("button", name="React to the message of Hanna Host").tap()
    in_themes(guest, "chat-actions-390")
    guest.get_by_role("button", name="Thumbs up", exact=True).tap()
    expect(host.get_by_test_id("chat-reactions")).to_be_visible()
    in_themes(guest, "chat-complete-390")
    open_from_header(guest, "Rules and what is recorded")
    in_themes(guest, "rules-390")
    width = guest.evaluate("() => document.documentElement.scrollWidth")
    assert width == 390
