"""Names of functions and parameters, and how each language writes them. No I/O."""

import re

SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
NAME_LENGTH_MAX = 40  # a signature has to fit into one line of the editor

# A name that one of the six languages keeps for itself cannot be used in any: all starters look alike.
_PYTHON = """and as assert async await break class continue def del elif else except finally for from global if import
    in is lambda nonlocal not or pass raise return try while with match case self none true false"""
_C_FAMILY = """abstract asm auto boolean byte catch char concept const default delete do double enum explicit export
    extends extern final float friend goto implements inline instanceof int interface long mutable namespace native new
    noexcept null nullptr operator package private protected public register requires short signed sizeof static
    strictfp struct super switch synchronized template this throw throws transient typedef typeid typename union
    unsigned using virtual void volatile xor bitand bitor compl std string vector optional bool"""
_SCRIPTS = "arguments debugger eval function let of type typeof undefined var yield any never number unknown"
_GO = "chan defer fallthrough func go map range select nil error rune init"
_OURS = "main solution driver interview"
RESERVED = frozenset(f"{_PYTHON} {_C_FAMILY} {_SCRIPTS} {_GO} {_OURS}".split())


def check_name(name: str) -> None:
    """Raises ValueError, with a message for who writes a problem."""
    if not SNAKE_CASE.fullmatch(name):
        raise ValueError(f"{name!r} is not a name: lower case letters, digits and single underscores (snake_case)")
    if len(name) > NAME_LENGTH_MAX:
        raise ValueError(f"{name!r} is longer than {NAME_LENGTH_MAX} characters")
    if name in RESERVED:
        raise ValueError(f"{name!r} is a word that one of the languages keeps for itself: take another")


def camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
