"""Seeing and hearing each other, in real browsers: frames and sound are counted where they are decoded."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.cable import Cable
from tests.journeys.conftest import Host, shot
from tests.journeys.relay import Relay
from tests.journeys.room_page import WATCH_PEERS
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

SECONDS = 30_000
# Statistics of the connections that are still open.
STATS = """async ([kind, counter]) => {
    const open = window.__peers.filter((peer) => peer.connectionState !== "closed");
    const all = await Promise.all(open.map(async (peer) => {
        const lines = peer.getTransceivers();
        const wanted = { audio: lines[0], camera: lines[1], screen: lines[2] }[kind];
        if (!wanted) return 0;
        const reports = [...(await wanted.receiver.getStats()).values()];
        return reports.filter(({ type }) => type === "inbound-rtp").reduce((sum, r) => sum + (r[counter] ?? 0), 0);
    }));
    return all.reduce((sum, one) => sum + one, 0);
}"""


@dataclass
class Caller:
    """Somebody in a room, and what their browser makes of the others."""

    page: Page

    @property
    def panel(self) -> Locator:
        return self.page.get_by_test_id("call-panel").first

    @property
    def other(self) -> Locator:
        return self.panel.locator("[data-testid=call-tile][data-own=false]")

    @property
    def own(self) -> Locator:
        return self.panel.locator("[data-testid=call-tile][data-own=true]")

    def press(self, what: str) -> None:
        self.panel.get_by_test_id(f"call-{what}").click()

    def received(self, kind: str, counter: str) -> float:
        found: float = self.page.evaluate(STATS, [kind, counter])
        return found

    def frames(self, kind: str = "camera") -> int:
        return int(self.received(kind, "framesDecoded"))

    def sound(self) -> float:
        return self.received("audio", "totalAudioEnergy")

    def until(self, holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
            self.page.wait_for_timeout(100)  # between two looks at the counters

    def sees(self, kind: str = "camera") -> None:
        before = self.frames(kind)
        self.until(lambda: self.frames(kind) > before + 10, f"frames of the other's {kind}")

    def sees_nothing_for_a_while(self, kind: str = "camera") -> None:
        # What was on its way may still arrive; from then on nothing may.
        counts = [self.frames(kind)]
        for _ in range(60):
            self.page.wait_for_timeout(250)
            counts.append(self.frames(kind))
            if len(counts) > 5 and counts[-1] == counts[-6]:
                return
        raise AssertionError(f"frames of a {kind} that is off keep coming: {counts}")

    def hears(self) -> None:
        before = self.sound()
        self.until(lambda: self.sound() > before + 0.001, "sound of the other")

    def connected(self) -> None:
        expect(self.other).to_have_attribute("data-link", "connected", timeout=SECONDS)


@dataclass
class Call:
    host: Caller
    guest: Caller
    session: dict[str, Any]
    link: str

    def __iter__(self) -> Iterator[Caller]:
        return iter((self.host, self.guest))


@pytest.fixture
def call(context_of: Any, host: Host) -> Callable[..., Call]:
    """Two people in a call, camera and microphone on."""

    def begin(capacity: int = 2, cable: Cable | None = None, relay: Relay | None = None) -> Call:
        session = host.session(capacity=capacity)
        link = host.invite(session["id"])
        first = context_of()
        host.sign_in(first)
        second = context_of()
        for context in (first, second):
            context.add_init_script(WATCH_PEERS)
            if cable:
                cable.plug_in(context)
        page = first.new_page()
        page.goto(f"{relay.url if relay else ''}/session/{session['id']}")
        page.get_by_test_id("join-with").click()
        found = Call(Caller(page), come_in(second.new_page(), link, "Gina Guest"), session, link)
        for one in found:
            one.connected()
        return found

    return begin


def come_in(page: Page, link: str, name: str, how: str = "join-with") -> Caller:
    page.goto(link)
    page.get_by_test_id("join-name").fill(name)
    page.get_by_test_id(how).click()
    page.wait_for_url(re.compile("/session/"))
    expect(page.get_by_test_id("call-panel").first).to_have_attribute("data-phase", "in", timeout=SECONDS)
    return Caller(page)


def test_what_one_switches_the_other_sees(call: Callable[..., Call]) -> None:
    both = call()
    for one in both:
        one.sees()
        one.hears()
    muting(both)
    camera_off(both)
    screen_shared(both)
    other_camera(both)
    leaving_and_coming_back(both)


def muting(both: Call) -> None:
    host, guest = both
    guest.press("microphone")
    expect(guest.panel.get_by_test_id("call-microphone")).to_have_attribute("aria-pressed", "false")
    expect(host.other).to_contain_text("Microphone off")
    host.page.wait_for_timeout(500)  # what was on its way
    before = host.sound()
    host.page.wait_for_timeout(1500)  # a while in which the fake microphone beeps
    assert host.sound() - before < 1e-4
    # With the keys it works from anywhere in the room, the editor included.
    guest.page.keyboard.press("Alt+Shift+KeyM")
    expect(host.other).not_to_contain_text("Microphone off")
    host.hears()
    expect(host.panel.locator("[data-own=false][data-talking=true]")).to_be_visible(timeout=SECONDS)


def camera_off(both: Call) -> None:
    host, guest = both
    guest.press("camera")
    expect(host.other).to_contain_text("Camera off")
    expect(host.other.locator("video")).to_have_count(0)
    host.sees_nothing_for_a_while()
    shot(host.page, "call-camera-off")
    guest.press("camera")
    expect(host.other.locator("video")).to_be_visible()
    host.sees()


def screen_shared(both: Call) -> None:
    host, guest = both
    guest.press("screen-share")
    expect(host.panel.get_by_test_id("call-screen").locator("video")).to_be_visible()
    host.sees("screen")
    host.sees("camera")
    expect(guest.panel).to_contain_text("You share your screen")
    shot(host.page, "call-screen-share")
    # As with the browser's own "stop sharing".
    guest.page.evaluate(
        """() => {
            const [peer] = window.__peers.filter((one) => one.connectionState === "connected");
            const { track } = peer.getTransceivers()[2].sender;
            track.stop();
            track.dispatchEvent(new Event("ended"));
        }"""
    )
    expect(host.panel.get_by_test_id("call-screen")).to_have_count(0)
    expect(guest.panel.get_by_test_id("call-screen-share")).to_have_attribute("aria-pressed", "false")
    host.sees_nothing_for_a_while("screen")


def other_camera(both: Call) -> None:
    host, guest = both
    guest.press("devices")
    choice = guest.page.get_by_test_id("choose-camera")
    before = choice.input_value()
    options = choice.locator("option").evaluate_all("(all) => all.map((one) => one.value)")
    other = options[-1]  # the second of Chromium's fake cameras delivers no frames, the third does
    assert other != before
    choice.select_option(other)
    guest.page.wait_for_function(
        """(id) => window.__peers.some((peer) => {
            const track = peer.connectionState === "connected" && peer.getTransceivers()[1].sender.track;
            return track && track.getSettings().deviceId === id;
        })""",
        arg=other,
    )
    guest.page.keyboard.press("Escape")
    host.sees()


def leaving_and_coming_back(both: Call) -> None:
    host, guest = both
    guest.press("leave")
    expect(guest.panel).to_have_attribute("data-phase", "out")
    expect(host.other).to_have_count(0)
    expect(guest.panel).to_contain_text("In the call: Hanna Host")
    guest.press("rejoin")
    for one in both:
        one.connected()
        one.sees()
        one.hears()


def test_reload_leads_back_into_the_call(call: Callable[..., Call]) -> None:
    both = call()
    host, guest = both
    guest.press("microphone")
    guest.page.reload()
    expect(guest.panel).to_have_attribute("data-phase", "in", timeout=SECONDS)
    for one in both:
        one.connected()
        one.sees()
    expect(host.other).to_contain_text("Microphone off")
    expect(guest.panel.get_by_test_id("call-microphone")).to_have_attribute("aria-pressed", "false")


def test_a_network_cut_heals(call: Callable[..., Call]) -> None:
    cable = Cable()
    try:
        both = call(cable=cable)
        for one in both:
            one.sees()
        assert cable.passed > 100, "media does not go through the cable"
        cable.pull()
        for one in both:
            expect(one.other).to_have_attribute("data-link", "reconnecting", timeout=SECONDS)
        shot(both.host.page, "call-reconnecting")
        cable.mend()
        for one in both:
            one.connected()
            one.sees()
            one.hears()
    finally:
        cable.close()


# The most tiles of others that were ever shown at once.
COUNT_TILES = """() => {
    const look = () => {
        const tiles = document.querySelectorAll("[data-testid=call-panel] [data-own=false]").length;
        window.__most = Math.max(window.__most ?? 0, tiles);
    };
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
}"""


def test_a_cut_that_the_server_does_not_notice_shows_nobody_twice(server: Server, call: Callable[..., Call]) -> None:
    relay = Relay(server.port)
    try:
        both = call(relay=relay)
        for one in both:
            one.page.evaluate(COUNT_TILES)
        assert relay.cut() == 3, "the document, the events, the notes"
        # What a browser says when its network changes: the page looks at once whether its connections still live.
        both.host.page.evaluate("() => dispatchEvent(new Event('offline'))")
        for one in both:
            one.until(
                lambda one=one: one.page.evaluate(  # type: ignore[misc]
                    "() => window.__peers.map((p) => p.connectionState).join() === 'closed,connected'"
                ),
                "a new connection in the place of the old one",
            )
            one.connected()
            one.sees()
            assert one.page.evaluate("() => window.__most") == 1
    finally:
        relay.close()


def test_the_call_goes_on_while_the_server_is_away(server: Server, call: Callable[..., Call]) -> None:
    both = call()
    for one in both:
        one.page.wait_for_load_state("networkidle")  # parts of the editor that come late come from the server too
    server.kill()
    for one in both:
        expect(one.page.locator("[data-saved-state=offline]").first).to_be_attached(timeout=SECONDS)
        one.sees()
        one.hears()
    server.start()
    for one in both:
        expect(one.page.locator("[data-saved-state=saved]").first).to_be_attached(timeout=SECONDS)
        expect(one.other).to_have_count(1)
        one.connected()
        # Not the old connection, which is gone, but a new one under the new server.
        one.until(
            lambda one=one: one.page.evaluate(  # type: ignore[misc]
                "() => window.__peers.map((p) => p.connectionState).join() === 'closed,connected'"
            ),
            "a new connection in the place of the old one",
        )
        one.sees()


def test_three_people_one_of_them_without_devices(call: Callable[..., Call], context_of: Any) -> None:
    both = call(capacity=3)
    context = context_of()
    context.add_init_script(WATCH_PEERS)
    third = come_in(context.new_page(), both.link, "Theo Third", "join-without")
    for one in (*both, third):
        expect(one.panel.locator("[data-own=false][data-link=connected]")).to_have_count(2, timeout=SECONDS)
    third.sees()
    third.hears()
    expect(third.panel.locator("[data-own=false] video")).to_have_count(2)
    tile = both.host.panel.locator("[data-own=false]", has_text="Theo Third")
    expect(tile).to_contain_text("Camera off")
    expect(tile).to_contain_text("Microphone off")
    # Three in a mesh: everybody sends less than two would.
    both.host.until(lambda: 0 < third.received("camera", "frameWidth") <= 2 * 480, "smaller pictures")
    shot(both.host.page, "call-three")
    third.press("microphone")
    expect(tile).not_to_contain_text("Microphone off")
    both.host.hears()


def test_pictures_survive_moving_between_tabs_on_a_phone(call: Callable[..., Call], context_of: Any) -> None:
    both = call(capacity=3)
    context = context_of(390, 844, has_touch=True, is_mobile=True)
    context.add_init_script(WATCH_PEERS)
    phone = come_in(context.new_page(), both.link, "Pia Phone")
    expect(phone.panel.locator("[data-own=false][data-link=connected]")).to_have_count(2, timeout=SECONDS)
    for tab in ("Chat", "Call", "Problem"):
        phone.page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
        expect(phone.panel.locator("[data-own=false] video")).to_have_count(2)
        shot(phone.page, f"call-phone-{tab.lower()}")
    phone.sees()
    phone.hears()
    states = phone.page.evaluate("() => window.__peers.map((peer) => peer.connectionState)")
    assert states == ["connected", "connected"]
