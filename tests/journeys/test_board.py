"""The whiteboard: two draw, one looks on, pictures are saved, and no other host is asked for anything."""

import math
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pycrdt import Doc, Map
from websockets.sync.client import connect

from interview_platform.room.wire import encode_var_uint
from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage
from tests.journeys.test_accessible import assert_accessible
from tests.journeys.test_interview import accept, enter, no_sideways_scroll
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

ACKNOWLEDGED = b"\x78"  # message 120
# What the page's policy stops, kept for the test.
WATCH_POLICY = """
window.__stopped = [];
addEventListener("securitypolicyviolation", (e) => window.__stopped.push(`${e.violatedDirective} ${e.blockedURI}`));
"""


class Watched:
    """A page of the room, with all that it and its service worker ask for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.page_asked: list[str] = []
        page.context.on("request", lambda request: self.asked.append(request.url))
        page.on("request", lambda request: self.page_asked.append(request.url))
        page.add_init_script(WATCH_POLICY)

    def loaded(self, name: str) -> bool:
        return any(name in url for url in self.page_asked)

    def assert_kept_to(self, server: Server) -> None:
        ours = urlsplit(server.url).netloc
        hosts = {urlsplit(url).netloc for url in self.asked if not url.startswith(("data:", "blob:"))}
        assert hosts <= {ours}, hosts
        assert self.page.evaluate("() => window.__stopped") == []


# As somebody who pastes a screenshot.
PASTE_PICTURE = """() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([137, 80, 78, 71])], "shot.png", { type: "image/png" }));
    const board = document.querySelector(".excalidraw");
    board.focus();
    board.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


def board_button(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Problems and pads").get_by_role("button", name="Board")


def open_board(page: Page) -> Locator:
    board_button(page).click()
    return canvas(page)


def tab_to(page: Page, tab: str) -> None:
    """Through the board and out of it, to what stands behind."""
    target = page.get_by_role("tab", name=tab)
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("(tab) => tab === document.activeElement"):
            return
    raise AssertionError("Tab does not lead out of the board")


def expect_shapes(page: Page, folder: Path, count: int) -> None:
    for _ in range(40):
        if shapes(page, folder) == count:
            return
    assert shapes(page, folder) == count


def canvas(page: Page) -> Locator:
    found = page.get_by_role("region", name="Board").locator("canvas.interactive")
    expect(found).to_be_visible(timeout=40_000)
    return found


def drag(page: Page, on: Locator, tool: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    box = on.bounding_box()
    assert box
    page.keyboard.press("Escape")
    page.get_by_test_id(f"toolbar-{tool}").locator("xpath=..").click()
    page.mouse.move(box["x"] + start[0], box["y"] + start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=12)
    page.mouse.up()


def write(page: Page, on: Locator, at: tuple[int, int], text: str) -> None:
    page.get_by_test_id("toolbar-text").locator("xpath=..").click()
    on.click(position={"x": at[0], "y": at[1]})
    page.keyboard.type(text)
    page.keyboard.press("Escape")


def save(page: Page, kind: str, folder: Path) -> Path:
    page.get_by_role("button", name="Save as a picture").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=re.compile(f"^{kind}")).click()
    assert download.value.suggested_filename == f"Board of Two Sum.{kind.lower()}"
    target = folder / f"board.{kind.lower()}"
    download.value.save_as(target)
    return target


def svg_of(page: Page, folder: Path) -> str:
    return save(page, "SVG", folder).read_text(encoding="utf-8")


def shapes(page: Page, folder: Path) -> int:
    """How many shapes and texts there are on the board, as the page has it."""
    root = ET.fromstring(svg_of(page, folder))
    return len(root.findall("./{http://www.w3.org/2000/svg}g"))


def test_two_draw_and_one_looks_on(server: Server, context_of: Any, host: Host, tmp_path: Path) -> None:
    session = host.session(capacity=3)
    wide = context_of()
    host.sign_in(wide)
    watched = Watched(wide.new_page())
    page = watched.page
    page.goto(f"/session/{session['id']}")
    room = enter(page, "join-without")
    assert not watched.loaded("excalidraw")
    carla = Watched(context_of(color_scheme="dark").new_page())
    other = carla.page
    accept(other, host.invite(session["id"]), "Carla Candidate", "join-without")

    ours = open_board(page)
    expect(page.get_by_text("Draw here: everybody in the room sees it.")).to_be_visible()
    shot(page, "board-empty-1440")
    drag(page, ours, "rectangle", (300, 200), (440, 300))
    expect(board_button(other)).to_contain_text("something new")
    theirs = open_board(other)
    expect(board_button(other)).not_to_contain_text("something new")
    write(other, theirs, (560, 240), "cache")
    drag(other, theirs, "arrow", (450, 250), (550, 250))
    drag(page, ours, "freedraw", (320, 360), (520, 420))
    for shown in (page, other):
        expect_shapes(shown, tmp_path, 4)
    shot(page, "board-1440")
    shot(other, "board-dark-1440")

    # What each saves is what both drew.
    with Image.open(save(page, "PNG", tmp_path)) as picture:
        assert picture.format == "PNG"
        assert picture.width > 300
        assert picture.height > 200
    drawing = svg_of(other, tmp_path)
    assert "cache" in drawing
    assert "data:font/woff2;base64," in drawing
    for shown in (page, other):
        assert_accessible(shown)

    # One takes back what one did oneself, though somebody else did something later.
    drag(other, theirs, "ellipse", (560, 360), (640, 420))
    page.locator(".excalidraw").focus()
    page.keyboard.press("Control+z")
    expect_shapes(page, tmp_path, 4)
    expect_shapes(other, tmp_path, 4)

    # No pictures: said, and not there.
    other.evaluate(PASTE_PICTURE)
    expect(other.get_by_text("Pictures and embedded pages cannot be put on the board.")).to_be_visible()

    # An observer looks on, on a phone, and saves it, too.
    olga = Watched(context_of(390, 844, has_touch=True, is_mobile=True, color_scheme="dark").new_page())
    phone = olga.page
    phone.goto(host.invite(session["id"], "observer"))
    phone.get_by_test_id("join-name").fill("Olga Observer")
    phone.get_by_test_id("join-without").click()
    RoomPage(phone).wait_until_live()
    phone.get_by_role("tab", name="Board").click()
    small = canvas(phone)
    expect(phone.get_by_role("region", name="Board").get_by_text("You are watching")).to_be_visible()
    expect(phone.get_by_test_id("toolbar-rectangle")).to_have_count(0)
    box = small.bounding_box()
    assert box
    shot(phone, "phone-board-dark")
    phone.keyboard.press("r")
    phone.mouse.move(box["x"] + 60, box["y"] + 100)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 160, box["y"] + 200, steps=8)
    phone.mouse.up()
    expect_shapes(phone, tmp_path, 4)
    no_sideways_scroll(phone)
    assert_accessible(phone)
    assert shapes(page, tmp_path) == 4

    # Locked while the candidate is at it, and let go again.
    lock = page.get_by_role("button", name="Lock the document for candidates")
    lock.click()
    expect(other.get_by_role("region", name="Board").get_by_text("Locked")).to_be_visible()
    expect(other.get_by_test_id("toolbar-rectangle")).to_have_count(0)
    shot(other, "board-locked-dark")
    lock.click()
    expect(other.get_by_test_id("toolbar-rectangle")).to_be_visible()

    # By keyboard in and out; the code is as it was, and a reload loses nothing.
    board_button(page).focus()
    tab_to(page, "Chat")
    page.get_by_role("navigation", name="Problems and pads").get_by_role("button", name="Two Sum").click()
    room.expect_code("def two_sum")
    other.reload()
    RoomPage(other).wait_until_live()
    open_board(other)
    expect_shapes(other, tmp_path, 4)
    for one in (watched, carla, olga):
        one.assert_kept_to(server)


def test_one_draws_on_a_phone(context_of: Any, host: Host, tmp_path: Path) -> None:
    session = host.session()
    context = context_of(390, 844, has_touch=True, is_mobile=True)
    host.sign_in(context)
    phone = context.new_page()
    phone.goto(f"/session/{session['id']}")
    enter(phone, "join-without")
    phone.get_by_role("tab", name="Board").click()
    small = canvas(phone)
    shot(phone, "phone-board-empty")
    drag(phone, small, "rectangle", (80, 160), (220, 260))
    expect_shapes(phone, tmp_path, 1)
    no_sideways_scroll(phone)
    shot(phone, "phone-board")
    assert_accessible(phone)


def test_what_a_program_writes_does_not_break_the_page(
    server: Server, context_of: Any, host: Host, tmp_path: Path
) -> None:
    session = host.session()
    context = context_of()
    host.sign_in(context)
    page = context.new_page()
    page.goto(f"/session/{session['id']}")
    enter(page, "join-without")
    ours = open_board(page)
    drag(page, ours, "rectangle", (300, 200), (440, 300))
    expect_shapes(page, tmp_path, 1)
    send_to_board(server, host, session["id"])
    expect_shapes(page, tmp_path, 1 + len(DRAWN))
    # All of it is seized and moved: whatever is wrong with it is met now.
    page.locator(".excalidraw").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("ArrowLeft")
    drag(page, ours, "ellipse", (300, 400), (440, 500))
    expect_shapes(page, tmp_path, 2 + len(DRAWN))
    page.reload()
    RoomPage(page).wait_until_live()
    open_board(page)
    expect_shapes(page, tmp_path, 2 + len(DRAWN))


def element(id_: str, type_: str, **more: Any) -> dict[str, Any]:
    usual = {"id": id_, "type": type_, "version": 1, "versionNonce": 5, "isDeleted": False}
    place = {"x": 300.0, "y": 300.0, "width": 50.0, "height": 50.0}
    odd = {"groupIds": ["g", "g"], "frameId": "nowhere", "boundElements": [{"id": "nowhere", "type": "arrow"}]}
    return usual | place | odd | more


NOWHERE = {"elementId": "nowhere", "focus": 1000.0, "gap": -5.0, "fixedPoint": [1e6, -1e6]}
# Sound field by field, and nothing that anybody would draw.
DRAWN = [
    element("r1", "rectangle", index="a0"),
    element("r2", "rectangle", index="a0", width=-50000.0, height=50000.0, strokeWidth=0.5),
    element("e", "ellipse", width=50000.0, height=50000.0, fillStyle="cross-hatch", backgroundColor="#ffc9c9"),
    element("t", "text", text="hi", originalText="other", containerId="nowhere", fontSize=1000.0),
    element("a1", "arrow", points=[[0.0, 0.0], [3.0, 0.0]], startBinding=NOWHERE, endBinding=NOWHERE),
    element(
        "a2",
        "arrow",
        points=[[5.0, 5.0], [-9.0, 1e5]],
        endBinding=NOWHERE,
        elbowed=True,
        fixedSegments=[{"start": [0.0, 0.0], "end": [1.0, 1.0], "index": 9999}],
    ),
    element("l", "line", points=[[1e6, 1e6], [-1e6, -1e6]]),
    element("f", "freedraw", points=[[0.0, 0.0], [1.0, 1.0]], pressures=[1.0, 2.0, 0.5], simulatePressure=False),
]
REFUSED = [
    element("i", "image", fileId="x"),
    element("p", "iframe", link="https://evil.test"),
    element("n", "rectangle", x=math.nan),
    {"id": "junk"},
]


def send_to_board(server: Server, host: Host, session_id: str) -> None:
    """As a program of one's own would, over the document's socket."""
    document: Doc[Any] = Doc()
    board = document.get("board", type=Map)
    with document.transaction():
        for one in [*DRAWN, *REFUSED]:
            board[one["id"]] = one
    update = document.get_update()
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in host.client.cookies.jar)
    address = server.url.replace("http", "ws", 1) + f"/api/sessions/{session_id}/doc?acks=1"
    with connect(address, additional_headers={"Cookie": cookies, "Origin": server.url}) as socket:
        socket.send(b"\0\2" + encode_var_uint(len(update)) + update)
        while socket.recv(timeout=20)[:1] != ACKNOWLEDGED:
            pass
