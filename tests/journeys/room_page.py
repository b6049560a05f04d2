"""What a person does and sees in a room, in words: the journeys read as a story."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

SECONDS = 20_000
EITHER_EDITOR = ".monaco-editor .view-lines, .cm-content"  # phones have the light one


def go_to_part(page: Page, name: str) -> None:
    """By its tab, which on a phone it may get only when it is chosen from the menu beside them."""
    tab = page.get_by_role("tab", name=re.compile(f"^{name}"))
    more = page.get_by_role("button", name=re.compile("^More(?! about)"))
    if tab.count() == 0 and more.count() > 0:
        more.click()
        page.get_by_role("menuitem", name=name).click()
    else:
        tab.click()


def open_from_header(page: Page, name: str) -> None:
    """By its button, or by the menu where there is little room."""
    menu = page.get_by_role("button", name="Menu", exact=True)
    if menu.count() > 0:
        menu.click()
        page.get_by_role("menuitem", name=name).click()
    else:
        page.get_by_role("button", name=name).click()


@dataclass
class RoomPage:
    page: Page

    @property
    def lines(self) -> Locator:
        return self.page.locator("[data-editor-ready=true]").locator(EITHER_EDITOR).first

    def wait_until_shown(self) -> None:
        """The editor is there, whether there is a connection or not."""
        expect(self.lines).to_be_visible(timeout=SECONDS)

    def wait_until_live(self) -> None:
        self.wait_until_shown()
        expect(self.page.locator("[data-saved-state=saved]").first).to_be_attached(timeout=SECONDS)

    @property
    def code(self) -> str:
        """What the editor shows, spaces as spaces."""
        text = self.lines.inner_text()
        return text.replace("\u00a0", " ")

    def expect_code(self, part: str, *, shown: bool = True) -> None:
        lines = self.lines
        pattern = re.compile(re.escape(part).replace("\\ ", "\\s"))
        check = expect(lines)
        if shown:
            check.to_contain_text(pattern, timeout=SECONDS)
        else:
            check.not_to_contain_text(pattern, timeout=SECONDS)

    def go_to_top(self) -> None:
        self.lines.click()
        self.page.keyboard.press("Control+Home")

    def type_at_top(self, text: str) -> None:
        self.go_to_top()
        self.page.keyboard.type(text)

    def replace_code(self, text: str) -> None:
        self.lines.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        # Pasted, not typed: the editor indents typed lines by itself.
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+V")

    def expect_saved(self) -> None:
        expect(self.page.locator("[data-saved-state=saved]").first).to_be_attached(timeout=SECONDS)

    def choose_language(self, name: str) -> None:
        self.page.get_by_role("button", name=re.compile("^Language:")).click()
        self.page.get_by_role("menuitemradio", name=re.compile(rf"^{re.escape(name)}(\s|$)")).click()

    def switch_language(self, name: str) -> None:
        """In a room it asks first."""
        self.choose_language(name)
        self.page.get_by_role("button", name=f"Switch to {name}").click()

    def run(self) -> None:
        self.page.get_by_role("button", name="Run", exact=True).click()

    def result(self, verdict: str, timeout: float = 40_000) -> Locator:
        """The shown run, once it has ended like this."""
        found = self.page.locator(f"[data-run][data-verdict={verdict}]")
        expect(found).to_be_visible(timeout=timeout)
        return found

    def say(self, text: str) -> None:
        self.page.get_by_test_id("chat-input").fill(text)
        self.page.get_by_test_id("chat-send").click()

    def frames_decoded(self) -> int:
        """Frames of the others' cameras that this browser has decoded so far."""
        return int(self._received("video", "framesDecoded"))

    def sound_received(self) -> float:
        """Energy of the others' sound so far: silence adds nothing."""
        return self._received("audio", "totalAudioEnergy")

    def _received(self, kind: str, counter: str) -> float:
        total: float = self.page.evaluate(
            """async ([kind, counter]) => {
                const peers = await Promise.all(window.__peers.map((peer) => peer.getStats()));
                const reports = peers.flatMap((stats) => [...stats.values()]);
                return reports
                    .filter((report) => report.type === "inbound-rtp" && report.kind === kind)
                    .reduce((sum, report) => sum + (report[counter] ?? 0), 0);
            }""",
            [kind, counter],
        )
        return total


# The page's own peer connections, for getStats: nothing in the product is made for the test.
WATCH_PEERS = """
window.__peers = [];
const Real = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
    constructor(...given) { super(...given); window.__peers.push(this); }
};
"""
