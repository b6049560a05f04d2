"""What Piston calls our languages: its packages' own names and aliases, which its clients have written down."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    language: str
    aliases: tuple[str, ...] = ()
    runtime: str | None = None
    """The package, where it has another name than the language."""


# From the metadata of Piston's packages (packages/*/metadata.json, March 2026).
_NAMES: Mapping[str, Names] = {
    "python": Names("python", ("py", "py3", "python3")),
    "javascript": Names("javascript", ("node-javascript", "node-js", "js"), "node"),
    "typescript": Names("typescript", ("ts", "node-ts", "tsc", "typescript5", "ts5")),
    "c": Names("c", ("gcc",), "gcc"),
    "cpp": Names("c++", ("cpp", "g++"), "gcc"),
    "go": Names("go", ("golang",)),
    "rust": Names("rust", ("rs",)),
    "ruby": Names("ruby", ("ruby3", "rb")),
    "csharp": Names("csharp", ("mono", "mono-csharp", "mono-c#", "mono-cs", "c#", "cs"), "mono"),
    "kotlin": Names("kotlin", ("kt",)),
    "perl": Names("perl", ("pl",)),
    "haskell": Names("haskell", ("hs",)),
    "r": Names("rscript", ("r",)),
    "bash": Names("bash", ("sh",)),
    "sql": Names("sqlite3", ("sqlite", "sql")),
    "pascal": Names("pascal", ("freepascal", "pp", "pas")),
    "fortran": Names("fortran", ("f90",), "gcc"),
    "ocaml": Names("ocaml", ("ml",)),
    "elixir": Names("elixir", ("exs",)),
    "scala": Names("scala", ("sc",)),
    "lisp": Names("lisp", ("cl", "sbcl", "commonlisp")),
    "prolog": Names("prolog", ("plg",)),
    "clojure": Names("clojure", ("clj",)),
    "d": Names("d", ("gdc",), "gcc"),
}


def names_of(id: str) -> Names:
    """Piston's names for our language `id`; `id` itself is always among them."""
    return _NAMES.get(id, Names(id))
