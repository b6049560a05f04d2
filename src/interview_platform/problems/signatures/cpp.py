"""C++: starter and driver of a function problem."""

import json
import re
from importlib.resources import files

from interview_platform.problems.signatures.model import NODES, Kind, Signature, Type
from interview_platform.problems.signatures.names import camel_case
from interview_platform.problems.signatures.parts import Program, node_name, nodes_of, summary_of, types_of

_SCALARS = {Kind.INT: "int", Kind.LONG: "long long", Kind.FLOAT: "double", Kind.STRING: "string", Kind.BOOL: "bool"}
_ZEROS = {Kind.INT: "0", Kind.LONG: "0", Kind.FLOAT: "0.0", Kind.STRING: '""', Kind.BOOL: "false"}
_HEADERS = {Kind.OPTIONAL: "optional", Kind.STRING: "string", Kind.LIST: "vector"}
_LIST_NODE = """\
struct {name} {{
    {value} val;
    {name} *next;
    {name}() : val({zero}), next(nullptr) {{}}
    {name}({value} x) : val(x), next(nullptr) {{}}
    {name}({value} x, {name} *next) : val(x), next(next) {{}}
}};
"""
_TREE_NODE = """\
struct {name} {{
    {value} val;
    {name} *left;
    {name} *right;
    {name}() : val({zero}), left(nullptr), right(nullptr) {{}}
    {name}({value} x) : val(x), left(nullptr), right(nullptr) {{}}
    {name}({value} x, {name} *left, {name} *right) : val(x), left(left), right(right) {{}}
}};
"""
# What people in a hurry redefine: `#define int long long`.
_UNDEFINED = ("main", "int", "long", "double", "bool", "signed", "return", "string", "vector")
_SPARE_LINE = re.compile(r"\s*(?:#\s*include\s*<[^>]*>\s*(?://.*)?|//.*[^\\])?")
_CLASS = re.compile(r"^[ \t]*(?:class|struct)\s+Solution\b[^;{]*\{", re.MULTILINE)


def starter(signature: Signature, summary: str) -> str:
    kinds = {type.kind for type in types_of(signature)}
    headers = [f"#include <{header}>\n" for kind, header in _HEADERS.items() if kind in kinds]
    start = f"{''.join(headers)}using namespace std;\n\n" if headers else ""
    nodes = "//\n".join(_commented(_node(signature, type)) for type in nodes_of(signature))
    given = f"// Defined already:\n//\n{nodes}\n" if nodes else ""
    result = "" if signature.in_place else f"    return {_placeholder(signature.returns)};\n"
    doc = summary_of(signature, summary)
    return f"{start}{given}// {doc}\n{_declaration(signature)} {{\n    // Write your solution here.\n{result}}}\n"


def program(signature: Signature, source: str, mode: str) -> Program:
    """The driver's first half is a header whose `#include` takes the place of the text's first line, where that is a
    comment or an `#include` itself: so compilers quote the right lines under the right numbers.
    """
    first, end, rest = source.partition("\n")
    include = '#include "driver.hpp"'
    spare = _SPARE_LINE.fullmatch(first) is not None
    text = f"{include}{end}{rest}" if spare else f'{include}\n#line 1 "solution.cpp"\n{source}'
    undefined = "".join(f"#undef {word}\n" for word in _UNDEFINED)
    # In the place of a file's name: the compiler shows it where the function is not as declared.
    place = f'#line 1 "the driver, which calls {_declaration(signature)}"'
    return Program(
        f"{text}\n{place}\n{undefined}{_behind(signature, source, mode)}",
        (("driver.hpp", _before(signature, source, mode, first if spare else "")),),
    )


def _before(signature: Signature, source: str, mode: str, line: str) -> str:
    """`line`: the candidate's, which is to be here."""
    harness = files(f"{__package__}.harness")
    parts = [harness.joinpath(name).read_text(encoding="utf-8") for name in ("driver.hpp", "serve.hpp")]
    missing = [type for type in nodes_of(signature) if not _defines(source, node_name(signature, type))]
    parts += [_node(signature, type, "std::") for type in missing]
    start = "" if mode == "call" else _CONSTRUCTOR
    return "".join([*parts, start, "#define main candidate_main\n", f"{line}\n"])


# 101: the first priority that is a program's to use.
_CONSTRUCTOR = "__attribute__((constructor(101))) static void interview_serve() { interview_driver::serve(); }\n"

_FLUSH = """\
static void interview_flush() {
#ifdef _GLIBCXX_IOSTREAM
    std::cout.flush(), std::cerr.flush(), std::clog.flush();
#endif
    std::fflush(nullptr);
}
"""


def _behind(signature: Signature, source: str, mode: str) -> str:
    """What has to know the candidate's function."""
    name = camel_case(signature.name)
    solution = _CLASS.search(source) is not None
    names = [camel_case(each.name) for each in signature.parameters]
    call = f"{'Solution().' if solution else '::'}{name}({', '.join(f'{each}_' for each in names)})"
    declared, returns = json.dumps(_declaration(signature)), _type(signature, signature.returns, "std::")
    verb = f"left in {camel_case(signature.in_place)}" if signature.in_place else "returned"
    lines = []
    for number, (each, parameter) in enumerate(zip(names, signature.parameters, strict=True), 1):
        lines.append(f"{_type(signature, parameter.type, 'std::')} {each}_{{}};")
        lines.append(f'interview_driver::argument(in, {number}, "{each}", {each}_);')
    lines.append(f"using Result = decltype({call});")
    missing = "std::is_same_v<Result, interview_driver::Missing>"
    lines.append(f'static_assert(!{missing}, "Define the function that is called: " {declared});')
    if signature.in_place:
        lines += [f"{call};", f"interview_driver::write(out, {camel_case(signature.in_place)}_);"]
    else:
        right = f"{missing} || interview_driver::is_declared<{returns}, Result>"
        lines.append(f'static_assert({right}, "The function has another return type than declared: " {declared});')
        lines.append(f"interview_driver::write_as<{returns}>(out, {call});")
    body = "".join(f"    {line}\n" for line in lines)
    work = "return interview_driver::call" if mode == "call" else "interview_driver::work"
    # Found by `::name` only where the candidate has no such function.
    fallback = (
        f"namespace interview_missing {{ template <class... T> interview_driver::Missing {name}(T&&...); }}\n"
        "using namespace interview_missing;\n"
    )
    arguments = f'interview_case, interview_flush, "{name} {verb}", {json.dumps(_type(signature, signature.returns))}'
    return (
        f"{'' if solution else fallback}"
        f"static void interview_case(interview_driver::Reader* in, std::string& out) {{\n{body}}}\n"
        f"{_FLUSH}int main() {{ {work}({arguments}); }}\n"
    )


def _declaration(signature: Signature) -> str:
    parameters = ", ".join(_parameter(signature, each.type, camel_case(each.name)) for each in signature.parameters)
    returns = "void" if signature.in_place else _type(signature, signature.returns)
    return f"{returns}{'' if returns.endswith('*') else ' '}{camel_case(signature.name)}({parameters})"


def _parameter(signature: Signature, type: Type, name: str) -> str:
    written = _type(signature, type)
    if type.shape.kind is Kind.LIST:
        return f"{written}& {name}"
    return f"{written}{name}" if written.endswith("*") else f"{written} {name}"


def _type(signature: Signature, type: Type, std: str = "") -> str:
    """`std`: the names as they are before anybody is `using namespace std`."""
    type = type.shape
    if type.kind in (Kind.LIST, Kind.OPTIONAL):
        template = "vector" if type.kind is Kind.LIST else "optional"
        return f"{std}{template}<{_type(signature, type.element, std).replace(' *', '*')}>"
    if type.kind in NODES:
        return f"{node_name(signature, type)} *"
    return f"{std}string" if type.kind is Kind.STRING else _SCALARS[type.kind]


def _placeholder(type: Type) -> str:
    kind = type.shape.kind
    return {Kind.LIST: "{}", Kind.OPTIONAL: "nullopt"}.get(kind) or _ZEROS.get(kind, "nullptr")


def _node(signature: Signature, type: Type, std: str = "") -> str:
    template = _LIST_NODE if type.kind is Kind.LINKED_LIST else _TREE_NODE
    value = _type(signature, type.element, std)
    return template.format(name=node_name(signature, type), value=value, zero=_ZEROS[type.element.kind])


def _commented(text: str) -> str:
    return "".join(f"// {line}\n" for line in text.splitlines())


def _defines(source: str, name: str) -> bool:
    """The candidate took the definition out of its comment."""
    return re.search(rf"^[ \t]*(?:struct|class)\s+{name}\b[^;{{]*\{{", source, re.MULTILINE) is not None
