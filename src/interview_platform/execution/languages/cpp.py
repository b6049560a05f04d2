"""C++: the system's g++, with a precompiled header.

Reading the standard library takes longer than all else that the compiler does. So a program is compiled with what most
programs include already read. That is more than it asked for: a forgotten #include is forgiven, as on every site of
this kind, but a global `count` beside `using namespace std` would clash with what it never included. Therefore, when a
program does not compile that way, it is compiled again as it is, and what the compiler says of that is what people see.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from interview_platform.execution.languages import gcc, prepared, warm
from interview_platform.execution.languages.base import Language, SelfTest, Step, Toolchain
from interview_platform.execution.languages.prepared import Preparation
from interview_platform.execution.sandbox.spec import WORK

_OPTIONS = gcc.options("c++20")
_HEADERS = warm.FOLDER / "cpp"
_ALL = "bits/stdc++.h"

# $1: folder of the precompiled headers, $2: source. What follows compiles it.
_SCRIPT = f"""
header=$1/std.hpp
if grep -q '{_ALL}' "$2"; then header=$1/all.hpp; fi
shift 2
if "$@" -include "$header" 2>{WORK}/said; then cat {WORK}/said >&2; else exec "$@"; fi
"""


class Cpp(Language):
    id = "cpp"
    name = "C++"
    monaco = "cpp"
    file_name = "solution.cpp"
    packages = ("g++",)
    megabytes = 286
    limits = gcc.LIMITS
    stack_bytes = gcc.STACK_BYTES
    out_of_memory = ("std::bad_alloc",)
    artifact = gcc.PROGRAM
    prepares = True
    self_test = SelfTest(
        "#include <iostream>\n#include <vector>\n#include <numeric>\n"
        "int main() {\n    std::vector<int> v(2);\n    for (auto& x : v) std::cin >> x;\n"
        '    std::cout << "sum " << std::accumulate(v.begin(), v.end(), 0) << " \\u2713\\n";\n}\n'
    )

    def find(self) -> Toolchain | None:
        return gcc.find_compiler("g++", "cc1plus")

    def prepare(self, tools: Toolchain) -> Preparation:
        name = prepared.stamp([*tools.files, *sorted(_HEADERS.glob("*.hpp"))], tools.version, _OPTIONS)
        quicker = replace(tools, programs={**tools.programs, "headers": prepared.inside(self.id, name)})
        return Preparation(name, lambda new: _precompile(tools, new), quicker)

    def compile(self, tools: Toolchain) -> Step:
        plain = gcc.compile_step(tools, self.path, *_OPTIONS)
        headers = tools.programs.get("headers")
        if headers is None:
            return plain
        return Step(["/bin/sh", "-c", _SCRIPT, "sh", headers, self.path, *plain.command], plain.environment)

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del tools
        return gcc.run_step(live=live)


def _precompile(tools: Toolchain, folder: Path) -> Sequence[Step]:
    compiler = [tools.programs["compiler"], *_OPTIONS]
    steps = []
    for source in sorted(_HEADERS.glob("*.hpp")):
        header = folder / source.name
        # Read in place of a precompiled one that the compiler does not take: rather nothing than all of it every time.
        header.write_text('#error "the precompiled header does not fit"\n')
        steps += [
            Step([*compiler, "-x", "c++-header", str(source), "-o", f"{header}.gch"]),
            Step([*compiler, "-fsyntax-only", "-include", str(header), "-x", "c++", "/dev/null"]),
        ]
    return steps
