"""Ranges of versions as npm's `semver` reads them, as Piston does: `*`, `3.x`, `^3.10`, `>=3 <4 || 2.7`. No I/O.

Only for releases: versions of ours have no `-alpha`. In a range it counts as a little less than the release.
"""

import re
from collections.abc import Mapping, Sequence

Version = tuple[int, int, int]
_Bound = tuple[int, int, int, int]  # the last is 0 for what comes before the release, 2 for what comes after
_Span = tuple[_Bound, _Bound | None]
"""From, and to below."""

RANGE_MAX = 256  # characters; as many as a version may have there

_LOWEST: _Bound = (0, 0, 0, 0)

_PART = r"(0|[1-9]\d{0,15}|[xX*])"
_TAG = r"(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?"
_PARTIAL = rf"[v=\s]*{_PART}(?:\.{_PART}(?:\.{_PART}{_TAG})?)?"
_HYPHEN = re.compile(rf"\s*{_PARTIAL}\s+-\s+{_PARTIAL}\s*", re.ASCII)
_SIMPLE = re.compile(rf"(<=|>=|<|>|=|~>?|\^|)\s*{_PARTIAL}", re.ASCII)
_NUMBERS = re.compile(r"\d+", re.ASCII)


def version_of(text: str) -> Version:
    """The first three numbers in what a tool chain says of itself; 0 for those that it does not say."""
    found = [int(number) for number in _NUMBERS.findall(text)[:3]]
    major, minor, patch = found + [0] * (3 - len(found))
    return major, minor, patch


def satisfies(version: Version, wanted: str) -> bool:
    """False as well when `wanted` is no range."""
    if len(wanted) > RANGE_MAX:
        return False
    alternatives = [_spans(part) for part in wanted.split("||")]
    here: _Bound = (*version, 1)
    return None not in alternatives and any(
        all(low <= here and (high is None or here < high) for low, high in spans or ()) for spans in alternatives
    )


def _spans(text: str) -> list[_Span] | None:
    """All of which hold; None when it cannot be read."""
    hyphen = _HYPHEN.fullmatch(text)
    if hyphen:
        groups = hyphen.groups()
        return [*_simple(">=", groups[:4]), *_simple("<=", groups[4:])]
    spans: list[_Span] = []
    place, text = 0, text.strip()
    while place < len(text):
        found = _SIMPLE.match(text, place)
        if found is None or found.end() == place:
            return None
        if found.end() < len(text) and not text[found.end()].isspace():
            return None
        spans += _simple(found[1], found.groups()[1:])
        place = found.end()
        while place < len(text) and text[place].isspace():
            place += 1
    return spans


def _simple(operator: str, parts: Sequence[str | None]) -> list[_Span]:
    given = [int(part) for part in _known(parts[:3])]
    if not given:  # `*`; nothing is more or less than it
        return [(_LOWEST, _LOWEST)] if operator in ("<", ">") else []
    whole = len(given) == 3
    low: _Bound = (*_padded(given), 0 if whole and parts[3] else 1)
    after: _Bound = (*_padded(given), low[3] + 1) if whole else _next(given, len(given) - 1)
    spans: Mapping[str, _Span] = {
        "": (low, after),
        "=": (low, after),
        ">=": (low, None),
        ">": (after, None),
        "<": (_LOWEST, low),
        "<=": (_LOWEST, after),
        "^": (low, _next(given, _caret_place(given))),
        "~": (low, _next(given, min(1, len(given) - 1))),
        "~>": (low, _next(given, min(1, len(given) - 1))),
    }
    return [spans[operator]]


def _known(parts: Sequence[str | None]) -> list[str]:
    """Those before the first that is left open."""
    known: list[str] = []
    for part in parts:
        if part is None or part in "xX*":
            break
        known.append(part)
    return known


def _caret_place(given: list[int]) -> int:
    """The leftmost number that is not 0 stays; so that `^0.0` holds 0.0 and `^0` holds 0."""
    return next((place for place, number in enumerate(given) if number), len(given) - 1)


def _next(given: list[int], place: int) -> _Bound:
    """The first version in which the number at `place` is one more."""
    return (*_padded([*given[:place], given[place] + 1]), 0)


def _padded(numbers: list[int]) -> Version:
    major, minor, patch = numbers + [0] * (3 - len(numbers))
    return major, minor, patch
