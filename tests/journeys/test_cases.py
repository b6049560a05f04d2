"""Two people and a function: one makes a case, both change it, the tests judge it; hidden ones tell how they ended."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage
from tests.journeys.test_interview import accept, enter, no_sideways_scroll

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

# Right for one pair only: the problem's other tests find it out, and so do hidden ones.
HASTY = """\
def two_sum(nums, target):
    print("looking for", target)
    return [0, len(nums) - 1]
"""


def open_cases(page: Page) -> None:
    page.get_by_role("tab", name="Cases").click()


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("tabpanel", name="Cases").get_by_role("textbox", name=re.compile(f"^{name}"))


def test_two_people_share_a_case(context_of: Any, host: Host) -> None:
    session = host.session(capacity=3)
    wide = context_of(color_scheme="dark")
    host.sign_in(wide)
    page = wide.new_page()
    page.goto(f"/session/{session['id']}")
    room = enter(page, "join-without")
    other = context_of(1024, 768).new_page()
    candidate = accept(other, host.invite(session["id"]), "Carla Candidate", "join-without")

    candidate.replace_code(HASTY)
    room.expect_code("looking for")
    open_cases(other)
    shot(other, "cases-visible-1024")
    other.get_by_role("button", name="Add a case").click()
    field(other, "nums").fill("[3, ")
    field(other, "target").click()
    expect(other.get_by_text("This is not JSON. A value of list<int> looks like [1, 2]")).to_be_visible()
    shot(other, "cases-fault-1024")
    other.get_by_role("button", name="Run tests").click()
    expect(other.get_by_role("status").filter(has_text="Own case 1, nums")).to_be_visible()
    field(other, "nums").fill("[3, 8, 4]")
    field(other, "target").fill("7")

    # The other one finds it there, and says what should come out.
    open_cases(page)
    page.get_by_role("tab", name="Own case 1").click()
    expect(field(page, "nums")).to_have_value("[3, 8, 4]")
    expect(page.get_by_text("By Carla Candidate")).to_be_visible()
    field(page, "Expected").fill("[0, 2]")
    expect(field(other, "Expected")).to_have_value("[0, 2]")
    shot(page, "cases-own-dark")

    other.get_by_role("button", name="Run this case").click()
    # Nobody is led away from what they are writing.
    expect(field(page, "Expected")).to_be_focused()
    page.get_by_role("tab", name="Result").click()
    for one in (room, candidate):
        expect(one.result("ok")).to_contain_text("Called two_sum with the arguments in the input.")
        expect(one.page.locator("[data-run]")).to_contain_text("looking for 7")

    other.get_by_role("button", name="Run tests").click()
    for one in (room, candidate):
        judged_the_same(one)
    shot(page, "tests-dark")
    shot(other, "tests-1024")

    # Who only watches sees it all and changes nothing; who comes late has it as well.
    phone = context_of(390, 844, has_touch=True, is_mobile=True).new_page()
    phone.goto(host.invite(session["id"], "observer"))
    phone.get_by_test_id("join-name").fill("Olga Observer")
    phone.get_by_test_id("join-without").click()
    phone.get_by_role("tab", name=re.compile("^Run")).click()
    judged_the_same(RoomPage(phone))
    no_sideways_scroll(phone)
    shot(phone, "phone-tests")
    open_cases(phone)
    phone.get_by_role("tab", name="Own case 1").click()
    expect(field(phone, "nums")).to_have_value("[3, 8, 4]")
    expect(field(phone, "nums")).not_to_be_editable()
    expect(phone.get_by_role("button", name="Remove")).to_have_count(0)
    no_sideways_scroll(phone)
    shot(phone, "phone-cases")

    open_cases(page)
    page.get_by_role("button", name="Remove").click()
    expect(other.get_by_role("tab", name="Own case 1")).to_have_count(0)
    page.reload()
    room.wait_until_live()
    open_cases(page)
    expect(page.get_by_role("tab", name="Own case 1")).to_have_count(0)


def judged_the_same(room: RoomPage) -> None:
    """The own case is accepted, the first visible one that failed is open, hidden ones have a verdict and no more."""
    shown = room.result("wrong_answer")
    expect(shown).to_contain_text(re.compile(r"Passed \d+ of \d+ tests\."))
    expect(shown.get_by_role("button", name="Own case 1")).to_contain_text("Accepted")
    opened = shown.get_by_role("button", expanded=True)
    expect(opened).to_have_count(1)
    expect(opened).to_contain_text("Wrong answer")
    expect(shown.get_by_role("region", name="Returned").locator("mark")).to_be_visible()
    expect(shown.get_by_role("region", name="Printed")).to_contain_text("looking for")
    hidden = shown.locator("[data-hidden-test]")
    expect(hidden.first).to_be_visible()
    for text in hidden.all_inner_texts():
        assert re.fullmatch(r"Hidden test \d+\s+(Accepted|Wrong answer|Runtime error|Time limit)", text), text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_alone_cases_are_kept_in_the_browser(context_of: Any, host: Host, scheme: str) -> None:
    phone = context_of(390, 844, has_touch=True, is_mobile=True, color_scheme=scheme)
    host.sign_in(phone)
    page = phone.new_page()
    page.goto("/problem/two-sum")
    expect(page.get_by_text("two_sum(nums: list<int>, target: int) → list<int>")).to_be_visible()
    shot(page, f"phone-signature-{scheme}")
    page.get_by_role("tab", name=re.compile("^Code")).click()
    expect(page.locator(".monaco-editor .view-lines").first).to_be_visible()
    open_cases(page)
    page.get_by_role("button", name="Copy as own case").click()
    field(page, "Expected").fill("[9, 9]")
    no_sideways_scroll(page)
    shot(page, f"phone-own-case-{scheme}")
    page.reload()
    page.get_by_role("tab", name=re.compile("^Code")).click()
    open_cases(page)
    page.get_by_role("tab", name="Own case 1").click()
    expect(field(page, "Expected")).to_have_value("[9, 9]")

    RoomPage(page).choose_language("C")
    page.get_by_role("button", name="Run tests").click()
    expect(page.get_by_role("status").filter(has_text="This problem has no tests in C, because")).to_be_visible()
    shot(page, f"phone-no-tests-{scheme}")
