"""Random signatures and values, and programs that give back what they get, in every language."""

import math
import re
from typing import Any

from hypothesis import strategies as st

from interview_platform.problems.signatures.drivers import starter
from interview_platform.problems.signatures.model import (
    INT_MAX,
    INT_MIN,
    LONG_MAX,
    NON_FINITE,
    Kind,
    Parameter,
    Signature,
    Type,
    parse_type,
)
from interview_platform.problems.signatures.names import camel_case

_SCALARS = [Type(Kind(name)) for name in ("int", "long", "float", "string", "bool")]
_NODES = [Type(kind, scalar) for kind in (Kind.LINKED_LIST, Kind.TREE) for scalar in _SCALARS]

floats = st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(NON_FINITE)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "\0", '"\\/\b\f\n\r\t', "\u2028\u2029", "😀é한", "\x7f\x80", "\ud7ff\ue000\U0010ffff", "\\u0041", " a "]
)
_VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.INT: st.integers(INT_MIN, INT_MAX) | st.sampled_from([INT_MIN, INT_MAX]),
    Kind.LONG: st.integers(-LONG_MAX, LONG_MAX) | st.sampled_from([-LONG_MAX, LONG_MAX]),
    Kind.FLOAT: floats | st.integers(-(10**9), 10**9),
    Kind.STRING: texts,
    Kind.BOOL: st.booleans(),
}


def types() -> st.SearchStrategy[Type]:
    leaves = st.sampled_from([*_SCALARS, *_NODES, Type(Kind.GRAPH)])
    return st.recursive(
        leaves, lambda inner: inner.map(lambda of: Type(Kind.LIST, of)) | inner.map(_optional), max_leaves=3
    )


def _optional(of: Type) -> Type:
    return of if of.kind in (Kind.OPTIONAL, Kind.LINKED_LIST, Kind.TREE) else Type(Kind.OPTIONAL, of)


def values(type: Type) -> st.SearchStrategy[Any]:
    if type.kind in _VALUES:
        return _VALUES[type.kind]
    if type.kind is Kind.OPTIONAL:
        return st.none() | values(type.element)
    if type.kind is Kind.TREE:
        return trees(type.element)
    if type.kind is Kind.GRAPH:
        return st.integers(0, 5).flatmap(
            lambda n: (
                st.lists(st.lists(st.integers(0, n - 1), max_size=4), min_size=n, max_size=n) if n else st.just([])
            )
        )
    return st.lists(values(type.element), max_size=5)


@st.composite
def trees(draw: st.DrawFn, element: Type) -> list[Any]:
    """In level order."""
    order: list[Any] = []
    places = 1
    for _ in range(draw(st.integers(0, 12))):
        there = not order or draw(st.booleans())
        if not places:
            break
        order.append(draw(values(element)) if there else None)
        places += 1 if there else -1
    while order and order[-1] is None:
        order.pop()
    return order


@st.composite
def conversations(draw: st.DrawFn, rows: int) -> tuple[Signature, list[list[Any]]]:
    """A signature whose answer is its first parameter, and arguments for it."""
    found = draw(st.lists(types(), min_size=1, max_size=4))
    signature = echo(*found)
    return signature, draw(st.lists(st.tuples(*map(values, found)).map(list), min_size=rows, max_size=rows))


def echo(*found: Type) -> Signature:
    names = ["first_one", "other", "third", *(f"rest_{number}" for number in range(3, len(found)))]
    parameters = tuple(Parameter(name, type) for name, type in zip(names, found, strict=False))
    return Signature("echo_back", parameters, found[0])


def echo_of(*written: str) -> Signature:
    return echo(*map(parse_type, written))


def with_body(language: str, signature: Signature, *lines: str) -> str:
    """The starter with the lines in the place of its placeholder."""
    text = starter(language, signature)
    return re.sub(r"^( *|\t)return .*$", lambda at: "\n".join(at[1] + line for line in lines), text, flags=re.MULTILINE)


def that_echoes(language: str, signature: Signature) -> str:
    first = signature.parameters[0].name
    name = first if language == "python" else camel_case(first)
    return with_body(language, signature, f"return {name}{';' if language not in ('python', 'go') else ''}")


def same(given: Any, got: Any) -> bool:
    """Equal JSON, where 1 is 1.0 but true is not 1, and -0.0 is not 0.0."""
    if isinstance(given, list):
        return isinstance(got, list) and len(given) == len(got) and all(map(same, given, got))
    if isinstance(given, float) and isinstance(got, int | float):
        return given == got and math.copysign(1, given) == math.copysign(1, got)
    return bool(given == got) and isinstance(given, bool) == isinstance(got, bool)
