"""Two interviewers prepare; a candidate and an observer come; roles change with panels open; it ends in mid-word."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage, go_to_part
from tests.journeys.test_interview import accept, enter

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

PADS = ["Two Sum", "Valid Palindrome", "Scratch"]
# What an observer could write into or press to change something.
INPUTS = """() => [...document.querySelectorAll('input, textarea, [contenteditable=true]')]
    .filter((one) => one.getClientRects().length > 0 && !one.disabled && !one.readOnly)
    .map((one) => one.getAttribute('aria-label') ?? one.outerHTML.slice(0, 80))"""


def told(page: Page, words: str) -> None:
    notices = page.get_by_role("region", name="Notices")
    expect(notices.get_by_role("status").filter(has_text=words)).to_be_visible()


def add(page: Page, problem: str | None) -> None:
    page.get_by_role("button", name="Add a problem or a pad").click()
    if problem is None:
        page.get_by_role("radio", name="A blank pad").check()
        page.get_by_role("textbox", name="Title").fill(PADS[-1])
    else:
        page.get_by_role("combobox", name="Problem").select_option(label=problem)
    page.get_by_role("button", name="Add it").click()


def choose(page: Page, person: str, entry: str) -> None:
    go_to_part(page, "People")
    page.get_by_role("button", name=f"More about {person}").click()
    page.get_by_role("menuitem", name=entry).click()


def test_an_interview_of_four(context_of: Any, host: Host) -> None:
    session = host.session(capacity=4, prepare=True)
    mine = context_of()
    host.sign_in(mine)
    page = mine.new_page()
    page.goto(f"/session/{session['id']}")
    room = enter(page, "join-without")
    expect(page.get_by_text("Only interviewers see this room until one of them presses Start.")).to_be_visible()
    second = accept(
        context_of().new_page(), host.invite(session["id"], "interviewer"), "Ines Interviewer", "join-without"
    ).page
    candidate, observer = context_of().new_page(), context_of().new_page()
    for one, role, name in ((candidate, "candidate", "Carla Candidate"), (observer, "observer", "Olga Observer")):
        one.goto(host.invite(session["id"], role))
        one.get_by_test_id("join-name").fill(name)
        one.get_by_test_id("join-without").click()
        expect(one.get_by_test_id("waiting-room")).to_be_visible()

    add(page, PADS[1])
    room.expect_code("def is_palindrome")
    add(second, None)
    room.type_at_top("# prepared\n")
    page.get_by_role("button", name="Show to everybody").click()
    room.expect_saved()
    page.get_by_role("button", name="Start the interview").click()
    page.get_by_role("dialog").get_by_role("button", name="Start").click()
    carla = RoomPage(candidate)
    carla.wait_until_live()
    carla.expect_code("# prepared")
    for one in (candidate, observer, page):
        pads = one.get_by_role("navigation", name="Problems and pads").get_by_role("button")
        expect(pads).to_have_text([*PADS, "Board"])
    expect(page.get_by_text("Only interviewers see this room")).to_have_count(0)

    RoomPage(observer).wait_until_shown()
    expect(observer.get_by_text("You are watching")).to_be_visible()
    assert observer.evaluate(INPUTS) == []
    for button in ("Run", "Run tests"):
        expect(observer.get_by_role("button", name=button, exact=True)).to_be_disabled()

    roles_change_while_one_is_at_it(page, second, candidate)
    for one in (page, candidate):
        one.reload()
        RoomPage(one).wait_until_live()
    carla.expect_code("# prepared")
    carla.expect_code("# mine")

    choose(page, "Ines Interviewer", "Make host")
    page.get_by_role("dialog").get_by_role("button", name="Make host").click()
    told(second, "You are the host now")
    told(page, "You are an interviewer now.")
    expect(page.get_by_role("button", name="Make host")).to_have_count(0)
    it_ends_in_mid_word(second, candidate, carla)


def roles_change_while_one_is_at_it(page: Page, second: Page, candidate: Page) -> None:
    go_to_part(second, "Notes")
    second.get_by_label("New note").fill("asks first")
    second.get_by_label("New note").press("Enter")
    expect(second.locator("[data-notes-state=saved]")).to_be_visible()
    choose(page, "Ines Interviewer", "Change role to Observer")
    told(second, "You are an observer now")
    expect(second.get_by_role("tab", name="Notes")).to_have_count(0)
    expect(second.get_by_role("tab", name="Chat")).to_have_attribute("aria-selected", "true")
    shot(second, "together-observer-now")
    choose(page, "Ines Interviewer", "Change role to Interviewer")
    go_to_part(second, "Notes")
    expect(second.get_by_role("textbox", name="You")).to_have_value("asks first")

    carla = RoomPage(candidate)
    carla.type_at_top("# mine\n")
    choose(page, "Carla Candidate", "Change role to Observer")
    expect(candidate.get_by_text("You are watching")).to_be_visible()
    candidate.keyboard.type("# not any more\n")
    expect(candidate.get_by_text("The document is locked")).to_have_count(0)
    choose(page, "Carla Candidate", "Change role to Candidate")
    told(candidate, "You are the candidate now.")
    carla.expect_saved()
    RoomPage(page).expect_code("# mine")
    RoomPage(page).expect_code("# not any more", shown=False)


def it_ends_in_mid_word(host: Page, candidate: Page, carla: RoomPage) -> None:
    carla.type_at_top("# until the end ")
    host.get_by_role("button", name="Leave", exact=True).click()
    host.get_by_role("menuitem", name="End the session for everyone").click()
    host.get_by_role("dialog").get_by_role("button", name="End for everyone").click()
    dialog = candidate.get_by_role("dialog", name="The session has ended")
    expect(dialog).to_be_visible()
    candidate.keyboard.type("and further and further")
    candidate.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    expect(host.locator("[data-record]")).to_be_visible()
    dialog.get_by_role("button", name="See what was kept").click()
    expect(candidate.locator("[data-record]")).to_be_visible()
