"""Go: starter and driver of a function problem."""

import json
import re
from importlib.resources import files

from interview_platform.problems.signatures.model import NODES, SCALARS, Kind, Signature, Type
from interview_platform.problems.signatures.names import camel_case
from interview_platform.problems.signatures.parts import Program, node_name, nodes_of, summary_of, types_of

_SCALARS = {Kind.INT: "int", Kind.LONG: "int64", Kind.FLOAT: "float64", Kind.STRING: "string", Kind.BOOL: "bool"}
_PLACEHOLDERS = {Kind.INT: "0", Kind.LONG: "0", Kind.FLOAT: "0", Kind.STRING: '""', Kind.BOOL: "false"}
_FIELDS = {Kind.LINKED_LIST: ("Next",), Kind.TREE: ("Left", "Right")}
_PACKAGE = re.compile(r"^package\s+\w+", re.MULTILINE)
_MAIN = re.compile(r"^func\s+main\s*\(\s*\)", re.MULTILINE)

_LIST = """
func interviewRead$id(in *interviewReader) $type {
	values := $type{}
	in.array(func() { values = append(values, $read) })
	return values
}

func interviewWrite$id(out *interviewWriter, values $type) {
	out.add("[")
	for index, value := range values {
		out.comma(index == 0)
		$write
	}
	out.add("]")
}
"""
_OPTIONAL = """
func interviewRead$id(in *interviewReader) $type {
	if in.take("null") {
		return nil
	}
	value := $read
	return &value
}

func interviewWrite$id(out *interviewWriter, pointer $type) {
	if pointer == nil {
		out.add("null")
		return
	}
	value := *pointer
	$write
}
"""
_LINKED_LIST = """
func interviewRead$id(in *interviewReader) $type {
	var head $type
	last := &head
	in.array(func() {
		*last = &$node{Val: $read}
		last = &(*last).Next
	})
	return head
}

func interviewWrite$id(out *interviewWriter, head $type) {
	out.add("[")
	nodes := 0
	for node := head; node != nil; node = node.Next {
		out.comma(nodes == 0)
		nodes++
		out.countNode(nodes, "linked list")
		value := node.Val
		$write
	}
	out.add("]")
}
"""
_TREE = """
func interviewRead$id(in *interviewReader) $type {
	var root $type
	places := []*$type{&root} // in level order
	next := 0
	in.array(func() {
		if next == len(places) {
			in.fail("a tree in level order")
		}
		place := places[next]
		next++
		if in.take("null") {
			return
		}
		*place = &$node{Val: $read}
		places = append(places, &(*place).Left, &(*place).Right)
	})
	return root
}

func interviewWrite$id(out *interviewWriter, root $type) {
	out.add("[")
	nodes := []$type{root}
	end := len(out.text) // behind the last value that is no null
	for index := 0; index < len(nodes); index++ {
		out.comma(index == 0)
		node := nodes[index]
		if node == nil {
			out.add("null")
			continue
		}
		out.countNode(len(nodes)/2, "tree")
		value := node.Val
		$write
		end = len(out.text)
		nodes = append(nodes, node.Left, node.Right)
	}
	out.text = append(out.text[:end], ']')
}
"""
_TEMPLATES = {Kind.LIST: _LIST, Kind.OPTIONAL: _OPTIONAL, Kind.LINKED_LIST: _LINKED_LIST, Kind.TREE: _TREE}


def starter(signature: Signature, summary: str) -> str:
    nodes = "//\n".join(_commented(_node(signature, type)) for type in nodes_of(signature))
    given = f"// Defined already:\n//\n{nodes}\n" if nodes else ""
    result = "" if signature.in_place else f"\treturn {_placeholder(signature, signature.returns)}\n"
    return (
        f"package main\n\n{given}// {summary_of(signature, summary)}\n"
        f"{_declaration(signature)} {{\n\t// Write your solution here.\n{result}}}\n"
    )


def program(signature: Signature, source: str, mode: str) -> Program:
    """The candidate's text is `solution.go` beside `main.go`. It may leave out `package main`, and a `main` of its own
    is called otherwise.
    """
    text = _PACKAGE.sub("package main", source, count=1) if _PACKAGE.search(source) else f"package main; {source}"
    text = _MAIN.sub("func candidateMain()", text)
    template = files(f"{__package__}.harness").joinpath("main.go").read_text(encoding="utf-8")
    verb = f"left in {camel_case(signature.in_place)}" if signature.in_place else "returned"
    constants = (
        f"\nconst interviewCalls = {'true' if mode == 'call' else 'false'}\n"
        f"const interviewVerb = {json.dumps(f'{camel_case(signature.name)} {verb}')}\n"
        f"const interviewReturns = {json.dumps(_type(signature, signature.returns))}\n"
    )
    nodes = [
        f"\n{_node(signature, type)}"
        for type in nodes_of(signature)
        if not re.search(rf"^type\s+{node_name(signature, type)}\b", source, re.MULTILINE)
    ]
    ids = {type: index for index, type in enumerate(dict.fromkeys(types_of(signature)))}
    codecs = [_codec(signature, type, ids) for type in ids if type.kind not in SCALARS]
    return Program("".join([template, constants, *nodes, *codecs, _case(signature, ids)]), (("solution.go", text),))


def _codec(signature: Signature, type: Type, ids: dict[Type, int]) -> str:
    element = type.element.shape
    written = _type(signature, type)
    values = {
        "$type": written,
        "$node": written.removeprefix("*"),
        "$id": str(ids[type]),
        "$read": _read(element, ids, "in"),
        "$write": _write(element, ids, "value"),
    }
    text = _TEMPLATES[type.kind]
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text


def _case(signature: Signature, ids: dict[Type, int]) -> str:
    lines = []
    names = [f"{camel_case(each.name)}_" for each in signature.parameters]
    for number, (name, parameter) in enumerate(zip(names, signature.parameters, strict=True), 1):
        lines.append(f'reader{number} := interviewArgument(in, {number}, "{camel_case(parameter.name)}")')
        lines.append(f"{name} := {_read(parameter.type.shape, ids, f'reader{number}')}")
        lines.append(f"reader{number}.finish()")
    # Typed, so that the compiler says both types when they differ.
    function = _declaration(signature).removeprefix("func ").removeprefix(camel_case(signature.name))
    lines.append(f"var function_ func{function} = {camel_case(signature.name)}")
    call = f"function_({', '.join(names)})"
    if signature.in_place:
        lines.append(call)
        answer = f"{camel_case(signature.in_place)}_"
    else:
        lines.append(f"result_ := {call}")
        answer = "result_"
    lines.append(_write(signature.returns.shape, ids, answer))
    body = "".join(f"\t{line}\n" for line in lines)
    # In the place of a file's name: the compiler shows it when the function is missing.
    place = f"//line the driver, which calls {_declaration(signature)}:1"
    return f"\n{place}\nfunc interviewCase(in *interviewReader, out *interviewWriter) {{\n{body}}}\n"


def _read(type: Type, ids: dict[Type, int], reader: str) -> str:
    return f"{reader}.{_SCALARS[type.kind]}()" if type.kind in SCALARS else f"interviewRead{ids[type]}({reader})"


def _write(type: Type, ids: dict[Type, int], value: str) -> str:
    return f"out.{_SCALARS[type.kind]}({value})" if type.kind in SCALARS else f"interviewWrite{ids[type]}(out, {value})"


def _declaration(signature: Signature) -> str:
    parameters = ", ".join(f"{camel_case(each.name)} {_type(signature, each.type)}" for each in signature.parameters)
    returns = "" if signature.in_place else f" {_type(signature, signature.returns)}"
    return f"func {camel_case(signature.name)}({parameters}){returns}"


def _type(signature: Signature, type: Type) -> str:
    type = type.shape
    if type.kind is Kind.LIST:
        return f"[]{_type(signature, type.element)}"
    if type.kind is Kind.OPTIONAL:
        return f"*{_type(signature, type.element)}"
    return f"*{node_name(signature, type)}" if type.kind in NODES else _SCALARS[type.kind]


def _placeholder(signature: Signature, type: Type) -> str:
    if type.shape.kind is Kind.LIST:
        return f"{_type(signature, type)}{{}}"
    return _PLACEHOLDERS.get(type.kind, "nil")


def _node(signature: Signature, type: Type) -> str:
    name, fields = node_name(signature, type), ("Val", *_FIELDS[type.kind])
    width = max(map(len, fields))
    types = (_type(signature, type.element), *(f"*{name}" for _ in fields[1:]))
    lines = [f"\t{field:{width}} {each}\n" for field, each in zip(fields, types, strict=True)]
    return f"type {name} struct {{\n{''.join(lines)}}}\n"


def _commented(text: str) -> str:
    return "".join(f"// {line}\n" for line in text.splitlines())
