"""What only a real browser shows of menus, of keys, of a narrow window, and of an address without https."""

import re
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import INSECURE_HOST, Host, shot
from tests.journeys.room_page import RoomPage, go_to_part
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]


def room_of(host: Host, context_of: Any, session: str, width: int = 1440, height: int = 900) -> Page:
    context = context_of(width, height)
    host.sign_in(context)
    page: Page = context.new_page()
    page.goto(f"/session/{session}")
    page.get_by_test_id("join-without").click()
    return page


def test_a_menus_button_closes_it(context_of: Any) -> None:
    page = context_of().new_page()
    page.goto("/")
    button = page.get_by_role("button", name=re.compile("^Theme"))
    menu = page.get_by_role("menu", name="Theme")
    for _ in range(2):
        button.click()
        expect(menu).to_be_visible()
        button.click()
        expect(menu).to_be_hidden()
    button.press("Enter")
    expect(menu.get_by_role("menuitemradio", checked=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_the_keyboard_gets_out_of_the_editor(context_of: Any, host: Host) -> None:
    page = room_of(host, context_of, host.session()["id"])
    room = RoomPage(page)
    room.wait_until_live()
    editor = page.get_by_role("textbox", name=re.compile(r"Ctrl\+M lets Tab leave the editor"))
    editor.focus()
    page.keyboard.press("Tab")
    expect(editor).to_be_focused()  # it indents
    page.keyboard.press("Control+M")
    expect(page.get_by_text("Tab leaves the editor now.")).to_be_visible()
    code = page.get_by_role("textbox", name=re.compile("^Shared code"))
    expect(code).not_to_have_accessible_name(re.compile("Ctrl"))
    page.keyboard.press("Tab")
    expect(code).not_to_be_focused()

    settings = page.get_by_role("button", name="Editor settings")
    settings.click()
    choice = page.get_by_role("checkbox", name="Tab leaves the editor (Ctrl+M)")
    expect(choice).to_be_checked()
    choice.uncheck()
    page.keyboard.press("Escape")
    expect(editor).to_have_count(1)


def test_seven_people_leave_room_for_the_way_out(context_of: Any, server: Server, host: Host) -> None:
    session = host.session()["id"]
    token = urlsplit(host.invite(session, "observer")).path.rpartition("/")[2]
    for number in range(6):
        answer = httpx.post(f"{server.url}/api/invites/{token}/accept", json={"name": f"Watcher {number}"})
        assert answer.status_code == 200, answer.text
    page = room_of(host, context_of, session, 1024, 768)
    people = page.get_by_role("list", name="People").get_by_role("button")
    expect(people).to_have_count(7)
    expect(page.get_by_role("button", name="Leave", exact=True)).to_be_in_viewport(ratio=1)
    shot(page, "people-bar-1024")
    people.last.click()
    expect(page.get_by_role("menu", name=re.compile("Watcher"))).to_be_visible()
    phone = room_of(host, context_of, session, 390, 844)
    expect(phone.get_by_role("button", name="Leave", exact=True)).to_be_in_viewport(ratio=1)
    go_to_part(phone, "People")  # in the header there is no room for faces
    expect(phone.locator("[data-person-row]")).to_have_count(7)
    phone.get_by_role("button", name="More about Watcher 5").click()
    expect(phone.get_by_role("menu", name="Watcher 5")).to_be_visible()


def test_an_address_without_https(context_of: Any, server: Server, host: Host) -> None:
    session = host.session()["id"]
    page: Page = context_of().new_page()
    page.goto(f"http://{INSECURE_HOST}:{server.port}{urlsplit(host.invite(session)).path}")
    assert not page.evaluate("() => window.isSecureContext")
    page.get_by_test_id("join-name").fill("Gina Guest")
    page.get_by_test_id("join-without").click()
    chat = page.get_by_test_id("chat-input")
    chat.fill("```\nprint(1)\n```")
    chat.press("Enter")
    expect(chat).to_have_value("")
    expect(page.get_by_test_id("chat-message")).to_have_count(1)
    expect(page.get_by_test_id("chat-pending")).to_have_count(0)
    page.get_by_test_id("chat-code").get_by_role("button", name="Copy code").click()
    chat.press("Control+V")
    expect(chat).to_have_value("print(1)")
