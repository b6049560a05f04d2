"""The chat of a room in real browsers: both ways, typing, unread, history, and nothing lost when the server is away."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Host, shot
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

SECONDS = 30_000
Room = tuple[Page, Page, dict[str, Any]]


@pytest.fixture
def room(context_of: Any, host: Host) -> Callable[..., Room]:
    """Two people in a room, without devices: here only the chat counts. `said`: messages from before they came."""

    def begin(said: int = 0, width: int = 1440, height: int = 900) -> Room:
        session = host.session()
        for number in range(1, said + 1):
            answer = host.client.post(f"/api/sessions/{session['id']}/messages", json={"text": f"message {number}"})
            assert answer.status_code == 201, answer.text
        first = context_of(width, height)
        host.sign_in(first)
        page = first.new_page()
        page.goto(f"/session/{session['id']}")
        page.get_by_test_id("join-without").click()
        other = context_of(width, height).new_page()
        other.goto(host.invite(session["id"]))
        other.get_by_test_id("join-name").fill("Gina Guest")
        other.get_by_test_id("join-without").click()
        for one in (page, other):
            expect(one.locator("[data-saved-state=saved]").first).to_be_attached(timeout=SECONDS)
        return page, other, session

    return begin


def say(page: Page, text: str) -> None:
    page.get_by_test_id("chat-input").fill(text)
    page.get_by_test_id("chat-input").press("Enter")


def messages(page: Page) -> list[str]:
    return page.get_by_test_id("chat-message").all_inner_texts()


def test_they_talk(room: Callable[..., Room]) -> None:
    host, guest, _ = room()
    guest.get_by_test_id("chat-input").press_sequentially("Hel")
    expect(host.get_by_test_id("chat-typing")).to_have_text("Gina Guest is typing")
    guest.get_by_test_id("chat-input").fill("")
    expect(host.get_by_test_id("chat-typing")).to_have_text("")

    say(guest, "Hello!")
    expect(host.get_by_test_id("chat-message")).to_have_text(["Hello!"])
    say(host, "Look: https://example.org/a?b=c, not javascript:alert(1) <img src=x onerror=alert(1)>")
    link = guest.get_by_test_id("chat-log").get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.org/a?b=c")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(guest.get_by_test_id("chat-log")).to_contain_text("<img src=x onerror=alert(1)>")

    code = "def f():\n    return 1"
    guest.get_by_test_id("chat-input").fill(f"```python\n{code}\n```")
    guest.get_by_test_id("chat-send").click()
    block = host.get_by_test_id("chat-code")
    expect(block).to_contain_text("return 1")
    block.get_by_role("button", name="Copy code").click()
    assert host.evaluate("() => navigator.clipboard.readText()") == code
    for page in (host, guest):
        expect(page.get_by_test_id("chat-message")).to_have_count(3)
        expect(page.get_by_test_id("chat-pending")).to_have_count(0)
    shot(host, "chat-host")


def test_unread_is_counted_while_the_chat_is_out_of_sight(room: Callable[..., Room]) -> None:
    host, guest, _ = room(width=1000)  # problem and chat take turns in one column
    host.get_by_role("tab", name=re.compile("^Chat")).click()
    say(host, "One")
    say(host, "Two")
    tab = guest.get_by_role("tab", name=re.compile("^Chat"))
    expect(tab).to_contain_text("2")
    expect(guest).to_have_title(re.compile(r"^\(2\) "))
    tab.click()
    expect(guest.get_by_test_id("chat-message")).to_have_text(["One", "Two"])
    expect(tab).not_to_contain_text("2")
    expect(guest).not_to_have_title(re.compile(r"^\("))


def test_history_comes_page_by_page_and_does_not_jump(room: Callable[..., Room]) -> None:
    host, guest, _ = room(said=110)
    log = guest.get_by_test_id("chat-log")
    expect(guest.get_by_test_id("chat-message").last).to_be_in_viewport()
    assert messages(guest) == [f"message {number}" for number in range(61, 111)]

    watched = guest.get_by_text("message 61", exact=True)
    log.evaluate("(box) => { box.scrollTop = 40; }")
    expect(guest.get_by_test_id("chat-message")).to_have_count(100, timeout=SECONDS)
    expect(watched).to_be_in_viewport()
    log.evaluate("(box) => { box.scrollTop = 0; }")
    expect(guest.get_by_test_id("chat-message")).to_have_count(110, timeout=SECONDS)
    assert messages(guest) == [f"message {number}" for number in range(1, 111)]
    expect(guest.get_by_test_id("chat-older")).to_have_count(0)

    # Reading above, one is told of what comes in below, and not taken there.
    say(host, "news")
    news = guest.get_by_role("button", name="1 new message")
    expect(news).to_be_visible()
    expect(guest.get_by_text("news", exact=True).last).not_to_be_in_viewport()
    news.click()
    expect(guest.get_by_test_id("chat-message").last).to_be_in_viewport()
    expect(news).to_have_count(0)


def test_nothing_typed_is_lost_while_the_server_is_away(server: Server, room: Callable[..., Room]) -> None:
    host, guest, session = room()
    say(guest, "before")
    expect(host.get_by_test_id("chat-message")).to_have_text(["before"])
    for page in (host, guest):
        page.wait_for_load_state("networkidle")
    server.kill()
    say(guest, "while away")
    expect(guest.get_by_test_id("chat-pending")).to_have_attribute("data-state", "waiting", timeout=SECONDS)
    guest.get_by_test_id("chat-input").fill("half a thought")
    shot(guest, "chat-waiting")
    server.start()
    expect(host.get_by_test_id("chat-message")).to_have_text(["before", "while away"], timeout=SECONDS)
    expect(guest.get_by_test_id("chat-pending")).to_have_count(0)
    expect(guest.get_by_test_id("chat-message")).to_have_text(["before", "while away"])

    guest.reload()
    expect(guest.get_by_test_id("chat-input")).to_have_value("half a thought", timeout=SECONDS)
    stored = guest.request.get(f"/api/sessions/{session['id']}/messages").json()["messages"]
    assert [one["text"] for one in stored] == ["before", "while away"]


def test_what_waits_goes_out_though_the_chat_is_not_on_screen(server: Server, room: Callable[..., Room]) -> None:
    host, guest, _ = room(width=1000)  # problem and chat take turns in one column
    for page in (host, guest):
        page.get_by_role("tab", name=re.compile("^Chat")).click()
        page.wait_for_load_state("networkidle")
    server.kill()
    for text in ("one", "two"):
        say(guest, text)
    expect(guest.get_by_test_id("chat-pending").last).to_have_attribute("data-state", "waiting", timeout=SECONDS)
    guest.get_by_role("tab", name="Problem").click()
    expect(guest.get_by_test_id("chat-panel")).to_have_count(0)
    server.start()
    expect(host.get_by_test_id("chat-message")).to_have_text(["one", "two"], timeout=SECONDS)
    expect(guest.get_by_test_id("chat-panel")).to_have_count(0)
