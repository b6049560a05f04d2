"""Two interviewers and a candidate: notes, guide, lock, timer and quiet time, and what of it the candidate gets."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage, go_to_part
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

NOTE = "Asks good questions first"
HINT = "Which number are they looking"  # of problems/two-sum/hints.md
SOLUTION = "position_of"  # of its solution


class Received:
    """All that a browser is sent: bodies of answers of our API, and frames of sockets."""

    def __init__(self, page: Page) -> None:
        self.parts: list[bytes] = []
        self.sockets: list[str] = []
        page.on("websocket", self._listen)
        page.on("response", self._note)

    def _listen(self, socket: WebSocket) -> None:
        self.sockets.append(socket.url)
        socket.on(
            "framereceived", lambda frame: self.parts.append(frame if isinstance(frame, bytes) else frame.encode())
        )

    def _note(self, response: Any) -> None:
        if "/api/" in response.url and response.status == 200:
            self.parts.append(response.body())

    def has(self, text: str) -> bool:
        return text.encode() in b"\n".join(self.parts)


def enter(page: Page, address: str, name: str | None = None) -> RoomPage:
    page.goto(address)
    if name is not None:
        page.get_by_test_id("join-name").fill(name)
    page.get_by_test_id("join-without").click()
    expect(page.locator("[data-saved-state=saved]").first).to_be_attached()
    return RoomPage(page)


def note(page: Page, text: str) -> None:
    page.get_by_label("New note").fill(text)
    page.get_by_label("New note").press("Enter")


def choose(page: Page, entry: str) -> None:
    page.get_by_role("button", name="Time and lock").click()
    page.get_by_role("menuitem", name=entry).click()


def tab(page: Page, name: str) -> None:
    go_to_part(page, name)


def test_the_interviewers_side(context_of: Any, host: Host, server: Server) -> None:
    session = host.session(capacity=3)
    first = context_of()
    host.sign_in(first)
    one = first.new_page()
    enter(one, f"/session/{session['id']}")
    two = context_of(390, 844).new_page()
    enter(two, host.invite(session["id"], "interviewer"), "Ines Interviewer")
    candidate = context_of().new_page()
    got = Received(candidate)
    room = enter(candidate, host.invite(session["id"]), "Carl Candidate")
    room.wait_until_live()

    # Notes: together, stored, and with the time of the interview.
    tab(one, "Notes")
    tab(two, "Notes")
    expect(one.get_by_text("No notes yet")).to_be_visible()
    note(one, NOTE)
    theirs = two.get_by_role("textbox", name="Hanna Host")
    expect(theirs).to_have_value(NOTE)
    theirs.press("End")
    theirs.press_sequentially(", then writes")
    mine = one.get_by_role("textbox", name="You")
    expect(mine).to_have_value(f"{NOTE}, then writes")
    note(two, "Sees that sorting loses the positions")
    expect(one.get_by_role("textbox", name="Ines Interviewer")).to_be_visible()
    expect(one.locator("[data-notes-state=saved]")).to_be_visible()
    shot(one, "staff-notes-1440")
    shot(two, "staff-notes-390")

    # The guide: closed until it is opened.
    tab(one, "Guide")
    one.get_by_text("First nudge").click()
    expect(one.get_by_text(HINT)).to_be_visible()
    one.get_by_text("Solution", exact=True).click()
    expect(one.get_by_label("Solution", exact=True)).to_contain_text(SOLUTION)
    shot(one, "staff-guide-1440")
    tab(two, "Guide")
    two.get_by_text("First nudge").click()
    shot(two, "staff-guide-390")

    # Timer and quiet time are everybody's.
    choose(one, "Timer: 45 minutes")
    expect(candidate.get_by_role("timer", name="Time left")).to_contain_text("4")
    choose(two, "Quiet time: 5 minutes")
    expect(candidate.get_by_text("Quiet time: think in peace")).to_be_visible()
    expect(one.get_by_text("Quiet time: let them think.")).to_be_visible()

    # A lock: what is under way is kept, and comes in when it ends.
    room.type_at_top("# before\n")
    one.get_by_role("button", name="Lock the document for candidates").click()
    expect(candidate.get_by_text("The code is locked: you can read and run it")).to_be_visible()
    expect(one.get_by_text("The code is locked for candidates.")).to_be_visible()
    candidate.keyboard.type("# locked out\n")
    room.expect_code("# before")
    room.expect_code("# locked out", shown=False)
    shot(one, "staff-locked-1440")
    shot(two, "staff-locked-390")
    shot(candidate, "staff-locked-candidate-1440")
    candidate.set_viewport_size({"width": 390, "height": 844})
    shot(candidate, "staff-locked-candidate-390")
    candidate.set_viewport_size({"width": 1440, "height": 900})
    choose(two, "Let candidates write again")  # on a phone the lock is in the menu
    expect(candidate.get_by_text("The code is locked")).to_have_count(0)
    room.type_at_top("# after\n")
    RoomPage(one).expect_code("# after")

    # The candidate was offered none of it, and their browser was sent nothing of it.
    for name in ("Notes", "Guide"):
        expect(candidate.get_by_role("tab", name=name)).to_have_count(0)
    expect(candidate.get_by_role("button", name="Lock the document for candidates")).to_have_count(0)
    assert not any("/staff" in url for url in got.sockets)
    assert got.has("def two_sum"), "the log of what was received sees the document"
    for secret in (NOTE, "sorting loses", HINT, f"{SOLUTION}["):
        assert not got.has(secret), secret

    # Afterwards: with the session, for the interviewers.
    ended = host.client.post(f"/api/sessions/{session['id']}/end")
    assert ended.status_code == 200
    one.goto(f"/session/{session['id']}")
    expect(one.get_by_text(f"{NOTE}, then writes")).to_be_visible()
    shot(one, "staff-record-1440")
    two.goto(f"/session/{session['id']}")
    tab(two, "Notes")
    expect(two.get_by_text("Sees that sorting loses the positions")).to_be_visible()
    shot(two, "staff-record-390")
    candidate.goto(f"/session/{session['id']}")
    expect(candidate.get_by_role("region", name="Final code")).to_be_visible()
    expect(candidate.get_by_role("region", name="Notes")).to_have_count(0)
    assert not got.has(NOTE)


def test_a_server_that_is_killed_loses_no_note(context_of: Any, host: Host, server: Server) -> None:
    session = host.session()
    context = context_of()
    host.sign_in(context)
    page = context.new_page()
    enter(page, f"/session/{session['id']}")
    tab(page, "Notes")
    note(page, "before it was killed")
    expect(page.locator("[data-notes-state=saved]")).to_be_visible()
    server.kill()
    expect(page.locator("[data-notes-state=offline]")).to_be_visible()
    note(page, "while it was away")
    server.start()
    expect(page.locator("[data-notes-state=saved]")).to_be_visible(timeout=60_000)
    other = httpx.get(
        f"{server.url}/api/sessions/{session['id']}/notes", cookies=host.client.cookies, timeout=20
    ).json()
    assert [one["text"] for one in other["notes"]] == ["before it was killed", "while it was away"]
