"""Java for Piston, whose package runs one source file (`java Main.java`) and does not see those beside it. No I/O."""

import re
from collections.abc import Sequence

from interview_platform.execution.model import File

_IMPORT = re.compile(r"^[ \t]*import\s+(?:static\s+)?[\w.]+(?:\.\*)?\s*;[ \t]*", re.MULTILINE)
_PUBLIC = re.compile(
    r"^public\s+(?=(?:final\s+|abstract\s+|sealed\s+)*(?:class|interface|enum|record)\b)", re.MULTILINE
)


def one_file(source: str, beside: Sequence[File]) -> tuple[str, list[File]]:
    """`source` with the classes of the other source files behind its own, and the files that are none.

    Imports come first in a file. The first class is the one that is run, so `source` goes first.
    """
    texts = [file.content.decode(errors="replace") for file in beside if file.name.endswith(".java")]
    others = [file for file in beside if not file.name.endswith(".java")]
    if not texts:
        return source, others
    imports = [found[0].strip() for text in texts for found in _IMPORT.finditer(text)]
    rest = [_PUBLIC.sub("", _IMPORT.sub("", text)) for text in texts]
    # On one line, so that the lines of `source` keep their numbers but for this one.
    return "\n".join([" ".join(imports), source, *rest]), others
