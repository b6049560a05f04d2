"""The whiteboard: two draw and see each other's, an observer looks on, pictures are saved, nobody else is asked for anything."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage
from tests.journeys.test_accessible import assert_accessible
from tests.journeys.test_interview import accept, enter, no_sideways_scroll
from tests.serving import Server

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

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


def open_board(page: Page) -> Locator:
    page.get_by_role("navigation", name="Problems and pads").get_by_role("button", name="Board").click()
    return canvas(page)


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


def test_two_draw_and_one_looks_on(server: Server, context_of: Any, host: Host, tmp_path: Path) -> None:
    session = host.session(capacity=3)
    wide = context_of()
    host.sign_in(wide)
    watched = Watched(wide.new_page())
    page = watched.page
    page.goto(f"/session/{session['id']}")
    enter(page, "join-without")
    assert not watched.loaded("excalidraw")
    other_watched = Watched(context_of(color_scheme="dark").new_page())
    other = other_watched.page
    accept(other, host.invite(session["id"]), "Carla Candidate", "join-without")

    ours = open_board(page)
    shot(page, "board-empty-1440")
    theirs = open_board(other)
    drag(page, ours, "rectangle", (200, 200), (380, 300))
    write(other, theirs, (500, 240), "cache")
    drag(other, theirs, "arrow", (390, 250), (490, 250))
    drag(page, ours, "freedraw", (220, 360), (420, 420))
    shot(page, "board-1440")
    shot(other, "board-dark-1440")

    # What each saves is what both drew.
    picture = Image.open(save(page, "PNG", tmp_path))
    assert picture.format == "PNG"
    assert picture.size > (250, 150)
    drawing = svg_of(other, tmp_path)
    ElementTree.fromstring(drawing)
    assert "cache" in drawing
    assert "data:font/woff2;base64," in drawing
    assert drawing.count("<g ") >= 3
    for shown in (page, other):
        assert_accessible(shown)
    watched.assert_kept_to(server)
    other_watched.assert_kept_to(server)
