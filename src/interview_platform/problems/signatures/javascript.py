"""JavaScript: starter and driver of a function problem. TypeScript has the same driver."""

import json
import re
from importlib.resources import files

from interview_platform.problems.signatures.model import NODES, Kind, Signature, Type
from interview_platform.problems.signatures.names import camel_case
from interview_platform.problems.signatures.parts import Program, node_name, nodes_of, summary_of

_SCALARS = {
    Kind.INT: "number",
    Kind.LONG: "number",
    Kind.FLOAT: "number",
    Kind.STRING: "string",
    Kind.BOOL: "boolean",
}
_PLACEHOLDERS = {Kind.INT: "0", Kind.LONG: "0", Kind.FLOAT: "0", Kind.STRING: '""', Kind.BOOL: "false", Kind.LIST: "[]"}
_FIELDS = {Kind.LINKED_LIST: ("next",), Kind.TREE: ("left", "right")}
# The candidate's lines keep their numbers: this stands before the first one, on the same line.
_LOAD = (
    'const interviewDriver = (process.getBuiltinModule?.("node:module") ?? require("node:module"))'
    '.createRequire(process.argv[1])("./driver.cjs"); '
)
_STRICT = re.compile(r"""\s*(["'])use strict\1""")


def starter(signature: Signature, summary: str) -> str:
    nodes = "//\n".join(_node(signature, type) for type in nodes_of(signature))
    given = f"// Defined already:\n//\n{nodes}\n" if nodes else ""
    tags = [f"@param {{{type_of(signature, each.type)}}} {camel_case(each.name)}" for each in signature.parameters]
    returns = "void" if signature.in_place else type_of(signature, signature.returns)
    lines = "".join(f" * {line}\n" for line in (summary_of(signature, summary), *tags, f"@returns {{{returns}}}"))
    return f"{given}/**\n{lines} */\n{_declaration(signature)} {{\n{body(signature)}}}\n"


def program(signature: Signature, source: str, mode: str) -> Program:
    return with_driver(signature, source, mode, _declaration(signature))


def with_driver(signature: Signature, source: str, mode: str, declaration: str) -> Program:
    name = camel_case(signature.name)
    names = [camel_case(each.name) for each in signature.parameters]
    places = [each.name for each in signature.parameters]
    described = {
        "name": name,
        "declaration": declaration,
        "call": f"{name}({', '.join(names)})",
        "parameters": [
            {"name": camel_case(each.name), "type": type_of(signature, each.type), "spec": _spec(signature, each.type)}
            for each in signature.parameters
        ],
        "returns": type_of(signature, signature.returns),
        "spec": _spec(signature, signature.returns),
        "changed": places.index(signature.in_place) if signature.in_place else None,
        "mode": mode,
    }
    harness = files(f"{__package__}.harness")
    values, serve = (harness.joinpath(part).read_text(encoding="utf-8") for part in ("values.cjs", "serve.cjs"))
    driver = f"{values}\nconst signature = {json.dumps(described)};\n\n{serve}"
    strict = '"use strict"; ' if _STRICT.match(source) else ""
    text = f"//{source}" if source.startswith("#!") else source
    found = ", ".join(f'typeof {each} === "undefined" ? undefined : {each}' for each in (name, "Solution"))
    return Program(f"{strict}{_LOAD}{text}\n;interviewDriver({found});\n", (("driver.cjs", driver),))


def body(signature: Signature) -> str:
    result = "" if signature.in_place else f"  return {placeholder(signature.returns)};\n"
    return f"  // Write your solution here.\n{result}"


def placeholder(type: Type) -> str:
    return _PLACEHOLDERS.get(type.shape.kind, "null")


def type_of(signature: Signature, type: Type) -> str:
    """As TypeScript and JSDoc write it."""
    type = type.shape
    if type.kind is Kind.LIST:
        element = type_of(signature, type.element)
        return f"({element})[]" if "|" in element else f"{element}[]"
    if type.kind is Kind.OPTIONAL:
        return f"{type_of(signature, type.element)} | null"
    if type.kind in NODES:
        return f"{node_name(signature, type)} | null"
    return _SCALARS[type.kind]


def fields_of(type: Type) -> tuple[str, ...]:
    return _FIELDS[type.kind]


def _declaration(signature: Signature) -> str:
    return f"function {camel_case(signature.name)}({', '.join(camel_case(each.name) for each in signature.parameters)})"


def _node(signature: Signature, type: Type) -> str:
    fields = fields_of(type)
    parameters = ", ".join((f"val = {placeholder(type.element)}", *(f"{field} = null" for field in fields)))
    lines = [
        f"class {node_name(signature, type)} {{",
        f"  constructor({parameters}) {{",
        *(f"    this.{field} = {field};" for field in ("val", *fields)),
        "  }",
        "}",
    ]
    return "".join(f"// {line}\n" for line in lines)


def _spec(signature: Signature, type: Type) -> list[object]:
    """For `decoder` in values.cjs."""
    type = type.shape
    element = [_spec(signature, type.element)] if type.of else []
    name = [node_name(signature, type)] if type.kind in NODES else []
    return [str(type.kind), *element, *name]
