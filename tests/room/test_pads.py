"""Problems and pads added to a live session; the files as an archive."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Map, Text

from interview_platform.app.errors import install_error_table
from interview_platform.kit.errors import Refusal, not_found
from interview_platform.room import files_zip, pad_routes
from interview_platform.room.files_zip import Names, clean, zipped
from interview_platform.room.pads import Pads
from interview_platform.room.registry import Rooms
from interview_platform.sessions.model import Role, Session
from interview_platform.timeline.model import EventKind
from interview_platform.timeline.pads import PADS_MAX, pads_of, problem_of
from tests.api import Bank
from tests.room.world import SEED, Somebody, World
from tests.room.yjs import YClient, eventually, yjs

STARTER = SEED.files[0].text


@asynccontextmanager
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install_error_table(app)
    pads = Pads(world.rooms.rooms, world.timeline, Bank(), world.starters)
    app.include_router(pad_routes.router(pads, world.rooms.records, world.api.sessions, world.api.identity))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def add(client: httpx.AsyncClient, session: Session, who: Somebody, **body: Any) -> httpx.Response:
    return await client.post(f"/api/sessions/{session.id}/pads", json=body, headers=who.headers)


def pads_in(client: YClient) -> dict[str, dict[str, Any]]:
    pads: Map[Any] = client.doc.get("pads", type=Map)
    return {id: dict(pad.items()) for id, pad in pads.items()}


async def test_a_pad_is_there_for_everybody_at_once_and_for_who_comes_later(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with http(world) as client, yjs(world.url(session), guest.headers) as ben:
        answered = await add(client, session, host, problem="Container With Most Water")
        assert answered.status_code == 201
        pad = answered.json()["pad"]
        assert (pad["title"], pad["problem"]) == ("Container With Most Water", "container-with-most-water")
        path = f"{pad['id']}/solution.py"
        await eventually(lambda: ben.read(path) == STARTER)
        told = pads_in(ben)[pad["id"]]
        assert (told["title"], told["problem"]) == (pad["title"], pad["problem"])
        assert (told["language"], told["activeFile"]) == ("python", path)
        assert ben.read() == STARTER
        assert dict(ben.room.items()) == {"language": "python", "activeFile": "solution.py"}, "the first is as it was"
        ben.files[path].insert(0, "# mine\n")
        async with yjs(world.url(session), host.headers) as late:
            await eventually(lambda: late.read(path) == "# mine\n" + STARTER)
    await world.rooms.rooms.close()
    again = Rooms(world.timeline, None, world.rooms.seats, world.rooms.rooms.limits)
    document = await again.read(session)
    assert document.files()[path] == "# mine\n" + STARTER
    assert document.pad_setting(pad["id"], "language") == "python"


async def test_what_a_pad_is_about_is_the_log_s_to_say_in_one_append_with_its_files(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    guest = await world.admit(session, "Ben")
    async with http(world) as client, yjs(world.url(session, query="?acks=1"), guest.headers) as ben:
        await eventually(lambda: ben.acked == 1)
        world.timeline.batches.clear()
        pad = (await add(client, session, host, problem="container-with-most-water")).json()["pad"]
        assert world.timeline.batches == [2]
        events = await world.timeline.read(session.id, kinds=[EventKind.PAD])
        assert [event.entry.person for event in events] == [host.person.id]
        await eventually(lambda: pad["id"] in pads_in(ben))
        pads: Map[Any] = ben.doc.get("pads", type=Map)
        pads[pad["id"]]["problem"] = "two-sum"
        pads["forged"] = Map({"title": "Forged", "problem": "two-sum"})
        await eventually(lambda: ben.acked == 3)
    assert await problem_of(world.timeline, session, pad["id"]) == "container-with-most-water"
    assert await problem_of(world.timeline, session, "") == "two-sum"
    with pytest.raises(Refusal, match="no such pad"):
        await problem_of(world.timeline, session, "forged")


async def test_who_may_add_a_pad(world: World) -> None:
    host, stranger = await world.somebody("Ada"), await world.somebody("Eve")
    session = await world.session(host)
    interviewer = await world.admit(session, "Ivy", Role.INTERVIEWER)
    candidate = await world.admit(session, "Ben")
    observer = await world.admit(session, "Oz", Role.OBSERVER)
    async with http(world) as client:
        for who in (candidate, observer, stranger):
            refused = await add(client, session, who, title="Mine")
            assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert (await client.post(f"/api/sessions/{session.id}/pads", json={"title": "x"})).status_code == 401
        assert (await add(client, session, interviewer, title="  Notes  ")).json()["pad"]["title"] == "Notes"
        await world.api.sessions.end(session.id, host.person)
        refused = await add(client, session, host, title="Late")
        assert (refused.status_code, refused.json()["code"]) == (400, "session_completed")
    assert [pad.title for pad in await pads_of(world.timeline, session.id)] == ["Notes"]


@pytest.mark.parametrize("body", [{}, {"title": " "}, {"title": "x" * 81}, {"title": "two\nlines"}, {"problem": "no"}])
async def test_a_pad_must_be_about_something_known(world: World, body: dict[str, str]) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with http(world) as client:
        refused = await add(client, session, host, **body)
    assert refused.status_code == 422
    assert refused.json()["code"] == ("unknown_problem" if "problem" in body else "bad_title")
    assert await pads_of(world.timeline, session.id) == []


async def test_more_than_ten_are_refused_however_many_ask_at_once(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with http(world) as client:
        asked = [add(client, session, host, title=f"Pad {number}") for number in range(PADS_MAX + 2)]
        answers = await asyncio.gather(*asked)
    codes = sorted(answered.status_code for answered in answers)
    assert codes == [201] * (PADS_MAX - 1) + [409] * 3
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"too_many_pads"}
    assert len(await pads_of(world.timeline, session.id)) == PADS_MAX - 1


async def test_a_pad_that_cannot_be_kept_is_none(world: World) -> None:
    host = await world.somebody("Ada")
    session = await world.session(host)
    async with http(world) as client:
        await world.rooms.rooms.open(session)
        world.timeline.failures = 1
        world.timeline.failure = not_found("session")
        refused = await add(client, session, host, title="Lost")
        assert (refused.status_code, refused.json()["code"]) == (503, "document_unavailable")
        assert await pads_of(world.timeline, session.id) == []
        assert (await add(client, session, host, title="Kept")).status_code == 201


def unpacked(answered: httpx.Response) -> dict[str, str]:
    assert answered.status_code == 200, answered.text
    with zipfile.ZipFile(io.BytesIO(answered.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


async def test_the_files_as_an_archive(world: World) -> None:
    world.starters.usual = {"Main.java": "class Main {}\n"}
    host = await world.somebody("Ada")
    session = await world.session(host)
    observer = await world.admit(session, "Oz", Role.OBSERVER)
    path = f"/api/sessions/{session.id}/files.zip"
    async with http(world) as client, yjs(world.url(session, query="?acks=1"), host.headers) as ada:
        pad = (await add(client, session, host, title="A/B")).json()["pad"]["id"]
        await eventually(lambda: pad in pads_in(ada))
        ada.files["src/helper.py"] = Text("help = 1\n")
        ada.files[f"{pad}/notes.md"] = Text("é\n")
        ada.files["../../etc/passwd"] = Text("root\n")
        await eventually(lambda: ada.acked == 4)
        everything = await client.get(path, headers=observer.headers)
        assert unpacked(everything) == {
            "solution.py": STARTER,
            "src/helper.py": "help = 1\n",
            "etc/passwd": "root\n",
            "2 A_B/solution.py": STARTER,
            "2 A_B/notes.md": "é\n",
        }
        assert everything.headers["content-disposition"] == 'attachment; filename="two-sum.zip"'
        assert everything.headers["content-type"] == "application/zip"
        assert everything.headers["x-content-type-options"] == "nosniff"
        assert set(unpacked(await client.get(f"{path}?pad={pad}", headers=host.headers))) == {"solution.py", "notes.md"}
        first = await client.get(f"{path}?pad=", headers=host.headers)
        assert set(unpacked(first)) == {"solution.py", "src/helper.py", "etc/passwd"}
        missing = await client.get(f"{path}?pad=none", headers=host.headers)
        assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
        record = await world.rooms.records.of(await world.api.sessions.access(session.id, host.person))
        assert [one.title for one in record.pads] == ["A/B"]
        assert f"{pad}/Main.java" not in [file.path for file in record.files]
        assert (record.active_file, record.language) == ("solution.py", "python")
        ada.room["activePad"] = pad
        await eventually(lambda: ada.acked == 5)
        record = await world.rooms.records.of(await world.api.sessions.access(session.id, host.person))
        assert (record.active_file, record.language) == (f"{pad}/solution.py", "python")
        await world.api.sessions.end(session.id, host.person)
    async with http(world) as client:
        assert unpacked(await client.get(path, headers=host.headers)) == unpacked(everything)
        stranger = await world.somebody("Eve")
        assert (await client.get(path, headers=stranger.headers)).status_code == 403
        assert (await client.get(path)).status_code == 401


HOSTILE = {
    "/etc/passwd": "etc/passwd",
    "../../x": "x",
    "a/../../b": "a/b",
    r"..\..\x": "x",
    r"C:\Windows\x": "C_/Windows/x",
    "a\0b": "ab",
    "safe\u202egpj.exe": "safegpj.exe",
    "nul.txt": "nul.txt_",
    "COM1": "COM1_",
    "dots... ": "dots",
    ". .": "unnamed",
    "": "unnamed",
    "a//./b/": "a/b",
    "~/.ssh/id": "~/.ssh/id",
}


@pytest.mark.parametrize(("path", "name"), HOSTILE.items())
def test_hostile_paths(path: str, name: str) -> None:
    assert clean(path) == name


@given(st.lists(st.text(st.sampled_from("aAbß./\\ :\0é")), max_size=12))
def test_every_path_gets_a_name_of_its_own_inside(paths: list[str]) -> None:
    names = Names()
    given_names = [names.given(path) for path in paths]
    for name in given_names:
        parts = PurePosixPath(name).parts
        assert parts
        assert not {"..", ".", "/"} & set(parts)
        assert "\\" not in name
        assert not PureWindowsPath(name).anchor
    folded = [name.casefold() for name in given_names]
    assert len(set(folded)) == len(folded)
    folders = {str(folder) for name in folded for folder in PurePosixPath(name).parents}
    assert not folders & set(folded), "a file stands where a folder must be"


def test_two_paths_that_come_to_one_are_both_kept() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped([("a.py", "1"), ("/A.py", "2"), ("x", "3"), ("x/y", "4")]))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == [
            ("a.py", b"1"),
            ("A 2.py", b"2"),
            ("x", b"3"),
            ("x 2/y", b"4"),
        ]


def test_an_archive_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_zip, "ZIP_BYTES_MAX", 10)
    with pytest.raises(Refusal) as refused:
        zipped([("a", "12345"), ("b", "éé56789")])
    assert (refused.value.kind, refused.value.code) == (413, "files_too_large")
