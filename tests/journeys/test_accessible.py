"""axe finds nothing serious on any page, in either theme."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import open_from_header
from tests.journeys.test_interview import accept, enter

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

SERIOUS = {"serious", "critical"}


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    serious = [
        f"{v['id']} ({v['impact']}): {v['help']}: {[node['target'] for node in v['nodes']][:3]}"
        for v in found
        if v["impact"] in SERIOUS
    ]
    assert not serious, f"{page.url}\n" + "\n".join(serious)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages(context_of: Any, host: Host, scheme: str, width: int) -> None:
    height = 900 if width > 1000 else 844
    out = context_of(width, height, color_scheme=scheme).new_page()
    for path, heading in (("/", None), ("/sign-in", None), ("/register", None), ("/join/unknown-token", None)):
        settle(out, path, heading)
        assert_accessible(out)
        shot(out, f"page{path.replace('/', '-')}-{width}-{scheme}")
    context = context_of(width, height, color_scheme=scheme)
    host.sign_in(context)
    page = context.new_page()
    host.session()
    for path, heading in (
        ("/dashboard", "Dashboard"),
        ("/problems", "Problems"),
        ("/problem/two-sum", "Two Sum"),
        ("/profile", None),
        ("/nowhere", None),
    ):
        settle(page, path, heading)
        assert_accessible(page)
        shot(page, f"page{path.replace('/', '-')}-{width}-{scheme}")
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_room_and_record(context_of: Any, host: Host, scheme: str) -> None:
    session = host.session()
    link = host.invite(session["id"])
    context = context_of(color_scheme=scheme)
    host.sign_in(context)
    page = context.new_page()
    page.goto(f"/session/{session['id']}")
    expect(page.get_by_test_id("lobby")).to_be_visible()
    assert_accessible(page)
    enter(page, "join-without")
    candidate = accept(context_of(color_scheme=scheme).new_page(), link, "Ada", "join-without")
    assert_accessible(page)
    assert_accessible(candidate.page)
    page.get_by_role("tab", name="Cases").click()
    page.get_by_role("button", name="Add a case").click()
    assert_accessible(page)
    page.get_by_role("button", name="Run tests").click()
    expect(page.locator("[data-hidden-test]").first).to_be_visible()
    assert_accessible(page)
    host.client.post(f"/api/sessions/{session['id']}/end")
    expect(candidate.page.get_by_role("dialog", name="The session has ended")).to_be_visible()
    assert_accessible(candidate.page)
    expect(page.locator("[data-record]")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_who_leads_and_who_waits(context_of: Any, host: Host, scheme: str, width: int) -> None:
    height = 900 if width > 1000 else 844
    session = host.session(lobby=True, prepare=True, visibility="private")
    link = host.invite(session["id"])
    context = context_of(width, height, color_scheme=scheme)
    host.sign_in(context)
    page = context.new_page()
    page.goto(f"/session/{session['id']}")
    enter(page, "join-without")
    guest = context_of(width, height, color_scheme=scheme).new_page()
    guest.goto(link)
    guest.get_by_test_id("join-name").fill("Ada")
    assert_accessible(guest)
    guest.get_by_test_id("join-without").click()
    expect(guest.get_by_test_id("waiting-room")).to_be_visible()
    assert_accessible(guest)
    shot(guest, f"roles-waiting-{width}-{scheme}")
    page.get_by_role("tab", name=re.compile("^People")).click()
    expect(page.get_by_role("button", name="Let Ada in")).to_be_visible()
    assert_accessible(page)
    shot(page, f"roles-people-{width}-{scheme}")
    page.get_by_role("button", name="More about Ada").click()
    assert_accessible(page)
    shot(page, f"roles-menu-{width}-{scheme}")
    page.keyboard.press("Escape")
    open_from_header(page, "Invite somebody")
    expect(page.locator("[data-invite=candidate]")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Start the interview").click()
    expect(page.get_by_role("dialog", name="Start the interview?")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def settle(page: Page, path: str, heading: str | None) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", name=heading).first if heading else page.locator("h1").first).to_be_visible()
