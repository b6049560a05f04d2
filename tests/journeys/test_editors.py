"""Two kinds of editor on one text, and how somebody likes theirs."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import SECONDS, RoomPage
from tests.journeys.test_accessible import assert_accessible
from tests.journeys.test_controls import room_of
from tests.journeys.test_interview import accept, no_sideways_scroll

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

LIGHT = "[data-editor-ready=true] .cm-content"


def light_of(page: Page) -> Any:
    light = page.locator(LIGHT)
    expect(light).to_be_visible(timeout=SECONDS)
    expect(page.locator("[data-saved-state=saved]").first).to_be_attached(timeout=SECONDS)
    return light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_and_a_desk_share_one_text(context_of: Any, host: Host, scheme: str) -> None:
    session = host.session(capacity=3)["id"]
    wide = context_of(color_scheme=scheme)
    host.sign_in(wide)
    page = wide.new_page()
    page.goto(f"/session/{session}")
    page.get_by_test_id("join-without").click()
    room = RoomPage(page)
    room.wait_until_live()

    phone = context_of(390, 844, has_touch=True, is_mobile=True, color_scheme=scheme).new_page()
    fetched: list[str] = []
    phone.on("request", lambda request: fetched.append(request.url))
    phone.goto(host.invite(session))
    phone.get_by_test_id("join-name").fill("Pia Phone")
    phone.get_by_test_id("join-without").click()
    phone.get_by_role("tab", name=re.compile("^Code")).click()
    light = light_of(phone)
    expect(phone.locator(".monaco-editor")).to_have_count(0)
    assert not [url for url in fetched if "editor.api" in url], "a phone fetched Monaco"

    room.type_at_top("# from the desk\n")
    expect(light).to_contain_text("# from the desk")
    light.tap()
    phone.keyboard.press("Control+Home")
    phone.keyboard.type("# from the phone\n")
    room.expect_code("# from the phone")
    # Each sees where the other is.
    expect(page.locator(".remote-cursor-name", has_text="Pia Phone")).to_be_attached()
    expect(phone.locator(".remote-cursor-name", has_text=host.name)).to_be_attached()
    shot(phone, f"light-editor-{scheme}")
    shot(page, f"full-editor-{scheme}")
    # Each takes back their own.
    page.keyboard.press("Control+Z")
    room.expect_code("# from the desk", shown=False)
    expect(light).not_to_contain_text("# from the desk")
    phone.keyboard.press("Control+Z")
    expect(light).not_to_contain_text("# from the phone")
    room.expect_code("# from the phone", shown=False)

    no_sideways_scroll(phone)
    assert_accessible(phone)
    phone.get_by_role("button", name="Editor settings").click()
    expect(phone.get_by_role("dialog", name="Editor settings")).to_be_visible()
    assert_accessible(phone)
    no_sideways_scroll(phone)
    shot(phone, f"editor-settings-390-{scheme}")


def test_a_word_of_an_input_method_is_not_disturbed(context_of: Any, host: Host) -> None:
    session = host.session(capacity=3)["id"]
    room = RoomPage(room_of(host, context_of, session))
    room.wait_until_live()
    phone = context_of(390, 844, has_touch=True, is_mobile=True).new_page()
    phone.goto(host.invite(session))
    phone.get_by_test_id("join-name").fill("Pia Phone")
    phone.get_by_test_id("join-without").click()
    phone.get_by_role("tab", name=re.compile("^Code")).click()
    light = light_of(phone)
    light.tap()
    phone.keyboard.press("Control+Home")
    phone.keyboard.type("# \n")
    phone.keyboard.press("ArrowUp")
    phone.keyboard.press("End")
    method = phone.context.new_cdp_session(phone)

    def compose(text: str) -> None:
        method.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})

    compose("に")
    room.type_at_top("XYZ")  # in the same line, before it
    expect(light).to_contain_text("XYZ# に")
    compose("にほ")
    compose("にほん")
    method.send("Input.insertText", {"text": "日本"})
    expect(light).to_contain_text("XYZ# 日本")
    room.expect_code("XYZ# 日本")
    room.expect_code("に", shown=False)


def test_who_watches_cannot_write_in_it(context_of: Any, host: Host) -> None:
    session = host.session()["id"]
    room = RoomPage(room_of(host, context_of, session))
    room.wait_until_live()
    page = accept(context_of(600, 800).new_page(), host.invite(session, "observer"), "Olga", "join-without").page
    page.get_by_role("tab", name=re.compile("^Code")).click()
    light = light_of(page)
    room.type_at_top("# hello")
    expect(light).to_contain_text("# hello")
    light.click()
    page.keyboard.type("scribble")
    expect(page.get_by_text("You are watching: observers do not change the code.")).to_be_visible()
    expect(light).not_to_contain_text("scribble")
    room.type_at_top("# and on")
    expect(light).to_contain_text("# and on")


def test_settings_stay_with_the_person(context_of: Any, host: Host) -> None:
    session = host.session()["id"]
    page = room_of(host, context_of, session)
    room = RoomPage(page)
    room.wait_until_live()
    page.get_by_role("button", name="Editor settings").click()
    dialog = page.get_by_role("dialog", name="Editor settings")
    assert_accessible(page)
    with page.expect_response(lambda answer: answer.url.endswith("/me/settings") and answer.request.method == "PUT"):
        dialog.get_by_label("Font size").select_option("20")
        dialog.get_by_label("Keys in rooms").select_option("Vim")
        dialog.get_by_text("Dark", exact=True).click()
    shot(page, "editor-settings-1440")
    assert_accessible(page)
    page.keyboard.press("Escape")
    # Vim's keys are those of the light editor, and it comes at once.
    light = light_of(page)

    page.reload()
    light = light_of(page)
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    expect(light).to_have_css("font-size", "20px")
    light.click()
    expect(page.locator(".cm-vimMode")).to_be_attached()
    page.keyboard.type("ggO# by vim")
    page.keyboard.press("Escape")
    expect(light).to_contain_text("# by vim")
    page.keyboard.type("u")
    expect(light).not_to_contain_text("# by vim")
    assert_accessible(page)
    shot(page, "vim-1440")

    # On another computer, where they have never been.
    elsewhere = room_of(host, context_of, session)
    expect(light_of(elsewhere)).to_have_css("font-size", "20px")
    expect(elsewhere.locator("html")).to_have_attribute("data-theme", "night")


@pytest.mark.parametrize("width", [1440, 600])
def test_escape_and_tab_leave_either_editor(context_of: Any, host: Host, width: int) -> None:
    page = room_of(host, context_of, host.session()["id"], width)
    if width < 900:
        page.get_by_role("tab", name=re.compile("^Code")).click()
        light_of(page)
    else:
        RoomPage(page).wait_until_live()
    editor = page.get_by_role("textbox", name=re.compile("^Shared code.*Escape, then Tab, leaves it"))
    editor.focus()
    page.keyboard.press("Tab")
    expect(editor).to_be_focused()  # it indents
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    editor.focus()
    page.keyboard.press("Control+M")
    expect(page.get_by_text("Tab leaves the editor now.")).to_be_visible()
    code = page.get_by_role("textbox", name=re.compile("^Shared code"))
    page.keyboard.press("Tab")
    expect(code).not_to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_list_of_the_keys(context_of: Any, host: Host, scheme: str) -> None:
    context = context_of(color_scheme=scheme)
    host.sign_in(context)
    page = context.new_page()
    page.goto(f"/session/{host.session()['id']}")
    page.get_by_test_id("join-without").click()
    room = RoomPage(page)
    room.wait_until_live()
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    room.type_at_top("# why?\n")
    room.expect_code("# why?")
    expect(sheet).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    left = page.evaluate_handle("() => document.activeElement")
    page.keyboard.press("?")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("Take back what you did")
    for _ in range(6):
        page.keyboard.press("Tab")
        # The browser's own bar may be among the stops of a modal dialog; the page behind it never is.
        inside = "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert page.evaluate(inside)
    assert_accessible(page)
    shot(page, f"help-sheet-{scheme}")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert page.evaluate("(left) => document.activeElement === left", left)
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(sheet).to_be_visible()
