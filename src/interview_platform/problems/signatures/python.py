"""Python: starter and driver of a function problem."""

import re
from importlib.resources import files

from interview_platform.problems.signatures.model import NODES, Kind, Signature, Type
from interview_platform.problems.signatures.names import camel_case
from interview_platform.problems.signatures.parts import Program, nodes_of, summary_of

_SCALARS = {Kind.INT: "int", Kind.LONG: "int", Kind.FLOAT: "float", Kind.STRING: "str", Kind.BOOL: "bool"}
_PLACEHOLDERS = {Kind.INT: "0", Kind.LONG: "0", Kind.FLOAT: "0.0", Kind.STRING: '""', Kind.BOOL: "False"}
_NODES = {
    Kind.LINKED_LIST: """\
# class ListNode:
#     def __init__(self, val=0, next=None):
#         self.val = val
#         self.next = next
""",
    Kind.TREE: """\
# class TreeNode:
#     def __init__(self, val=0, left=None, right=None):
#         self.val = val
#         self.left = left
#         self.right = right
""",
}
_PARTS = ("values.py", "case.py", "driver.py")
_OUR_IMPORTS = re.compile(r"^from interview_platform\S+ import (?:\([^)]*\)|.*)\n", re.MULTILINE)


def starter(signature: Signature, summary: str) -> str:
    kinds = dict.fromkeys(type.kind for type in nodes_of(signature))
    given = "".join(f"#\n{_NODES[kind]}" for kind in kinds)
    body = "" if signature.in_place else f"    return {_placeholder(signature.returns)}\n"
    doc = summary_of(signature, summary)
    return (
        f"{f'# Defined already:{chr(10)}{given}{chr(10) * 2}' if given else ''}"
        f'{_declaration(signature)}:\n    """{doc}"""\n    # Write your solution here.\n{body}'
    )


def program(signature: Signature, source: str, mode: str) -> Program:
    names = {
        "function": signature.name,
        "camel": camel_case(signature.name),
        "declaration": _declaration(signature),
        "returns": _type(signature.returns),
    }
    parameters = [(each.name, _spec(each.type), _type(each.type)) for each in signature.parameters]
    places = [each.name for each in signature.parameters]
    changed = places.index(signature.in_place) if signature.in_place else None
    parts = [_OUR_IMPORTS.sub("", files(f"{__package__}.harness").joinpath(name).read_text()) for name in _PARTS]
    case = f"Case({source!a}, {names!r}, {parameters!r}, {_spec(signature.returns)!r}, {changed!r})"
    return Program("\n".join([*parts, f"main({case}, {mode!r})\n"]))


def _declaration(signature: Signature) -> str:
    parameters = ", ".join(f"{each.name}: {_type(each.type)}" for each in signature.parameters)
    return f"def {signature.name}({parameters}) -> {'None' if signature.in_place else _type(signature.returns)}"


def _type(type: Type) -> str:
    type = type.shape
    if type.kind is Kind.LIST:
        return f"list[{_type(type.element)}]"
    if type.kind is Kind.OPTIONAL:
        return f"{_type(type.element)} | None"
    if type.kind in NODES:
        return f"{'ListNode' if type.kind is Kind.LINKED_LIST else 'TreeNode'} | None"
    return _SCALARS[type.kind]


def _placeholder(type: Type) -> str:
    return "[]" if type.shape.kind is Kind.LIST else _PLACEHOLDERS.get(type.kind, "None")


def _spec(type: Type) -> tuple[object, ...]:
    """For `values.decoder`."""
    type = type.shape
    return (str(type.kind), _spec(type.element)) if type.of else (str(type.kind),)
