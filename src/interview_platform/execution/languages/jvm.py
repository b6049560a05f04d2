"""What other languages on Java's virtual machine share."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from interview_platform.execution.languages.base import Language, Step, Toolchain, limits
from interview_platform.execution.languages.java import Java
from interview_platform.execution.sandbox.spec import CODE, MB

LIMITS = limits(512 * MB, processes=128)  # as for Java

# Short programs: quick to start beats quick later.
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData")
_QUIET = ("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=warning:stderr", "-XX:ErrorFile=/dev/null")
_ENCODING = (
    "-Dfile.encoding=UTF-8",
    "-Dstdout.encoding=UTF-8",
    "-Dstderr.encoding=UTF-8",
    "-Dsun.stdout.encoding=UTF-8",
)


class OnJvm(Language):
    limits = LIMITS
    out_of_memory = ("OutOfMemoryError",)
    main: ClassVar[str]
    """The class to start."""
    folder: ClassVar[str] = "/usr/share/java"
    libraries: ClassVar[Sequence[str]]
    """Jars in `folder` that a program needs."""
    heap_megabytes: ClassVar[int] = 320

    def find(self) -> Toolchain | None:
        java = Java().find()
        jars = [Path(self.folder, name) for name in self.libraries]
        if java is None or not all(jar.exists() for jar in jars):
            return None
        version = self.version(jars[0])
        programs = {**java.programs, "libraries": ":".join(map(str, jars))}
        return Toolchain(version, [*java.files, *(jar.resolve() for jar in jars)], programs, java.mounts)

    def version(self, jar: Path) -> str:
        """By the name of the file, which the distribution links to: asking would start a virtual machine."""
        return jar.resolve().stem.rpartition("-")[2]

    def run(self, tools: Toolchain, *, live: bool) -> Step:
        del live  # System.out is flushed with every line
        return self.java(
            tools, f"-Xmx{self.heap_megabytes}m", "-cp", f"{CODE}:{tools.programs['libraries']}", self.main
        )

    def java(self, tools: Toolchain, *arguments: str) -> Step:
        command = [tools.programs["java"], *_QUICK, *_QUIET, *_ENCODING, "-Xms32m", *arguments]
        return Step(command, _environment(tools))


def _environment(tools: Toolchain) -> Mapping[str, str]:
    """A JVM finds its libraries by /proc/self/exe, which is not there where no fresh /proc can be mounted."""
    return {"LD_LIBRARY_PATH": str(Path(tools.programs["java"]).parents[1] / "lib")}
