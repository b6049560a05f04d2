"""The whole story in two browsers: from registering to the past session."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD, Host, shot
from tests.journeys.room_page import WATCH_PEERS, RoomPage
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(400)]

HELLO = {
    "Python": 'print("hello from", "Python")',
    "JavaScript": 'console.log("hello from", "JavaScript")',
    "TypeScript": 'const name: string = "TypeScript"; console.log("hello from", name)',
    "Java": 'public class Main { public static void main(String[] a) { System.out.println("hello from " + "Java"); } }',
    "C++": '#include <iostream>\nint main() { std::cout << "hello from " << "C++" << std::endl; }',
}


def test_two_people_hold_an_interview(context_of: Any) -> None:
    hold_an_interview(context_of)


def hold_an_interview(context_of: Any, in_the_call: Callable[[Sequence[Page]], None] = lambda _: None) -> None:
    """The story of the product. `in_the_call` looks at both pages while picture and sound go both ways."""
    host = context_of()
    host.add_init_script(WATCH_PEERS)
    page = host.new_page()
    register(page)
    find_two_sum(page)
    run_alone(page)
    session_id = create_session(page)
    room = enter(page, "join-with")
    link = invite(page)

    guest = context_of()
    guest.add_init_script(WATCH_PEERS)
    candidate = accept(guest.new_page(), link, "Carla Candidate")
    third_person_is_told(context_of, link)

    both_type(room, candidate)
    language_is_switched_and_nothing_lost(room, candidate)
    reload_loses_nothing(room, candidate)
    run_is_seen_by_both(room, candidate)
    they_see_and_hear_each_other(room, candidate)
    in_the_call((room.page, candidate.page))
    they_chat(room, candidate)
    host_ends(room, candidate)
    both_find_it(page, candidate.page, session_id)


def register(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Create an account").first.click()
    page.get_by_label("Name").fill("Hanna Host")
    page.get_by_label("E-mail").fill("hanna@example.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()


def find_two_sum(page: Page) -> None:
    page.get_by_role("link", name="Problems").first.click()
    page.locator("label", has_text="Hard").click()
    expect(page.get_by_role("link", name="Two Sum")).to_have_count(0)
    page.locator("label", has_text="Easy").click()
    page.get_by_role("link", name="Two Sum").click()
    expect(page.get_by_role("heading", name="Two Sum")).to_be_visible()


def run_alone(page: Page) -> None:
    desk = RoomPage(page)
    expect(page.locator(".monaco-editor .view-lines").first).to_be_visible()
    for language, source in HELLO.items():
        if language != "Python":
            desk.choose_language(language)
        page.locator(".monaco-editor .view-lines").first.click()
        page.keyboard.press("Control+A")
        page.evaluate("(text) => navigator.clipboard.writeText(text)", source)
        page.keyboard.press("Control+V")
        desk.run()
        expect(page.locator("[data-run]")).to_contain_text(f"hello from {language}", timeout=40_000)
        desk.result("ok")
    shot(page, "problem-desktop")


def create_session(page: Page) -> str:
    page.get_by_role("button", name="Create Interview Session").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Two Sum")
    dialog.get_by_role("button", name="Create session").click()
    page.wait_for_url(re.compile("/session/"))
    return page.url.rsplit("/", 1)[-1]


def enter(page: Page, how: str) -> RoomPage:
    expect(page.get_by_test_id("lobby")).to_be_visible()
    page.get_by_test_id(how).click()
    room = RoomPage(page)
    room.wait_until_live()
    return room


def invite(page: Page) -> str:
    page.get_by_role("button", name="Invite").first.click()
    page.get_by_role("button", name="Create invite link").click()
    link = page.get_by_label("Invite link").input_value()
    page.get_by_role("dialog").get_by_role("button", name="Copy").click()
    assert page.evaluate("() => navigator.clipboard.readText()") == link
    page.keyboard.press("Escape")
    return link


def accept(page: Page, link: str, name: str, how: str = "join-with") -> RoomPage:
    page.goto(link)
    page.get_by_test_id("join-name").fill(name)
    page.get_by_test_id(how).click()
    page.wait_for_url(re.compile("/session/"))
    room = RoomPage(page)
    room.wait_until_live()
    return room


def third_person_is_told(context_of: Any, link: str) -> None:
    late = context_of().new_page()
    late.goto(link)
    late.get_by_test_id("join-name").fill("Theo Third")
    late.get_by_test_id("join-without").click()
    expect(late.get_by_test_id("join-refused")).to_contain_text(re.compile("full|seat", re.IGNORECASE))
    late.context.close()


def both_type(room: RoomPage, candidate: RoomPage) -> None:
    for one in (room, candidate):
        one.expect_code("def ")
    room.type_at_top("# from the host\n")
    candidate.expect_code("# from the host")
    candidate.type_at_top("# from the candidate\n")
    room.expect_code("# from the candidate")
    room.expect_code("# from the host")
    # Named cursors, on both sides.
    expect(room.page.get_by_text("Carla Candidate").locator("visible=true").first).to_be_visible()
    expect(candidate.page.get_by_text("Hanna Host").locator("visible=true").first).to_be_visible()
    shot(room.page, "room-host")
    shot(candidate.page, "room-candidate")


def language_is_switched_and_nothing_lost(room: RoomPage, candidate: RoomPage) -> None:
    candidate.switch_language("Java")
    room.expect_code("class Solution")
    candidate.expect_code("class Solution")
    room.type_at_top("// kept\n")
    candidate.expect_code("// kept")
    room.switch_language("Python")
    for one in (room, candidate):
        one.expect_code("# from the host")
    room.switch_language("Java")
    candidate.expect_code("// kept")
    room.switch_language("Python")
    candidate.expect_code("# from the candidate")


def reload_loses_nothing(room: RoomPage, candidate: RoomPage) -> None:
    candidate.expect_saved()
    candidate.page.reload()
    candidate.wait_until_live()
    candidate.expect_code("# from the candidate")
    candidate.expect_code("# from the host")
    room.expect_code("# from the host")


def run_is_seen_by_both(room: RoomPage, candidate: RoomPage) -> None:
    candidate.replace_code('import sys\nprint("printed")\nprint("wrong", file=sys.stderr)\nsys.exit(3)\n')
    room.expect_code("sys.exit(3)")
    candidate.run()
    for one in (room, candidate):
        result = one.result("runtime_error")
        expect(result).to_contain_text("printed")
        expect(result).to_contain_text("wrong")
        expect(result).to_contain_text(re.compile("exit status 3"))
    expect(room.page.locator("[data-run]")).to_contain_text("Carla Candidate")
    candidate.replace_code("while True: pass\n")
    room.expect_code("while True")
    room.run()
    for one in (room, candidate):
        one.result("time_limit")
    candidate.replace_code('print("final answer")\n')
    room.expect_code("final answer")
    room.run()
    for one in (room, candidate):
        expect(one.result("ok")).to_contain_text("final answer")


def they_see_and_hear_each_other(room: RoomPage, candidate: RoomPage) -> None:
    for one in (room, candidate):
        one.page.wait_for_function("() => window.__peers.some((peer) => peer.connectionState === 'connected')")
        before, sound = one.frames_decoded(), one.sound_received()
        deadline = 100
        while (one.frames_decoded() < before + 20 or one.sound_received() <= sound) and deadline:
            one.page.wait_for_timeout(100)  # between two looks at growing counters
            deadline -= 1
        assert one.frames_decoded() >= before + 20, "no picture of the other is decoded"
        assert one.sound_received() > sound, "no sound of the other arrives"


def they_chat(room: RoomPage, candidate: RoomPage) -> None:
    room.say("Hello **Carla**, see https://example.org/a?b=c and `code` <img src=x onerror=alert(1)>")
    log = candidate.page.get_by_test_id("chat-log")
    expect(log).to_contain_text("<img src=x onerror=alert(1)>")
    expect(log.get_by_role("link", name="https://example.org/a?b=c")).to_have_attribute("rel", re.compile("noopener"))
    candidate.page.get_by_test_id("chat-input").press_sequentially("typing")
    expect(room.page.get_by_test_id("chat-typing")).to_contain_text("Carla Candidate is typing")
    candidate.say("Thank you!")
    expect(room.page.get_by_test_id("chat-log")).to_contain_text("Thank you!")
    shot(room.page, "room-chat")


def host_ends(room: RoomPage, candidate: RoomPage) -> None:
    room.page.get_by_role("button", name="Leave", exact=True).click()
    room.page.get_by_role("menuitem", name="End the session for everyone").click()
    room.page.get_by_role("button", name="End for everyone").click()
    # Who ended it knows; the other is told and led out.
    expect(room.page.locator("[data-record]")).to_be_visible()
    expect(candidate.page.get_by_role("dialog", name="The session has ended")).to_be_visible()


def both_find_it(host: Page, candidate: Page, session_id: str) -> None:
    host.get_by_role("link", name="Back to the dashboard").click()
    expect(host.get_by_role("heading", name="Dashboard")).to_be_visible()
    numbers = host.request.get("/api/dashboard").json()
    assert (numbers["hosted"], numbers["completed"], numbers["active"], numbers["people"]) == (1, 1, 0, 1)
    assert numbers["runs"] == len(HELLO) + 2  # two of the three in the room were the host's
    shot(host, "dashboard-desktop")
    host.locator(f"a[href='/session/{session_id}']").first.click()
    candidate.get_by_role("button", name="See what was kept").click()
    for page in (host, candidate):
        record = page.locator(f"[data-record='{session_id}']")
        expect(record).to_be_visible()
        expect(record).to_contain_text("final answer", timeout=20_000)
        expect(record).to_contain_text("Thank you!")
    shot(host, "record-desktop")
    mine = candidate.request.get("/api/sessions/my-sessions").json()["sessions"]
    assert [one["id"] for one in mine] == [session_id]


def test_server_killed_in_the_middle(server: Server, context_of: Any, host: Host) -> None:
    session = host.session()
    link = host.invite(session["id"])
    first = context_of()
    host.sign_in(first)
    page = first.new_page()
    page.goto(f"/session/{session['id']}")
    room = enter(page, "join-without")
    candidate = accept(context_of().new_page(), link, "Kim", "join-without")
    room.type_at_top("# before the fall\n")
    candidate.expect_code("# before the fall")
    room.expect_saved()

    server.kill()
    for one in (room, candidate):
        expect(one.page.locator("[data-saved-state=offline]").first).to_be_attached(timeout=20_000)
    candidate.type_at_top("# written while it was down\n")
    shot(candidate.page, "room-offline")
    server.start()

    for one in (room, candidate):
        one.expect_saved()
        one.expect_code("# before the fall")
        one.expect_code("# written while it was down")
    room.type_at_top("# and on it goes\n")
    candidate.expect_code("# and on it goes")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone(server: Server, context_of: Any, host: Host, scheme: str) -> None:
    session = host.session(capacity=3)
    wide = context_of(color_scheme=scheme)
    host.sign_in(wide)
    page = wide.new_page()
    page.goto(f"/session/{session['id']}")
    room = enter(page, "join-with")

    phone = context_of(390, 844, has_touch=True, is_mobile=True, color_scheme=scheme).new_page()
    phone.goto(host.invite(session["id"]))
    expect(phone.get_by_test_id("join-name")).to_be_visible()
    no_sideways_scroll(phone)
    shot(phone, f"phone-join-{scheme}")
    phone.get_by_test_id("join-name").fill("Pia Phone")
    phone.get_by_test_id("join-with").click()
    phone.wait_for_url(re.compile("/session/"))
    expect(phone.get_by_role("tab", name=re.compile("^Code"))).to_be_visible()
    phone.get_by_role("tab", name=re.compile("^Code")).click()
    room.say("Can you read this on your phone?")
    unread = phone.get_by_role("tab", name=re.compile("^Chat"))
    expect(unread).to_contain_text("1")
    unread.click()
    expect(phone.get_by_test_id("chat-log")).to_contain_text("Can you read this on your phone?")
    expect(unread).not_to_contain_text("1")
    for name in ("Problem", "Code", "Run", "Chat", "Call"):
        phone.get_by_role("tab", name=re.compile(f"^{name}")).click()
        expect(phone.get_by_role("tab", name=re.compile(f"^{name}"))).to_have_attribute("aria-selected", "true")
        no_sideways_scroll(phone)
        shot(phone, f"phone-{name.lower()}-{scheme}")
    shot(page, f"room-desktop-{scheme}")


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
