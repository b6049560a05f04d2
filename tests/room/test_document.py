"""The document in memory: line ends, sizes, files, seeds."""

from typing import Any

import pytest
from pycrdt import Array, Doc, Map

from interview_platform.room.document import Document, Seed, SeedFile
from interview_platform.room.wire import BadFrame


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
        assert document.merge(change, document.look(change)) is None, "nothing new"
    assert document.without_returns() is None


def test_a_return_and_its_newline_may_come_apart() -> None:
    document, doc, files = begun()
    files["solution.py"].insert(0, "\r")
    send(doc, document)
    files["solution.py"].insert(1, "\n")
    send(doc, document)
    assert document.without_returns() is not None
    assert document.files()["solution.py"] == "\none\n"


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
