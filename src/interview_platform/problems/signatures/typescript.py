"""TypeScript: starter of a function problem. Types are taken out to run, so its driver is JavaScript's."""

from interview_platform.problems.signatures.javascript import body, fields_of, placeholder, type_of, with_driver
from interview_platform.problems.signatures.model import Signature, Type
from interview_platform.problems.signatures.names import camel_case
from interview_platform.problems.signatures.parts import Program, node_name, nodes_of, summary_of


def starter(signature: Signature, summary: str) -> str:
    nodes = "//\n".join("".join(f"// {line}\n" for line in _node(signature, type)) for type in nodes_of(signature))
    given = f"// Defined already:\n//\n{nodes}\n" if nodes else ""
    return f"{given}/** {summary_of(signature, summary)} */\n{_declaration(signature)} {{\n{body(signature)}}}\n"


def program(signature: Signature, source: str, mode: str) -> Program:
    return with_driver(signature, source, mode, _declaration(signature))


def _declaration(signature: Signature) -> str:
    parameters = ", ".join(f"{camel_case(each.name)}: {type_of(signature, each.type)}" for each in signature.parameters)
    returns = "void" if signature.in_place else type_of(signature, signature.returns)
    return f"function {camel_case(signature.name)}({parameters}): {returns}"


def _node(signature: Signature, type: Type) -> list[str]:
    name, fields, value = node_name(signature, type), fields_of(type), type_of(signature, type.element)
    parameters = ", ".join(
        (f"val = {placeholder(type.element)}", *(f"{each}: {name} | null = null" for each in fields))
    )
    return [
        f"class {name} {{",
        f"  val: {value};",
        *(f"  {field}: {name} | null;" for field in fields),
        f"  constructor({parameters}) {{",
        *(f"    this.{field} = {field};" for field in ("val", *fields)),
        "  }",
        "}",
    ]
