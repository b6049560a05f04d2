"""axe finds nothing serious in any part of the room, in either theme, and nothing to press lies outside the window."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import go_to_part, open_from_header
from tests.journeys.test_accessible import assert_accessible
from tests.journeys.test_interview import accept, enter

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

# Names of what stands in the header or is a tab of the room, and is not wholly in the window.
OUTSIDE = """() => [...document.querySelectorAll('header :is(button, a, h1), [role=tab], [role=tablist] + button')]
    .filter((one) => one.getClientRects().length > 0)
    .filter((one) => !one.closest('[aria-label=Files], [aria-label="Problems and pads"]'))
    .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return left < -0.5 || right > window.innerWidth + 0.5 || width < 24;
    })
    .map((one) => one.getAttribute('aria-label') ?? one.textContent)"""


def look(page: Page, name: str) -> None:
    assert_accessible(page)
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    shot(page, name)


def say(page: Page, text: str) -> None:
    page.get_by_test_id("chat-input").fill(text)
    page.get_by_test_id("chat-input").press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_every_part(context_of: Any, host: Host, scheme: str, width: int, height: int) -> None:
    name = f"part-{{}}-{width}-{scheme}"
    session = host.session(aiPolicy="ask", aiNote="Tell us when you use one.", prepare=True)
    context = context_of(width, height, color_scheme=scheme)
    host.sign_in(context)
    page = context.new_page()
    page.goto(f"/session/{session['id']}")
    enter(page, "join-without")
    look(page, name.format("preparing"))
    started = host.client.post(f"/api/sessions/{session['id']}/start")
    assert started.status_code == 200, started.text
    room = accept(
        context_of(width, height, color_scheme=scheme).new_page(),
        host.invite(session["id"]),
        "Ada Candidate",
        "join-without",
    )
    candidate = room.page
    the_side(page, candidate, name)
    the_desk(page, candidate, name)
    time_and_lock(page, candidate, session["id"], host, name)
    out(candidate, session["id"], host, name)


def the_side(page: Page, candidate: Page, name: str) -> None:
    for one in (page, candidate):
        go_to_part(one, "Chat")
    look(candidate, name.format("chat-empty"))
    say(candidate, "Is the list sorted? `nums`")
    message = page.get_by_test_id("chat-message").filter(has_text="sorted")
    beside = page.locator(".group", has=message)
    beside.hover()
    beside.get_by_test_id("chat-actions").click()
    beside.get_by_role("button", name="Hooray", exact=True).click()
    expect(candidate.get_by_test_id("chat-reactions")).to_be_visible()
    look(page, name.format("chat"))
    go_to_part(candidate, "People")
    look(candidate, name.format("people"))
    go_to_part(page, "Notes")
    look(page, name.format("notes-empty"))
    page.get_by_label("New note").fill("Asks good questions first")
    page.get_by_label("New note").press("Enter")
    expect(page.get_by_role("textbox", name="You")).to_be_visible()
    look(page, name.format("notes"))
    go_to_part(page, "Guide")
    page.get_by_text("First nudge").click()
    page.get_by_text("Solution", exact=True).click()
    look(page, name.format("guide"))
    go_to_part(page, "Activity")
    expect(page.get_by_text("Nothing noted yet")).to_be_visible()
    look(page, name.format("activity"))
    open_from_header(page, "Rules and what is recorded")
    page.get_by_role("button", name="Change").click()
    look(page, name.format("rules"))
    page.keyboard.press("Escape")


def the_desk(page: Page, candidate: Page, name: str) -> None:
    for one in (page, candidate):
        if one.get_by_role("tab", name="Code").count() > 0:
            go_to_part(one, "Code")
    page.get_by_role("button", name="Add a problem or a pad").click()
    page.get_by_role("radio", name="A blank pad").check()
    page.get_by_role("textbox", name="Title").fill("Scratch")
    look(page, name.format("add-pad"))
    page.get_by_role("button", name="Add it").click()
    # Whoever adds a pad is not told what they did.
    expect(candidate.get_by_role("status").filter(has_text="New in this session")).to_be_visible()
    expect(page.get_by_role("navigation", name="Problems and pads")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="New in this session")).to_have_count(0)
    page.get_by_role("button", name="Files", exact=True).click()
    look(page, name.format("files"))
    page.get_by_role("button", name="New file").click()
    page.get_by_role("textbox", name="Name").fill("notes.txt")
    page.get_by_role("button", name="Make the file").click()


def time_and_lock(page: Page, candidate: Page, id: str, host: Host, name: str) -> None:
    for body in ({"timer": {"running": True, "remainingMs": 2_700_000}}, {"quietMinutes": 5}, {"locked": True}):
        assert host.client.patch(f"/api/sessions/{id}", json=body).status_code == 200
    expect(candidate.get_by_text("The code is locked: you can read and run it")).to_be_visible()
    look(candidate, name.format("locked-candidate"))
    expect(page.get_by_text("The code is locked for candidates.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Time and lock")).click()
    look(page, name.format("time-menu"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leave", exact=True).click()
    look(page, name.format("leave"))
    page.keyboard.press("Escape")


def out(candidate: Page, id: str, host: Host, name: str) -> None:
    people = host.client.get(f"/api/sessions/{id}").json()["session"]["participants"]
    assert host.client.delete(f"/api/sessions/{id}/members/{people[0]['id']}").status_code == 200
    expect(candidate.get_by_role("heading", name="You are no longer in this session")).to_be_visible()
    look(candidate, name.format("removed"))
