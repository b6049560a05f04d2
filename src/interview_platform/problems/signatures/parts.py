"""What the languages' starters and drivers share. No I/O."""

from collections.abc import Iterator
from dataclasses import dataclass

from interview_platform.problems.signatures.model import NODES, Kind, Signature, Type


@dataclass(frozen=True, slots=True)
class Program:
    """`source` is the main file, called as the language's `file_name` says; `files` (name, text) lie beside it."""

    source: str
    files: tuple[tuple[str, str], ...] = ()


def summary_of(signature: Signature, summary: str) -> str:
    """The sentence at the top of a starter."""
    if summary:
        return summary
    return f"Changes {signature.in_place} in place." if signature.in_place else "Returns the answer."


def types_of(signature: Signature) -> Iterator[Type]:
    """Every type in it with the types within, inner ones first; the same ones may come again."""
    for type in (*(parameter.type for parameter in signature.parameters), signature.returns):
        yield from _with_inner(type.shape)


def _with_inner(type: Type) -> Iterator[Type]:
    if type.of:
        yield from _with_inner(type.of.shape)
    yield type


def nodes_of(signature: Signature) -> list[Type]:
    """The kinds of nodes that it needs: linked lists first, of ints first."""
    found = {type for type in types_of(signature) if type.kind in NODES}
    return sorted(found, key=lambda each: (each.kind is Kind.TREE, each.element.kind is not Kind.INT, str(each)))


def node_name(signature: Signature, type: Type) -> str:
    """`ListNode`; with other lists of other elements beside it, those not of ints are `StringListNode` and so on."""
    name = "ListNode" if type.kind is Kind.LINKED_LIST else "TreeNode"
    alike = [each for each in nodes_of(signature) if each.kind is type.kind]
    plain = len(alike) == 1 or type.element.kind is Kind.INT
    return name if plain else f"{type.element.kind.capitalize()}{name}"
