"""Java: starter and driver of a function problem."""

import json
import re
from importlib.resources import files

from interview_platform.problems.signatures.model import NODES, SCALARS, Kind, Signature, Type
from interview_platform.problems.signatures.names import camel_case
from interview_platform.problems.signatures.parts import Program, node_name, nodes_of, summary_of, types_of

_SCALARS = {Kind.INT: "int", Kind.LONG: "long", Kind.FLOAT: "double", Kind.STRING: "String", Kind.BOOL: "boolean"}
_BOXED = {Kind.INT: "Integer", Kind.LONG: "Long", Kind.FLOAT: "Double", Kind.BOOL: "Boolean"}
_PLACEHOLDERS = {Kind.INT: "0", Kind.LONG: "0", Kind.FLOAT: "0", Kind.STRING: '""', Kind.BOOL: "false"}
_FIELDS = {Kind.LINKED_LIST: ("next",), Kind.TREE: ("left", "right")}
_PUBLIC = re.compile(
    r"^[ \t]*public\s+(?:(?:final|abstract|strictfp|sealed)\s+)*(?:class|record|enum)\s+(\w+)", re.MULTILINE
)

_LIST = """\
static $type read$id(Reader in) {
    $type values = new $base[8]$dimensions;
    int size = 0;
    if (in.first("[")) {
        do {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = $read;
        } while (in.more());
    }
    return Arrays.copyOf(values, size);
}

static void write$id(StringBuilder out, $type values) {
    present(values);
    out.append('[');
    for (int index = 0; index < values.length; index++) {
        if (index > 0) {
            out.append(',');
        }
        try {
            $write(out, values[index]);
        } catch (Wrong error) {
            throw error.at("[" + index + "]");
        }
    }
    out.append(']');
}
"""
_OPTIONAL = """\
static $type read$id(Reader in) {
    return in.take("null") ? null : $read;
}

static void write$id(StringBuilder out, $type value) {
    if (value == null) {
        out.append("null");
    } else {
        $write(out, value);
    }
}
"""
_LINKED_LIST = """\
static $type read$id(Reader in) {
    $type before = new $type();
    $type last = before;
    if (in.first("[")) {
        do {
            last.next = new $type($read);
            last = last.next;
        } while (in.more());
    }
    return before.next;
}

static void write$id(StringBuilder out, $type head) {
    out.append('[');
    int nodes = 0;
    for ($type node = head; node != null; node = node.next) {
        if (nodes > 0) {
            out.append(',');
        }
        countNode(++nodes, "linked list");
        $write(out, node.val);
    }
    out.append(']');
}
"""
_TREE = """\
static $type read$id(Reader in) {
    ArrayList<$type> nodes = new ArrayList<>();
    if (in.first("[")) {
        int place = 0;
        do {
            $type node = in.take("null") ? null : new $type($read);
            int parent = (place - 1) / 2;
            if (place > 0 && parent >= nodes.size()) {
                in.fail("a tree in level order");
            }
            if (place % 2 == 1) {
                nodes.get(parent).left = node;
            } else if (place > 0) {
                nodes.get(parent).right = node;
            }
            if (node != null) {
                nodes.add(node);
            }
            place++;
        } while (in.more());
    }
    return nodes.isEmpty() ? null : nodes.get(0);
}

static void write$id(StringBuilder out, $type root) {
    out.append('[');
    ArrayList<$type> nodes = new ArrayList<>();
    nodes.add(root);
    int end = out.length(); // behind the last value that is no null
    for (int index = 0; index < nodes.size(); index++) {
        if (index > 0) {
            out.append(',');
        }
        $type node = nodes.get(index);
        if (node == null) {
            out.append("null");
            continue;
        }
        countNode(nodes.size() / 2, "tree");
        $write(out, node.val);
        end = out.length();
        nodes.add(node.left);
        nodes.add(node.right);
    }
    out.setLength(end);
    out.append(']');
}
"""
_TEMPLATES = {Kind.LIST: _LIST, Kind.OPTIONAL: _OPTIONAL, Kind.LINKED_LIST: _LINKED_LIST, Kind.TREE: _TREE}


def starter(signature: Signature, summary: str) -> str:
    nodes = " *\n".join(_indented(_node(signature, type), " * ") for type in nodes_of(signature))
    given = f"/*\n * Defined already:\n *\n{nodes} */\n" if nodes else ""
    result = "" if signature.in_place else f"        return {_placeholder(signature, signature.returns)};\n"
    return (
        f"import java.util.*;\n\n{given}class Solution {{\n    /** {summary_of(signature, summary)} */\n"
        f"    {_declaration(signature)} {{\n        // Write your solution here.\n{result}    }}\n}}\n"
    )


def program(signature: Signature, source: str, mode: str) -> Program:
    """The candidate's text is in a file of its own. Should it have a class `Main`, that is called otherwise: the driver
    is `Main`.
    """
    if re.search(r"\b(?:class|interface|enum|record)\s+Main\b", source):
        source = re.sub(r"\bMain\b", "CandidateMain", source)
    public = _PUBLIC.search(source)
    file = public.group(1) if public else "Solution"
    owner = "Solution" if re.search(r"\bclass\s+Solution\b", source) else file
    template = files(f"{__package__}.harness").joinpath("Main.java").read_text(encoding="utf-8")
    verb = f"left in {camel_case(signature.in_place)}" if signature.in_place else "returned"
    constants = {
        "boolean CALL": "true" if mode == "call" else "false",
        "String VERB": json.dumps(f"{camel_case(signature.name)} {verb}"),
        "String RETURNS": json.dumps(_type(signature, signature.returns)),
    }
    declared = "".join(f"static final {name} = {value};\n" for name, value in constants.items())
    template = template.replace("<T extends Solution>", f"<T extends {file}>")
    driver = template.replace("        /* constants */\n", _indented(declared, " " * 8))
    driver = driver.replace("        /* methods */\n", _indented(_methods(signature, owner), " " * 8))
    nodes = [
        (f"{node_name(signature, type)}.java", _node(signature, type))
        for type in nodes_of(signature)
        if not re.search(rf"^(?:public\s+)?class\s+{node_name(signature, type)}\b", source, re.MULTILINE)
    ]
    return Program(driver, ((f"{file}.java", source), *nodes))


def _methods(signature: Signature, owner: str) -> str:
    ids = {type: index for index, type in enumerate(dict.fromkeys(types_of(signature)))}
    methods = [_codec(signature, type, ids) for type in ids if type.kind not in SCALARS]
    return "\n".join([*methods, _run(signature, owner, ids)])


def _codec(signature: Signature, type: Type, ids: dict[Type, int]) -> str:
    element = type.element.shape
    of = _type(signature, element)
    base = of.rstrip("[]")
    values = {
        "$type": _type(signature, type),
        "$id": str(ids[type]),
        "$read": _read(element, ids, "in"),
        "$write": _write(element, ids),
        "$base": base,
        "$dimensions": of[len(base) :],
    }
    text = _TEMPLATES[type.kind]
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _run(signature: Signature, owner: str, ids: dict[Type, int]) -> str:
    lines = []
    names = [f"{camel_case(each.name)}_" for each in signature.parameters]
    for number, (name, parameter) in enumerate(zip(names, signature.parameters, strict=True), 1):
        type, shown = parameter.type.shape, camel_case(parameter.name)
        lines.append(f'Reader reader{number} = argument(in, {number}, "{shown}");')
        lines.append(f"{_type(signature, type)} {name} = {_read(type, ids, f'reader{number}')};")
        lines.append(f"reader{number}.finish();")
    call = f"new {owner}().{camel_case(signature.name)}({', '.join(names)});"
    expected = f" // expected: {_declaration(signature)}"  # the compiler shows the line when it is not there
    if signature.in_place:
        lines += [
            f"{call}{expected}",
            f"{_write(signature.returns.shape, ids)}(out, {camel_case(signature.in_place)}_);",
        ]
    else:
        lines.append(f"{_type(signature, signature.returns)} result_ = {call}{expected}")
        lines.append(f"{_write(signature.returns.shape, ids)}(out, result_);")
    body = _indented("".join(f"{line}\n" for line in lines), "    ")
    return f"static void run(Reader in, StringBuilder out) {{\n{body}}}\n"


def _read(type: Type, ids: dict[Type, int], reader: str) -> str:
    if type.kind in SCALARS:
        return f"{reader}.read{_SCALARS[type.kind].capitalize()}()"
    return f"read{ids[type]}({reader})"


def _write(type: Type, ids: dict[Type, int]) -> str:
    return "write" if type.kind in SCALARS else f"write{ids[type]}"


def _declaration(signature: Signature) -> str:
    parameters = ", ".join(f"{_type(signature, each.type)} {camel_case(each.name)}" for each in signature.parameters)
    returns = "void" if signature.in_place else _type(signature, signature.returns)
    return f"public {returns} {camel_case(signature.name)}({parameters})"


def _type(signature: Signature, type: Type) -> str:
    type = type.shape
    if type.kind is Kind.LIST:
        return f"{_type(signature, type.element)}[]"
    if type.kind is Kind.OPTIONAL:
        return _BOXED.get(type.element.kind) or _type(signature, type.element)
    return node_name(signature, type) if type.kind in NODES else _SCALARS[type.kind]


def _placeholder(signature: Signature, type: Type) -> str:
    if type.shape.kind is not Kind.LIST:
        return _PLACEHOLDERS.get(type.kind, "null")
    element = _type(signature, type.shape.element)
    base = element.rstrip("[]")
    return f"new {base}[0]{element[len(base) :]}"


def _node(signature: Signature, type: Type) -> str:
    name, value, fields = node_name(signature, type), _type(signature, type.element), _FIELDS[type.kind]
    initial = ' = ""' if type.element.kind is Kind.STRING else ""
    links = "".join(f", {name} {field}" for field in fields)
    return "".join(
        [f"class {name} {{\n    {value} val{initial};\n", *(f"    {name} {field};\n" for field in fields),
         f"\n    {name}() {{}}\n\n    {name}({value} val) {{\n        this.val = val;\n    }}\n",
         f"\n    {name}({value} val{links}) {{\n", *(f"        this.{each} = {each};\n" for each in ("val", *fields)),
         "    }\n}\n"]
    )  # fmt: skip


def _indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}".rstrip() + "\n" for line in text.splitlines())
