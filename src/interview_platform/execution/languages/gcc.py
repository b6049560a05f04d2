"""What C and C++ share."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from interview_platform.execution.languages.base import OUT, Step, Toolchain, command_on_path, limits
from interview_platform.execution.sandbox.spec import CODE, MB

PROGRAM = "program"
LIMITS = limits(256 * MB)
STACK_BYTES = 64 * MB  # recursion over a list of a million elements; it counts as memory once it is used

# Linking takes 8 ms with mold, 20 with gold (which comes with binutils on Debian 12 and Ubuntu), 48 with the usual one.
_LINKERS = ("mold", "gold")
_KNOWS_MOLD = 12  # the version of gcc

# coreutils' stdbuf preloads this; without it the C library keeps 4 KB back when the output is a pipe, and a program
# that is stopped has printed nothing.
_LINE_BUFFERED = ("/usr/libexec/coreutils/libstdbuf.so", "/usr/lib/coreutils/libstdbuf.so")


def find_compiler(name: str, back_end: str) -> Toolchain | None:
    compiler = command_on_path(name)
    if compiler is None:
        return None
    answer = subprocess.run(  # noqa: S603 - found by us
        [compiler, "-dumpfullversion"], capture_output=True, text=True, timeout=10, check=False
    )
    proper = subprocess.run(  # noqa: S603 - found by us
        [compiler, f"-print-prog-name={back_end}"], capture_output=True, text=True, timeout=10, check=False
    ).stdout.strip()
    # gcc's driver without the language's own part is how Debian looks without g++.
    if answer.returncode != 0 or not Path(proper).is_absolute():
        return None
    version = answer.stdout.strip()
    programs, files = {"compiler": str(compiler)}, [Path(proper)]
    linker = _linker(version)
    if linker is not None:
        programs["linker"] = linker.suffix.removeprefix(".")
        files.append(linker)
    return Toolchain(version, files, programs)


def _linker(version: str) -> Path | None:
    names = _LINKERS if int(version.partition(".")[0]) >= _KNOWS_MOLD else _LINKERS[1:]
    return command_on_path(*(f"ld.{name}" for name in names))


def compile_step(tools: Toolchain, source: str, *options: str) -> Step:
    linker = tools.programs.get("linker")
    quick = [f"-fuse-ld={linker}"] if linker else []
    command = [tools.programs["compiler"], "-pipe", "-Wall", *options, *quick]
    return Step([*command, "-o", f"{OUT}/{PROGRAM}", source, "-lm"])


def run_step(*, live: bool) -> Step:
    return Step([f"{CODE}/{PROGRAM}"], line_buffered() if live else {})


def line_buffered() -> dict[str, str]:
    """Environment of a program that writes by the C library: each line at once.

    With input line by line, too, a prompt without a line's end is written out before the program waits for input.
    """
    library = next((path for path in _LINE_BUFFERED if Path(path).exists()), None)
    return {"LD_PRELOAD": library, "_STDBUF_O": "L", "_STDBUF_I": "L"} if library else {}


def options(standard: str) -> Sequence[str]:
    return ("-O1", f"-std={standard}", "-fdiagnostics-color=never")
