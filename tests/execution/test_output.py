"""Decoding, capping and batching of output."""

import asyncio

import pytest

from interview_platform.execution import output
from interview_platform.execution.model import Stream
from interview_platform.execution.output import Batches, Captured


class Taken:
    def __init__(self, limit: int = 1000) -> None:
        self.pieces: list[str] = []
        self.full = 0
        self.stream = Captured(limit, self.pieces.append, self._on_full)

    def _on_full(self) -> None:
        self.full += 1


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_characters_cut_by_the_pipe_are_put_together(size: int) -> None:
    taken, data = Taken(), "Grüße 😀\n☃".encode()
    for start in range(0, len(data), size):
        taken.stream.feed(data[start : start + size])
    assert taken.stream.text() == "".join(taken.pieces) == "Grüße 😀\n☃"
    assert taken.full == 0


def test_exactly_the_limit_is_not_too_much() -> None:
    taken = Taken(4)
    taken.stream.feed(b"1234")
    assert (taken.stream.full, taken.full) == (False, 0)
    taken.stream.feed(b"5")
    taken.stream.feed(b"6")
    assert (taken.stream.text(), taken.stream.full, taken.full) == ("1234", True, 1)


def test_cut_inside_a_character_shows_no_broken_one() -> None:
    taken = Taken(3)
    taken.stream.feed("ab😀".encode())
    assert taken.stream.text() == "ab"


def test_half_a_character_at_the_end_is_the_programs() -> None:
    taken = Taken()
    taken.stream.feed(b"ab\xf0\x9f")
    assert taken.stream.text() == "ab\ufffd"


def test_zero_bytes_are_shown() -> None:
    taken = Taken()
    taken.stream.feed(b"a\0b")
    assert taken.stream.text() == "a\ufffdb"


async def test_small_pieces_are_collected_in_order() -> None:
    calls: list[tuple[Stream, str]] = []
    arrived = asyncio.Event()

    def on_output(stream: Stream, text: str) -> None:
        calls.append((stream, text))
        arrived.set()

    batches = Batches(on_output)
    for stream, text in ((Stream.STDOUT, "a"), (Stream.STDOUT, "b"), (Stream.STDERR, "x"), (Stream.STDOUT, "c")):
        batches.add(stream, text)
    assert calls == []
    await asyncio.wait_for(arrived.wait(), 10)
    assert calls == [(Stream.STDOUT, "ab"), (Stream.STDERR, "x"), (Stream.STDOUT, "c")]


async def test_what_comes_after_silence_does_not_wait_for_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """A prompt is there at once; what follows on its heels is collected."""
    monkeypatch.setattr(output, "_BATCH_SECONDS", 3600.0)
    calls: list[str] = []
    batches = Batches(lambda _, text: calls.append(text))
    batches.add(Stream.STDOUT, "Name? ")
    await asyncio.sleep(0)  # a turn of the loop
    await asyncio.sleep(0)
    assert calls == ["Name? "]
    batches.add(Stream.STDOUT, "more")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert calls == ["Name? "]
    batches.flush()
    assert calls == ["Name? ", "more"]


async def test_a_lot_comes_at_once_in_pieces_of_a_size() -> None:
    calls: list[str] = []
    batches = Batches(lambda _, text: calls.append(text))
    batches.add(Stream.STDOUT, "x" * 20_000)
    assert [len(text) for text in calls] == [8192, 8192, 20_000 - 2 * 8192]
    batches.flush()
    assert len(calls) == 3
