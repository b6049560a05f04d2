"""Private, prepared unseen, let in by hand, started; a role changes, somebody is sent back, the host leaves."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Response, WebSocket, expect

from tests.journeys.conftest import Host, register, shot
from tests.journeys.room_page import RoomPage
from tests.serving import Server

pytestmark = pytest.mark.journey

CANARY = "canary_in_the_code"


class Network:
    """Everything that a page is brought by its server."""

    def __init__(self, page: Page) -> None:
        self.brought: list[str] = []
        page.on("response", self._answered)
        page.on("websocket", self._opened)

    def tells(self, secret: str) -> list[str]:
        return [text[:200] for text in self.brought if secret.lower() in text.lower()]

    def _answered(self, response: Response) -> None:
        if "/api/" in response.url and response.status == 200:
            self.brought.append(f"{response.url} {response.text()}")

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._framed)

    def _framed(self, payload: Any) -> None:
        self.brought.append(payload if isinstance(payload, str) else payload.decode("utf-8", "replace"))


def create(page: Page) -> str:
    page.goto("/problem/two-sum")
    page.get_by_role("button", name="Create Interview Session").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name=re.compile("^Private")).check()
    expect(dialog.get_by_role("checkbox", name="Let people in by hand")).to_be_checked()
    dialog.get_by_role("checkbox", name="Prepare it unseen first").check()
    dialog.get_by_role("radio", name="3 seats").check()
    shot(page, "roles-create")
    dialog.get_by_role("button", name="Create session").click()
    page.wait_for_url(re.compile("/session/"))
    page.get_by_test_id("join-without").click()
    RoomPage(page).wait_until_live()
    return page.url.rsplit("/", 1)[-1]


def come(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    expect(page.get_by_test_id("join-lobby")).to_be_visible()
    page.get_by_test_id("join-without").click()
    expect(page.get_by_test_id("waiting-room")).to_have_attribute("data-reason", "lobby")


def people(page: Page) -> Any:
    page.get_by_role("tab", name=re.compile("^People")).click()
    return page.get_by_test_id("people-panel")


def choose(page: Page, person: str, entry: str) -> None:
    people(page).get_by_role("button", name=f"More about {person}").click()
    page.get_by_role("menuitem", name=entry).click()


def test_an_interview_is_led(server: Server, host: Host, context_of: Any) -> None:
    hosts = context_of().new_page()
    host.sign_in(hosts.context)
    id = create(hosts)
    RoomPage(hosts).type_at_top(f"# {CANARY}\n")
    RoomPage(hosts).expect_saved()

    candidate = context_of(width=390, height=844).new_page()
    network = Network(candidate)
    come(candidate, host.invite(id), "Cara Candidate")
    shot(candidate, "roles-waiting-390")
    panel = people(hosts)
    expect(panel.get_by_role("region", name="Waiting to be let in")).to_contain_text("Cara Candidate")
    shot(hosts, "roles-people-1440")
    panel.get_by_role("button", name="Let Cara Candidate in").click()
    expect(candidate.get_by_test_id("waiting-room")).to_have_attribute("data-reason", "preparing")
    candidate.reload()
    expect(candidate.get_by_test_id("waiting-room")).to_be_visible()
    assert network.brought
    assert any("Hanna Host" in text for text in network.brought), "the frames and answers are looked at"
    for secret in (CANARY, "Two Sum", "two-sum"):
        assert network.tells(secret) == []

    hosts.get_by_role("button", name="Start the interview").click()
    hosts.get_by_role("dialog").get_by_role("button", name="Start").click()
    cara = RoomPage(candidate)
    cara.wait_until_live()
    cara.expect_code(CANARY)
    assert network.tells(CANARY)
    expect(hosts.get_by_role("button", name="Start the interview")).to_have_count(0)

    choose(hosts, "Cara Candidate", "Change role to Observer")
    expect(people(candidate)).to_contain_text("Cara Candidate (you)")
    expect(people(candidate).locator("li", has_text="(you)")).to_contain_text("Observer")
    expect(candidate.get_by_role("button", name="Run", exact=True)).to_have_count(0)
    shot(candidate, "roles-people-390")
    choose(hosts, "Cara Candidate", "Change role to Candidate")
    expect(people(candidate).locator("li", has_text="(you)")).to_contain_text("Candidate,")

    choose(hosts, "Cara Candidate", "Send to the waiting room")
    expect(candidate.get_by_test_id("waiting-room")).to_have_attribute("data-reason", "lobby")
    people(hosts).get_by_role("button", name="Let Cara Candidate in").click()
    cara.wait_until_live()
    other = register(server, "Iris Interviewer")
    iris = context_of().new_page()
    other.sign_in(iris.context)
    iris.goto(host.invite(id, "interviewer"))
    hand_over(hosts, iris, candidate)
    other.client.close()


def hand_over(hosts: Page, iris: Page, candidate: Page) -> None:
    iris.get_by_test_id("join-without").click()
    people(hosts).get_by_role("button", name="Let Iris Interviewer in").click()
    RoomPage(iris).wait_until_live()

    hosts.get_by_role("button", name="Invite").first.click()
    expect(hosts.get_by_role("dialog").locator("[data-invite=candidate]")).to_contain_text("used by Cara Candidate")
    shot(hosts, "roles-invites-1440")
    hosts.set_viewport_size({"width": 390, "height": 844})
    shot(hosts, "roles-invites-390")
    hosts.set_viewport_size({"width": 1440, "height": 900})
    hosts.keyboard.press("Escape")

    hosts.get_by_role("button", name="Leave", exact=True).click()
    hosts.get_by_role("menuitem", name="Hand over and leave").click()
    shot(hosts, "roles-hand-over-1440")
    hosts.get_by_role("dialog").get_by_role("button", name="Hand over and leave").click()
    hosts.wait_for_url(re.compile("/dashboard"))
    expect(people(iris).locator("li", has_text="(you)")).to_contain_text("Host")
    expect(people(iris)).not_to_contain_text("Hanna Host")
    RoomPage(candidate).expect_code(CANARY)

    iris.get_by_role("button", name="Invite").first.click()
    iris.get_by_role("dialog").locator("[data-invite=candidate]").get_by_role("button", name="Revoke this link").click()
    iris.get_by_role("button", name="Revoke and show out").click()
    expect(candidate.get_by_role("heading", name="You are no longer in this session")).to_be_visible()
