"""The lid is closed, the server falls, the page is opened again without it: one goes on, and all is merged."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage
from tests.journeys.test_interview import accept, enter
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

# What the browser keeps, read as it is: the rooms' copies, and the addresses of the files.
READ = """async ([name, store]) => {
    // Opening one that is not there would make it, empty.
    if (!(await indexedDB.databases()).some((known) => known.name === name)) return [];
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
            const all = request.result.transaction(store).objectStore(store).getAll();
            all.onerror = () => reject(all.error);
            all.onsuccess = () => {
                request.result.close();
                resolve(all.result.map(({ state, update }) => new TextDecoder().decode(state ?? update)));
            };
        };
    });
}"""
FILES = """async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().map(({ url }) => new URL(url).pathname);
}"""


def copies(page: Page) -> list[str]:
    found: list[str] = page.evaluate(READ, ["interview-platform-rooms", "rooms"])
    return found


def unsent(page: Page) -> list[str]:
    found: list[str] = page.evaluate(READ, ["interview-platform", "unsaved-changes"])
    return found


def files(page: Page) -> list[str]:
    found: list[str] = page.evaluate(FILES)
    return found


def wait_until(page: Page, true: Callable[[], bool]) -> None:
    """(Playwright's own waiting takes the promise for the answer.)"""
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(200)  # between two looks, not instead of one
    raise AssertionError("it did not come to be so")


def wait_until_kept(page: Page, text: str) -> None:
    """The copy has `text`, and the files of the room are there."""
    wait_until(page, lambda: any(text in copy for copy in copies(page)))
    wait_until(page, lambda: any("editor.api-" in path for path in files(page)))


def opened(context: BrowserContext, address: str) -> RoomPage:
    page = context.new_page()
    page.goto(address)
    room = RoomPage(page)
    room.wait_until_shown()
    return room


def test_opened_again_without_a_server_in_two_tabs(server: Server, context_of: Any, host: Host) -> None:
    session = host.session()
    address = f"/session/{session['id']}"
    mine = context_of()
    host.sign_in(mine)
    page = mine.new_page()
    page.goto(address)
    expect(page.get_by_label(re.compile("Keep a copy of the code"))).to_be_checked()
    room = enter(page, "join-without")
    candidate = accept(context_of().new_page(), host.invite(session["id"]), "Kim", "join-without")
    room.type_at_top("# before\n")
    candidate.expect_code("# before")
    candidate.say("a message before")
    expect(page.get_by_test_id("chat-message").get_by_text("a message before")).to_be_visible()
    room.expect_saved()
    wait_until_kept(page, "# before")
    assert not [path for path in files(page) if path.startswith("/api")], "the API's answers are never kept"

    server.kill()
    expect(page.locator("[data-saved-state=offline]").first).to_be_attached()
    room.type_at_top("# while it was away\n")
    candidate.type_at_top("# the other one too\n")
    expect(page.get_by_text("There are unsaved changes.")).to_be_visible()
    page.reload()
    room.wait_until_shown()
    room.expect_code("# before")
    room.expect_code("# while it was away")
    room.type_at_top("# in the page opened anew\n")
    expect(page.get_by_test_id("chat-message").get_by_text("a message before")).to_be_visible()
    shot(page, "room-opened-offline")
    second = opened(mine, address)
    second.expect_code("# before")
    second.expect_code("# while it was away")
    second.type_at_top("# in a second tab\n")
    # Each letter is an item of its own there.
    typed = re.compile(".*?".join("# in a second tab"), re.DOTALL)
    wait_until(second.page, lambda: any(typed.search(update) for update in unsent(second.page)))
    second.page.close()
    page.close()

    server.start()
    page = mine.new_page()
    page.goto(address)
    again = enter(page, "join-without")
    own = ("# before", "# while it was away", "# in the page opened anew", "# in a second tab")
    for one in (again, candidate):
        for words in (*own, "# the other one too"):
            one.expect_code(words)
        one.expect_saved()
    assert again.code.count("# while it was away") == 1, "what two tabs brought is there once"


def test_the_copy_goes_with_the_session_and_with_the_sign_out(server: Server, context_of: Any, host: Host) -> None:
    session, other = host.session(), host.session()
    mine = context_of()
    host.sign_in(mine)
    page = mine.new_page()
    page.goto(f"/session/{other['id']}")
    enter(page, "join-without").type_at_top("# of the other\n")
    wait_until_kept(page, "# of the other")
    page.goto(f"/session/{session['id']}")
    enter(page, "join-without").type_at_top("# of this one\n")
    wait_until_kept(page, "# of this one")
    assert len(copies(page)) == 2
    assert host.client.post(f"/api/sessions/{session['id']}/end").status_code == 200
    wait_until(page, lambda: len(copies(page)) == 1)
    assert "# of the other" in copies(page)[0]
    page.goto("/dashboard")
    page.get_by_role("button", name=re.compile("Hanna Host")).click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("link", name="Create an account").first).to_be_visible()
    assert copies(page) == []


def test_on_a_borrowed_computer_nothing_is_kept(server: Server, context_of: Any, host: Host) -> None:
    session = host.session()
    mine = context_of()
    host.sign_in(mine)
    page = mine.new_page()
    page.goto(f"/session/{session['id']}")
    page.get_by_label(re.compile("Keep a copy of the code")).uncheck()
    room = enter(page, "join-without")
    room.type_at_top("# mine alone\n")
    room.expect_saved()
    page.get_by_role("button", name="Leave", exact=True).click()
    keeping = page.get_by_role("menuitemradio", name="Keep a copy on this computer")
    expect(keeping).to_have_attribute("aria-checked", "false")
    assert copies(page) == []
    assert files(page) == []
    keeping.click()
    wait_until(page, lambda: len(copies(page)) == 1)
    page.get_by_role("button", name="Leave", exact=True).click()
    keeping.click()
    wait_until(page, lambda: copies(page) == [])


def test_who_is_removed_keeps_nothing(server: Server, context_of: Any, host: Host) -> None:
    session = host.session()
    candidate = accept(context_of().new_page(), host.invite(session["id"]), "Kim", "join-without")
    candidate.type_at_top("# not mine to keep\n")
    wait_until_kept(candidate.page, "# not mine to keep")
    members = host.client.get(f"/api/sessions/{session['id']}").json()["session"]["participants"]
    assert host.client.delete(f"/api/sessions/{session['id']}/members/{members[0]['id']}").status_code == 200
    wait_until(candidate.page, lambda: copies(candidate.page) == [])
