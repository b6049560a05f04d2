"""Signed out while in the room: one is told so, and finds what was not saved yet after signing in again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Host
from tests.journeys.room_page import SECONDS, RoomPage
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]


@pytest.mark.parametrize("visibility", ["open", "private"])
def test_what_was_typed_survives_being_signed_out(visibility: str, server: Server, host: Host, context_of: Any) -> None:
    session = host.session(visibility=visibility)
    context = context_of()
    host.sign_in(context)
    page = context.new_page()
    page.goto(f"/session/{session['id']}")
    page.get_by_test_id("join-without").click()
    room = RoomPage(page)
    room.wait_until_live()
    page.wait_for_load_state("networkidle")

    server.kill()
    expect(page.locator("[data-saved-state=offline]").first).to_be_attached(timeout=SECONDS)
    room.type_at_top("# typed while away\n")
    context.clear_cookies()
    server.start()
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible(timeout=SECONDS)

    host.sign_in(context)
    page.goto(f"/session/{session['id']}")
    room.wait_until_live()
    room.expect_code("# typed while away")
    room.expect_saved()


def test_signing_out_elsewhere_is_told_in_the_room(host: Host, context_of: Any) -> None:
    session = host.session()
    context = context_of()
    host.sign_in(context)
    page = context.new_page()
    page.goto(f"/session/{session['id']}")
    page.get_by_test_id("join-without").click()
    RoomPage(page).wait_until_live()
    assert host.client.post("/api/auth/logout").status_code == 204
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible(timeout=SECONDS)
