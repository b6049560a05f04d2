"""Python's driver, part one: JSON to what the function takes, and what it returned to JSON. Both check.

Runs in the sandbox, put together with `driver.py` by `signatures/python.py`. Nothing here is recursive except over the
depth of a type, so a linked list or a tree may be as deep as it likes.
"""

import builtins
from collections.abc import Callable
from json.encoder import encode_basestring_ascii
from typing import Any

# The functions below look names up in this copy, whatever the candidate's code does to the real builtins.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment] # CPython takes a module or its dictionary

quoted = encode_basestring_ascii

NODES_MAX = 1_000_000  # as in model.py: more is taken for a cycle
BITS = {"int": (-(2**31), 2**31 - 1), "long": (1 - 2**53, 2**53 - 1)}
NON_FINITE = {"nan": '"NaN"', "inf": '"Infinity"', "-inf": '"-Infinity"'}

Codec = Callable[[Any], Any]


class Wrong(Exception):
    """A value that is not of its type: what it is, and where in the whole."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where

    def __str__(self) -> str:
        return f"a value with {self.what} at {self.where}" if self.where else self.what


class ListNode:
    def __init__(self, val: Any = 0, next: "ListNode | None" = None) -> None:
        self.val = val
        self.next = next


class TreeNode:
    def __init__(self, val: Any = 0, left: "TreeNode | None" = None, right: "TreeNode | None" = None) -> None:
        self.val = val
        self.left = left
        self.right = right


def named(value: Any) -> str:
    """For messages: "a str", "None"."""
    if value is None:
        return "None"
    name = str(type(value).__name__)
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def decoder(kind: str, *of: Any) -> Codec:
    """A type as nested tuples -> a function from JSON to the value that the candidate's function takes."""
    if kind == "list" and of[0][0] in BITS:
        element, low_high = decoder(*of[0]), BITS[of[0][0]]
        return lambda values: values if are_ints(values, *low_high) else each(element, values)
    if kind in ("list", "linked_list", "tree"):
        build = {"list": list, "linked_list": linked_list, "tree": tree}[kind]
        element = decoder("optional", of[0]) if kind == "tree" else decoder(*of[0])
        return lambda value: build(each(element, value))  # type: ignore[operator]
    if kind == "optional":
        inner = decoder(*of[0])
        return lambda value: None if value is None else inner(value)
    encode = encoder(kind)

    def scalar(value: Any) -> Any:
        if kind == "float" and value in ("NaN", "Infinity", "-Infinity"):
            return float(value)
        encode(value)
        return float(value) if kind == "float" else value

    return scalar


def are_ints(values: Any, low: int, high: int) -> bool:
    """The common case, in C: a plain list of plain ints. False: look at each one."""
    plain = type(values) is list and set(map(type, values)) == {int}
    return plain and low <= min(values) and max(values) <= high


def each(codec: Codec, values: Any) -> list[Any]:
    if not issubclass(type(values), list):
        raise Wrong(named(values))
    done: list[Any] = []
    try:
        # The list's own iteration, not that of a subclass.
        for value in list.__iter__(values):
            done.append(codec(value))  # noqa: PERF401 - its length is where an error was
    except Wrong as error:
        raise Wrong(error.what, f"[{len(done)}]{error.where}") from None
    return done


def linked_list(values: list[Any]) -> ListNode | None:
    head = None
    for value in reversed(values):
        head = ListNode(value, head)
    return head


def tree(values: list[Any]) -> TreeNode | None:
    nodes = [None if value is None else TreeNode(value) for value in values]
    children = iter(nodes[1:])
    for node in nodes:
        if node is not None:
            node.left = next(children, None)
            node.right = next(children, None)
    return nodes[0] if nodes else None


def encoder(kind: str, *of: Any) -> Codec:
    """A type -> a function from a value that the candidate's function returned to its JSON."""
    if kind == "list":
        return encoder_of_lists(*of[0])
    if kind == "optional":
        inner = encoder(*of[0])
        return lambda value: "null" if value is None else inner(value)
    if kind in ("linked_list", "tree"):
        inner = encoder(*of[0])
        walk = linked_values if kind == "linked_list" else level_order
        return lambda head: f"[{','.join(walk(head, inner))}]"
    return {"int": integers("int"), "long": integers("long"), "float": real, "string": text, "bool": truth}[kind]


def encoder_of_lists(kind: str, *of: Any) -> Codec:
    element = encoder(kind, *of)
    low, high = BITS.get(kind, (0, -1))

    def encode(values: Any) -> str:
        if low < high and are_ints(values, low, high):
            return f"[{','.join(map(repr, values))}]"
        return f"[{','.join(each(element, values))}]"

    return encode


def integers(kind: str) -> Codec:
    low, high = BITS[kind]

    def encode(value: Any) -> str:
        if not issubclass(type(value), int) or type(value) is bool:
            raise Wrong(named(value))
        plain = int.__pos__(value)  # of an IntEnum, whatever its __repr__ says
        if not low <= plain <= high:
            raise Wrong(f"an int out of range ({low} to {high})")
        return repr(plain)

    return encode


def real(value: Any) -> str:
    if type(value) is bool or not issubclass(type(value), (int, float)):
        raise Wrong(named(value))
    try:
        plain = float.__pos__(value) if issubclass(type(value), float) else float(int.__pos__(value))
    except OverflowError:
        raise Wrong("an int too large for a float") from None
    written = repr(plain)
    return NON_FINITE.get(written, written)


def text(value: Any) -> str:
    if not issubclass(type(value), str):
        raise Wrong(named(value))
    if not str.isascii(value):
        try:
            str.encode(value)
        except UnicodeEncodeError:
            raise Wrong("a str with half of a surrogate pair") from None
    return quoted(value)


def truth(value: Any) -> str:
    if type(value) is not bool:
        raise Wrong(named(value))
    return "true" if value else "false"


def linked_values(node: Any, element: Codec) -> list[str]:
    values: list[str] = []
    while node is not None:
        if len(values) == NODES_MAX:
            raise Wrong(f"a linked list with a cycle (more than {NODES_MAX} nodes)")
        if not (hasattr(node, "val") and hasattr(node, "next")):
            raise Wrong(named(node), f"[{len(values)}]" if values else "")
        try:
            values.append(element(node.val))
        except Wrong as error:
            raise Wrong(error.what, f"[{len(values)}].val") from None
        node = node.next
    return values


def level_order(root: Any, element: Codec) -> list[str]:
    values: list[str] = []
    nodes = [root]
    for node in nodes:  # grows on the way
        if node is None:
            values.append("null")
            continue
        if len(nodes) > 2 * NODES_MAX:
            raise Wrong(f"a tree with a cycle (more than {NODES_MAX} nodes)")
        if not (hasattr(node, "val") and hasattr(node, "left") and hasattr(node, "right")):
            raise Wrong(named(node), f"[{len(values)}]" if values else "")
        try:
            values.append(element(node.val))
        except Wrong as error:
            raise Wrong(error.what, f"[{len(values)}].val") from None
        nodes += (node.left, node.right)
    while values and values[-1] == "null":
        values.pop()
    return values
