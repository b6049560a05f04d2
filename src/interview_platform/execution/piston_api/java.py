"""Java programs as Piston takes them. No I/O.

There the first class of the file is run, whatever it is called and whatever the file is; here the class is `Main` in
`Main.java`. So a program whose class has another name lies beside a `Main` that calls it.
"""

import re

_NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
_TOKEN = re.compile(r"[{}]|\b(?:class|interface|enum|record)\s+(\w+)|\bpackage\s+[\w.]+\s*;")
_MAIN = """public class Main {
    public static void main(String[] args) throws Throwable {
        %s.main(args);
    }
}
"""


def placed(source: str) -> tuple[str, tuple[str, str] | None]:
    """The text of `Main.java`, and, where that is not `source` itself, the name and text of the file beside it."""
    classes = _top_level(source)
    if not classes or "Main" in classes:
        return source, None
    return _MAIN % classes[0], (f"{classes[0]}.java", source)


def _top_level(source: str) -> list[str]:
    """Names of the types; none when the file is in a package, which is not for us to move."""
    depth, found = 0, []
    for token in _TOKEN.finditer(_NOISE.sub(" ", source)):
        if token[0] == "{":
            depth += 1
        elif token[0] == "}":
            depth -= 1
        elif token[1] is None:
            return []
        elif depth == 0:
            found.append(token[1])
    return found
