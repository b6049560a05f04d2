from interview_platform.execution.languages.base import OUT, SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.simple import PROGRAM, Compiled
from interview_platform.execution.sandbox.spec import MB, WORK


class Nim(Compiled):
    id = "nim"
    name = "Nim"
    monaco = "python"  # Monaco has no Nim; comments, blocks and most words are the same
    file_name = "solution.nim"
    packages = ("nim", "gcc", "libc6-dev")
    megabytes = 215
    limits = limits(256 * MB)
    stack_bytes = 64 * MB
    out_of_memory = ("out of memory",)
    command = ("nim",)
    needs = ("/etc/nim",)
    writes_by_stdio = True
    self_test = SelfTest(
        "import std/[strutils, sequtils, math]\n\nlet numbers = stdin.readLine.split.map(parseInt)\n"
        'echo "sum ", sum(numbers), " \\u2713"\n'
    )

    def compile(self, tools: Toolchain) -> Step:
        options = ("c", "--hints:off", "--colors:off", "--opt:none", "--passC:-O1", f"--nimcache:{WORK}/cache")
        return Step([tools.programs["command"], *options, f"-o:{OUT}/{PROGRAM}", self.path])
