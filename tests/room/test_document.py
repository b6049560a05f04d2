"""The document in memory: line ends, sizes, files, seeds."""

import random
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text

from interview_platform.room.document import Document
from interview_platform.room.seed import Seed, SeedFile
from interview_platform.room.wire import BadFrame, read_state_vector
from tests.room.work import work


def begun(text: str = "one\n") -> tuple[Document, Doc[Any], Map[Any]]:
    """A seeded document, and a client that has it."""
    seed = Seed((SeedFile("solution.py", text),), "python", "solution.py").update()
    document, doc = Document(), Doc[Any]()
    document.load([seed])
    doc.apply_update(seed)
    return document, doc, doc.get("files", type=Map)


def send(doc: Doc[Any], document: Document) -> None:
    update = doc.get_update(document.state())
    seen = document.look(update)
    assert seen.complete
    document.merge(update, seen)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\r\nb", "a\nb"), ("\r", "\n"), ("😀\r\n😀\r", "😀\n😀\n"), ("\r\r\n\n\r", "\n\n\n\n"), ("plain", "plain")],
)
def test_line_ends_become_one_newline(typed: str, kept: str) -> None:
    document, doc, files = begun()
    files["solution.py"].insert(0, typed)
    send(doc, document)
    change = document.without_returns()
    assert document.files()["solution.py"] == kept + "one\n"
    assert (change is None) == ("\r" not in typed)
    if change is not None:
        doc.apply_update(change)
        assert str(files["solution.py"]) == kept + "one\n"
        assert not document.merge(change, document.look(change)).changes, "nothing new"
    assert document.without_returns() is None


def test_a_return_and_its_newline_may_come_apart() -> None:
    document, doc, files = begun()
    files["solution.py"].insert(0, "\r")
    send(doc, document)
    files["solution.py"].insert(1, "\n")
    send(doc, document)
    assert document.without_returns() is not None
    assert document.files()["solution.py"] == "\none\n"


@pytest.mark.parametrize("count", [4, 20, 2_000], ids=["few", "some", "many"])
@pytest.mark.parametrize("seed", range(5))
def test_line_ends_in_all_texts_are_mended_by_one_change(seed: int, count: int) -> None:
    chance = random.Random(seed)
    document, doc, files = begun()
    pieces = ("\r", "\r\n", "\n", "a", "é", "€", "😀", "\r\r\r")
    texts = {path: "".join(chance.choices(pieces, k=count)) for path in ("a.py", "b.py", "c.py")}
    texts["solution.py"] = "one\n"
    with doc.transaction():
        for path, text in texts.items():
            files[path] = Text(text)
    send(doc, document)
    change = document.without_returns()
    wanted = {path: text.replace("\r\n", "\n").replace("\r", "\n") for path, text in texts.items()}
    assert document.files() == wanted
    assert change is not None
    doc.apply_update(change)
    assert {path: str(text) for path, text in files.items()} == wanted
    assert read_state_vector(doc.get_state()) == document.known
    assert document.without_returns() is None


@pytest.mark.parametrize(
    "text",
    ["\r" * 100_000, "a\r" * 50_000, "a line of a file from Windows\r\n" * 3_000, "😀\r" * 20_000],
    ids=["returns", "short lines", "Windows", "wide"],
)
def test_many_returns_are_little_work_and_a_small_change(text: str) -> None:
    document, doc, files = begun("")
    files["solution.py"].insert(0, text)
    send(doc, document)
    change, calls = work(document.without_returns)
    assert change is not None
    assert len(change) < len(text.encode()) + 100
    assert calls < 100_000, "a few for each character that must be remembered, none for a return"
    assert document.files()["solution.py"] == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("places", "pasted"), [(20, "a\r\n"), (1, "pasted\r\n" * 50)], ids=["here and there", "in one place"]
)
def test_returns_in_a_large_text_are_a_small_change(places: int, pasted: str) -> None:
    document, doc, files = begun("a line\n" * 50_000)
    with doc.transaction():
        for place in range(places):
            files["solution.py"].insert(place * 7_000, pasted)
    send(doc, document)
    change = document.without_returns()
    assert change is not None
    assert len(change) < 500


def test_characters_that_come_again_with_new_line_ends_are_not_cut_in_half_either() -> None:
    document, doc, files = begun("")
    files["solution.py"].insert(0, "😀\r" * 500)
    send(doc, document)
    assert document.wide_characters == 500
    change = document.without_returns()
    assert change is not None
    assert document.wide_characters == 500, "the old ones are gone"
    server = next(client for client in document.known if document.known[client] == 1_500)
    assert document.look(b"\x00\x01" + server + b"\x01\x01\x01").cuts == ((server, 1),)


def test_returns_beside_what_is_no_text() -> None:
    document, doc, files = begun("")
    files["solution.py"].insert(0, "é😀\rb")
    files["solution.py"].insert_embed(0, {"image": 1})
    send(doc, document)
    assert document.without_returns() is not None
    assert document.files()["solution.py"] == "é😀\nb"


def test_the_seed_is_the_same_each_time_and_twice_is_once() -> None:
    seed = Seed((SeedFile("b.py", "x\r\ny\r"), SeedFile("a.py", "")), "python", "b.py")
    assert seed.update() == seed.update()
    document = Document()
    document.load([seed.update(), seed.update()])
    assert document.files() == {"a.py": "", "b.py": "x\ny\n"}
    assert (document.setting("language"), document.setting("activeFile")) == ("python", "b.py")


def test_what_is_no_text_is_no_file() -> None:
    document, doc, files = begun()
    files["list"] = Array([1])
    files["number"] = 5
    files["string"] = "plain"
    room: Map[Any] = doc.get("room", type=Map)
    room["language"] = 7
    send(doc, document)
    assert document.files() == {"solution.py": "one\n", "string": "plain"}
    assert document.setting("language") is None
    assert document.setting("nothing") is None


def test_the_encoded_state_is_kept_until_something_changes() -> None:
    document, doc, files = begun()
    first = document.encoded()
    assert document.encoded() is first
    assert document.diff(b"\x00") is first
    files["solution.py"].insert(0, "x")
    send(doc, document)
    assert document.encoded() is not first
    fresh = Doc[Any]()
    fresh.apply_update(document.diff(b"\x00"))
    assert str(fresh.get("files", type=Map)["solution.py"]) == "xone\n"


def test_the_size_is_never_underestimated() -> None:
    document, doc, files = begun()
    for number in range(200):
        files["solution.py"].insert(number % 5, "word ")
        if number % 3 == 0:
            del files["solution.py"][0:2]
        send(doc, document)
        estimate = document.size_with(0)
        assert document.measure() <= estimate
        assert document.size_with(0) == document.measure()


def test_a_state_that_is_none_is_refused() -> None:
    document, _, _ = begun()
    for state in (b"", b"\x01", b"\xc6\xee\x94\x67"):
        with pytest.raises(BadFrame):
            document.diff(state)


def test_a_stored_update_that_is_garbage_is_left_out() -> None:
    seed = Seed((SeedFile("a.py", "x"),), "python", "a.py").update()
    document = Document()
    assert document.load([b"\xff\xff", seed, b""]) == 2
    assert document.files() == {"a.py": "x"}
