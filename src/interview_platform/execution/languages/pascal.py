"""Free Pascal."""

from interview_platform.execution.languages.base import OUT, SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.simple import PROGRAM, Compiled
from interview_platform.execution.sandbox.spec import CODE, MB, WORK

# Pascal keeps what goes into a pipe; a unit of ours, used before any of the program's, lets it go with each line.
_UNIT = """unit AtOnce;
interface
implementation
uses SysUtils;
initialization
  if GetEnvironmentVariable('AT_ONCE') <> '' then
    TTextRec(Output).FlushFunc := TTextRec(Output).InOutFunc;
end.
"""
_BESIDE = {"atonce.pas": _UNIT}
_LIVE = {"AT_ONCE": "1"}


class Pascal(Compiled):
    id = "pascal"
    name = "Pascal"
    monaco = "pascal"
    file_name = "solution.pas"
    packages = ("fp-compiler", "fp-units-fcl")
    megabytes = 170
    limits = limits(256 * MB)
    stack_bytes = 64 * MB
    out_of_memory = ("Runtime error 203", "EOutOfMemory", "EHeapMemoryError")
    command = ("fpc",)
    asks_version = ("-iV",)
    needs = ("/etc/fpc.cfg",)
    beside = _BESIDE
    live_environment = _LIVE
    self_test = SelfTest(
        "program Solution;\nuses SysUtils;\nvar a, b: Integer;\nbegin\n  ReadLn(a, b);\n"
        "  WriteLn(Format('sum %d \u2713', [a + b]));\nend.\n"
    )

    def compile(self, tools: Toolchain) -> Step:
        # Objects with long strings; numbers and places in arrays are checked; no greeting, no debugging symbols.
        options = ("-Mobjfpc", "-Sh", "-O1", "-Criot", "-l-", "-v0ew", "-FaAtOnce")
        places = (f"-Fu{CODE}", f"-FU{WORK}", f"-FE{OUT}", f"-o{OUT}/{PROGRAM}")
        return Step([tools.programs["command"], *options, *places, self.path])
