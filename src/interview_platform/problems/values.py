"""Values of a function problem as texts: one line of JSON for each parameter, one for the answer. No I/O.

Packages are read with it, what people type into a case of their own, and what a stranger's program answered: so it is
strict (no key twice, no NaN, nothing after the value) and fails in one way only.
"""

import json
from typing import Any

from interview_platform.problems.signatures.model import (
    INT_MAX,
    INT_MIN,
    LONG_MAX,
    Kind,
    Signature,
    Type,
    WrongValue,
    check_value,
)


class BadValue(ValueError):
    """The message says where and what, as the end of a sentence."""


def strict_json(text: str) -> Any:
    """Raises BadValue."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadValue(f"is not JSON: {error.msg} (character {error.pos})") from None
    except RecursionError:
        raise BadValue("is nested too deeply") from None
    except ValueError as error:  # a number of more digits than Python reads, and the two below
        raise BadValue(f"is not JSON: {error}") from None


def typed(type: Type, value: Any) -> Any:
    """`value` as it is compared: floats as floats. Raises BadValue when it is not of this type."""
    if not _plain(type, value):
        try:
            check_value(type, value)
        except WrongValue as error:
            raise BadValue(str(error)) from None
    return _with_floats(type, value) if _holds_floats(type) else value


def read_arguments(signature: Signature, text: str) -> list[Any]:
    """Raises BadValue."""
    lines = text.removesuffix("\n").split("\n")
    names = [parameter.name for parameter in signature.parameters]
    if len(lines) != len(names):
        raise BadValue(
            f"has {len(lines)} lines; {signature.name} takes one line of JSON for each of: {', '.join(names)}"
        )
    values = []
    for number, (line, parameter) in enumerate(zip(lines, signature.parameters, strict=True), 1):
        try:
            values.append(typed(parameter.type, strict_json(line)))
        except BadValue as error:
            raise BadValue(f"line {number} ({parameter.name}: {parameter.type}): {error}") from None
    return values


def read_answer(signature: Signature, text: str) -> Any:
    """Raises BadValue."""
    try:
        return typed(signature.returns, strict_json(text))
    except BadValue as error:
        raise BadValue(f"{signature.returns}: {error}") from None


def arguments_line(text: str) -> str:
    """What a driver reads: the lines of `read_arguments` as one array on one line."""
    return f"[{','.join(text.removesuffix(chr(10)).split(chr(10)))}]"


def written(value: Any) -> str:
    """For people."""
    return json.dumps(value, ensure_ascii=False)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"there is no {word}")


def _plain(type: Type, value: Any) -> bool:
    """Whether `value` is of this type, for the large ones: lists of numbers and words, without a call for each.

    False: `check_value` knows, and says why.
    """
    if type.kind not in (Kind.LIST, Kind.LINKED_LIST) or not isinstance(value, list):
        return False
    element, kinds = type.element, set(map(_type, value))
    if element.kind is Kind.LIST:
        return all(_plain(element, one) for one in value)
    if element.kind in _RANGES:
        low, high = _RANGES[element.kind]
        return not kinds or (kinds == {int} and min(value) >= low and max(value) <= high)
    if element.kind is Kind.STRING:
        return kinds <= {str} and all(map(str.isascii, value))
    return element.kind is Kind.BOOL and kinds <= {bool}


_RANGES = {Kind.INT: (INT_MIN, INT_MAX), Kind.LONG: (-LONG_MAX, LONG_MAX)}
_type = type  # `type` is a parameter's name where it is needed


def _holds_floats(type: Type) -> bool:
    return type.kind is Kind.FLOAT or (type.of is not None and _holds_floats(type.of))


def _with_floats(type: Type, value: Any) -> Any:
    if value is None:
        return None
    if type.kind is Kind.FLOAT:
        return float(value)
    if type.of is not None and isinstance(value, list):
        return [_with_floats(type.of, one) for one in value]
    return _with_floats(type.of, value) if type.of is not None else value
