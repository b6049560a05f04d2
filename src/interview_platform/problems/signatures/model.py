"""Signatures of function problems: types, how they are written, and which JSON values belong to them. No I/O.

On the wire every value is JSON:

- `int` (32 bit) and `long` (up to 2^53 - 1, so that JavaScript has it exactly): a number without fraction or exponent
- `float`: a number; "NaN", "Infinity" and "-Infinity" as strings. Drivers answer with a point or an exponent, so that
  Python reads a large one as the float that it was
- `string`: any Unicode text without half surrogate pairs; `bool`: true, false
- `list<T>`: an array; `graph`: an array that says of each node (0, 1, …) which ones it leads to
- `optional<T>`: null, or what T says
- `linked_list<T>`: an array of the values in order, the empty list is []
- `tree<T>` (binary): an array in level order, null for a child that is not there, no nulls at its end: [1,null,2,3]
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from interview_platform.problems.signatures.names import camel_case, check_name

INT_MAX = 2**31 - 1
INT_MIN = -(2**31)
LONG_MAX = 2**53 - 1  # JavaScript's largest safe integer
NODES_MAX = 1_000_000  # of a linked list or tree: more is a cycle, or nothing that a test needs
DEPTH_MAX = 8  # of types within types: nobody reads a deeper one
NON_FINITE = ("NaN", "Infinity", "-Infinity")
_SHOWN = 60  # characters of a wrong value that a message shows


class Kind(StrEnum):
    INT = "int"
    LONG = "long"
    FLOAT = "float"
    STRING = "string"
    BOOL = "bool"
    LIST = "list"
    OPTIONAL = "optional"
    LINKED_LIST = "linked_list"
    TREE = "tree"
    GRAPH = "graph"


SCALARS = frozenset({Kind.INT, Kind.LONG, Kind.FLOAT, Kind.STRING, Kind.BOOL})
NODES = frozenset({Kind.LINKED_LIST, Kind.TREE})
_GENERIC = frozenset({Kind.LIST, Kind.OPTIONAL, *NODES})
# What a function can change so that its caller sees it.
_MUTABLE = frozenset({Kind.LIST, Kind.GRAPH, *NODES})


@dataclass(frozen=True, slots=True)
class Type:
    """`of` is the element's type of list, optional, linked_list and tree, and None of the others."""

    kind: Kind
    of: "Type | None" = None

    def __post_init__(self) -> None:
        if (self.of is not None) != (self.kind in _GENERIC):
            raise ValueError(f"{self.kind} {'has' if self.of else 'needs'} an element type")
        if self.kind in NODES and self.element.kind not in SCALARS:
            raise ValueError(f"{self}: nodes hold int, long, float, string or bool")
        if self.kind is Kind.OPTIONAL and self.element.kind in (Kind.OPTIONAL, *NODES):
            raise ValueError(f"{self}: {self.element} can be nothing already")
        if self.depth > DEPTH_MAX:
            raise ValueError(f"types may be {DEPTH_MAX} deep")

    def __str__(self) -> str:
        return f"{self.kind}<{self.of}>" if self.of else str(self.kind)

    @property
    def element(self) -> "Type":
        assert self.of is not None
        return self.of

    @property
    def depth(self) -> int:
        return 1 + (self.of.depth if self.of else 0)

    @property
    def shape(self) -> "Type":
        """What languages make of it: a graph is a list of lists."""
        return _ADJACENCY if self.kind is Kind.GRAPH else self


_ADJACENCY = Type(Kind.LIST, Type(Kind.LIST, Type(Kind.INT)))
_TOKEN = re.compile(r"\s*(?:(?P<word>\w+)|(?P<sign>\S)|$)")


def parse_type(text: str) -> Type:
    """`list<list<int>>`, spaces allowed. Raises ValueError."""
    tokens = [found.group("word") or found.group("sign") for found in _TOKEN.finditer(text) if found.group().strip()]
    try:
        return _whole(tokens)
    except ValueError as error:
        raise ValueError(f"type {text!r}: {error}") from None


def _whole(tokens: list[str]) -> Type:
    type = _parsed(tokens)
    if tokens:
        raise ValueError(f"unexpected {tokens[0]!r}")
    return type


def _parsed(tokens: list[str]) -> Type:
    """Takes one type from the front."""
    word = tokens.pop(0) if tokens else "the end"
    if word not in list(Kind):
        raise ValueError(f"{word!r} is none of {', '.join(Kind)}")
    kind = Kind(word)
    if kind not in _GENERIC:
        return Type(kind)
    _expect(tokens, "<", f"{kind}<element type>")
    if tokens.count("<") > DEPTH_MAX:
        raise ValueError(f"types may be {DEPTH_MAX} deep")
    element = _parsed(tokens)
    _expect(tokens, ">", f"{kind}<{element}>")
    return Type(kind, element)


def _expect(tokens: list[str], sign: str, whole: str) -> None:
    if not tokens or tokens.pop(0) != sign:
        raise ValueError(f"{sign!r} is missing: write {whole}")


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type

    def __post_init__(self) -> None:
        check_name(self.name)


@dataclass(frozen=True, slots=True)
class Signature:
    """`in_place` names the parameter that the function changes: it is the answer then, and `returns` is its type."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Type
    in_place: str | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        names = [parameter.name for parameter in self.parameters]
        written = {camel_case(name) for name in (self.name, *names)}
        if len(written) <= len(names):
            raise ValueError(f"{self.name}: the function and its parameters need names of their own")
        if not names:
            raise ValueError(f"{self.name} needs a parameter: without one there is nothing to test")
        if self.in_place is not None:
            self._check_in_place(self.in_place)

    def _check_in_place(self, name: str) -> None:
        type = next((each.type for each in self.parameters if each.name == name), None)
        if type is None:
            raise ValueError(f"returns: argument {name}: there is no such parameter")
        if type.kind not in _MUTABLE or type != self.returns:
            raise ValueError(f"returns: argument {name}: a function cannot change its {type} for its caller")

    @classmethod
    def parse(cls, name: str, parameters: Sequence[tuple[str, str]], returns: str) -> Self:
        """As in `problem.yaml`; `returns` is a type or "argument <name>". Raises ValueError."""
        read = tuple(Parameter(each, parse_type(type)) for each, type in parameters)
        word, _, argument = returns.strip().partition(" ")
        if word != "argument":
            return cls(name, read, parse_type(returns))
        changed = next((each for each in read if each.name == argument.strip()), None)
        if changed is None:
            raise ValueError(f"returns: {returns}: there is no such parameter")
        return cls(name, read, changed.type, changed.name)


class WrongValue(ValueError):
    """A JSON value is not of its type. The message says where: `[2][0]: "x" is not an int`."""


def check_arguments(signature: Signature, arguments: Sequence[Any]) -> None:
    """Raises WrongValue."""
    wanted = ", ".join(parameter.name for parameter in signature.parameters)
    if len(arguments) != len(signature.parameters):
        raise WrongValue(f"{len(arguments)} values; {signature.name} takes {len(signature.parameters)}: {wanted}")
    for parameter, value in zip(signature.parameters, arguments, strict=True):
        try:
            check_value(parameter.type, value)
        except WrongValue as error:
            raise WrongValue(f"{parameter.name}{'' if str(error).startswith('[') else ': '}{error}") from None


def input_line(signature: Signature, arguments: Sequence[Any]) -> str:
    """What a driver reads for one case (without its end). Raises WrongValue."""
    check_arguments(signature, arguments)
    return json.dumps(list(arguments), separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def check_value(type: Type, value: Any) -> None:
    """`value` as `json.loads` gives it. Raises WrongValue."""
    _check(type.shape, value, "")
    if type.kind is Kind.GRAPH:
        _check_neighbours(value)


def _check(type: Type, value: Any, where: str) -> None:
    if type.kind is Kind.OPTIONAL:
        if value is not None:
            _check(type.element.shape, value, where)
    elif type.kind in SCALARS:
        problem = _scalar_problem(type.kind, value)
        if problem:
            raise WrongValue(_said(where, value, problem))
    elif not isinstance(value, list):
        raise WrongValue(_said(where, value, f"is not a {type}"))
    else:
        _check_array(type, value, where)


def _check_array(type: Type, values: list[Any], where: str) -> None:
    if type.kind is Kind.TREE:
        _check_level_order(values, where)
    if type.kind in NODES and len(values) > NODES_MAX:
        raise WrongValue(f"{where}{': ' if where else ''}more than {NODES_MAX} nodes")
    for index, value in enumerate(values):
        if value is not None or type.kind is not Kind.TREE:
            _check(type.element.shape, value, f"{where}[{index}]")


def _scalar_problem(kind: Kind, value: Any) -> str:
    """Empty: it is one."""
    if kind in (Kind.INT, Kind.LONG):
        low, high = (INT_MIN, INT_MAX) if kind is Kind.INT else (-LONG_MAX, LONG_MAX)
        if not isinstance(value, int) or isinstance(value, bool):
            return f"is not {'an int' if kind is Kind.INT else 'a long'}"
        return "" if low <= value <= high else f"is not in the range of {kind}"
    if kind is Kind.FLOAT:
        return _float_problem(value)
    if kind is Kind.BOOL:
        return "" if isinstance(value, bool) else "is not a bool"
    if not isinstance(value, str):
        return "is not a string"
    # Not representable in UTF-8, so neither in C++ nor in Go.
    return "holds half of a surrogate pair" if any("\ud800" <= sign <= "\udfff" for sign in value) else ""


def _float_problem(value: Any) -> str:
    if isinstance(value, str) and value in NON_FINITE:
        return ""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "is not a float"
    if isinstance(value, float) and not math.isfinite(value):
        return 'is not JSON: write "NaN", "Infinity" or "-Infinity"'
    # A large whole number, read as an int, need not fit.
    return "" if abs(value) <= 2**1023 or isinstance(value, float) else "is not in the range of float"


def _check_level_order(values: list[Any], where: str) -> None:
    before = f"{where}: " if where else ""
    if values and values[-1] is None:
        raise WrongValue(f"{before}a tree's level order does not end with null")
    places = 1
    for index, value in enumerate(values):
        if not places:
            raise WrongValue(f"{before}the value at {index} of the level order has no parent")
        places += -1 if value is None else 1


def _check_neighbours(nodes: list[list[int]]) -> None:
    for index, neighbours in enumerate(nodes):
        for position, node in enumerate(neighbours):
            if not 0 <= node < len(nodes):
                raise WrongValue(f"[{index}][{position}]: there is no node {node}")


def _said(where: str, value: Any, problem: str) -> str:
    text = json.dumps(value, ensure_ascii=False)
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f"{where}{': ' if where else ''}{shown} {problem}"
