"""Takes the pictures of a real room that the start page and the README show: `.venv/bin/python scripts/pictures.py`.

Two people, without cameras (the test camera's pattern tells nobody anything), on a server of its own. `WEB_DIR` names
another build than `web/dist`.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.journeys.conftest import CHROMIUM, FLAGS, Host, register
from tests.journeys.room_page import RoomPage
from tests.serving import Server

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "web" / "public" / "pictures"
README = ROOT / "docs" / "images" / "room.png"
SIZE = (1440, 900)
SHARPNESS = 1.5  # more doubles the bytes and nobody sees it at the size shown

SOLUTION = """\
    seen: dict[int, int] = {}
    for position, number in enumerate(nums):
        if target - number in seen:
            return [seen[target - number], position]
        seen[number] = position
    return []
"""
TALK = (
    ("host", "Take your time. What do you look at first?"),
    ("guest", "Every pair is `O(n²)`. I would rather remember what I have seen."),
    ("host", "Good. What does that cost in memory?"),
    ("guest", "One entry per number, `O(n)`. Shall I run the tests?"),
)


def open_room(browser: Browser, server: Server, scheme: str) -> tuple[RoomPage, RoomPage]:
    host = register(server, "Ada Lovelace")
    session = host.session(visibility="private")
    rooms = []
    for person in (host, None):
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": SIZE[0], "height": SIZE[1]},
            device_scale_factor=SHARPNESS,
            color_scheme="dark" if scheme == "night" else "light",
            permissions=["clipboard-read", "clipboard-write"],
        )
        rooms.append(RoomPage(enter(context, person, host, session["id"])))
    for room in rooms:
        room.wait_until_live()
    return rooms[0], rooms[1]


def enter(context: BrowserContext, person: Host | None, host: Host, session_id: str) -> Page:
    context.set_default_timeout(20_000)
    page = context.new_page()
    if person:
        person.sign_in(context)
        page.goto(f"/session/{session_id}")
    else:
        page.goto(host.invite(session_id))
        page.get_by_label("Your name").fill("Grace Hopper")
    page.get_by_role("button", name="Join without").click()
    return page


def hold_interview(host: RoomPage, guest: RoomPage) -> None:
    for who, text in TALK:
        speaker = host if who == "host" else guest
        speaker.say(text)
        expect(host.page.get_by_text(text.split("`")[0].strip()).first).to_be_visible()
    guest.go_to_top()
    keys = guest.page.keyboard
    for _ in range(5):
        keys.press("ArrowDown")
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowDown")
    guest.page.evaluate("(text) => navigator.clipboard.writeText(text)", SOLUTION)
    keys.press("Control+V")
    for _ in range(3):
        keys.press("ArrowUp")
    keys.press("End")
    keys.press("Control+Shift+ArrowLeft")
    host.expect_code("seen[number] = position")
    guest.page.get_by_role("button", name="Run tests").click()
    host.result("accepted")
    host.go_to_top()
    host.expect_saved()


def main() -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    README.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data").start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            for theme in ("day", "night"):
                host, guest = open_room(browser, server, theme)
                hold_interview(host, guest)
                picture = Image.open(io.BytesIO(host.page.screenshot(animations="disabled")))
                picture.convert("RGB").save(PAGES / f"room-{theme}.webp", quality=80, method=6)
                if theme == "day":
                    picture.convert("RGB").resize(SIZE).quantize(256).save(README, optimize=True)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
