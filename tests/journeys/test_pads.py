"""A second problem and files of one's own, added while two people are at it; one follows the other across them."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Host, shot
from tests.journeys.room_page import RoomPage
from tests.journeys.test_accessible import assert_accessible
from tests.journeys.test_interview import accept, enter, no_sideways_scroll

pytestmark = [pytest.mark.journey, pytest.mark.timeout(240)]

MAIN = """\
from helper import palindrome


def is_palindrome(s):
    return palindrome(s)
"""
HELPER = """\
def palindrome(s):
    kept = [one for one in s.lower() if one.isalnum()]
    return kept == kept[::-1]
"""
PROBLEM = "Valid Palindrome"


def pad(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Problems and pads").get_by_role("button", name=name)


def file(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name="Files").get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def files_menu(page: Page, name: str, entry: str) -> None:
    page.get_by_role("button", name=f"What to do with {name}").click()
    page.get_by_role("menuitem", name=entry).click()


def make_file(page: Page, path: str) -> None:
    page.get_by_role("button", name="New file").click()
    page.get_by_role("textbox", name="Name").fill(path)
    page.get_by_role("button", name="Make the file").click()


def test_two_people_work_on_a_second_problem_with_files(context_of: Any, host: Host, tmp_path: Path) -> None:
    session = host.session(capacity=3)
    wide = context_of()
    host.sign_in(wide)
    page = wide.new_page()
    page.goto(f"/session/{session['id']}")
    room = enter(page, "join-without")
    other = context_of(color_scheme="dark").new_page()
    candidate = accept(other, host.invite(session["id"]), "Carla Candidate", "join-without")
    expect(other.get_by_role("button", name="Add a problem or a pad")).to_have_count(0)

    page.get_by_role("button", name="Add a problem or a pad").click()
    page.get_by_role("combobox", name="Problem").select_option(label=PROBLEM)
    shot(page, "pads-add")
    page.get_by_role("button", name="Add it").click()
    room.expect_code("def is_palindrome")
    expect(page.get_by_role("region", name="Problem").get_by_role("heading", name=PROBLEM)).to_be_visible()
    # The candidate is told of it, and stays where they are.
    expect(other.get_by_role("status").filter(has_text=PROBLEM)).to_be_visible()
    candidate.expect_code("def two_sum")
    expect(pad(other, PROBLEM)).to_be_visible()
    expect(pad(other, "Two Sum")).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Show to everybody").click()
    candidate.expect_code("def is_palindrome")
    expect(other.get_by_role("status").filter(has_text=f"Hanna Host shows “{PROBLEM}” to everybody.")).to_be_visible()
    expect(other.get_by_role("region", name="Problem").get_by_role("heading", name=PROBLEM)).to_be_visible()

    # Files: the candidate makes one, brings one along, renames, deletes.
    other.get_by_role("button", name="Files", exact=True).click()
    make_file(other, "solution.py")
    expect(other.get_by_text("There is a file of this name already.")).to_be_visible()
    other.get_by_role("textbox", name="Name").fill("tools/helper.py")
    other.get_by_role("button", name="Make the file").click()
    expect(file(other, "helper.py")).to_have_attribute("aria-current", "true")
    candidate.replace_code(HELPER)
    page.get_by_role("button", name="Files", exact=True).click()
    file(page, "helper.py").click()
    room.expect_code("def palindrome")
    files_menu(other, "tools/helper.py", "Rename")
    other.get_by_role("textbox", name="Name").fill("helper.py")
    other.get_by_role("button", name="Rename", exact=True).click()
    expect(file(other, "helper.py")).to_have_attribute("aria-current", "true")
    candidate.expect_code("def palindrome")
    data, picture = tmp_path / "words.txt", tmp_path / "picture.png"
    data.write_text("noon\nlevel\n")
    picture.write_bytes(b"\x89PNG\xff\0")
    other.get_by_label("Files to upload").set_input_files([data, picture])
    expect(other.get_by_text("picture.png is no text file.")).to_be_visible()
    file(other, "words.txt").click()
    candidate.expect_code("level")
    expect(file(page, "words.txt")).to_be_visible()

    # Follow: the host is led to where the candidate writes, in whatever file and pad.
    page.get_by_role("button", name=re.compile("^Carla Candidate")).click()
    page.get_by_role("menuitem", name="Follow in the code").click()
    file(other, "solution.py").click()
    candidate.replace_code(MAIN)
    room.expect_code("from helper import")
    pad(other, "Two Sum").click()
    candidate.type_at_top("# here now")
    expect(pad(page, "Two Sum")).to_have_attribute("aria-current", "true")
    room.expect_code("here now")
    pad(other, PROBLEM).click()
    candidate.go_to_top()
    expect(pad(page, PROBLEM)).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="Following Carla Candidate").click()

    # The tests are the second problem's, of its main file with what lies beside it, wherever one looks.
    file(other, "helper.py").click()
    other.get_by_role("button", name="Run tests").click()
    for one in (room, candidate):
        expect(one.result("accepted")).to_contain_text(re.compile(r"Passed (\d+) of \1 tests\."))
    for shown, name in ((page, "pads-files-1440"), (other, "pads-files-dark")):
        shot(shown, name)
        assert_accessible(shown)

    with page.expect_download() as download:
        page.get_by_role("button", name="Download as zip").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        assert set(archive.namelist()) == {"solution.py", "helper.py", "words.txt"}
        assert archive.read("helper.py").decode() == HELPER

    files_menu(other, "words.txt", "Delete")
    other.get_by_role("button", name="Delete it").click()
    expect(file(page, "words.txt")).to_have_count(0)

    phone = context_of(390, 844, has_touch=True, is_mobile=True).new_page()
    phone.goto(host.invite(session["id"], "observer"))
    phone.get_by_test_id("join-name").fill("Olga Observer")
    phone.get_by_test_id("join-without").click()
    RoomPage(phone).expect_code("from helper import")
    no_sideways_scroll(phone)
    shot(phone, "phone-pads")
    phone.get_by_role("button", name="Files", exact=True).click()
    expect(phone.get_by_role("button", name="New file")).to_have_count(0)
    no_sideways_scroll(phone)
    shot(phone, "phone-files")
    assert_accessible(phone)
    file(phone, "helper.py").click()
    RoomPage(phone).expect_code("def palindrome")
    no_sideways_scroll(phone)

    # A reload leads back to what everybody is shown, and all of it is there.
    other.reload()
    candidate.wait_until_live()
    candidate.expect_code("from helper import")

    answer = host.client.post(f"/api/sessions/{session['id']}/end")
    assert answer.status_code == 200, answer.text
    page.goto(f"/session/{session['id']}")
    expect(page.get_by_role("tab", name=f"{PROBLEM}/helper.py")).to_be_visible()
    expect(page.get_by_role("tab", name=f"{PROBLEM}/solution.py last shown")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".monaco-editor .view-lines").first).to_contain_text(re.compile(r"from\shelper\simport"))
    shot(page, "pads-record")
