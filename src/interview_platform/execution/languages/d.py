from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Compiled
from interview_platform.execution.sandbox.spec import MB


class D(Compiled):
    id = "d"
    name = "D"
    monaco = "cpp"  # Monaco has no D; comments, strings and most words are the same
    file_name = "solution.d"
    packages = ("gdc",)
    megabytes = 335
    limits = limits(256 * MB)
    stack_bytes = 64 * MB
    out_of_memory = ("core.exception.OutOfMemoryError", "Memory allocation failed")
    command = ("gdc",)
    asks_version = ("-dumpfullversion",)
    options = ("-O1", "-Wall", "-fdiagnostics-color=never")
    writes_by_stdio = True
    self_test = SelfTest(
        "import std.stdio, std.algorithm, std.array, std.conv;\n\nvoid main() {\n"
        '    auto numbers = readln().split().map!(to!int);\n    writeln("sum ", numbers.sum, " \\u2713");\n}\n'
    )
