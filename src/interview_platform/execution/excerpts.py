"""How much of runs goes into one message, in bytes as they are sent.

A program chooses what it prints: 200,000 control characters are 1.2 MB of JSON, and a room shows many runs at once. A
message that is larger than what a connection's outbox takes (room/limits.py: 8 MB) would lock everybody out for good.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from interview_platform.execution.runs import RunStatus
from interview_platform.execution.views import RunView, TestResultView, TypedView

_CHARACTER_MAX = 6  # bytes of JSON that one character can become: \u001b


@dataclass(frozen=True, slots=True)
class Share:
    """Of one run: bytes for each of its streams, and for the texts of all its tests together."""

    stream: int
    tests: int
    """What was typed, too, counts like the texts of tests: a run has one or the other."""


WHOLE = Share(stream=500_000, tests=500_000)  # what a person reads in full, with 2 MB as the worst case
BRIEF = Share(stream=4_000, tests=4_000)  # more than the first screen of it, until the run is opened
UNDER_WAY_BYTES = 3_000_000  # of runs that go on, together

_PIECE_BYTES = 250  # of JSON, around what was typed: who typed it, and where it stands

_STREAMS = ("compile_output", "stdout", "stderr", "diagnostics")
_TEST_TEXTS = ("input", "expected", "actual", "prints", "stderr")


def excerpt(run: RunView, share: Share = WHOLE) -> RunView:
    """The run with its texts cut to `share`: `partial` when that took something away."""
    changed: dict[str, object] = {}
    for name in _STREAMS:
        text = getattr(run, name) or ""
        kept = _beginning(text, share.stream)
        if kept is not text:
            changed[name] = kept
    count = sum(_text_count(test) for test in run.tests)
    tests = [_test_excerpt(test, share.tests // max(count, 1)) for test in run.tests]
    if any(kept is not test for kept, test in zip(tests, run.tests, strict=True)):
        changed["tests"] = tests
    typed = _typed_excerpt(run.typed, share.tests)
    if len(typed) < len(run.typed):
        changed["typed"] = typed
    return run.model_copy(update={**changed, "partial": True}) if changed else run


def excerpts(runs: Iterable[RunView]) -> list[RunView]:
    """Of runs, newest first: whole are the newest and those that go on, whose output is told as it comes."""
    shown: list[RunView] = []
    left = UNDER_WAY_BYTES
    for run in runs:
        whole = excerpt(run) if not shown or run.status is not RunStatus.FINISHED else None
        if whole is not None and shown:
            left -= sum(_size(getattr(whole, name) or "") for name in _STREAMS)
            left -= sum(_size(piece.text) + _PIECE_BYTES for piece in whole.typed)
        shown.append(whole if whole is not None and left >= 0 else excerpt(run, BRIEF))
    return shown


def _typed_excerpt(typed: list[TypedView], limit: int) -> list[TypedView]:
    """The first pieces that fit."""
    for count, piece in enumerate(typed):
        limit -= _size(piece.text) + _PIECE_BYTES
        if limit < 0:
            return typed[:count]
    return typed


def _text_count(test: TestResultView) -> int:
    return sum(bool(getattr(test, name)) for name in _TEST_TEXTS)


def _test_excerpt(test: TestResultView, limit: int) -> TestResultView:
    texts = {name: getattr(test, name) for name in _TEST_TEXTS}
    kept = {name: text and _beginning(text, limit) for name, text in texts.items()}
    changed = {name: text for name, text in kept.items() if text is not texts[name]}
    return test.model_copy(update=changed) if changed else test


def _beginning(text: str, limit: int) -> str:
    """`text` itself when it takes at most `limit` bytes of JSON, else so much of it that it does."""
    if len(text) * _CHARACTER_MAX <= limit:
        return text
    kept = text[:limit] if len(text) > limit else text
    while (size := _size(kept)) > limit:
        kept = kept[: len(kept) * limit // size]
    return kept


def _size(text: str) -> int:
    return len(msgspec.json.encode(text)) - 2
