"""C# by Mono: its compiler takes half a second, where .NET's takes five."""

from pathlib import Path

from interview_platform.execution.languages.base import OUT, SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.simple import Simple
from interview_platform.execution.sandbox.spec import CODE, MB

_COMPILER = Path("/usr/lib/mono/4.5/mcs.exe")
_ENVIRONMENT = {"MONO_DISABLE_SHARED_AREA": "1", "MONO_GC_PARAMS": "max-heap-size=200m,soft-heap-limit=160m"}


class CSharp(Simple):
    id = "csharp"
    name = "C#"
    monaco = "csharp"
    file_name = "Program.cs"
    packages = (
        "mono-mcs",
        "mono-runtime",
        "libmono-system-core4.0-cil",
        "libmono-system-numerics4.0-cil",
    )
    megabytes = 88
    limits = limits(256 * MB)  # the runtime takes 25
    out_of_memory = ("OutOfMemoryException", "could not allocate", "Could not allocate")
    artifact = "program.exe"
    command = ("mono",)
    needs = ("/etc/mono/config", "/etc/mono/4.5/machine.config")
    environment = _ENVIRONMENT
    self_test = SelfTest(
        "using System;\nusing System.Linq;\n\nclass Program {\n    static void Main() {\n"
        "        var numbers = Console.ReadLine().Split(' ').Select(int.Parse);\n"
        '        Console.WriteLine($"sum {numbers.Sum()} \\u2713");\n    }\n}\n'
    )

    def find(self) -> Toolchain | None:
        tools = super().find()
        return tools if tools and _COMPILER.exists() else None

    def compile(self, tools: Toolchain) -> Step:
        options = ("-optimize+", "-nologo", "-noconfig", "-r:System", "-r:System.Core", "-r:System.Numerics")
        command = [tools.programs["command"], str(_COMPILER), *options, f"-out:{OUT}/{self.artifact}", self.path]
        return Step(command, self.environment)

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        return self.running([tools.programs["command"], f"{CODE}/{self.artifact}"], live=live)
