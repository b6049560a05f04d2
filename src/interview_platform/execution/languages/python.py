"""Python: the system's, else the one that the server runs on."""

import subprocess
from pathlib import Path

from interview_platform.execution.languages.base import FILES_BYTES, Language, SelfTest, Step, Toolchain, Warm, limits
from interview_platform.execution.sandbox.interpreters import find_python
from interview_platform.execution.sandbox.spec import MB, Forker, Mount

_WARM = Mount(Path(__file__).parent / "warm" / "python", "/opt/warm-python")


class Python(Language):
    id = "python"
    name = "Python"
    monaco = "python"
    file_name = "solution.py"
    packages = ("python3",)
    megabytes = 62
    limits = limits(256 * MB)  # the interpreter takes 10
    out_of_memory = ("MemoryError",)
    self_test = SelfTest(
        'import json\n\na, b = map(int, input().split())\nprint("sum", json.loads(str(a + b)), "\\u2713")\n'
    )

    def find(self) -> Toolchain | None:
        python = find_python()
        answer = subprocess.run(  # noqa: S603 - found by us
            [python.binary, "-I", "-S", "--version"], capture_output=True, text=True, timeout=10, check=False
        )
        if answer.returncode != 0:
            return None
        version = answer.stdout.removeprefix("Python ").strip()
        return Toolchain(version, [python.binary], {"python": python.program}, python.mounts)

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        # -B: /code is read-only, there is no use in trying to write byte code.
        unbuffered = ["-u"] if live else []
        return Step([tools.programs["python"], "-B", "-X", "utf8", *unbuffered, self.path], script=self.path)

    def warm(self, tools: Toolchain) -> Warm:
        # The same command as a run's: our module is imported at the end of Python's own start, waits there, and hides.
        return Warm(self.run(tools, live=False).command, {"PYTHONPATH": _WARM.target}, (_WARM,), 14 * MB)

    def forking(self, tools: Toolchain) -> Forker:
        """Of which copies run this language's programs, and start those of all the others."""
        warm = self.warm(tools)
        return Forker(warm.command, warm.environment, warm.mounts, FILES_BYTES)
