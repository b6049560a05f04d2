"""Two people and a program that asks: one types to it, the other sees it all, and stops the one that never ends."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage
from tests.journeys.test_interview import accept, enter, no_sideways_scroll

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

ASKS = """\
name = input("Name? ")
print("Hello,", name)
age = int(input("Age? "))
print("Next year you are", age + 1)
"""
ENDLESS = """\
import sys, time
n = 0
while True:
    n += 1
    print("tick", n, flush=True)
    time.sleep(0.2)
"""


def line_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Type to the program")


def choose_typing(page: Page) -> None:
    """The problem has an example, which is what a program is given otherwise."""
    page.get_by_role("tab", name="Input").click()
    shot(page, f"input-given-{page.viewport_size['width']}")  # type: ignore[index]
    page.get_by_text("Typed while it runs").click()
    shot(page, f"input-typed-{page.viewport_size['width']}")  # type: ignore[index]
    page.get_by_role("tab", name="Result").click()


def test_two_people_type_to_a_program(context_of: Any, host: Host) -> None:
    session = host.session()
    wide = context_of(color_scheme="dark")
    host.sign_in(wide)
    page = wide.new_page()
    page.goto(f"/session/{session['id']}")
    room = enter(page, "join-without")
    candidate = accept(context_of().new_page(), host.invite(session["id"]), "Carla Candidate", "join-without")

    room.replace_code(ASKS)
    candidate.expect_code("Age?")
    choose_typing(page)
    room.run()
    for one in (page, candidate.page):
        expect(one.locator("[data-run]")).to_contain_text("Name?")
    expect(line_of(page)).to_be_focused()
    page.keyboard.type("Hanna")
    page.keyboard.press("Enter")
    for one in (page, candidate.page):
        expect(one.locator("[data-typed]").first).to_contain_text("Hanna")
        expect(one.locator("[data-run]")).to_contain_text("Age?")
    shot(page, "typing-dark")

    # The other one may answer as well.
    line_of(candidate.page).fill("41")
    shot(candidate.page, "typing-light")
    line_of(candidate.page).press("Enter")
    for one in (room, candidate):
        shown = one.result("ok")
        expect(shown).to_contain_text("Hello, Hanna")
        expect(shown).to_contain_text("Next year you are 42")
        expect(shown.locator("[data-typed]").nth(1)).to_contain_text("Carla Candidate typed: 41")
    expect(line_of(page)).to_have_count(0)
    shot(page, "typed-dark")

    room.replace_code(ENDLESS)
    candidate.expect_code("tick")
    room.run()
    expect(candidate.page.locator("[data-run]")).to_contain_text("tick 3")
    shot(candidate.page, "running-light")
    candidate.page.get_by_role("button", name="Stop").click()
    for one in (room, candidate):
        expect(one.result("stopped")).to_contain_text("Stopped by Carla Candidate.")
    shot(page, "stopped-dark")

    # Who comes late sees the same, and it is in the record.
    page.reload()
    room.wait_until_live()
    page.get_by_role("button", name="Earlier runs").click()
    page.get_by_role("menuitemradio").nth(1).click()
    expect(page.locator("[data-typed]").first).to_contain_text("Hanna Host typed: Hanna")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_alone_on_a_phone(context_of: Any, host: Host, scheme: str) -> None:
    phone = context_of(390, 844, has_touch=True, is_mobile=True, color_scheme=scheme)
    host.sign_in(phone)
    page = phone.new_page()
    page.goto("/problem/two-sum")
    solo = RoomPage(page)
    page.get_by_role("tab", name=re.compile("^Code")).click()
    expect(page.locator(".monaco-editor .view-lines").first).to_be_visible()
    page.locator(".monaco-editor .view-lines").first.click()
    page.keyboard.press("Control+A")
    page.evaluate("(text) => navigator.clipboard.writeText(text)", ASKS)
    page.keyboard.press("Control+V")
    choose_typing(page)
    solo.run()
    expect(page.locator("[data-run]")).to_contain_text("Name?")
    line_of(page).fill("Pia")
    line_of(page).press("Enter")
    expect(page.locator("[data-run]")).to_contain_text("Age?")
    no_sideways_scroll(page)
    shot(page, f"phone-typing-{scheme}")
    page.get_by_role("button", name="End input").click()
    expect(solo.result("runtime_error")).to_contain_text("EOFError")
    shot(page, f"phone-typed-{scheme}")
